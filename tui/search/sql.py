"""A query asked of the catalogue: as SQL, as ranked results, and as what to offer where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeGuard

from tui.catalogue.schema import COLUMNS, HEADING
from tui.search.syntax import And, DateCondition, InGroup, Near, Node, Not, Or, Phrase, Query, Term

MANY = 1_000
"""Above this many matches the best cannot be told from the good in time: headings stand first, then the oldest."""

NO_DATE = "9999-12-31"
"""The first and last day of what has no date."""

Sql = tuple[str, tuple[Any, ...]]
"""A piece of SQL and what is bound in it."""


def source(query: Query, table: str = "search", columns: Sequence[str] = ()) -> Sql:
    """`FROM … WHERE …` for the agreements that answer the query; the index is asked once, where it can be.

    `table` is the index asked, `columns` those of it in which all the words must stand.
    """
    texts = matching(query, columns)
    others = [condition(node) for node in query.nodes if not (texts and (is_text(node) or is_excluded(node)))]
    if texts:
        others += [_numbered(node, f"{table}.rowid") for node in query.nodes if isinstance(node, DateCondition)]
    where = " AND ".join(filter(None, (sql for sql, _ in others)))
    bound = tuple(item for _, items in others for item in items)
    if not texts:
        return f"FROM agreement WHERE {where}", bound
    joined = f"CROSS JOIN agreement ON agreement.number = {table}.rowid WHERE {where} AND" if where else "WHERE"
    return f"FROM {table} {joined} {table} MATCH ?", (*bound, texts)


def numbers(
    query: Query,
    table: str = "search",
    columns: Sequence[str] = (),
    *,
    also: str = "",
    order: str = "",
    beside: str = "",
) -> Sql:
    """`SELECT …` of the numbers of the agreements that answer the query, and of which `also` is true.

    In `also`, `{number}` is the number. The oldest stand first, or what is first in another `order`. `beside` is asked
    of each that is found.
    """
    denied = [node for node in query.nodes if is_excluded(node)]
    if denied and not (matching(query) or also):
        # Read side by side with all others: a list of what is denied would have to be made first.
        kept = query._replace(nodes=tuple(node for node in query.nodes if not is_excluded(node)))
        sql, bound = source(kept) if kept.nodes else ("FROM agreement", ())
        asked = " OR ".join(expression(node.node) for node in denied)
        sql = f"SELECT agreement.number AS number {sql} EXCEPT SELECT rowid FROM search WHERE search MATCH ?"
        return f"{sql} ORDER BY number", (*bound, asked)
    sql, bound = source(query, table, columns)
    number = f"{table}.rowid" if matching(query) else "agreement.number"
    order = f"{order}, {number}" if order else number
    if not (matching(query) or also) and all(
        isinstance(node, DateCondition) and node.kind != "on" for node in query.nodes
    ):
        order = "earliest, latest, number"  # the same order, from the index of the days alone
    also = f"AND {also.format(number=number)} " if also else ""
    beside = f", {beside}" if beside else ""
    return f"SELECT {number} AS number{beside} {sql} {also}ORDER BY {order}", bound


def matching(query: Query, columns: Sequence[str] = ()) -> str:
    """What the index is asked, in these columns only; nothing where it need not be."""
    texts = [expression(node) for node in query.nodes if is_text(node)]
    if not texts:
        return ""
    asked = f"({' AND '.join(texts)})"
    if columns:
        asked = f"({{{' '.join(columns)}}} : {asked})"
    return asked + "".join(f" NOT {expression(node.node)}" for node in query.nodes if is_excluded(node))


def select_heading_matches(query: Query, ranked: bool = False) -> Sql | None:
    """`SELECT …` of the numbers of those that the heading alone answers, the oldest or the best first; None for none.

    What is denied may stand in the text, so that the index of the headings cannot leave it out.
    """
    if not matching(query) or not all(column in ("", *HEADING) for column in _columns(query.nodes)):
        return None
    table, columns = ("search", HEADING) if any(map(is_excluded, query.nodes)) else ("heading", ())
    return numbers(query, table, columns, order=ranking(table) if ranked else "")


def _columns(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, (Term, Near)):
            yield node.column
        elif isinstance(node, (And, Or)):
            yield from _columns(node.nodes)
        elif isinstance(node, Not):
            yield from _columns((node.node,))


def relevance(table: str = "search") -> str:
    """How well a row of an index answers, the least the best: BM25 over the weighed columns."""
    return f"bm25({table}, {', '.join(map(str, COLUMNS.values()))})"


def ranking(table: str = "search") -> str:
    """The rank of a result, the least the best: by relevance, which many links to an agreement up to double."""
    times = f"ifnull((SELECT times FROM cited WHERE number = {table}.rowid), 0)"
    return f"{relevance(table)} * (2 - 8.0 / (8 + {times}))"


def is_text(node: Node) -> bool:
    """Whether the index alone can answer the node."""
    if isinstance(node, (And, Or)):
        return all(is_text(part) for part in node.nodes)
    return isinstance(node, (Term, Near))


def is_excluded(node: Node) -> TypeGuard[Not]:
    """Whether the index can leave out what this node denies, once it has something to leave it out of."""
    return isinstance(node, Not) and is_text(node.node)


def expression(node: Node) -> str:
    """A text node in FTS5's language, every word quoted."""
    if isinstance(node, And):
        return "(" + " AND ".join(expression(part) for part in node.nodes) + ")"
    if isinstance(node, Or):
        return "(" + " OR ".join(expression(part) for part in node.nodes) + ")"
    assert isinstance(node, (Term, Near))
    column = f"{node.column} : " if node.column else ""
    if isinstance(node, Near):
        return f"{column}NEAR({' '.join(map(_quoted, node.phrases))}, {node.distance})"
    return f"{column}({' OR '.join(map(_quoted, telling(node.phrases)))})"


