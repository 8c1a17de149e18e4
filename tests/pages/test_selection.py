"""Text of a page between two places, and the places of characters, words and paragraphs."""

from __future__ import annotations

from hypothesis import given

from tests.helpers.layouts import WIDTHS, laid_out, pages
from tui.pages import plain
from tui.pages.blocks import Block, Page
from tui.pages.selection import character_at, paragraph_at, text_between, word_at


@given(pages, WIDTHS)
def test_selecting_all_joins_wrapped_lines(page: Page, width: int) -> None:
    selected = text_between(laid_out(page, width), (0, 0), (10_000, 0))
    for block in page:
        assert block.text.rstrip(" ") in selected
        assert block.lead in selected


def test_text_between_positions_joins_wrapped_lines() -> None:
    page = (Block("one two 漁業日ソ条約", mark="?", hang=2), Block("last", above=1))
    layout = laid_out(page, 10)
    assert [layout.line_text(number) for number in range(5)] == ["? one two", "  漁業日ソ", "  条約", "", "last"]
    assert text_between(layout, (0, 6), (2, 3)) == "two 漁業日ソ条"
    assert text_between(layout, (1, 0), (2, 1)) == "漁業日ソ"
    assert text_between(layout, (2, 0), (4, 2)) == "条約\n\nla"
    assert text_between(layout, (0, 2), (0, 5)) == "one"
    assert text_between(layout, (4, 1), (9, 0)) == "ast"


FACTS = (
    Block("20 January 1925", lead="Signed", hang=14, indent=2),
    Block("26 February 1925, in Peking", mark="~", hang=14, indent=2),
    Block("three readings", hang=14, indent=2),
    Block("The digest re-established what the Curiles were, рыболо\u0301вство и 漁業協定.", indent=4, above=1),
)


def test_selected_text_has_labels_as_in_plain_output_and_no_padding() -> None:
    layout = laid_out(FACTS, 46)
    assert next(iter(plain.lines(FACTS[:1], 46))) == "  Signed        20 January 1925"
    assert text_between(layout, (0, 0), (2, 99)).splitlines() == [
        "Signed        20 January 1925",
        "~ 26 February 1925, in Peking",
        "three readings",
    ]
    assert text_between(layout, (0, 2), (0, 8)) == "Signed"
    assert text_between(layout, (0, 16), (1, 18)) == "20 January 1925\n~ 26"
    assert text_between(layout, (0, 0), (0, 2)) == ""


def test_broken_words_are_selected_whole() -> None:
    layout = laid_out(FACTS, 12)
    found = set()
    for number, line in enumerate(layout.lines):
        for column in range(12) if line.block == 3 else ():
            stretch = word_at(layout, number, column)
            found.add(text_between(layout, *stretch) if stretch else "")
    assert not any("re-established" in layout.line_text(number) for number in range(len(layout.lines)))
    assert found == {
        *("", "The", "digest", "re-established", "what", "the", "Curiles", "were"),
        *("рыболо\u0301вство", "и", "漁業協定"),
    }


def test_character_in_a_cell_may_be_wide_or_have_combining_characters() -> None:
    layout = laid_out((Block("a漁業o\u0301b"),), 20)
    stretches = [character_at(layout, 0, column) for column in range(9)]
    assert [text_between(layout, *stretch) for stretch in stretches] == ["a", *"漁漁業業", "o\u0301", "b", "", ""]


@given(pages, WIDTHS)
def test_paragraph_is_selected_whole_and_words_are_parts_of_it(page: Page, width: int) -> None:
    layout = laid_out(page, width)
    for number, line in enumerate(layout.lines):
        stretch = paragraph_at(layout, number)
        assert (stretch is None) == (line.block < 0)
        if stretch is None:
            continue
        paragraph = text_between(layout, *stretch)
        assert page[line.block].text.rstrip(" ") in paragraph
        assert page[line.block].lead in paragraph
        word = word_at(layout, number, width // 2)
        if word is not None:
            assert stretch[0] <= word[0] < word[1] <= stretch[1]
            assert text_between(layout, *word) in paragraph
