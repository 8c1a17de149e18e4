"""Clicks and changes of the size that reach a screen while it closes."""

from __future__ import annotations

import pytest
from textual import events
from textual.geometry import Offset
from textual.screen import Screen

from tests.helpers.explorer import Explore
from tui.explorer.panes import Panes
from tui.explorer.screens.main import MainScreen

BESIDE = Offset(1, 1)


@pytest.mark.parametrize("key", ["m", "colon"], ids=["page", "palette"])
@pytest.mark.parametrize("times", [2, 3])
async def test_several_clicks_beside_a_modal_close_it_once(explore: Explore, key: str, times: int) -> None:
    async with explore((120, 36)) as reader:
        await reader.press(key)
        assert not isinstance(reader.app.screen, MainScreen)
        click = events.Click(
            reader.app.screen, BESIDE.x, BESIDE.y, 0, 0, 1, False, False, False, screen_x=BESIDE.x, screen_y=BESIDE.y
        )
        for _ in range(times):
            reader.app.screen.post_message(click)
        await reader.settle()
        assert isinstance(reader.app.screen, MainScreen)


def test_focus_stays_nowhere_once_the_panes_are_removed() -> None:
    screen: Screen[None] = Screen()
    Panes(screen).keep_focus()  # called after a frame, by a resize event that came before
    assert screen.focused is None
