"""Marks of hits in texts."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.helpers.searching import SearcherOfOne, count, marks, search, searcher_of
from tui.corpus.records import Agreement, Claim
from tui.pages import agreement as agreement_page
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


@pytest.mark.parametrize("verdict", ["omits", "unverified"])
def test_counted_hits_are_those_that_page_marks(tmp_path: Path, verdict: str) -> None:
    agreement = {"id": "a", "short_title": "Pact", "summary": f"What it {verdict} stands here."}
    claim = {"id": "c", "source": "s", "locus": "1", "about": "a", "says": "Broken.", "verdict": verdict}
    searcher = searcher_of(tmp_path, agreement, claims=[claim])
    subject = agreement_page.AgreementPage(msgspec.convert(agreement, Agreement), (msgspec.convert(claim, Claim),))
    texts = [block.text for block in agreement_page.compose(subject)]
    marked = sum(len(marks(searcher, f"{verdict} ", text)) for text in texts)
    assert count(searcher, f"{verdict} ") == (1, marked)
    assert marked == 1
