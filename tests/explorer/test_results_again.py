"""The way back from a result to the results of its search, and the line at which a result opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.explorer import DECLARATION, Explore, Reader
from tests.helpers.stores import write_store

SIZES = ((60, 20), (200, 50))


async def open_third(reader: Reader) -> str:
    """Search, open the third result and return its id."""
    await reader.search("fishery")
    await reader.press("down", "down")
    third = reader.results.selected_target
    await reader.press("enter")
    assert reader.shown == third
    return third


def sorted_by(reader: Reader) -> str:
    """Return the title of the search panel."""
    return str(reader.main_screen.query_one("#search").border_title)


@pytest.mark.parametrize("size", SIZES)
async def test_back_returns_to_the_result_and_then_to_what_was_before_the_search(
    explore: Explore, size: tuple[int, int]
) -> None:
    async with explore(size, DECLARATION) as reader:
        third = await open_third(reader)
        await reader.press("backspace")
        assert reader.sees("search")
        assert (reader.query.value, reader.results.selected_target) == ("fishery", third)
        assert reader.focus == "results"
        assert reader.sees_selected("results")
        await reader.press("backspace")
        assert not reader.sees("search")
        assert reader.shown == DECLARATION
        await reader.press("backspace")
        assert reader.hear() == "This is where you began."
        await reader.press("L")
        assert reader.shown == third
        await reader.press("L")
        assert reader.hear() == "There is nothing further ahead."


async def test_back_passes_what_was_followed_before_it_comes_to_the_results(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        third = await open_third(reader)
        await reader.press("right_square_bracket", "right_square_bracket", "backspace", "backspace")
        assert reader.shown == third
        assert not reader.sees("search")
        await reader.press("backspace")
        assert reader.sees("search")


async def test_another_result_is_opened_from_the_results(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await open_third(reader)
        await reader.press("backspace", "down")
        fourth = reader.results.selected_target
        await reader.press("enter")
        assert reader.shown == fourth
        await reader.press("backspace")
        assert reader.results.selected_target == fourth
        await reader.press("backspace")
        assert reader.shown == DECLARATION


async def test_escape_from_the_results_returns_to_the_one_that_was_open(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        third = await open_third(reader)
        await reader.press("pagedown")
        line = reader.document.top_line
        for _ in range(2):
            await reader.press("backspace", "escape")
            assert not reader.sees("search")
            assert (reader.shown, reader.document.top_line) == (third, line)
        await reader.press("backspace")
        assert reader.results.selected_target == third


async def test_results_are_those_of_the_query_even_after_another_one(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.search("fishery ")
        await reader.press("f3", "down", "down")
        third, title = reader.results.selected_target, sorted_by(reader)
        page = [block.text for block in reader.results.page]
        await reader.press("enter")
        await reader.search("kurils")
        await reader.press("escape", "backspace")
        assert (reader.query.value, reader.results.selected_target) == ("fishery ", third)
        assert [block.text for block in reader.results.page] == page
        assert sorted_by(reader) == title


async def test_keys_of_the_panes_leave_the_results(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        third = await open_third(reader)
        await reader.press("backspace", "2")
        assert not reader.sees("search")
        assert reader.shown == third
        await reader.press("backspace")
        assert reader.results.selected_target == third


async def test_back_in_the_list_of_a_new_search_leaves_it(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.search("fishery")
        reader.results.focus()
        await reader.press("backspace")
        assert not reader.sees("search")
        assert reader.shown == DECLARATION


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("between", ["", "kurils"])
async def test_back_returns_to_a_partial_answer(explore: Explore, size: tuple[int, int], between: str) -> None:
    async with explore(size, DECLARATION) as reader:
        await reader.search("neutrality quicksilver")
        await reader.press("down")
        second = reader.results.selected_target
        await reader.press("enter")
        assert reader.shown == second
        if between:
            await reader.search(between)
            await reader.press("escape")
        await reader.press("backspace")
        assert (reader.query.value, reader.results.selected_target) == ("neutrality quicksilver", second)
        assert (reader.focus, reader.sees_selected("results")) == ("results", True)


@pytest.mark.parametrize("key", ["escape", "2", "L"])
async def test_what_is_ahead_stays_ahead_after_the_results(explore: Explore, key: str) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        third = await open_third(reader)
        await reader.press("right_square_bracket")
        followed = reader.shown
        await reader.press("backspace", "backspace")
        assert reader.focus == "results"
        await reader.press(key)
        assert not reader.sees("search")
        assert reader.shown == third
        await reader.press("L")
        assert reader.shown == followed
        await reader.press("L")
        assert reader.hear() == "There is nothing further ahead."
        await reader.press("backspace", "backspace")
        assert reader.results.selected_target == third


async def test_forward_from_a_preview_beside_the_results_returns_to_what_was_left(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        third = await open_third(reader)
        await reader.press("backspace", "down")
        assert reader.shown != third
        await reader.press("L")
        assert not reader.sees("search")
        assert reader.shown == third


async def test_forward_in_the_list_of_a_new_search_leaves_it(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("right_square_bracket")
        followed = reader.shown
        await reader.press("backspace")
        await reader.search("fishery")
        reader.results.focus()
        await reader.press("L")
        assert not reader.sees("search")
        assert reader.shown == followed


PARAGRAPH = "It begins here and goes on for some lines, so that " + "words " * 20 + "needle " + "words " * 20


@pytest.mark.parametrize("size", SIZES)
async def test_result_opens_at_the_beginning_of_its_paragraph(
    explore: Explore, tmp_path: Path, size: tuple[int, int]
) -> None:
    provisions: list[dict[str, Any]] = [{"ref": f"Art. {n}", "text": "filler " * 60} for n in range(30)]
    provisions[20]["text"] = PARAGRAPH
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "provisions": provisions}])
    async with explore(size, store=store) as reader:
        await reader.search("needle")
        await reader.press("enter")
        view = reader.document
        drawn = [view.render_line(y).text for y in range(view.size.height)]
        assert any("needle" in line for line in drawn)
        began = next(y for y, line in enumerate(drawn) if "It begins here" in line)
        assert view.size.height // 4 <= began <= view.size.height // 2


@pytest.mark.parametrize("size", SIZES)
async def test_result_with_a_hit_on_its_first_screenful_opens_at_its_title(
    explore: Explore, tmp_path: Path, size: tuple[int, int]
) -> None:
    record = {"id": "a", "summary": PARAGRAPH, "background": "filler " * 900}
    store = write_store(tmp_path / "s.json", agreements=[record])
    async with explore(size, store=store) as reader:
        await reader.search("needle")
        await reader.press("enter")
        assert reader.shown == "a"
        assert reader.document.top_line == 0
        assert "needle" in reader.screen


async def test_hit_in_a_paragraph_longer_than_the_pane_is_in_view(explore: Explore, tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "background": "words " * 400 + "needle"}])
    async with explore((80, 24), store=store) as reader:
        await reader.search("needle")
        await reader.press("enter")
        view = reader.document
        assert any("needle" in view.render_line(y).text for y in range(view.size.height))
