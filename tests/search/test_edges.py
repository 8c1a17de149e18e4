"""Edges of the search: runs of two scripts, nested groups, names of fields."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.searching import found, marks, search, searcher_of, suggestions
from tui.search.rewrite import document_counts
from tui.search.syntax import Term, as_phrase


def test_phrase_of_two_scripts_ends_with_first_letter_of_a_pair(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "Of fish 漁業."})
    assert found(searcher, '"fish 漁" ') == ["a"]
    assert found(searcher, '"fish 業" ') == []


def test_marks_lie_exactly_in_text_of_two_scripts(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "Договор о рыболовстве 漁業条約, рыба."})
    summary = "Договор о рыболовстве 漁業条約, рыба и é."
    for word in ("рыболовстве", "条約", "рыба"):
        (place,) = marks(searcher, f"={word} ", summary)
        assert summary[slice(*place)] == word
    (result,) = search(searcher, "=рыба ").found
    assert [result.snippet[start:end] for start, end in result.marks] == ["рыба"]


def test_heading_with_one_word_of_a_group_is_no_full_answer(tmp_path: Path) -> None:
    searcher = searcher_of(
        tmp_path,
        {"id": "body", "short_title": "Fish", "background": "Timber and fish, fish and timber."},
        {"id": "heading", "short_title": "Coal"},
        *({"id": f"other-{number}", "short_title": f"Other {number}"} for number in range(20)),
    )
    assert found(searcher, "(fish timber) OR coal ") == ["heading", "body"]


def test_date_in_december_is_found_in_three_scripts(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "date": "1925-12-15"}, {"id": "b", "date": "1926-01-15"})
    for typed in ("15 декабря 1925 ", "1925年12月15日 ", "15 December 1925 ", "15.12.1925 "):
        assert found(searcher, typed) == ["a"], typed
    for typed in ("15 января 1926 ", "1926年1月15日 "):
        assert found(searcher, typed) == ["b"], typed


def test_passage_marks_first_word_of_text(tmp_path: Path) -> None:
    (result,) = search(
        searcher_of(tmp_path, {"id": "a", "short_title": "Of coal", "summary": "Fish is caught."}), "fish "
    ).found
    assert (result.snippet, result.marks) == ("Fish is caught.", ((0, 4),))


def test_nearest_shares_any_of_the_key_terms(tmp_path: Path) -> None:
    searcher = searcher_of(
        tmp_path,
        {"id": "subject", "summary": "Amber timber."},
        {"id": "amber", "summary": "Of amber."},
        *({"id": f"timber-{number}", "summary": "Of timber."} for number in range(2)),
        *({"id": f"other-{number}", "summary": "Of fish."} for number in range(9)),
    )
    assert [summary.id for summary in searcher.nearest("subject")] == ["amber", "timber-0", "timber-1"]


def test_documents_of_single_east_asian_letter_are_those_of_its_pairs(tmp_path: Path) -> None:
    seconds = [chr(code) for code in range(0x4E00, 0x4E00 + 300)]
    searcher = searcher_of(tmp_path, *({"id": second, "summary": f"日{second} 日本"} for second in seconds))
    letter = as_phrase(("日",))
    assert document_counts(searcher.connection, [Term((letter,))]) == {letter: len(seconds)}


def test_misspelt_korean_word_is_compared_with_words_of_its_beginning(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "대한민국정부"})
    assert [suggestion.text for suggestion in suggestions(searcher, "대한민국정보 ")] == ["대한민국정부"]


def test_other_spellings_may_differ_in_the_third_letter(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "Of fisheries."})
    for typed in ("fizherees ", "fiaherees "):
        assert [suggestion.text for suggestion in suggestions(searcher, typed)] == ["fisheries"], typed
