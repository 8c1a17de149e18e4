"""Suggestions where nothing matches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.searching import SearcherOfOne, count, search, searcher_of, suggestions
from tui.search import sql as statements
from tui.search.engine import Searcher
from tui.search.suggestions import Suggestion


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


@pytest.mark.parametrize(
    ("query", "text"),
    [("1956", "signed:1956"), ("fishery 1956 ", "signed:1956 fishery"), ("1956 -fishery", "signed:1956 -fishery")],
)
def test_bare_year_is_offered_as_year_of_signature(shipped: Searcher, query: str, text: str) -> None:
    offer = shipped.signed_in_year(shipped.parse(query))
    assert offer is not None
    assert (offer.words, offer.text) == ("signed in 1956", text)
    assert offer.size == count(shipped, f"{text} ") > 0


@pytest.mark.parametrize("query", ["", "fishery", "195", "19560", "1956 1957", "1234", "title:1956", "signed:1956"])
def test_what_is_no_bare_year_with_results_is_not_offered(shipped: Searcher, query: str) -> None:
    assert shipped.signed_in_year(shipped.parse(query)) is None


def test_number_of_records_beyond_the_limit_is_no_exact_number() -> None:
    assert Suggestion("", "", statements.MAX_RANKED).count_phrase == "1,000 records"
    assert Suggestion("", "", statements.MAX_RANKED + 1).count_phrase == "more than 1,000 records"
