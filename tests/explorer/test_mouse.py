"""Tests of the mouse: selecting and copying text, and clicks."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.geometry import Offset
from textual.widgets import Input

from tests.helpers.explorer import DECLARATION, PACT, Explore, Reader
from tui.explorer.widgets import page_view


async def wait_until_scrolled(reader: Reader, line: int) -> None:
    """Wait until the document has scrolled to a line by itself."""
    for _ in range(500):
        if reader.document.top_line == line:
            return
        await asyncio.sleep(0.01)
        await reader.settle()
    raise AssertionError(f"the document stands at line {reader.document.top_line}, not {line}")


def first_link(reader: Reader) -> Offset:
    """Return the cell of the screen at which the first link of the cross-links begins."""
    view = reader.links
    line = view.page_layout.line_of_link(0)
    column, _ = view.page_layout.cells_of_link(0, line)
    return view.content_region.offset + Offset(column, line)


# -- selecting


@pytest.mark.parametrize("pages", [0, 2])
async def test_drag_selects_the_text_with_wrapped_lines_joined(explore: Explore, pages: int) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press(*["pagedown"] * pages)
        view = reader.document
        content = view.content_region
        drawn = [view.render_line(y).text.strip("▎┃│ ") for y in range(2, 8)]
        assert sum(map(bool, drawn)) > 2
        await reader.drag(content.offset + Offset(1, 2), content.offset + Offset(content.width - 3, 7))
        assert "".join(reader.selected_text.split()) == "".join("".join(drawn).split())
        assert reader.selected_text.count("\n") < len(drawn) - 1


@pytest.mark.parametrize("column", [0, 1])
async def test_ends_of_a_selection_are_whole_wide_characters(explore: Explore, column: int) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        start = reader.find_on_screen("ソヴィエト社会主義")
        await reader.drag(start + Offset(column, 0), start + Offset(8 + column, 0))
        assert reader.selected_text == "ソヴィエト"
        await reader.drag(start + Offset(8 + column, 0), start + Offset(column, 0))
        assert reader.selected_text == "ソヴィエト"


async def test_drag_selects_in_the_pane_where_it_began(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        start = reader.find_on_screen("The declaration ended")
        for end in (reader.links.region.offset + Offset(9, 20), Offset(3, 30)):
            await reader.drag(start, start + Offset(2, 1), end)
            assert set(reader.main_screen.selections) == {reader.document}
            assert "Cross-links" not in reader.selected_text
            assert reader.links.page[0].text not in reader.selected_text
        before = reader.cursor, reader.shown
        await reader.drag(Offset(6, 4), start, reader.find_on_screen("Carried out by"))
        assert reader.selected_text == ""
        await reader.drag(Offset(6, 4), Offset(6, 8))
        assert reader.selected_text == ""
        assert (reader.cursor, reader.shown) == before


async def test_drag_may_begin_beside_the_text(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        start = reader.find_on_screen("The declaration ended")
        await reader.drag(start - Offset(2, 1), start + Offset(2, 0))
        assert reader.selected_text == "The"
        await reader.drag(start + Offset(45, 0), start + Offset(2, 1))
        assert reader.selected_text == "re-"


async def test_drag_past_an_edge_scrolls_on(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_view, "SCROLL_INTERVAL", 0.001)
    async with explore((80, 24), PACT) as reader:
        view = reader.document
        content = view.content_region
        await reader.mouse(events.MouseDown, content.offset + Offset(1, 4))
        await reader.mouse(events.MouseMove, Offset(content.x + 9, 23))
        await wait_until_scrolled(reader, view.max_scroll_y)
        assert view.max_scroll_y > 2 * content.height
        last = next(block.text for block in view.page[::-1] if block.text)
        assert last[:9] in reader.selected_text
        await reader.mouse(events.MouseMove, Offset(content.x + 5, 0))
        await wait_until_scrolled(reader, 0)
        title = view.page[0].text
        assert reader.selected_text.startswith(title[4:9].strip())
        await reader.mouse(events.MouseUp, Offset(content.x + 5, 0))
        selected = reader.selected_text
        await reader.press("pagedown", "pagedown")
        assert view.top_line > 0
        assert reader.selected_text == selected


async def test_page_that_changes_during_a_drag_ends_the_selection(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        start = reader.find_on_screen("The declaration ended")
        await reader.mouse(events.MouseDown, start)
        await reader.mouse(events.MouseMove, Offset(start.x, 35))
        await reader.press("right_square_bracket")
        await reader.mouse(events.MouseMove, start + Offset(1, 3))
        assert reader.selected_text == ""
        await reader.mouse(events.MouseUp, start + Offset(1, 3))
        assert reader.app.mouse_captured is None
        assert reader.document.top_line == 0


async def test_double_click_selects_a_word_and_triple_click_a_paragraph(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        summary = next(block.text for block in reader.document.page if block.text.startswith("The declaration ended"))
        start = reader.find_on_screen("The declaration ended")
        await reader.click(start + Offset(6, 0), times=2)
        assert reader.selected_text == "declaration"
        await reader.press("y")
        assert reader.app.clipboard == "declaration"
        await reader.click(start + Offset(6, 1), times=3)
        assert reader.selected_text == summary
        assert reader.shown == DECLARATION


async def test_selection_is_cleared_by_a_click_by_escape_and_by_another_page(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        start = reader.find_on_screen("The declaration ended")
        await reader.press("slash", "z", "escape", "z")
        assert reader.panes == {"document"}
        start = reader.find_on_screen("The declaration ended")
        await reader.drag(start, start + Offset(9, 0))
        assert reader.selected_text == "The declar"
        await reader.press("escape")
        assert reader.selected_text == ""
        assert reader.panes == {"document"}
        await reader.press("escape")
        assert reader.panes != {"document"}
        start = reader.find_on_screen("The declaration ended")
        await reader.drag(start, start + Offset(9, 0))
        await reader.click(start + Offset(3, 1))
        assert reader.selected_text == ""
        await reader.drag(start, start + Offset(9, 0))
        await reader.resize(80, 24)
        assert reader.selected_text == ""
        start = reader.find_on_screen("The declaration ended")
        await reader.drag(start, start + Offset(9, 0))
        await reader.press("right_square_bracket")
        assert reader.selected_text == ""


async def test_selected_text_of_help_can_be_copied(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("question_mark")
        start = reader.find_on_screen("search the full text")
        await reader.drag(start, start + Offset(5, 0))
        await reader.press("ctrl+c")
        assert reader.app.clipboard == "search"


# -- copying


@pytest.mark.parametrize("key", ["y", "ctrl+c", "н", "super+c"])
async def test_copy_says_how_many_characters_are_sent(explore: Explore, key: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        start = reader.find_on_screen("The declaration ended")
        await reader.drag(start, start + Offset(2, 0))
        await reader.press(key)
        assert reader.app.clipboard == "The"
        assert reader.hear() == "3 characters sent to the clipboard of the terminal."


async def test_copy_without_selected_text_sends_nothing(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("y")
        assert reader.notices == []
        start = reader.find_on_screen("The declaration ended")
        await reader.drag(start - Offset(1, 1), start - Offset(0, 1))  # a blank line
        await reader.press("y")
        assert reader.notices == []
        assert reader.app.clipboard == ""


async def test_copy_from_an_input_says_the_same(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("n")
        reader.main_screen.query_one("#query", Input).select_all()
        await reader.press("ctrl+c")
        assert reader.app.clipboard == "n"
        assert reader.hear() == "1 character sent to the clipboard of the terminal."


# -- clicks


async def test_link_is_followed_by_a_click_and_not_by_a_drag(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        link = first_link(reader)
        text = reader.screen.splitlines()[link.y][link.x :]
        await reader.drag(link + Offset(1, 0), link + Offset(5, 0))
        assert reader.shown == DECLARATION
        assert reader.selected_text == text[1:6]
        await reader.drag(link + Offset(1, 0), link + Offset(5, 1), link + Offset(1, 0))
        assert reader.selected_text == ""
        assert reader.shown == DECLARATION
        await reader.click(link + Offset(2, 0), times=2)
        assert reader.shown != DECLARATION
        assert reader.selected_text == ""


@pytest.mark.parametrize("button", [2, 3])
async def test_other_buttons_do_nothing(explore: Explore, button: int) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        before = reader.screen
        texts = ("Interwar", "1956  Sea rescue", "Help")
        for at in (first_link(reader), *map(reader.find_on_screen, texts)):
            await reader.click(at, button=button)
            assert reader.screen == before
            assert reader.app.return_code is None
        start = reader.find_on_screen("The declaration ended")
        await reader.drag(start, start + Offset(9, 0), button=button)
        assert reader.selected_text == ""
