"""Tests of the focus after a resize and in the find bar."""

from __future__ import annotations

import pytest

from tests.helpers.explorer import DECLARATION, PACT, Explore


@pytest.mark.parametrize("pane", ["1", "2", "3", "4"])
@pytest.mark.parametrize("width", [40, 80, 120])
async def test_focus_stays_in_a_visible_pane(explore: Explore, pane: str, width: int) -> None:
    async with explore((200, 36), PACT) as reader:
        await reader.press(*(("3", "tab") if pane == "4" else (pane,)))
        await reader.resize(width, 36)
        assert reader.sees(reader.focus)


@pytest.mark.parametrize("size", [(200, 20), (80, 24), (60, 20)])
@pytest.mark.parametrize("results", [True, False])
async def test_selected_result_stays_in_view_of_a_smaller_screen(
    explore: Explore, size: tuple[int, int], results: bool
) -> None:
    async with explore((200, 50), PACT) as reader:
        await reader.search("trade")
        await reader.press(*["down"] * 8)
        selected = reader.results.selected_target
        if results:
            await reader.press("enter", "backspace")
        await reader.resize(*size)
        assert reader.results.selected_target == selected
        assert reader.sees_selected("results")
        assert reader.focus == ("results" if results else "query")


async def test_selected_cross_link_stays_in_view_of_a_smaller_screen(explore: Explore) -> None:
    async with explore((120, 50), DECLARATION) as reader:
        await reader.press("3", *["down"] * 7)
        await reader.resize(120, 16)
        assert reader.focus == "links"
        assert reader.sees_selected("links")


async def test_focus_in_the_document_beside_results_moves_to_the_results(explore: Explore) -> None:
    async with explore((120, 36), PACT) as reader:
        await reader.search("trade")
        reader.document.focus()
        await reader.resize(80, 24)
        assert reader.focus == "query"


@pytest.mark.parametrize(("size", "keys"), [((80, 24), ("backspace",)), ((60, 20), ("1",)), ((80, 24), ("3",))])
async def test_next_passage_is_shown_even_if_the_document_was_hidden(
    explore: Explore, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async with explore(size) as reader:
        await reader.search("trade")
        await reader.press("down", "down", "enter")
        shown = reader.shown
        await reader.press(*keys, "n")
        assert reader.sees("document")
        assert (reader.shown, reader.document.passages[0]) == (shown, 2)


async def test_tab_in_the_find_bar_searches_all_agreements(explore: Explore) -> None:
    async with explore((80, 24), PACT) as reader:
        await reader.press("ctrl+f")
        await reader.type("neutrality")
        await reader.press("tab")
        assert reader.focus == "query"
        assert reader.query.value == "neutrality"
        await reader.settle()  # the query is sent after the panel is mounted
        assert reader.results.page
