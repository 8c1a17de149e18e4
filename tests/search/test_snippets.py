"""Snippets of results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.searching import marks, search, searcher_of
from tests.helpers.stores import unsafe_characters
from tests.helpers.work import steps
from tui.search.engine import Searcher
from tui.search.snippets import Part, SnippetFinder


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


def test_snippet_shows_the_words_where_they_stand_together(tmp_path: Path) -> None:
    summary = f"Oil came first. {'Nothing else was said. ' * 30}Coal and oil came then."
    (result,) = search(searcher_of(tmp_path, {"id": "a", "summary": summary}), "oil coal ").found
    assert [result.snippet[start:end] for start, end in result.marks] == ["Coal", "oil"]


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


def test_snippet_is_of_the_part_with_most_words_of_the_query(shipped: Searcher) -> None:
    (first, *_) = search(shipped, "one side cannot change ").found
    assert first.place == "Summary"
    assert "one side cannot change the ratified declaration" in first.snippet


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("crab ", "Art. 2"),
        ("lapsed ", "What became of it"),
        ("wartime ", "Background"),
        ("exchanged ", "Life"),
        ("1925 ", "Claim ¶4"),
        ("пакт ", "Title"),
        ("Sato ", "Signatories"),
        ("doubtful ", "Not confirmed"),
        ("verdict:contradicts ", "Claim ¶4"),
    ],
)
def test_snippet_names_its_place_in_the_record(tmp_path: Path, query: str, place: str) -> None:
    agreement = {
        "id": "a",
        "summary": "About fish.",
        "titles": {"ru": "Пакт"},
        "provisions": [{"ref": "Art. 2", "heading": "Crab", "text": "None.", "basis": "text"}],
        "outcome": {"text": "It lapsed.", "basis": "text"},
        "background": "A wartime matter.",
        "events": [{"kind": "in-force", "date": "1941", "note": "instruments were exchanged", "basis": "text"}],
        "signatories": [{"name": "Sato", "side": "Japan", "basis": "text"}],
        "unverified": ["The place is doubtful."],
    }
    said = {"says": "It was signed in 1925.", "record": "In 1941.", "why": "A misprint.", "confidence": "high"}
    claim = {"id": "c", "source": "s", "locus": "¶4", "about": "a", "verdict": "contradicts", **said}
    (result,) = search(searcher_of(tmp_path, agreement, claims=[claim]), query).found
    assert result.place == place
    assert result.marks
    if place == "Claim ¶4":
        assert result.snippet == "It was signed in 1925. · Contradicted by the record: In 1941. · Why: A misprint."


@pytest.mark.parametrize(
    ("query", "title"), [("日ソ共同宣言 ", "日ソ共同宣言"), ("пакт о нейтралитете ", "Пакт о нейтралитете")]
)
def test_snippet_prefers_the_words_as_they_were_typed(shipped: Searcher, query: str, title: str) -> None:
    (first, *_) = search(shipped, query).found
    assert first.place == "Title"
    assert title in first.snippet


def test_hits_in_the_name_of_a_result_are_ranges(shipped: Searcher) -> None:
    (first, *_) = search(shipped, "neutrality ").found
    assert [first.summary.name[start:end] for start, end in first.name_marks] == ["Neutrality"]


@pytest.mark.parametrize("name", ["oil\ue000", "\ue000oil", "e\u0301\u0327oil"])
def test_snippet_is_of_a_part_that_has_the_word_itself(three: Searcher, name: str) -> None:
    texts = {"Summary": f"x {name} y", "Background": f"x {name} y {'far away ' * 80}oil", "Life": "there is oil here"}
    finder = SnippetFinder(three.parse("oil "), three.connection.tokenize())
    parts = [Part(place, text, "body") for place, text in texts.items()]
    for part in parts[1:]:
        found = finder.find([parts[0], part])
        assert found.place == part.place
        assert [found.text[start:end] for start, end in found.marks] == ["oil"]


def test_snippet_shows_a_phrase_to_its_end(tmp_path: Path) -> None:
    phrase = " ".join(f"extraordinary{number}" for number in range(14))
    (result,) = search(
        searcher_of(tmp_path, {"id": "a", "summary": f"It says {phrase} and more. " * 3}), f'"{phrase}" '
    ).found
    assert len(phrase) > 200
    assert phrase in [result.snippet[start:end] for start, end in result.marks]


def test_snippet_before_a_verdict_is_bounded(tmp_path: Path) -> None:
    claim = {"id": "c", "source": "s", "locus": "1", "about": "a", "verdict": "contradicts", "confidence": "high"}
    claims = [{**claim, "says": "It was signed then. " * 1_250}]
    (result,) = search(searcher_of(tmp_path, {"id": "a"}, claims=claims), "verdict:contradicts ").found
    assert 300 < len(result.snippet) < 500
    assert result.snippet.startswith("…")
    assert [result.snippet[start:end] for start, end in result.marks] == ["Contradicted by the record"]


class CountedList(list[Any]):
    """List whose iteration counts as steps of Python, however far a caller only passes over it."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the items."""
        for number in range(len(self)):
            yield self[number]


def test_work_for_many_hits_is_linear(three: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    finder = SnippetFinder(three.parse("fish coal "), three.connection.tokenize())

    highlighter = finder.highlighter
    monkeypatch.setattr(highlighter, "marks", lambda text: CountedList(highlighter.iterate_marks(text)))

    def work(hits: int) -> int:
        part = Part("Summary", "fish " * hits, "summary")
        return steps(lambda: finder.find([part]))

    assert work(1_600) < 3 * work(800)
