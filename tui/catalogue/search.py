"""A query asked of the catalogue: as SQL, as ranked results, and as what to offer where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from tui.catalogue.query import All, AnyOf, Near, Node, Not, Phrase, Query, Shelved, Term, When
from tui.catalogue.schema import COLUMNS, HEADING

MANY = 12_000
"""Above this many matches the best cannot be told from the good in time: they stand in the order of time."""

PASSAGES = tuple(
    list(COLUMNS).index(column)
    for column in ("summary", "body", "claims", "title", "person", "place", "dated", "other")
)
"""The columns in which the passage to show is looked for, in this order."""

RELEVANCE = f"bm25(search, {', '.join(map(str, COLUMNS.values()))})"
"""How well an agreement answers, the least the best: BM25 over the weighed columns."""
RANKING = f"{RELEVANCE} * (2 - 8.0 / (8 + (SELECT count(*) FROM link WHERE target = agreement.id))), earliest"
"""The order of results: by relevance, which many links to an agreement up to double; then the older first."""

Asked = tuple[str, tuple[Any, ...]]
"""A piece of SQL and what is bound in it."""


def source(query: Query) -> Asked:
    """`FROM … WHERE …` for the agreements that answer the query; the index is asked once, where it can be."""
    texts = [expression(node) for node in query.nodes if is_text(node)]
    others = [condition(node) for node in query.nodes if not is_text(node)]
    where, bound = " AND ".join(sql for sql, _ in others), tuple(item for _, items in others for item in items)
    if not texts:
        return f"FROM agreement WHERE {where}", bound
    matching = "FROM search JOIN agreement ON agreement.number = search.rowid WHERE search MATCH ?"
    return matching + (f" AND {where}" if where else ""), (" AND ".join(texts), *bound)


def is_text(node: Node) -> bool:
    """Whether the index alone can answer the node."""
    if isinstance(node, (All, AnyOf)):
        return all(is_text(part) for part in node.nodes)
    return isinstance(node, (Term, Near))


def expression(node: Node) -> str:
    """A text node in FTS5's language, every word quoted."""
    if isinstance(node, All):
        return "(" + " AND ".join(expression(part) for part in node.nodes) + ")"
    if isinstance(node, AnyOf):
        return "(" + " OR ".join(expression(part) for part in node.nodes) + ")"
    assert isinstance(node, (Term, Near))
    column = f"{node.column} : " if node.column else ""
    if isinstance(node, Near):
        return f"{column}NEAR({' '.join(map(_quoted, node.phrases))}, {node.distance})"
    return f"{column}({' OR '.join(map(_quoted, node.phrases))})"


def condition(node: Node) -> Asked:
    """Any node as a condition on a row of `agreement`."""
    if is_text(node):
        return "agreement.number IN (SELECT rowid FROM search WHERE search MATCH ?)", (expression(node),)
    if isinstance(node, Not):
        sql, bound = condition(node.node)
        return f"NOT ({sql})", bound
    if isinstance(node, (All, AnyOf)):
        parts = [condition(part) for part in node.nodes]
        word = " AND " if isinstance(node, All) else " OR "
        return "(" + word.join(sql for sql, _ in parts) + ")", tuple(item for _, items in parts for item in items)
    if isinstance(node, Shelved):
        return (
            "agreement.number IN (SELECT number FROM shelf WHERE ordering = ? AND division IN "
            "(SELECT key FROM division WHERE ordering = ? AND (folded = ? OR key = ?)))",
            (node.ordering, node.ordering, node.folded, node.typed),
        )
    assert isinstance(node, When)
    return _when(node)


def _when(node: When) -> Asked:
    first, last = node.span.earliest.isoformat(), node.span.latest.isoformat()
    if node.kind == "before":
        return "(date != '' AND latest < ?)", (first,)
    if node.kind == "after":
        return "(date != '' AND earliest > ?)", (last,)
    if node.kind == "signed":
        return "(date != '' AND earliest <= ? AND latest >= ?)", (last, first)
    return "agreement.number IN (SELECT number FROM in_force WHERE first <= ? AND last >= ?)", (last, first)


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"' + ("*" if phrase.prefix else "")


def headed(query: Query) -> Asked:
    """What goes before the ranking: whether the heading alone answers, then whether it does with the summary."""
    asked = " AND ".join(expression(node) for node in query.nodes if is_text(node))
    order = "agreement.number NOT IN (SELECT rowid FROM search WHERE search MATCH ?)"
    columns = (HEADING, (*HEADING, "summary"))
    return f"{order}, {order}", tuple(f"{{{' '.join(each)}}} : ({asked})" for each in columns)


def near_spellings(word: str, vocabulary: Iterable[tuple[str, int]], most: int = 3) -> list[tuple[str, int]]:
    """Words of the corpus spelt much like this one, with the number of documents that hold each; the nearest first."""
    known = dict(vocabulary)
    return [(near, known[near]) for near in get_close_matches(word, known, most, 0.72)]


def typed(parts: Sequence[str]) -> str:
    """Parts of a query as one would type them."""
    return " ".join(parts)