def phrases(node: Node) -> Iterator[Phrase]:
    """The phrases that the index is asked for by a text node, in the order of its expression."""
    if isinstance(node, (And, Or)):
        for part in node.nodes:
            yield from phrases(part)
    elif isinstance(node, Near):
        yield from node.phrases
    elif isinstance(node, Term):
        yield from telling(node.phrases)


def condition(node: Node) -> Sql:
    """Any node as a condition on a row of `agreement`."""
    if is_text(node):
        return "agreement.number IN (SELECT rowid FROM search WHERE search MATCH ?)", (expression(node),)
    if isinstance(node, Not):
        sql, bound = condition(node.node)
        return f"NOT ({sql})", bound
    if isinstance(node, (And, Or)):
        parts = [condition(part) for part in node.nodes]
        word = " AND " if isinstance(node, And) else " OR "
        return "(" + word.join(sql for sql, _ in parts) + ")", tuple(item for _, items in parts for item in items)
    if isinstance(node, InGroup):
        return (
            "agreement.number IN (SELECT number FROM grouping WHERE ordering = ? AND group_key IN "
            "(SELECT key FROM groups WHERE ordering = ? AND (folded = ? OR key = ?)))",
            (node.ordering, node.ordering, node.folded, node.typed),
        )
    assert isinstance(node, DateCondition)
    return _when(node)


def _when(node: DateCondition) -> Sql:
    first, last = node.span.earliest.isoformat(), node.span.latest.isoformat()
    if node.kind == "before":
        return "(earliest < ? AND latest < ?)", (first, first)
    if node.kind == "after":
        return f"(earliest > ? AND earliest < '{NO_DATE}')", (last,)
    if node.kind == "signed":
        return f"(earliest <= ? AND latest >= ? AND earliest < '{NO_DATE}')", (last, first)
    held = "SELECT 1 FROM in_force WHERE in_force.number = agreement.number AND first <= ? AND last >= ?"
    return f"EXISTS ({held})", (last, first)


def _numbered(node: DateCondition, number: str) -> Sql:
    """What a time says of numbers, which go by date, so that the index need not be read beyond."""
    first, last = node.span.earliest.isoformat(), node.span.latest.isoformat()
    order = "earliest DESC, latest DESC, number DESC"
    latest = f"{number} {{}} ifnull((SELECT number FROM agreement WHERE earliest <= ? ORDER BY {order} LIMIT 1), 0)"
    if node.kind == "after":
        return latest.format(">"), (last,)
    if node.kind == "on":
        return "", ()
    return latest.format("<="), (first if node.kind == "before" else last,)


@lru_cache(maxsize=64)
def telling(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The phrases without those that hold another: what says “Empire of Japan” says “Japan”."""
    kept: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda phrase: (len(phrase.words), -phrase.prefix)):
        if not any(_holds(phrase, other) for other in kept):
            kept.append(phrase)
    return tuple(kept)


def _holds(phrase: Phrase, other: Phrase) -> bool:
    *firsts, last = other.words
    for at in range(len(phrase.words) - len(firsts)):
        end = phrase.words[at + len(firsts)]
        whole = end == last and not (phrase.prefix and at + len(other.words) == len(phrase.words))
        if list(phrase.words[at : at + len(firsts)]) == firsts and (whole or (other.prefix and end.startswith(last))):
            return True
    return False


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"' + ("*" if phrase.prefix else "")
