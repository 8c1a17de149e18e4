"""Tests of the search session: results that n and N walk through, sort order, and what an abandoned search restores."""

from __future__ import annotations

import pytest

from tui import address
from tui.catalogue.connection import AgreementSummary
from tui.explorer.history import Visit
from tui.explorer.panes import PaneState
from tui.explorer.search_session import NeighbourResult, SearchReturnState, SearchSession
from tui.pages.layout import TOP
from tui.search.engine import Result, Results
from tui.search.stages import SORT_ORDERS, SearchAnswer
from tui.search.syntax import Query


def answer(text: str, *ids: str) -> SearchAnswer:
    found = tuple(Result(AgreementSummary(name, name, "", None, "", False), "", "", ()) for name in ids)
    return SearchAnswer(Results(Query(text), found, len(found)))


def before(results: Results | None) -> SearchReturnState:
    return SearchReturnState(Visit(address.agreement("x"), TOP), PaneState(), None, None, 0, results)


@pytest.fixture
def session() -> SearchSession:
    return SearchSession()


def test_accepted_search_is_walked_in_both_directions(session: SearchSession) -> None:
    session.begin(before(None))
    session.take(answer("fish", "a", "b", "c"))
    assert session.neighbour("b", 1) is None  # before it is accepted
    assert session.accept() == before(None)
    neighbours = {step: session.neighbour("b", step) for step in (-1, 1)}
    last, first = (answer("fish", name).results.found[0].summary for name in "ca")
    assert neighbours == {1: NeighbourResult(last, 3, 3), -1: NeighbourResult(first, 1, 3)}


@pytest.mark.parametrize(("agreement_id", "step"), [("a", -1), ("c", 1), ("elsewhere", 1), ("elsewhere", -1)])
def test_nothing_lies_beyond_the_results(session: SearchSession, agreement_id: str, step: int) -> None:
    session.take(answer("fish", "a", "b", "c"))
    session.accept()
    assert session.neighbour(agreement_id, step) is None


def test_abandoned_search_restores_the_results_before_it(session: SearchSession) -> None:
    earlier = answer("coal", "a", "b").results
    session.begin(before(earlier))
    session.take(answer("fish", "c"))
    assert session.abandon() == before(earlier)
    assert session.results == earlier
    assert session.abandon() is None


def test_fuller_answer_completes_the_one_before(session: SearchSession) -> None:
    assert not session.take(answer("fish", "a"))
    assert session.take(answer("fish", "a"))
    assert not session.take(answer("fishery", "a"))


def test_empty_text_drops_the_answer(session: SearchSession) -> None:
    assert session.change_text("fish")
    session.take(answer("fish", "a"))
    assert not session.change_text("  ")
    assert session.answer is None


def test_orders_come_round_and_each_search_begins_with_the_first(session: SearchSession) -> None:
    assert [session.next_order() for _ in SORT_ORDERS] == [*SORT_ORDERS[1:], SORT_ORDERS[0]]
    session.next_order()
    session.begin(before(None))
    assert session.next_order() == SORT_ORDERS[1]
