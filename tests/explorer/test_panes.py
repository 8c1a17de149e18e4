"""Tests of the panes: widths, focus, zoom, drawers, resizing, and the state they are derived from."""

from __future__ import annotations

import asyncio
import random
from itertools import product

import pytest
from textual import events
from textual.geometry import Size

from tests.helpers.explorer import DECLARATION, WIDTHS, Explore, Reader
from tui.address import parse
from tui.explorer.panes import Drawer, Mode, Pane, Panes, PaneState

STANDING = {
    50: {"document"},
    80: {"tree", "document"},
    120: {"tree", "document", "links"},
    200: {"tree", "document", "links", "claims"},
}


@pytest.mark.parametrize("width", WIDTHS)
async def test_each_width_shows_its_panes(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        assert reader.panes == STANDING[width]


async def test_panes_appear_at_their_widths(explore: Explore) -> None:
    async with explore((120, 24), DECLARATION) as reader:
        for width, panes in ((79, 1), (80, 2), (109, 2), (110, 3), (159, 3), (160, 4)):
            await reader.resize(width, 24)
            assert len(reader.panes) == panes


async def test_text_is_never_wider_than_80_cells(explore: Explore) -> None:
    async with explore((250, 60), DECLARATION) as reader:
        lines = [reader.document.render_line(y).text.strip("▎┃│ ") for y in range(reader.document.size.height)]
        assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("width", [60, 79, 80, 81, 95, 109, 110, 160])
async def test_text_has_40_cells_beside_every_pane_and_drawer(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        for key in ("1", "2", "3"):
            await reader.press(key)
            assert not reader.sees("document") or reader.document.page_layout.width >= 40


# -- panes that have nothing to say


@pytest.mark.parametrize("width", WIDTHS)
async def test_pages_without_cross_links_and_claims_have_no_panes_for_them(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        for address in ("start:", "era:war", "name:karakhan-lev", "source:worldjpn-19250120-t1j"):
            reader.main_screen.addresses.follow(address)
            await reader.settle()
            assert reader.panes == STANDING[width] - {"links", "claims"}
            assert reader.document.region.right == width
            await reader.press("3")
            assert reader.hear() == "There are no cross-links for this page."
            await reader.press("4")
            assert reader.hear() == "There are no claims for this page."
            assert reader.focus == "document"
            assert reader.panes == STANDING[width] - {"links", "claims"}
        reader.main_screen.addresses.follow(DECLARATION)
        await reader.settle()
        assert reader.panes == STANDING[width]


@pytest.mark.parametrize(("width", "panes"), [(200, {"tree", "document", "claims"}), (120, {"tree", "document"})])
async def test_cross_links_as_a_document_leave_the_claims_beside_them(
    explore: Explore, width: int, panes: set[str]
) -> None:
    async with explore((200, 50)) as reader:
        await reader.resize(width, 36)
        reader.main_screen.addresses.follow(f"links:{DECLARATION}")
        await reader.settle()
        assert reader.panes == panes


async def test_claims_pane_is_there_for_records_with_claims_alone(explore: Explore) -> None:
    async with explore((200, 50)) as reader:
        met = set()
        reader.tree.open(*reader.tree.branches)
        await reader.settle()
        for _ in range(reader.tree.last_line):
            await reader.press("down")
            has_claims = bool(reader.catalogue.claims(reader.shown))
            met.add(has_claims)
            assert reader.sees("claims") == has_claims
            assert reader.sees("links") == bool(reader.shown)
            assert reader.focus == "tree"
        assert met == {True, False}


@pytest.mark.parametrize("size", [(50, 24), (80, 24), (120, 36)])
async def test_focus_drawer_and_zoom_leave_the_cross_links_of_a_page_without_any(
    explore: Explore, size: tuple[int, int]
) -> None:
    async with explore(size, DECLARATION) as reader:
        for keys in (("3", "0"), ("3", "z", "0")):
            await reader.press(*keys)
            assert reader.title == "Start"
            assert reader.focus == "document"
            assert reader.sees("document")
            await reader.press("backspace", "escape", "2")


# -- keys of the panes


@pytest.mark.parametrize("width", WIDTHS)
async def test_1_2_3_focus_a_visible_pane(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        for key, name in (
            ("1", "tree"),
            ("2", "document"),
            ("3", "links"),
            ("1", "tree"),
            ("3", "links"),
            ("2", "document"),
        ):
            await reader.press(key)
            assert reader.focus == name
            assert reader.sees(name)
        assert reader.panes == STANDING[width]


@pytest.mark.parametrize("width", WIDTHS)
async def test_tab_cycles_through_visible_panes(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        went = []
        for _ in STANDING[width]:
            await reader.press("tab")
            assert reader.sees(reader.focus)
            went.append(reader.focus)
        assert set(went) == STANDING[width]
        back = []
        for _ in STANDING[width]:
            back.append(reader.focus)
            await reader.press("shift+tab")
        assert back == went[::-1]


@pytest.mark.parametrize("width", WIDTHS)
async def test_z_zooms_the_focused_pane_and_back(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        for key, name in (("1", "tree"), ("3", "links"), ("2", "document")):
            await reader.press(key)
            before = reader.panes
            await reader.press("z")
            assert reader.panes == {name}
            assert reader.focus == name
            await reader.press("z")
            assert reader.panes == before
            assert reader.focus == name
            await reader.press("z", "escape")
            assert reader.panes == before


IN_THE_ZOOM = {
    "1": ("2", "3", "enter", "slash k u r enter"),
    "2": ("1", "3"),
    "3": ("1", "enter", "f a"),
}
"""Keys to press while a pane is zoomed."""


@pytest.mark.parametrize("width", [50, 80, 120])
async def test_every_action_in_a_zoom_ends_in_a_visible_pane(explore: Explore, width: int) -> None:
    failures = []
    async with explore((width, 24), DECLARATION) as reader:
        for zoomed, key_sequences in IN_THE_ZOOM.items():
            for then in key_sequences:
                await reader.press(zoomed, "z", *then.split())
                expected = {"1": "tree", "2": "document", "3": "links"}.get(then, reader.focus)
                if not reader.focus or not reader.sees(reader.focus) or reader.focus != expected:
                    failures.append(f"{zoomed} z {then}: the keys are in {reader.focus}, on screen is {reader.panes}")
                await reader.press("escape", "escape")
    assert not failures, "\n".join(failures)


async def test_zoomed_text_stands_in_the_middle_of_a_wide_screen(explore: Explore) -> None:
    async with explore((200, 36), DECLARATION) as reader:
        for key, name in (("1", "tree"), ("2", "document"), ("3", "links")):
            await reader.press(key, "z")
            region = reader.main_screen.query_one(f"#{name}").region
            assert region.width <= 84
            assert abs(region.x - (200 - region.right)) <= 1
            assert name == "tree" or reader.pane(name).page_layout.width == 80
            await reader.press("z")


@pytest.mark.parametrize("width", [50, 200])
async def test_search_leaves_the_zoom_and_escape_restores_it(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        await reader.press("1", "z", "slash")
        assert "search" in reader.panes
        assert "tree" not in reader.panes
        await reader.press("escape")
        assert "search" not in reader.panes
        assert reader.focus == "tree"
        assert reader.sees("tree")


@pytest.mark.parametrize(("width", "key", "drawer"), [(50, "1", "tree"), (50, "3", "links"), (80, "3", "links")])
async def test_drawer_closes_by_escape_and_by_opening_an_agreement(
    explore: Explore, width: int, key: str, drawer: str
) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        assert drawer not in reader.panes
        await reader.press(key)
        assert drawer in reader.panes
        await reader.press("escape")
        assert reader.panes == STANDING[width]
        assert reader.focus == "document"
        await reader.press(key, "down", "enter")
        assert reader.panes == STANDING[width]
        assert reader.focus == "document"
        assert reader.shown != DECLARATION


@pytest.mark.parametrize("width", WIDTHS)
async def test_repeated_escape_keeps_a_visible_pane_focused(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        await reader.search("fish")
        await reader.press("enter")
        for _ in range(6):
            await reader.press("escape")
            assert reader.focus
            assert reader.sees(reader.focus)
        assert reader.app.is_running


async def test_escape_leaves_search_drawer_zoom_hits_in_turn(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.search("fisheries")
        await reader.press("enter")
        total = reader.document.passages[1]
        assert total
        await reader.press("z")
        await reader.press("slash")
        assert reader.focus == "query"
        await reader.press("escape")
        assert "search" not in reader.panes
        await reader.press("escape", "escape", "escape", "escape")
        assert reader.panes == STANDING[80]
        assert reader.document.passages == (0, 0)
        assert reader.focus == "tree"


# -- sizes


def top_of(reader: Reader) -> tuple[int, int, int]:
    """Return the block at the top of the document and the range of its text on the top line."""
    line = reader.document.page_layout.lines[reader.document.top_line]
    return line.block, line.start, line.end


async def to_line(reader: Reader, line: int) -> None:
    reader.document.scroll_to(y=line, animate=False)
    await reader.settle()
    assert reader.document.top_line == line


@pytest.mark.parametrize("start", WIDTHS)
async def test_resize_keeps_the_top_line(explore: Explore, start: int) -> None:
    async with explore((start, 24), DECLARATION) as reader:
        lines = reader.document.page_layout.lines
        middle = next(n for n in range(len(lines) // 2, len(lines)) if lines[n].block >= 0 and lines[n].part == "first")
        await to_line(reader, middle)
        block, at, _ = top_of(reader)
        for width in (*WIDTHS, start):
            await reader.resize(width, 24)
            found, first, last = top_of(reader)
            assert reader.shown == DECLARATION
            assert found == block
            assert first <= at <= last


@pytest.mark.parametrize("start", WIDTHS)
async def test_resize_with_a_blank_top_line_keeps_the_position(explore: Explore, start: int) -> None:
    async with explore((start, 24), DECLARATION) as reader:
        lines = reader.document.page_layout.lines
        blank = next(n for n in range(len(lines) // 2, len(lines)) if lines[n].block < 0)
        near = {lines[blank - 1].block, lines[blank + 1].block}
        for width in (width for width in WIDTHS if width != start):
            await to_line(reader, blank)
            await reader.resize(width, 24)
            top = reader.document.top_line
            blocks = {line.block for line in reader.document.page_layout.lines[max(0, top - 1) : top + 2]}
            assert near & blocks
            await reader.resize(start, 24)


async def test_resize_at_the_end_leaves_no_empty_lines(explore: Explore) -> None:
    async with explore((50, 20), DECLARATION) as reader:
        await reader.press("end")
        await reader.resize(200, 50)
        view = reader.document
        assert view.top_line <= view.max_scroll_y
        assert view.render_line(0).text.strip() or view.render_line(1).text.strip()


@pytest.mark.parametrize("size", [(1, 1), (40, 10), (500, 3)])
async def test_smallest_terminals_do_not_crash(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size) as reader:
        for key in (
            "down",
            "down",
            "enter",
            "f",
            "escape",
            "3",
            "z",
            "z",
            "slash",
            "a",
            "enter",
            "n",
            "?",
            "escape",
            "o",
            "t",
        ):
            await reader.press(key)
        await reader.press(":", "escape", "m", "end", "escape", "exclamation_mark", "escape", "backspace", "0")
        await reader.resize(120, 36)
        assert reader.app.is_running
        assert reader.shown or reader.title == "Start"


async def test_terminal_of_40x10_is_readable(explore: Explore) -> None:
    async with explore((40, 10), DECLARATION) as reader:
        assert "Joint Declaration" in reader.screen
        seen = set()
        for _ in range(8):
            await reader.press("pagedown")
            seen.add(reader.screen)
        assert len(seen) == 8


async def test_random_resizes_do_not_crash_and_keep_the_document(explore: Explore) -> None:
    generator = random.Random(1941)
    async with explore((120, 36), DECLARATION) as reader:
        for number in range(300):
            width, height = generator.choice(
                [(generator.randint(1, 260), generator.randint(1, 80)), (generator.randint(1, 20), 1)]
            )
            if number % 30 == 0:
                await reader.press(generator.choice(["3", "z", "f", "escape", "1", "2", "pagedown", "tab"]))
            if number % 10:
                await reader.resize(width, height, wait=False)
            else:
                await reader.resize(width, height)
        await reader.resize(120, 36)
        await reader.press("escape", "escape", "escape", "2")
        assert reader.shown
        assert reader.focus == "document"
        assert reader.sees("document")


@pytest.mark.parametrize("width", [50, 80])
async def test_pane_filled_while_hidden_shows_the_new_page(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        await reader.press("3", "2", "right_square_bracket", "right_square_bracket", "3")
        for name in ("links", "document"):
            view = reader.pane(name)
            if reader.sees(name):
                height = min(view.size.height, len(view.page_layout.lines))
                drawn = [view.render_line(y).text.strip("┃│ ") for y in range(height)]
                assert drawn == [view.page_layout.line_text(view.top_line + y).strip() for y in range(len(drawn))]
                assert {line.block for line in view.page_layout.lines} - {-1} == set(range(len(view.page)))
        await reader.press("f", "escape", "down", "end", "enter", "n", "right_curly_bracket")
        assert reader.app.is_running


async def test_two_sizes_at_once_end_in_the_last(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        for size in (Size(50, 20), Size(80, 24)):  # as from a dragged window: both arrive before either is laid out
            reader.app._driver._size = reader.app._size = size  # type: ignore[union-attr]
            reader.app.screen.post_message(events.Resize(size, size))
            for _ in range(3):
                reader.app.screen.call_later(lambda: None)  # keeps Textual from replacing one resize by the other
        await asyncio.wait_for(reader.settle(), 10)
        assert len(reader.screen.splitlines()) == 24
        assert reader.app.screen._message_queue.empty()
        assert reader.panes == {"tree", "document"}


async def test_dragging_the_scroll_bar_scrolls_and_selects_nothing(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        view = reader.document
        x = view.region.right - 1
        await reader.pilot.mouse_down(offset=(x, view.content_region.y))
        await reader.pilot.hover(offset=(x, view.content_region.bottom - 1))
        await reader.settle()
        assert view.top_line == view.max_scroll_y > 0
        await reader.pilot.mouse_up(offset=(x, view.content_region.bottom - 1))
        await reader.pilot.hover(offset=(x, view.content_region.y))
        await reader.settle()
        assert view.top_line == view.max_scroll_y
        assert reader.app.screen.get_selected_text() is None
        assert reader.shown == DECLARATION


async def test_shortened_tree_is_not_scrolled_past_its_end(explore: Explore) -> None:
    async with explore((120, 16)) as reader:
        tree = reader.tree
        tree.open(*tree.branches)
        await reader.settle()
        await reader.press("end", "left", "left")
        assert not reader.is_open(5)
        assert tree.scroll_offset.y <= tree.max_scroll_y
        assert all(tree.render_line(y).text.strip("┃│ ") for y in range(tree.size.height))


@pytest.mark.parametrize("width", [50, 60, 79])
async def test_narrow_footer_shows_the_keys_of_the_tree_and_of_leaving(explore: Explore, width: int) -> None:
    async with explore((width, 20)) as reader:
        assert reader.panes == {"document"}
        assert {"1 Tree", "q Quit"} <= {reader.screen.splitlines()[-1][at : at + 6] for at in range(width)}


async def test_tree_in_a_drawer_is_walked_and_left_as_the_tree_beside_the_text(explore: Explore) -> None:
    async with explore((60, 20)) as reader:
        await reader.press("1", "down", "escape")
        assert reader.panes == {"document"}
        assert reader.title == "War"
        await reader.press("escape", "enter")
        assert reader.panes == {"tree"}
        first = reader.cursor
        await reader.press("down", "enter")
        assert reader.panes == {"document"}
        assert reader.shown == reader.cursor != first
        await reader.press("1", "left", "left")
        assert reader.panes == {"tree"}
        assert reader.cursor == "War"
        assert not reader.is_open(1)


# -- state of the panes


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("drawer", Drawer)
@pytest.mark.parametrize("zoom", [None, *Pane])
def test_every_state_has_style_classes_of_its_own(mode: Mode, drawer: Drawer, zoom: Pane | None) -> None:
    state = PaneState(mode, drawer, zoom)
    others = [PaneState(*values) for values in product(Mode, Drawer, [None, *Pane])]
    assert [other for other in others if other.classes == state.classes] == [state]


async def test_style_classes_follow_the_state_alone(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        panes = Panes(reader.app.screen)
        at_first = set(reader.app.screen.classes)
        panes.state = PaneState(Mode.FINDING, Drawer.LINKS, Pane.CLAIMS)
        assert reader.app.screen.classes == at_first | {"-finding", "-links-open", "-zoomed", "-zoom-claims"}
        panes.state = PaneState()
        assert reader.app.screen.classes == at_first


async def test_zoomed_document_hides_the_other_panes_during_a_search(explore: Explore) -> None:
    async with explore((200, 36)) as reader:
        await reader.search("fisheries")
        assert {"search", "document"} == reader.panes
        assert reader.app.screen.query_one("#search").region.width == 100
        await reader.pilot.click("#document")
        await reader.press("z")
        assert not {"tree", "links", "claims"} & reader.panes
        assert "document" in reader.panes


@pytest.mark.parametrize("width", [50, 80, 120])
async def test_4_goes_to_the_claims_on_the_page_where_they_have_no_pane(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        await reader.press("1", "4")
        assert reader.focus == "document"
        assert reader.title.endswith(" › What the encyclopedia says")


async def test_4_goes_to_the_pane_of_the_claims(explore: Explore) -> None:
    async with explore((200, 50), DECLARATION) as reader:
        await reader.press("4")
        assert reader.focus == "claims"
        assert reader.document.top_line == 0
        await reader.resize(120, 36)
        await reader.press("1", "4")
        assert reader.focus == "document"
        assert reader.document.top_line > 0


async def test_4_on_the_page_of_the_claims_goes_to_that_page(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        reader.main_screen.addresses.open(parse(f"claims:{DECLARATION}"))
        await reader.press("1", "4")
        assert (reader.focus, reader.hear()) == ("document", "")
