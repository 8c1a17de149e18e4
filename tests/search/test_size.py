"""Size of what is searched: forms of names and long texts take bounded work and memory."""

from __future__ import annotations

import pytest

from tests.helpers.searching import SearcherOfOne, found, search
from tests.helpers.work import peak
from tui.search.rewrite import MAX_FORMS
from tui.search.sql import phrases


def test_name_of_many_forms_is_searched_with_some_of_them(one: SearcherOfOne) -> None:
    forms = [f"alias{number}" for number in range(10 * MAX_FORMS)]
    name = {"id": "n", "kind": "person", "name": "Ivan", "forms": {"en": forms}}
    searcher = one("It speaks of Ivan.", [name])
    query = searcher.parse("alias500 ")
    assert len([phrase for node in query.nodes for phrase in phrases(node)]) <= MAX_FORMS + 1
    assert found(searcher, "Ivan ") == ["a"]
    assert len([phrase for node in searcher.containing(forms).nodes for phrase in phrases(node)]) == MAX_FORMS


def test_stem_of_many_words_is_searched_with_some_of_them(one: SearcherOfOne) -> None:
    words = " ".join(f"{'fish' * 3}{ending}{'ing' * number}" for number in range(40) for ending in ("", "s", "ed"))
    searcher = one(words)
    assert len([phrase for node in searcher.parse("fishfishfish ").nodes for phrase in phrases(node)]) <= MAX_FORMS + 1


def test_long_name_is_compiled_in_little_memory(one: SearcherOfOne) -> None:
    long = "漁業" * 50_000
    name = {"id": "n", "kind": "term", "name": long, "forms": {"ja": [long]}}
    size = 4 * len(long.encode())
    assert peak(lambda: one("Fish.", [name], short_title=long, titles={"ja": long}, kind=long)) < 20 * size


def test_hits_in_a_long_text_are_at_their_positions(one: SearcherOfOne) -> None:
    searcher = one("Fish.")
    text = "漁業条約と海 ice " * 2_000
    marks = searcher.highlighter(searcher.parse("条約 ")).marks(text)
    assert [text[start:end] for start, end in marks] == ["条約"] * 2_000


def test_word_longer_than_the_index_holds_is_compiled_and_found(one: SearcherOfOne) -> None:
    long = "ก" * 20_000  # 3 bytes each; FTS5 cuts a word at 32,768 bytes
    searcher = one(f"ice {long} fish", short_title=long)
    assert found(searcher, "ice ") == found(searcher, f"{long[:300]}*") == ["a"]


@pytest.mark.parametrize("words", ["sea and ice, ", "海と氷", "лёд и море ", "x"])
def test_hits_in_a_long_text_are_found_in_little_memory(one: SearcherOfOne, words: str) -> None:
    searcher = one("Fish.")
    highlighter = searcher.highlighter(searcher.parse('ice 氷 лёд "ice sea" "sea and" '))
    text = words * (150_000 // len(words)) + " ice"
    marks = highlighter.marks(text)
    assert len(marks) >= text.count("ice") + text.count("氷") + text.count("лёд")
    assert {text[start:end] for start, end in marks} <= {"ice", "氷", "лёд", "ice, sea", "sea and"}
    assert marks == sorted(marks)
    assert peak(lambda: sum(1 for _ in highlighter.iterate_marks(text))) < 20 * len(text.encode())


def test_list_of_a_record_shows_the_beginning_of_a_long_title_and_summary(one: SearcherOfOne) -> None:
    searcher = one("Fish. " * 10_000, short_title="Coal " * 10_000, date="1941")
    (result,) = search(searcher, "signed:1941").found
    assert 300 < len(result.snippet) <= 400
    assert 400 < len(result.summary.name) <= 500


def test_long_word_without_matches_is_not_respelled(one: SearcherOfOne) -> None:
    searcher = one("Fish.")
    query = searcher.parse("x" * 1_200)
    assert peak(lambda: searcher.suggestions(query)) < 1_000_000
