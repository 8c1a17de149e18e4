"""Suggestions where nothing matches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.searching import SearcherOfOne, search, searcher_of, suggestions
from tui.search.engine import Searcher


def test_suggestions_have_results(three: Searcher) -> None:
    suggested = suggestions(three, "lake quicksilver ")
    assert suggested
    for suggestion in [*suggested, *suggestions(three, "fightng ")]:
        assert search(three, suggestion.text).total == suggestion.size > 0
    assert any("fighting" in suggestion.text for suggestion in suggestions(three, "fightng "))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("fightng laek ", "fighting lake"),
        ("fighting quicksilver xyzzy ", "fighting"),
        ("title:pakt lake ", "title:pact lake"),
        ("years stopped named ", "years OR stopped OR named"),
        ('"lake fighting stopped"', 'lake "fighting stopped"'),
    ],
)
def test_first_suggestion_corrects_all_words_without_match(three: Searcher, query: str, first: str) -> None:
    assert search(three, query).total == 0
    assert suggestions(three, query)[0].text == first


def test_run_of_east_asian_letters_is_split(one: SearcherOfOne) -> None:
    assert [suggestion.text for suggestion in suggestions(one("渡り鳥の保護に関する条約"), "渡り鳥条約")] == [
        "渡り鳥 条約"
    ]


def test_misspelt_korean_word_is_compared_with_words_of_its_beginning(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "대한민국정부"})
    assert [suggestion.text for suggestion in suggestions(searcher, "대한민국정보 ")] == ["대한민국정부"]


def test_suggested_spelling_may_differ_in_third_letter(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "Of fisheries."})
    for query in ("fizherees ", "fiaherees "):
        assert [suggestion.text for suggestion in suggestions(searcher, query)] == ["fisheries"], query


@pytest.mark.parametrize("query", ["1957-13-45 ", "before:1930 after:1990 ", "fighting 1959 "])
def test_numbers_are_not_corrected(three: Searcher, query: str) -> None:
    assert not [near for near in suggestions(three, query) if "instead of" in near.words and "1" in near.text]


def test_pieces_of_a_contraction_are_not_corrected(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "Down the river they done it."})
    assert suggestions(searcher, "don't") == []
    assert suggestions(searcher, "dont")[0].text in ("done", "down")
