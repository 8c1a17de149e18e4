"""SQL of a query's conditions.

Text conditions become one expression in FTS5's language, all others conditions on rows of `agreement`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeGuard

from tui.catalogue.schema import HEADING
from tui.search.syntax import And, DateCondition, InGroup, Near, Node, Not, Or, Phrase, Term

MAX_RANKED = 1_000
"""Largest number of results that are ranked. In larger results heading matches come first, then the oldest."""

NO_DATE = "9999-12-31"
"""First and last day of an agreement without a date."""

Sql: TypeAlias = "tuple[str, tuple[Any, ...]]"
"""Piece of SQL and the values of its parameters."""


def from_where(nodes: Iterable[Node], table: str = "search", columns: Sequence[str] = ()) -> Sql:
    """Return `FROM … WHERE …` for the agreements that meet all conditions, with at most one full-text match.

    `table` is the index (`search` or `heading`); `columns` limits the match to columns of it.
    """
    nodes = tuple(nodes)
    match = match_expression(nodes, columns)
    others = [condition(node) for node in nodes if not (match and (is_text(node) or is_excluded(node)))]
    if match:
        others += [_row_bound(node, f"{table}.rowid") for node in nodes if isinstance(node, DateCondition)]
    where = " AND ".join(filter(None, (sql for sql, _ in others)))
    bound = tuple(item for _, items in others for item in items)
    if not match:
        return f"FROM agreement WHERE {where}", bound
    joined = f"CROSS JOIN agreement ON agreement.number = {table}.rowid WHERE {where} AND" if where else "WHERE"
    return f"FROM {table} {joined} {table} MATCH ?", (*bound, match)


def select_numbers(
    nodes: Sequence[Node],
    table: str = "search",
    columns: Sequence[str] = (),
    *,
    extra_where: str = "",
    order_by: str = "",
    extra_column: str = "",
) -> Sql:
    """Return `SELECT …` of the numbers of the agreements that meet all conditions, the oldest first.

    `extra_where` is one more condition, in which `{number}` stands for the number. `order_by` comes before the order
    by number. `extra_column` is evaluated for each match; its parameters come first.
    """
    match = match_expression(nodes)
    excluded = [node for node in nodes if is_excluded(node)]
    if excluded and not (match or extra_where):
        # EXCEPT merges two sorted lists; NOT IN would first materialise the excluded set.
        kept = [node for node in nodes if not is_excluded(node)]
        sql, bound = from_where(kept) if kept else ("FROM agreement", ())
        match = " OR ".join(expression(node.node) for node in excluded)
        sql = f"SELECT agreement.number AS number {sql} EXCEPT SELECT rowid FROM search WHERE search MATCH ?"
        return f"{sql} ORDER BY number", (*bound, match)
    sql, bound = from_where(nodes, table, columns)
    number = f"{table}.rowid" if match else "agreement.number"
    order = f"{order_by}, {number}" if order_by else number
    if not (match or extra_where) and all(isinstance(node, DateCondition) and node.kind != "on" for node in nodes):
        order = "earliest, latest, number"  # the same order, read from the index over the days alone
    where = f"AND {extra_where.format(number=number)} " if extra_where else ""
    column = f", {extra_column}" if extra_column else ""
    return f"SELECT {number} AS number{column} {sql} {where}ORDER BY {order}", bound


def match_expression(nodes: Iterable[Node], columns: Sequence[str] = ()) -> str:
    """Return all text conditions as one FTS5 expression, limited to columns; nothing if there are none."""
    nodes = tuple(nodes)
    texts = [expression(node) for node in nodes if is_text(node)]
    if not texts:
        return ""
    match = f"({' AND '.join(texts)})"
    if columns:
        match = f"({{{' '.join(columns)}}} : {match})"
    return match + "".join(f" NOT {expression(node.node)}" for node in nodes if is_excluded(node))


def select_heading_matches(nodes: Sequence[Node], rank: Callable[[str], str] | None = None) -> Sql | None:
    """Return `SELECT …` of the numbers of the agreements whose heading alone matches; None if none can.

    The oldest come first, or the best by `rank`, which returns an SQL expression for the index it is given.
    """
    if not match_expression(nodes) or not all(column in ("", *HEADING) for column in _columns(nodes)):
        return None
    # An excluded word may be in the text, which the index of the headings does not have.
    table, columns = ("search", HEADING) if any(map(is_excluded, nodes)) else ("heading", ())
    return select_numbers(nodes, table, columns, order_by=rank(table) if rank else "")


def _columns(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, (Term, Near)):
            yield node.column
        elif isinstance(node, (And, Or)):
            yield from _columns(node.nodes)
        elif isinstance(node, Not):
            yield from _columns((node.node,))


def is_text(node: Node) -> bool:
    """Return whether the full-text index alone can answer the condition."""
    if isinstance(node, (And, Or)):
        return all(is_text(part) for part in node.nodes)
    return isinstance(node, (Term, Near))


def is_excluded(node: Node) -> TypeGuard[Not]:
    """Return whether the condition excludes a text, which FTS5 can only do from a match of another text."""
    return isinstance(node, Not) and is_text(node.node)


def expression(node: Node) -> str:
    """Return a text condition in FTS5's language, every word quoted."""
    if isinstance(node, And):
        return "(" + " AND ".join(expression(part) for part in node.nodes) + ")"
    if isinstance(node, Or):
        return "(" + " OR ".join(expression(part) for part in node.nodes) + ")"
    assert isinstance(node, (Term, Near))
    column = f"{node.column} : " if node.column else ""
    if isinstance(node, Near):
        return f"{column}NEAR({' '.join(map(_quoted, node.phrases))}, {node.distance})"
    return f"{column}({' OR '.join(map(_quoted, minimal_phrases(node.phrases)))})"


