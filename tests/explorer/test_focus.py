"""Tests of the focus after a resize and in the find bar."""

from __future__ import annotations

import pytest

from tests.helpers.explorer import PACT, Explore


@pytest.mark.parametrize("pane", ["1", "2", "3", "4"])
@pytest.mark.parametrize("width", [40, 80, 120])
async def test_focus_stays_in_a_visible_pane(explore: Explore, pane: str, width: int) -> None:
    async with explore((200, 36), PACT) as reader:
        await reader.press(*(("3", "tab") if pane == "4" else (pane,)))
        await reader.resize(width, 36)
        assert reader.sees(reader.focus)


async def test_tab_in_the_find_bar_searches_all_agreements(explore: Explore) -> None:
    async with explore((80, 24), PACT) as reader:
        await reader.press("ctrl+f")
        await reader.type("neutrality")
        await reader.press("tab")
        assert reader.focus == "query"
        assert reader.query.value == "neutrality"
        await reader.settle()  # the query is sent after the panel is mounted
        assert reader.results.page
