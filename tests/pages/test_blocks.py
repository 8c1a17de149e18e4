"""Breaking pages into lines: never wider than asked, nothing lost, no closing punctuation at a line's start."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.pages import cells
from tui.pages.blocks import Block, lay_out, wrap
from tui.pages.cells import length

CLOSING = "、。，．」』）ー々ゃ"

words = st.text("abcdeé.-", min_size=1, max_size=12)
japanese = st.text("漁業日ソ条約のカムかっゃー、。「」（）", min_size=1, max_size=20)
russian = st.text("рыболовство", min_size=1, max_size=12)
marked = st.text("e漁か\u0301\u3099", min_size=1, max_size=8)
mixed = st.lists(st.one_of(words, japanese, russian, marked), max_size=12).flatmap(
    lambda parts: st.sampled_from(["", " ", "  "]).map(lambda gap: gap.join(parts))
)
widths = st.integers(1, 100)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, length)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("one two", 7, ["one two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh", 3, ["a", "abc", "def", "gh"]),
        ("рыба и лес", 6, ["рыба и", "лес"]),
        ("日ソ漁業条約", 6, ["日ソ漁", "業条約"]),
        ("日ソ漁業条約", 7, ["日ソ漁", "業条約"]),
        ("日ソ漁。業", 6, ["日ソ", "漁。業"]),
        ("日「漁業」", 4, ["日", "「漁", "業」"]),
        ("約 of 1941", 5, ["約 of", "1941"]),
        ("Treaty 条約", 8, ["Treaty", "条約"]),
        ("漁", 1, ["漁"]),
        ("漁業", 1, ["漁", "業"]),
    ],
)
def test_where_lines_break(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(mixed, widths)
@example("漁", 1)
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    """The one exception is a single wide character, with what combines with it, where there is but one cell.

    Spaces at a line's end are not seen here; the two tests below look at what is special.
    """
    for line in map(str.rstrip, lines(text, width)):
        assert length(line) <= width or (width == 1 and length(line) == 2), line


@pytest.mark.parametrize(("text", "width"), [("漢\u0301" * 4, 3), ("か\u3099" * 8, 5), ("漁" * 6 + "e\u0301" * 6, 6)])
def test_wide_and_combining_characters_do_not_cancel_out(text: str, width: int) -> None:
    """Kana in normal form D take as many cells as they have characters, but not one by one."""
    assert length(text) == len(text)
    assert max(map(length, lines(text, width))) <= width


@pytest.mark.parametrize("text", ["漢漢  b", "漢漢    ", "é 漢   é"])
def test_spaces_at_a_break_do_not_widen_a_line(text: str) -> None:
    assert max(map(length, lines(text, 4))) <= 4


@given(mixed, widths)
def test_nothing_but_spaces_at_breaks_is_lost(text: str, width: int) -> None:
    at = 0
    for start, end in wrap(text, width, length):
        assert start >= at
        assert text[at:start].strip(" ") == ""
        assert len(text[at:start]) <= 1 or text[at:start].isspace()
        at = end
    assert text[at:].strip(" ") == ""
    assert "".join(lines(text, width)).replace(" ", "") == text.replace(" ", "")


@given(mixed, widths)
def test_every_line_moves_on(text: str, width: int) -> None:
    found = list(wrap(text, width, length))
    assert all(start < end for start, end in found) or not text
    assert len(found) <= len(text) + 1


@given(st.text("漁業日ソ条約、。」ー", min_size=1), st.integers(4, 30))
def test_no_closing_punctuation_begins_a_line_where_it_can_be_helped(text: str, width: int) -> None:
    found = lines(text, width)
    for before, line in pairwise(found):
        if line[0] in CLOSING:
            assert all(character in CLOSING for character in before[1:]), "the line before had a place to break"


@given(mixed, widths)
def test_a_word_is_cut_only_where_it_has_no_room(text: str, width: int) -> None:
    """In writing with spaces a line ends at a space, or its last word is longer than a line."""
    if length(text) != len(text) or not text.isascii():
        return
    found = list(wrap(text, width, length))
    for (_, end), (start, _) in pairwise(found):
        if start == end and text[end - 1] != " ":
            begin = text.rfind(" ", 0, end) + 1
            after = text.find(" ", end)
            assert (after if after >= 0 else len(text)) - begin > width


@given(mixed)
def test_plain_widths_are_the_terminal_librarys_for_our_scripts(text: str) -> None:
    assert length(text) == cell_len(text)


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("漁業", 4), ("рыба", 4), ("e\u0301", 1), ("ｱ", 1)])
def test_cells(text: str, width: int) -> None:
    assert cells.length(text) == width


# -- pages

blocks = st.builds(
    Block,
    mixed,
    lead=st.sampled_from(["", "Art. I", "Protocol A, 3 and more", "議定書甲、第三条"]),
    mark=st.sampled_from(["", "?", "*"]),
    hang=st.sampled_from([0, 2, 6, 12, 14]),
    indent=st.sampled_from([0, 2, 4]),
    above=st.integers(0, 2),
)


@given(st.lists(blocks, max_size=5), st.integers(20, 100))
def test_a_page_keeps_its_width_and_all_of_its_text(page: list[Block], width: int) -> None:
    laid = lay_out(tuple(page), width, length)
    for index, block in enumerate(page):
        own = [line for line in laid if line.block == index]
        text = [block.text[line.start : line.end] for line in own if line.part != "lead"]
        lead = [block.lead[line.start : line.end] for line in own if line.part == "lead"]
        assert "".join(text).replace(" ", "") == block.text.replace(" ", "")
        assert "".join(lead).replace(" ", "") in ("", block.lead.replace(" ", ""))
        assert sum(line.part == "first" for line in own) == 1
        for line in lead:
            assert length(line) <= width - block.indent
        for line in text:
            assert length(line) <= width - block.indent


@given(st.lists(blocks, max_size=5), widths)
def test_blank_lines_stand_between_blocks_as_asked(page: list[Block], width: int) -> None:
    laid = lay_out(tuple(page), width, length)
    blank = sum(line.block == -1 for line in laid)
    assert blank == sum(block.above for block in page[1:])
    assert [line.block for line in laid if line.block >= 0] == sorted(line.block for line in laid if line.block >= 0)
