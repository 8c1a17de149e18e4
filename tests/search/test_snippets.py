"""Snippets of results."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.searching import marks, search, searcher_of
from tests.helpers.stores import unsafe_characters
from tui.search.engine import Searcher


@pytest.mark.parametrize("query", ["fish ", "漁業 ", "между ", "neutrality ", "Kurils ", "japan 1941 "])
def test_marks_of_snippet_are_its_hits(shipped: Searcher, query: str) -> None:
    results = shipped.complete(search(shipped, query))
    assert results.found
    for result in results.found:
        assert result.marks
        assert "\n" not in result.snippet
        assert unsafe_characters(result.snippet, allowed="") == []
        places = marks(shipped, query, result.snippet)
        assert list(result.marks) == places


def test_snippet_marks_first_word_of_text(tmp_path: Path) -> None:
    (result,) = search(
        searcher_of(tmp_path, {"id": "a", "short_title": "Of coal", "summary": "Fish is caught."}), "fish "
    ).found
    assert (result.snippet, result.marks) == ("Fish is caught.", ((0, 4),))


def test_complete_adds_missing_snippets_only(shipped: Searcher) -> None:
    first = search(shipped, "japan ", visible=3)
    assert [bool(result.snippet) for result in first.found[:5]] == [True, True, True, False, False]
    whole = shipped.complete(first)
    assert all(result.marks for result in whole.found)
    assert whole.found[:3] == first.found[:3]
    assert [result.summary for result in whole.found] == [result.summary for result in first.found]


@pytest.mark.parametrize("field", ["summary", "background"])
@pytest.mark.parametrize(
    ("query", "written"), [("detente ", "d\u00e9tente"), ("detente ", "de\u0301tente"), ("viet ", "Vi\u1ec7t")]
)
def test_snippet_shows_word_written_with_accents(tmp_path: Path, field: str, query: str, written: str) -> None:
    texts = {"summary": "The summary says nothing of it.", field: f"Something else.\nThe {written} came late."}
    (result,) = search(searcher_of(tmp_path, {"id": "a", **texts}), query).found
    assert [result.snippet[start:end] for start, end in result.marks] == [written]


def test_snippet_starts_with_near_sentence_and_ends_with_whole_word(tmp_path: Path) -> None:
    summary = f"Coal came first. Then the timber came, {'and more wood ' * 30}"
    (result,) = search(searcher_of(tmp_path, {"id": "a", "summary": summary}), "timber ").found
    assert result.snippet.startswith("…Then the timber came, and more wood")
    assert result.snippet.removesuffix("…").split()[-1] in ("and", "more", "wood")
    assert 100 < len(result.snippet) < 160


def test_snippet_without_near_sentence_starts_with_whole_word(tmp_path: Path) -> None:
    summary = f"{'and more wood ' * 30}timber"
    (result,) = search(searcher_of(tmp_path, {"id": "a", "summary": summary}), "timber ").found
    assert result.snippet.removeprefix("…").split()[0] in ("and", "more", "wood")
    assert 60 < len(result.snippet) < 100
