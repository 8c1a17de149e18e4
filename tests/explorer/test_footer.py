"""Tests of the footer: its entries are whole at every width, and the most important ones stay."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.helpers.explorer import DECLARATION, Explore, Reader
from tui import paths

WIDTHS = (100, 72, 60, 50, 41, 40, 80)


def entries(reader: Reader) -> str:
    """Return what is drawn in the row of the footer."""
    return reader.screen.splitlines()[-1]


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ("", ["Help", "Quit"]),
        ("1", ["Help", "Quit"]),
        ("3", ["Help", "Quit"]),
        ("slash", ["Close", "Help"]),
        ("ctrl+f", ["Close", "Help"]),
    ],
)
async def test_entries_are_whole_and_the_last_ones_stay_at_every_width(
    explore: Explore, keys: str, kept: list[str]
) -> None:
    async with explore((200, 24), DECLARATION) as reader:
        await reader.keys_named()
        await reader.press(*keys.split())
        for width in WIDTHS:
            await reader.resize(width, 20)
            shown = [item.binding for item in reader.main_screen.active_bindings.values() if item.binding.show]
            assert [binding.description for binding in shown[-2:]] == kept
            whole = " ".join(f"{reader.app.get_key_display(binding)} {binding.description}" for binding in shown)
            for _ in range(20):
                if entries(reader) == whole:
                    break
                await reader.settle()  # the footer makes its entries anew
            assert entries(reader) == whole
            assert len(entries(reader)) <= width


async def test_less_important_entries_are_left_out_first(explore: Explore) -> None:
    async with explore((120, 20), DECLARATION) as reader:
        await reader.keys_named()
        shown = [re.findall("[A-Z][a-z]+", entries(reader))]
        for width in (64, 56, 40):
            await reader.resize(width, 20)
            shown.append(re.findall("[A-Z][a-z]+", entries(reader)))
        assert shown[0] == ["Search", "Back", "Links", "Follow", "Palette", "Order", "Zoom", "Help", "Quit"]
        assert all(set(fewer) - {"Tree"} < set(more) for more, fewer in pairwise(shown))
        assert shown[-1][0] == "Search"


async def test_action_without_a_key_is_left_out(explore: Explore) -> None:
    file = paths.keymap_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"find": "q"}', encoding="utf-8")
    async with explore((120, 20)) as reader:
        await reader.keys_named()
        assert "Search" in entries(reader)
        assert "Quit" not in entries(reader)


async def test_keys_for_passages_are_named_while_there_are_some(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        assert "Next passage" not in entries(reader)
        await reader.press("slash", *"habomai", "enter")
        await reader.until("n Next passage")
        assert entries(reader).startswith("n Next passage esc Out / Search")
        await reader.press("escape")
        assert "Next passage" not in entries(reader)
