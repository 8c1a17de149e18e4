"""Tests of the tree: previews, opening, branches, and the orders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.explorer import DECLARATION, WIDTHS, Explore
from tests.helpers.stores import write_store
from tui.address import Address
from tui.catalogue.schema import ORDERINGS
from tui.pages.parts import ordering_title


async def test_moving_the_cursor_previews_and_keeps_the_tree_focused(explore: Explore) -> None:
    async with explore() as reader:
        await reader.press("down", "down")
        assert reader.shown == reader.cursor != ""
        assert reader.focus == "tree"
        first = reader.shown
        await reader.press("j")
        assert reader.shown == reader.cursor != first
        await reader.press("k")
        assert reader.shown == first


async def test_held_down_key_ends_at_the_agreement_under_the_cursor(explore: Explore) -> None:
    async with explore((120, 120)) as reader:
        await reader.burst("home", *["down"] * 40)
        assert reader.tree.cursor_line == 40
        assert reader.shown == reader.cursor
        await reader.burst(*["up"] * 25, *["down"] * 5)
        assert reader.tree.cursor_line == 20
        assert reader.shown == reader.cursor


async def test_enter_focuses_the_document(explore: Explore) -> None:
    async with explore() as reader:
        await reader.press("down", "down", "enter")
        assert reader.shown == reader.cursor != ""
        assert reader.focus == "document"


@pytest.mark.parametrize("key", ["enter", "right"])
async def test_folded_era_opens_with_the_cursor_on_its_first_record(explore: Explore, key: str) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("down", "up")
        assert "Interwar" in reader.document.page[0].text
        for _ in range(2):  # before and after the era has been filled
            await reader.press(key)
            assert reader.is_open()
            assert reader.shown == reader.cursor == reader.catalogue.agreements("era", "interwar", most=1)[0].id
            assert reader.focus == "tree"
            await reader.press("left", "left")
            assert not reader.is_open()


async def test_cursor_that_has_left_an_era_stays_where_it_is_when_the_era_is_filled(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        first, second = reader.tree.branches[:2]
        reader.tree.action_open()
        reader.tree.action_down()
        await reader.settle()
        assert reader.tree.entries(first)
        assert reader.tree.cursor_entry == second


async def test_enter_on_an_open_branch_closes_it(explore: Explore) -> None:
    async with explore() as reader:
        await reader.press("home", "enter")
        assert not reader.is_open()
        assert reader.cursor == "Interwar"


async def test_left_and_right_close_and_open_branches(explore: Explore) -> None:
    async with explore() as reader:
        await reader.press("down", "left")
        assert reader.cursor == "Interwar"
        await reader.press("h")
        assert not reader.is_open()
        await reader.press("l")
        assert reader.is_open()
        await reader.press("right", "right")
        assert reader.focus == "document"
        assert reader.shown == reader.cursor


async def test_closed_background_era_opens_and_its_agreements_preview(explore: Explore) -> None:
    async with explore() as reader:
        await reader.press("end")
        assert reader.cursor.startswith("After July 1975")
        await reader.press("right", "right")
        assert reader.shown == reader.cursor != ""


async def test_home_end_and_page_keys_move_the_cursor(explore: Explore) -> None:
    async with explore() as reader:
        await reader.press("G")
        assert reader.tree.cursor_line == reader.tree.last_line
        await reader.press("g")
        assert reader.tree.cursor_line == 0
        await reader.press("ctrl+d")
        assert reader.tree.cursor_line > 10
        await reader.press("ctrl+u")
        assert reader.tree.cursor_line < 10


@pytest.mark.parametrize("order", ORDERINGS)
async def test_digit_chooses_the_order_and_keeps_the_agreement_selected(explore: Explore, order: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("o", str(1 + ORDERINGS.index(order)))
        assert reader.tree.border_title == ordering_title(order)
        assert reader.shown == reader.cursor == DECLARATION
        assert "Joint Declaration" in reader.screen
        await reader.press("backspace")
        assert reader.hear() == "This is where you began."  # the order is not in the history


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_orders_are_listed_with_the_current_one_marked(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size, DECLARATION) as reader:
        await reader.press("1", "o")
        lines = [line.strip(" │") for line in reader.screen.splitlines()]
        for order in ORDERINGS:
            mark = "  now" if order == "era" else ""
            assert any(
                line.endswith(f"{1 + ORDERINGS.index(order)}   {ordering_title(order)}{mark}")
                for line in map(inside, lines)
            )
        await reader.press("down", "down", "enter")
        assert reader.tree.border_title == "By place of signing"
        await reader.press("o", "enter")
        assert reader.tree.border_title == "By place of signing"


def inside(line: str) -> str:
    """Return what stands in the frame of a modal, if one crosses the line."""
    parts = line.split("│")
    return max(parts, key=lambda part: part.count("By ")).strip()


async def test_escape_leaves_the_orders_without_a_change(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("1", "home", "enter", "down")
        await reader.rest()
        before = reader.screen
        for key in ("escape", "q"):
            await reader.press("o", "down", key)
            assert reader.screen == before


async def test_orders_are_walked_like_any_list(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("o", "j", "j", "k", "enter")
        assert reader.tree.border_title == "By topic"


async def test_orders_keep_what_was_unfolded(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("1", "o", "2")
        tree = reader.tree
        unfolded = {branch for branch in tree.branches if tree.is_open(branch)}
        other = next(branch for branch in tree.branches if branch not in unfolded)
        tree.open(other)
        await reader.settle()
        await reader.press("o", "1", "o", "2")
        assert {branch for branch in tree.branches if tree.is_open(branch)} == unfolded | {other}
        assert len(tree.entries(other)) == other.size
        assert reader.cursor == DECLARATION


async def test_records_by_verdict_begin_with_the_contradicted(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.press("o", "5")
        assert [branch.label for branch in reader.tree.branches] == [
            "Contradicted",
            "Differs",
            "Leaves something out",
            "Could not be verified",
            "Agrees",
            "No claim about it",
        ]
        assert reader.is_open()
        contradicted = reader.catalogue.agreements("verdict", "contradicts")
        assert contradicted
        assert all(summary.name in reader.screen for summary in contradicted)


async def test_agreement_in_several_topics_keeps_its_topic(explore: Explore) -> None:
    async with explore() as reader:
        await reader.press("o", "2", "home", "right", "down")
        topic = reader.tree.cursor_group
        walked = []
        for _ in range(min(4, len(reader.tree.entries(reader.tree.branches[0])) - 1)):
            await reader.press("right_square_bracket")
            walked.append(reader.shown)
            assert reader.cursor == reader.shown
            assert reader.tree.cursor_group == topic
        assert len(set(walked)) == len(walked)


async def test_click_opens_an_agreement_and_closes_a_branch(explore: Explore) -> None:
    async with explore() as reader:
        await reader.pilot.click("#tree", offset=(8, 3))
        await reader.settle()
        assert reader.shown == reader.cursor
        assert reader.tree.cursor_line == 2
        await reader.pilot.click("#tree", offset=(8, 1))
        await reader.settle()
        assert not reader.is_open()
        assert reader.title == "Interwar"


async def test_every_order_begins_with_all_groups_in_view_where_they_fit(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        for order in ORDERINGS:
            await reader.press("o", str(1 + ORDERINGS.index(order)))
            assert reader.tree.border_title == ordering_title(order)
            groups = reader.tree.branches
            headings = [row for row in reader.screen.splitlines() if row.strip()[:1] in ("▸", "▾")]
            assert len(headings) == len(groups) < 34
            assert reader.tree.cursor_line == int(reader.is_open())


async def test_opened_era_is_under_the_cursor(explore: Explore) -> None:
    """An era that a link leads to is marked in the tree, so that the page on show is that of the cursor."""
    async with explore((80, 24)) as reader:
        reader.main_screen.addresses.open(Address("era", ("postwar",)))
        await reader.settle()
        assert reader.cursor == reader.title == "Postwar"


@pytest.mark.parametrize(("size", "divided"), [(200, False), (201, True)])
async def test_branch_with_more_than_200_records_opens_by_year(
    explore: Explore, tmp_path: Path, size: int, divided: bool
) -> None:
    """A very large era shows its years, each with its number of agreements, and a year its agreements."""
    agreements = [
        {"id": f"a{number}", "short_title": f"Agreement {number}", "era": "era", "date": f"{1930 + number % 2}-01-01"}
        for number in range(size - 1)
    ]
    store = write_store(
        tmp_path / "many.json",
        eras=[{"id": "era", "title": "Long era"}],
        agreements=[*agreements, {"id": "undated", "short_title": "Undated", "era": "era"}],
    )
    async with explore((80, 24), store=store) as reader:
        await reader.press("home")
        if not reader.is_open():
            await reader.press("enter")
        assert ("Agreement " in reader.screen, "No date" in reader.screen) == (not divided, divided)
        assert reader.tree.last_line == (3 if divided else size)  # below the line of the era
        if divided:
            assert reader.cursor == "1930"
            assert "1930 100" in " ".join(reader.tree_line("1930").text.split())
            await reader.press("right")
            assert reader.shown == reader.cursor == "a0"
            assert reader.tree.last_line == 3 + 100


@pytest.mark.parametrize("width", WIDTHS)
async def test_tree_reaches_every_agreement(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        await reader.press("1")
        reader.tree.open(*reader.tree.branches)
        await reader.settle()
        lines = reader.tree.last_line + 1
        assert lines == 82 + 6
        await reader.press("end")
        assert reader.shown == reader.cursor
