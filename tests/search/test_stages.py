"""Stages in which the answer to a query becomes known."""

from __future__ import annotations

from tests.helpers.searching import count, suggestions
from tui.search.engine import VISIBLE, Searcher
from tui.search.stages import search_answers


def test_answer_has_visible_snippets_then_all_then_counts(shipped: Searcher) -> None:
    first, complete, counted = search_answers(shipped, "japan ", "date")
    assert [bool(result.snippet) for result in first.results.found[: VISIBLE + 1]] == [*[True] * VISIBLE, False]
    assert all(result.snippet for result in complete.results.found)
    assert counted.results == complete.results
    assert (first.counts, complete.counts, counted.counts) == (None, None, count(shipped, "japan "))
    assert {answer.order for answer in (first, complete, counted)} == {"date"}
    assert {answer.query.text for answer in (first, complete, counted)} == {"japan "}
    assert counted.suggestions is None


def test_answer_without_results_has_suggestions(shipped: Searcher) -> None:
    first, last = search_answers(shipped, "neutralty pact")
    assert first.results.found == last.results.found == ()
    assert (first.suggestions, last.suggestions) == (None, tuple(suggestions(shipped, "neutralty pact")))
    assert last.suggestions
