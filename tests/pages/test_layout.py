"""Layout of pages: no line is too wide, no text is lost, positions, places and links stand where they are drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tests.helpers.layouts import WIDTHS, laid_out, mixed, pages, words
from tui.corpus import cells
from tui.corpus.cells import length
from tui.explorer import render
from tui.explorer.styles import ROLE_STYLES
from tui.pages import plain
from tui.pages.blocks import Block, Page, Role, Span
from tui.pages.layout import TOP, Layout, TextPosition, wrap

CLOSING = "、。，．」』）ー々ゃ"

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
        ("1941-04-13-neutrality-pact", 14, ["1941-04-13-", "neutrality-", "pact"]),
        ("1941-04-13-neutrality-pact", 9, ["1941-04-", "13-", "neutralit", "y-pact"]),
        ("see 1941-04-13-pact", 15, ["see", "1941-04-13-pact"]),
        ("文書 1941-04-13-neutrality-pact", 14, ["文書", "1941-04-13-", "neutrality-", "pact"]),
        ("漁", 1, ["漁"]),
        ("漁業", 1, ["漁", "業"]),
    ],
)
def test_lines_break_at_spaces_and_between_east_asian_characters(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(mixed, widths)
@example("漁", 1)
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    """The exception is a wide character, with its combining characters, in a line of one cell.

    Spaces at the end of a line are ignored here; the two tests below cover them.
    """
    for line in map(str.rstrip, lines(text, width)):
        assert length(line) <= width or (width == 1 and length(line) == 2), line


@pytest.mark.parametrize(("text", "width"), [("漢\u0301" * 4, 3), ("か\u3099" * 8, 5), ("漁" * 6 + "e\u0301" * 6, 6)])
def test_wide_and_combining_characters_do_not_cancel_out(text: str, width: int) -> None:
    """Kana in normal form D take as many cells as characters, but not each of them one."""
    assert length(text) == len(text)
    assert max(map(length, lines(text, width))) <= width


@pytest.mark.parametrize("text", ["漢漢  b", "漢漢    ", "é 漢   é"])
def test_spaces_at_a_break_do_not_widen_a_line(text: str) -> None:
    assert max(map(length, lines(text, 4))) <= 4


@given(mixed, widths)
def test_only_spaces_at_breaks_are_lost(text: str, width: int) -> None:
    at = 0
    for start, end in wrap(text, width, length):
        assert start >= at
        assert text[at:start].strip(" ") == ""
        assert len(text[at:start]) <= 1 or text[at:start].isspace()
        at = end
    assert text[at:].strip(" ") == ""
    assert "".join(lines(text, width)).replace(" ", "") == text.replace(" ", "")


@given(mixed, widths)
def test_every_line_holds_text(text: str, width: int) -> None:
    found = list(wrap(text, width, length))
    assert all(start < end for start, end in found) or not text
    assert len(found) <= len(text) + 1


@given(st.text("漁業日ソ条約、。」ー", min_size=1), st.integers(4, 30))
def test_closing_punctuation_begins_a_line_only_without_another_break(text: str, width: int) -> None:
    found = lines(text, width)
    for before, line in pairwise(found):
        if line[0] in CLOSING:
            assert all(character in CLOSING for character in before[1:]), "the line before had a place to break"


@given(st.lists(words, min_size=1, max_size=8).map("-".join), widths)
def test_word_is_cut_after_a_hyphen_where_a_line_has_one(text: str, width: int) -> None:
    for line in lines(text, width)[:-1]:
        assert line.endswith("-") or "-" not in line[1:]


@given(mixed, widths)
def test_only_words_longer_than_a_line_are_cut(text: str, width: int) -> None:
    """In ASCII text a line ends at a space, or its last word is longer than a line."""
    if length(text) != len(text) or not text.isascii():
        return
    found = list(wrap(text, width, length))
    for (_, end), (start, _) in pairwise(found):
        if start == end and text[end - 1] != " ":
            begin = text.rfind(" ", 0, end) + 1
            after = text.find(" ", end)
            assert (after if after >= 0 else len(text)) - begin > width


@given(mixed)
def test_plain_widths_equal_those_of_the_terminal_library(text: str) -> None:
    assert length(text) == cell_len(text)


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("漁業", 4), ("рыба", 4), ("e\u0301", 1), ("ｱ", 1)])
def test_cells(text: str, width: int) -> None:
    assert cells.length(text) == width


# -- pages


def drawn(layout: Layout) -> list[str]:
    """Return the lines as the explorer draws them, without the spaces at their ends."""
    styles = dict.fromkeys(ROLE_STYLES, Style.null())
    return [
        "".join(segment.text for segment in render.line_segments(layout, line, styles)).rstrip()
        if line.block >= 0
        else ""
        for line in layout.lines
    ]


@given(pages, WIDTHS)
def test_every_character_is_on_exactly_one_line(page: Page, width: int) -> None:
    """Except spaces at breaks, which are on none."""
    layout = laid_out(page, width)
    for index, block in enumerate(page):
        own = [line for line in layout.lines if line.block == index]
        for source, stretches in (
            (block.text, [(line.start, line.end) for line in own if line.part != "lead"]),
            (block.lead, [(line.start, line.end) for line in own if line.part == "lead"] or [(0, len(block.lead))]),
        ):
            on_lines = [offset for start, end in stretches for offset in range(start, end)]
            assert on_lines == sorted(set(on_lines))
            assert all(source[offset] == " " for offset in set(range(len(source))) - set(on_lines))
        assert sum(line.part == "first" for line in own) == 1


@given(pages, WIDTHS)
def test_no_line_of_a_page_is_wider_than_the_width(page: Page, width: int) -> None:
    for line in drawn(laid_out(page, width)):
        assert length(line) <= width


@given(pages, WIDTHS)
def test_screen_and_plain_output_have_the_same_lines(page: Page, width: int) -> None:
    layout = laid_out(page, width)
    assert [layout.line_text(number) for number in range(len(layout.lines))] == drawn(layout)
    assert list(plain.lines(page, width)) == drawn(layout)  # no block here has a title to underline


@given(pages, WIDTHS)
def test_leads_and_marks_are_shown_at_every_width(page: Page, width: int) -> None:
    layout = laid_out(page, width)
    for index, block in enumerate(page):
        shown = "".join(layout.line_text(n) for n, line in enumerate(layout.lines) if line.block == index)
        assert block.lead.replace(" ", "") in shown.replace(" ", "")
        assert block.mark in shown


@pytest.mark.parametrize("hang", [0, 1, 2])
def test_mark_without_a_column_has_two_cells(hang: int) -> None:
    page = (Block("one two three", mark="?", hang=hang),)
    expected = ["? one two", "  three"]
    assert drawn(laid_out(page, 10)) == expected
    assert list(plain.lines(page, 10)) == expected


@given(pages, WIDTHS)
def test_blank_lines_stand_between_blocks(page: Page, width: int) -> None:
    numbers = [line.block for line in laid_out(page, width).lines]
    assert numbers.count(-1) == sum(block.above for block in page[1:])
    assert [number for number in numbers if number >= 0] == sorted(number for number in numbers if number >= 0)


def test_layout_of_width_zero_has_no_lines_and_no_links_in_view() -> None:
    layout = laid_out((Block("text", spans=(Span(0, 4, "link", "a"),), anchor="p"),), 0)
    assert layout.lines == []
    assert len(layout.links) == 1
    assert layout.links_between(0, 10) == []
    assert layout.line_at(TOP) == 0


# -- positions


@given(pages, WIDTHS)
def test_position_at_a_line_is_on_that_line(page: Page, width: int) -> None:
    layout = laid_out(page, width)
    for number in range(len(layout.lines)):
        assert layout.line_at(layout.position_at(number)) == number


@given(pages, WIDTHS, WIDTHS)
def test_position_finds_its_block_at_another_width(page: Page, width: int, other: int) -> None:
    before, after = laid_out(page, width), laid_out(page, other)
    for number, line in enumerate(before.lines):
        position = before.position_at(number)
        found = after.lines[after.line_at(position)]
        assert found.block == line.block
        if line.block >= 0 and line.part != "lead" and found.part != "lead":
            assert found.start <= line.start <= max(found.end, len(page[line.block].text[: line.start].rstrip()) + 1)


def test_position_behind_the_page_is_on_the_last_line() -> None:
    assert laid_out((Block("one two three"),), 5).line_at(TextPosition(3, 7)) == 2
    assert laid_out((Block("one"), Block("one two three")), 5).line_at(TextPosition(1, 99)) == 3


def test_position_of_a_place_is_the_lead_of_its_first_block() -> None:
    page = (
        Block("intro", anchor="point-10"),
        Block("one", lead="Article the first", hang=6, above=1, anchor="point-1"),
        Block("two", anchor="point-1"),
    )
    layout = laid_out(page, 12)
    position = layout.position_of_place("point-1")
    assert position is not None
    assert layout.line_text(layout.line_at(position)) == "Article the"
    wide = laid_out((page[0], page[1]._replace(hang=24)), 60)
    assert wide.line_text(wide.line_at(position)).endswith("one")
    assert layout.position_of_place("point") is None
    assert laid_out(page, 0).position_of_place("point-10") == TOP


# -- links


def test_quiet_links_come_last_and_only_where_there_are_no_others() -> None:
    def block(role: Role, target: str) -> Block:
        return Block("word", spans=(Span(0, 4, role, target),))

    layout = laid_out((block("quiet", "a"), block("link", "b"), block("quiet", "c"), block("link", "d")), 20)
    assert [link.span.target for link in layout.links] == ["b", "d", "a", "c"]
    assert [layout.line_of_link(link) for link in range(4)] == [1, 3, 0, 2]
    assert layout.links_between(0, 4) == [0, 1]
    assert layout.links_between(0, 2) == [0]
    assert layout.links_between(2, 3) == [3]
    assert layout.link_at(2, 0) == 3


@given(pages, WIDTHS)
def test_every_cell_of_a_link_leads_to_it(page: Page, width: int) -> None:
    layout = laid_out(page, width)
    cells_of: dict[int, int] = dict.fromkeys(range(len(layout.links)), 0)
    for number, line in enumerate(layout.lines):
        if line.block < 0:
            assert layout.link_at(number, 0) is None
            continue
        for column in range(width):
            link = layout.link_at(number, column)
            if link is not None:
                assert layout.links[link].block == line.block
                cells_of[link] += 1
    for link, (block, span) in enumerate(layout.links):
        assert cells_of[link] >= length(page[block].text[span.start : span.end].replace(" ", ""))


def test_cells_of_a_link_count_indent_column_and_wide_characters() -> None:
    page = (Block("日ソ pact", spans=(Span(1, 4, "link", "a"),), lead="A", hang=6, indent=2),)
    assert laid_out(page, 60).cells_of_link(0, 0) == (10, 14)


def test_wrapped_link_begins_on_one_line_and_has_cells_on_two() -> None:
    layout = laid_out((Block("see the pact here", spans=(Span(4, 12, "link", "a"),), indent=2),), 10)
    assert [layout.line_text(number) for number in range(3)] == ["  see the", "  pact", "  here"]
    assert layout.line_of_link(0) == 0
    assert [layout.cells_of_link(0, number) for number in range(3)] == [(6, 9), (2, 6), (0, 0)]
    assert layout.links_between(0, 1) == [0]
    assert layout.links_between(1, 3) == []


# -- addresses of the web


URL = "https://archive.example.org/collections/harbour-records?lang=en&view=page"


def with_url(before: str, after: str, url: str = URL) -> Page:
    return (Block(before + url + after, spans=(Span(len(before), len(before + url), "url", url),), indent=2),)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", [URL]),
        ("The note as filed. ", ".", ["The note as filed.", URL + "."]),
        ("The note (", ") of the harbour office", ["The note", f"({URL})", "of the harbour office"]),
        ("条約集", "、第一巻", ["条約集", URL + "、", "第一巻"]),
        ("seen at:", " today", ["seen at:", URL, "today"]),
    ],
)
def test_plain_output_never_breaks_an_address(before: str, after: str, expected: list[str]) -> None:
    assert list(plain.lines(with_url(before, after), 40)) == [f"  {line}" for line in expected]


def test_web_address_that_fits_stays_in_its_line() -> None:
    page = with_url("see ", " and more", "https://example.org")
    assert list(plain.lines(page, 40)) == ["  see https://example.org and more"]
    assert list(plain.lines(page, 26)) == ["  see https://example.org", "  and more"]
    assert list(plain.lines(page, 22)) == ["  see", "  https://example.org", "  and more"]


def test_each_of_two_addresses_stays_whole() -> None:
    first = with_url("a ", " b ")[0]
    text = first.text + URL + " c"
    second = Span(len(first.text), len(text) - 2, "url", URL)
    page = (Block(text, spans=(*first.spans, second)),)
    assert list(plain.lines(page, 40)) == ["a", URL, "b", URL, "c"]


@given(mixed, mixed, WIDTHS)
def test_text_around_an_address_is_wrapped_and_kept(before: str, after: str, width: int) -> None:
    page = with_url(before, after)
    lines = list(plain.lines(page, width))
    assert "".join("".join(lines).split()) == "".join(page[0].text.split())
    assert sum(URL in line for line in lines) == 1
    assert all(length(line) <= width for line in lines if URL not in line)


@pytest.mark.parametrize("after", ["", " 条約"])
def test_pane_breaks_a_web_address_at_its_edge(after: str) -> None:
    """Not at a hyphen, as other words."""
    layout = laid_out(with_url("", after), 56)
    assert [layout.line_text(number) for number in range(2)] == ["  " + URL[:54], "  " + URL[54:] + after]
