"""Stages in which the answer to a query becomes known."""

from __future__ import annotations

import pytest

from tests.helpers.searching import count, suggestions
from tui.search import sql
from tui.search.engine import VISIBLE, Searcher
from tui.search.stages import search_answers


def test_answer_has_visible_snippets_then_all(shipped: Searcher) -> None:
    first, complete = search_answers(shipped, "japan ", "date")
    assert [bool(result.snippet) for result in first.results.found[: VISIBLE + 1]] == [*[True] * VISIBLE, False]
    assert all(result.snippet for result in complete.results.found)
    assert {answer.order for answer in (first, complete)} == {"date"}
    assert {answer.query.text for answer in (first, complete)} == {"japan "}
    assert complete.suggestions is None


def test_answer_with_many_results_ends_with_their_number(shipped: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "MAX_RANKED", 5)
    first, complete, counted = search_answers(shipped, "japan ")
    assert first.results.count_phrase == complete.results.count_phrase == "more than 5 records"
    assert counted.results.count_phrase == f"{count(shipped, 'japan ')} records"
    assert counted.results.found == complete.results.found


def test_what_was_signed_in_a_year_is_known_after_the_first_results(shipped: Searcher) -> None:
    first, complete, *_ = search_answers(shipped, "1956 ")
    assert first.results.found
    assert first.signed is None
    assert complete.signed == shipped.signed_in_year(first.query) is not None


def test_answer_without_results_has_suggestions(shipped: Searcher) -> None:
    first, suggested, last = search_answers(shipped, "neutralty pact")
    assert first.results.found == suggested.results.found == last.results.found == ()
    assert (first.suggestions, suggested.suggestions) == (None, tuple(suggestions(shipped, "neutralty pact")))
    assert suggested.suggestions
    assert (suggested.partial, last.suggestions) == ((), suggested.suggestions)
    assert last.partial == tuple(shipped.partial_answers(shipped.parse("neutralty pact")))
    assert last.partial
