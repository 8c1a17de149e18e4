"""Tests of the keymap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.explorer import Explore
from tui import paths
from tui.actions import ACTIONS
from tui.explorer import keymap


def test_missing_keymap_is_no_fault(tmp_path: Path) -> None:
    assert keymap.read(tmp_path / "none.json") == ({}, "")


@pytest.mark.parametrize("text", ["", "[]", "{", "7", "[" * 100_000, "\x00"])
def test_keymap_that_is_no_object_is_reported_in_one_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keymap.json"
    file.write_text(text, encoding="utf-8")
    keys, fault = keymap.read(file)
    assert not keys
    assert "not a JSON object" in fault


def test_valid_entries_are_used_and_others_reported(tmp_path: Path) -> None:
    file = tmp_path / "keymap.json"
    file.write_text('{"search": "ctrl+s", "sarch": "x", "quit": 7, "\\u001b[2J": "y"}', encoding="utf-8")
    keys, fault = keymap.read(file)
    assert keys == {"search": "ctrl+s"}
    assert "sarch" in fault
    assert "quit" in fault
    assert "\x1b" not in fault


def test_key_taken_from_another_action_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "keymap.json"
    file.write_text('{"search": "q,ctrl+s", "fold": "l"}', encoding="utf-8")
    assert keymap.read(file)[1] == (
        "The key q is for search now, no longer for quit. The key l is for fold now, no longer for unfold."
    )
    file.write_text('{"find": "/"}', encoding="utf-8")
    assert keymap.read(file)[1] == "The key / is for find now, no longer for search."
    file.write_text('{"search": "q", "quit": "slash"}', encoding="utf-8")
    assert keymap.read(file)[1] == ""


def test_keys_are_read_as_they_are_written_in_help_and_guide(tmp_path: Path) -> None:
    file = tmp_path / "keymap.json"
    file.write_text('{"out": "esc, alt+esc", "search": "ctrl+s,/", "find": "?"}', encoding="utf-8")
    keys, fault = keymap.read(file)
    assert keys == {
        "out": "escape,alt+escape",
        "search": "ctrl+s,slash",
        "find": "question_mark",
        "help": "f1",
    }
    assert fault == "The key ? is for find now, no longer for help."


async def test_custom_key_replaces_the_usual_one(explore: Explore) -> None:
    file = paths.keymap_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"search": "ctrl+s"}', encoding="utf-8")
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        assert reader.focus == "tree"
        assert re.search(r"ctrl\+s +search the full text", reader.screen)
        await reader.press("n")
        assert reader.hear() == "Search first: press ctrl+s."
        await reader.press("ctrl+s")
        assert reader.focus == "query"
        await reader.press("escape", "question_mark")
        assert "ctrl+s  " in reader.screen


async def test_movement_key_can_be_given_to_another_action(explore: Explore) -> None:
    file = paths.keymap_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"order": "j", "zoom": "o"}', encoding="utf-8")
    async with explore((80, 24)) as reader:
        await reader.press("j", "2")
        assert reader.tree.border_title == "By topic"
        assert reader.tree.cursor_line == 0
        await reader.press("down")
        assert reader.tree.cursor_line == 1


async def test_action_without_a_key_can_be_given_one(explore: Explore) -> None:
    file = paths.keymap_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"clear-day": "x", "theme": "ctrl+t"}', encoding="utf-8")
    async with explore((80, 24)) as reader:
        await reader.press("x")
        assert reader.hear() == "No day is set."
        await reader.press("ctrl+t")
        await reader.until("a theme by its name")


def test_invalid_keys_and_unknown_actions_are_reported_apart(tmp_path: Path) -> None:
    file = tmp_path / "keymap.json"
    file.write_text('{"search": "bogus+key", "sarch": "x"}', encoding="utf-8")
    assert keymap.read(file)[1] == (
        "The keymap names no action with sarch: docs/guide.md lists the actions. "
        "The keymap gives search no key that Textual knows."
    )


def test_guide_lists_every_action_of_the_keymap() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
    listed = guide[guide.index("The actions are") : guide.index("The theme is changed")]
    assert set(re.findall(r"`([a-z-]+)`", listed)) == {action.id for action in ACTIONS}
