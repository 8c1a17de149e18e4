"""What a search comes to, step by step: the first results, then their passages and numbers, or what to ask instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.search.engine import MatchCounts, Results, Searcher, Suggestion

SORT_ORDERS = ("relevance", "date", "era")
"""The orders in which results can stand."""


class SearchAnswer(NamedTuple):
    """Known part of the answer to a query; `count_matches` and `suggestions` are None until known."""

    typed: str
    results: Results
    order: str = SORT_ORDERS[0]
    count_matches: MatchCounts | None = None
    suggestions: tuple[Suggestion, ...] | None = None


def search_answers(searcher: Searcher, typed: str, order: str = SORT_ORDERS[0]) -> Iterator[SearchAnswer]:
    """The answer at once, then all of it. Raises Interrupted where another thread said so."""
    first = SearchAnswer(typed, searcher.search(typed, order=order), order)
    yield first
    if first.results.found:
        complete = first._replace(results=searcher.complete(typed, first.results))
        yield complete
        yield complete._replace(count_matches=searcher.count_matches(typed))
    else:
        yield first._replace(suggestions=tuple(searcher.suggestions(typed)))
