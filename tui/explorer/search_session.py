"""State of the search: text, order and answer, the state before it, and the results that n and N walk through."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.catalogue.connection import AgreementSummary
    from tui.explorer.history import Visit
    from tui.explorer.panes import Pane, PaneState
    from tui.search.engine import Results
    from tui.search.stages import SearchAnswer
    from tui.search.syntax import Query


class SearchReturnState(NamedTuple):
    """State of the screen before a search, restored when the search is abandoned."""

    visit: Visit
    panes: PaneState
    focused: Pane | None
    query: Query | None
    passage: int
    results: Results | None


class NeighbourResult(NamedTuple):
    """A result of the search before or after another, its number from 1, and how many there are."""

    summary: AgreementSummary
    number: int
    total: int


class SearchSession:
    """One search at a time. It knows no widget: the text comes with messages, the answer from the worker."""

    def __init__(self) -> None:
        self.text = ""
        """Text of the query line."""
        self.order = ""
        """Sort order; empty for the first of `SORT_ORDERS`."""
        self.answer: SearchAnswer | None = None
        """The last answer, or None if the query line is empty."""
        self.shows_facets = False
        """Whether the panel shows the facets instead of the results."""
        self.results: Results | None = None
        """The results that n and N walk through."""
        self._return_state: SearchReturnState | None = None

    @property
    def query(self) -> Query | None:
        """The query that was answered last."""
        return self.answer.query if self.answer else None

    def begin(self, return_state: SearchReturnState) -> None:
        """Begin a search, sorted by the first order."""
        self._return_state = return_state
        self.order = ""

    def change_text(self, text: str) -> bool:
        """Set the text of the query line. Return whether there is something to search for."""
        self.text = text
        if not text.strip():
            self.answer = None
        return bool(text.strip())

    def next_order(self) -> str:
        """Set and return the next sort order."""
        from tui.search.stages import SORT_ORDERS

        self.order = SORT_ORDERS[(SORT_ORDERS.index(self.order or SORT_ORDERS[0]) + 1) % len(SORT_ORDERS)]
        return self.order

    def fullest(self, answer: SearchAnswer) -> SearchAnswer:
        """Return an answer, or the last one if that is to the same query and has partial answers: its last stage."""
        if self.answer and self.answer.partial and self.answer.query.text == answer.query.text:
            return self.answer
        return answer

    def take(self, answer: SearchAnswer) -> bool:
        """Keep an answer. Return whether it completes an earlier answer to the same query."""
        completes = self.query is not None and self.query.text == answer.query.text
        self.answer = answer
        self.shows_facets = False
        return completes

    def accept(self) -> SearchReturnState | None:
        """End the search and keep its results for n and N. Return the state before the search."""
        self.results = self.answer.results if self.answer else self.results
        return self._end()

    def abandon(self) -> SearchReturnState | None:
        """End the search and restore the results before it. Return the state before the search."""
        return_state = self._end()
        if return_state:
            self.results = return_state.results
        return return_state

    def _end(self) -> SearchReturnState | None:
        return_state, self._return_state = self._return_state, None
        return return_state

    def neighbour(self, agreement_id: str, step: int) -> NeighbourResult | None:
        """Return the result before (-1) or after (1) an agreement, or None if there is none."""
        found = [result.summary for result in self.results.found] if self.results else []
        ids = [summary.id for summary in found]
        at = ids.index(agreement_id) + step if agreement_id in ids else -1
        return NeighbourResult(found[at], at + 1, len(found)) if 0 <= at < len(found) else None