def phrases(node: Node) -> Iterator[Phrase]:
    """Yield the phrases of a text condition in the order of its expression, by which FTS5 numbers them."""
    if isinstance(node, (And, Or)):
        for part in node.nodes:
            yield from phrases(part)
    elif isinstance(node, Near):
        yield from node.phrases
    elif isinstance(node, Term):
        yield from minimal_phrases(node.phrases)


def condition(node: Node) -> Sql:
    """Return any condition as one on a row of `agreement`."""
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
            (node.ordering, node.ordering, node.folded, node.text),
        )
    assert isinstance(node, DateCondition)
    return _date_condition(node)


def _date_condition(node: DateCondition) -> Sql:
    first, last = node.span.earliest.isoformat(), node.span.latest.isoformat()
    if node.kind == "before":
        return "(earliest < ? AND latest < ?)", (first, first)
    if node.kind == "after":
        return f"(earliest > ? AND earliest < '{NO_DATE}')", (last,)
    if node.kind == "signed":
        return f"(earliest <= ? AND latest >= ? AND earliest < '{NO_DATE}')", (last, first)
    in_force = "SELECT 1 FROM in_force WHERE in_force.number = agreement.number AND first <= ? AND last >= ?"
    return f"EXISTS ({in_force})", (last, first)


def _row_bound(node: DateCondition, number: str) -> Sql:
    """Return the row-number bound that a date condition implies, since rows are numbered by date."""
    first, last = node.span.earliest.isoformat(), node.span.latest.isoformat()
    order = "earliest DESC, latest DESC, number DESC"
    bound = f"{number} {{}} ifnull((SELECT number FROM agreement WHERE earliest <= ? ORDER BY {order} LIMIT 1), 0)"
    if node.kind == "after":
        return bound.format(">"), (last,)
    if node.kind == "on":
        return "", ()
    return bound.format("<="), (first if node.kind == "before" else last,)


@lru_cache(maxsize=64)
def minimal_phrases(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Return the phrases without those that contain another: “Japan” matches wherever “Empire of Japan” does."""
    kept: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda phrase: (len(phrase.words), -phrase.prefix)):
        if not any(_contains(phrase, other) for other in kept):
            kept.append(phrase)
    return tuple(kept)


def _contains(phrase: Phrase, other: Phrase) -> bool:
    *firsts, last = other.words
    for at in range(len(phrase.words) - len(firsts)):
        end = phrase.words[at + len(firsts)]
        whole = end == last and not (phrase.prefix and at + len(other.words) == len(phrase.words))
        if list(phrase.words[at : at + len(firsts)]) == firsts and (whole or (other.prefix and end.startswith(last))):
            return True
    return False


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"' + ("*" if phrase.prefix else "")
