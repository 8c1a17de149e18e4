"""Snapshots of whole screens. After an intended change: `pytest tests/screens --snapshot-update`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.helpers.explorer import DECLARATION, Reader
from tui import paths
from tui.address import parse
from tui.explorer.app import Explorer
from tui.explorer.screens.main import MainScreen

pytest.importorskip("pytest_textual_snapshot")

SnapCompare = Callable[..., bool]

SCREENS: dict[str, tuple[tuple[int, int], str, str, str]] = {
    "start-60": ((60, 20), "", "", ""),
    "start-80": ((80, 24), "", "", ""),
    "start-120": ((120, 36), "", "", ""),
    "start-200": ((200, 50), "", "", ""),
    "tree-60": ((60, 20), "", "1 down enter", ""),
    "tree-80": ((80, 24), "", "down", ""),
    "tree-120": ((120, 36), "", "down left", ""),
    "tree-200": ((200, 50), "", "down", ""),
    "zoom-200": ((200, 50), DECLARATION, "z", ""),
    "document-80": ((80, 24), DECLARATION, "", ""),
    "document-120": ((120, 36), DECLARATION, "", ""),
    "document-200": ((200, 50), DECLARATION, "", ""),
    "empty-search-60": ((60, 20), "", "slash", ""),
    "empty-search-80": ((80, 24), "", "slash", ""),
    "empty-search-120": ((120, 36), "", "slash", ""),
    "empty-search-200": ((200, 50), "", "slash", ""),
    "verdict-120": ((120, 36), "search:verdict%3Acontradicts", "", ""),
    "search-60": ((60, 20), "", "slash k u r i l s", ""),
    "search-80": ((80, 24), "", "slash k u r i l s", ""),
    "search-120": ((120, 36), "", "slash k u r i l s down", ""),
    "search-200": ((200, 50), "", "slash k u r i l s", ""),
    "year-80": ((80, 24), "", "slash 1 9 5 6", ""),
    "narrowed-120": ((120, 36), "", "slash f i s h f2 down enter", ""),
    "nothing-found-80": ((80, 24), "", "slash z z z z space y y", ""),
    "help-60": ((60, 20), "", "question_mark", ""),
    "help-80": ((80, 24), "", "question_mark", ""),
    "help-120": ((120, 36), DECLARATION, "slash f1", ""),
    "help-200": ((200, 50), DECLARATION, "2 question_mark", ""),
    "palette-60": ((60, 20), "", "colon", ""),
    "palette-80": ((80, 24), "", "colon f i s h e r", ""),
    "palette-120": ((120, 36), DECLARATION, "colon down", "archive-light"),
    "palette-200": ((200, 50), DECLARATION, "colon l i g h t", ""),
    "order-80": ((80, 24), DECLARATION, "o", ""),
    "links-drawer-80": ((80, 24), DECLARATION, "3 down", ""),
    "links-120": ((120, 36), DECLARATION, "3 down", ""),
    "links-200": ((200, 50), DECLARATION, "3 down", ""),
    "claims-80": ((80, 24), DECLARATION, "4", ""),
    "claims-120": ((120, 36), DECLARATION, "4", ""),
    "claims-200": ((200, 50), DECLARATION, "4", ""),
    "narrow-50": ((50, 20), DECLARATION, "", ""),
    "light-120": ((120, 36), DECLARATION, "", "archive-light"),
    "letters-60": ((60, 20), f"{DECLARATION}/.outcome", "f", ""),
    "letters-80": ((80, 24), f"{DECLARATION}/.outcome", "f", ""),
    "letters-120": ((120, 36), DECLARATION, "f", ""),
    "letters-200": ((200, 50), f"{DECLARATION}/.outcome", "f", ""),
    "era-80": ((80, 24), "era:interwar", "", ""),
    "era-120": ((120, 36), "era:interwar", "", ""),
    "name-80": ((80, 24), "name:karakhan-lev", "", ""),
    "name-120": ((120, 36), "name:karakhan-lev", "", ""),
    "source-80": ((80, 24), "source:worldjpn-19250120-t1j", "", ""),
    "source-120": ((120, 36), "source:worldjpn-19250120-t1j", "", ""),
    "life-80": ((80, 24), "life:1941-04-13-neutrality-pact", "", ""),
}
"""Name -> terminal size, address shown, keys to press, theme."""


@pytest.mark.parametrize("name", SCREENS)
def test_screen_matches_snapshot(
    snap_compare: SnapCompare, shipped_cache: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MainScreen, "REST", 0.001)
    size, address, keys, theme = SCREENS[name]

    async def act(pilot: Pilot[Any]) -> None:
        reader = await Reader.opened(app, pilot)
        await reader.keys_named()
        for field in app.screen.query(Input):
            field.cursor_blink = False
        if theme:
            app.theme = theme
        await reader.rest()
        for key in keys.split():
            await reader.press(key)
        await reader.rest()
        app.clear_notifications()
        await reader.settle()

    app = Explorer(paths.shipped_store(), shipped_cache, parse(address) if address else None)
    assert snap_compare(app, terminal_size=size, run_before=act)
