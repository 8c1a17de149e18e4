"""Marks of hits in texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.searching import SearcherOfOne, marks, search, searcher_of
from tui.search.engine import Searcher


@pytest.mark.parametrize(
    ("query", "body", "marked"),
    [
        ("fish", "Fish, fishing; no goldfish.", ["Fish", "fishing"]),
        ("fish ", "Fish, fishing; no goldfish.", ["Fish"]),
        ("fish coal", "Coal and fish; coals", ["Coal", "fish", "coals"]),
        ("漁業 ", "日ソ漁業条約と漁業権", ["漁業", "漁業"]),
        ("条約 ", "é漁業条約", ["条約"]),
        ("рыба ", "Одна РЫБА, две рыбы", ["РЫБА"]),
        ("detente ", "😀 De\u0301tente, détente", ["De\u0301tente", "détente"]),
        ("fish ", "漁業 fish рыба fish", ["fish", "fish"]),
        ("x ", "", []),
    ],
)
def test_marks_are_exactly_the_words(one: SearcherOfOne, query: str, body: str, marked: list[str]) -> None:
    searcher = one("x")
    places = marks(searcher, query, body)
    assert [body[start:end] for start, end in places] == marked


def test_marks_lie_exactly_in_text_of_two_scripts(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "Договор о рыболовстве 漁業条約, рыба."})
    summary = "Договор о рыболовстве 漁業条約, рыба и é."
    for word in ("рыболовстве", "条約", "рыба"):
        (place,) = marks(searcher, f"={word} ", summary)
        assert summary[slice(*place)] == word
    (result,) = search(searcher, "=рыба ").found
    assert [result.snippet[start:end] for start, end in result.marks] == ["рыба"]


def test_text_with_lone_surrogates_and_nul_is_marked(one: SearcherOfOne) -> None:
    searcher = one("x")
    body = "\ud800 fish \x00fish"
    places = marks(searcher, "fish ", body)
    assert [body[start:end] for start, end in places] == ["fish", "fish"]


def test_excluded_words_are_not_marked(three: Searcher) -> None:
    assert marks(three, "lake -stopped ", "The lake stopped.") == [(4, 8)]
