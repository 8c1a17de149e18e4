"""Stages of the answer to a query: first results, then all snippets and the number of all, or else suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.search.engine import Results, Searcher
from tui.search.suggestions import Suggestion
from tui.search.syntax import Query

SORT_ORDERS = ("relevance", "date", "era")
"""Orders of the results."""


class SearchAnswer(NamedTuple):
    """Known part of the answer to a query; `suggestions` is None until known."""

    results: Results
    order: str = SORT_ORDERS[0]
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
        if first.results.more:
            total = searcher.count_matches(first.query)
            yield complete._replace(results=complete.results._replace(total=total, more=False))
    else:
        yield first._replace(suggestions=tuple(searcher.suggestions(first.query)))
