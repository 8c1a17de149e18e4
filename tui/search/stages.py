"""Stages of the answer to a query: results, all snippets and their number; or else suggestions and partial answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.search.engine import OtherNames, PartialAnswer, Results, Searcher
from tui.search.suggestions import Suggestion
from tui.search.syntax import Query

SORT_ORDERS = ("relevance", "date", "era")
"""Orders of the results."""


class SearchAnswer(NamedTuple):
    """Known part of the answer to a query.

    `signed` is the query with its bare year as the year of signature, `other_names` says by which other forms of a name
    something was found. If nothing matches, there are suggestions, None until known, and then answers that lack some of
    its words.
    """

    results: Results
    order: str = SORT_ORDERS[0]
    suggestions: tuple[Suggestion, ...] | None = None
    partial: tuple[PartialAnswer, ...] = ()
    signed: Suggestion | None = None
    other_names: OtherNames | None = None

    @property
    def query(self) -> Query:
        """Parsed query, with which hits are marked."""
        return self.results.query


def search_answers(searcher: Searcher, text: str, order: str = SORT_ORDERS[0]) -> Iterator[SearchAnswer]:
    """Yield the answer to the query in a text as it becomes known. Raises Interrupted.

    Only the first stage is fast enough for the UI thread.
    """
    results = searcher.search(searcher.parse(text), order=order)
    first = SearchAnswer(results, order)
    yield first
    if first.results.found:
        complete = first._replace(results=searcher.complete(first.results), signed=searcher.signed_in_year(first.query))
        yield complete
        if first.results.more:
            total = searcher.count_matches(first.query)
            complete = complete._replace(results=complete.results._replace(total=total, more=False))
            yield complete
        if other_names := searcher.other_names(complete.results):
            yield complete._replace(other_names=other_names)
    else:
        suggested = first._replace(suggestions=tuple(searcher.suggestions(first.query)))
        yield suggested
        if partial := searcher.partial_answers(first.query):
            yield suggested._replace(partial=tuple(partial))
