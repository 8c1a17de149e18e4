"""Stages of the answer to a query: first results, then all snippets and the counts, or else suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.search.engine import MatchCounts, Results, Searcher
from tui.search.suggestions import Suggestion
from tui.search.syntax import Query

SORT_ORDERS = ("relevance", "date", "era")
"""Orders of the results."""


class SearchAnswer(NamedTuple):
    """Known part of the answer to a query; `counts` and `suggestions` are None until known."""

    results: Results
    order: str = SORT_ORDERS[0]
    counts: MatchCounts | None = None
    suggestions: tuple[Suggestion, ...] | None = None

    @property
    def query(self) -> Query:
        """Parsed query, with which hits are marked."""
        return self.results.query


def search_answers(searcher: Searcher, text: str, order: str = SORT_ORDERS[0]) -> Iterator[SearchAnswer]:
    """Yield the answer to the query in a text as it becomes known. Raises Interrupted."""
    first = SearchAnswer(searcher.search(searcher.parse(text), order=order), order)
    yield first
    if first.results.found:
        complete = first._replace(results=searcher.complete(first.results))
        yield complete
        yield complete._replace(counts=searcher.count_matches(first.query))
    else:
        yield first._replace(suggestions=tuple(searcher.suggestions(first.query)))
