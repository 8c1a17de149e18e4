"""Tests of hostile text, typed, pasted or in a store: it is shown as text and cannot drive the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.helpers.explorer import DECLARATION, Explore, Reader, drawn_strips
from tests.helpers.stores import HOSTILE, hostile_store, unsafe_characters, write_store
from tui.corpus import safe

SIGNS = [
    '"',
    "'",
    "*",
    "[/x]",
    "[@click=app.quit]",
    "(",
    "NEAR(",
    "AND OR NOT",
    "a:b",
    "-",
    "^",
    "\\",
    "%s{0}",
    "'; DROP",
]
ODD = [
    "\u202efish",
    "fish\u200b",
    "x" * 500,
    "fish " * 80,
    "👩\u200d👧",
    "\U000e0001",
    "\u3000",
    "fi\u0301sh",
    "\ud800",
    "\x00",
]


@pytest.mark.parametrize("inputs", [SIGNS, ODD])
async def test_no_typed_or_pasted_text_is_an_error(explore: Explore, inputs: list[str]) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        for words in inputs:
            await reader.press("slash")
            reader.query.value = ""
            reader.app.post_message(events.Paste(words))
            await reader.settle()
            await reader.press("enter", "escape")
            assert reader.app.is_running
            assert reader.focus
            assert reader.sees(reader.focus)


async def test_pasted_text_cannot_drive_the_terminal(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.press("slash")
        reader.app.post_message(events.Paste("\x1b[2J\x9b31mzzzz\u202e"))
        await reader.settle()
        assert not {"\x1b", "\x9b", "\u202e"} & set(reader.screen)


async def test_hostile_store_is_searched_and_shown_without_error(explore: Explore, tmp_path: Path) -> None:
    async with explore((120, 36), store=hostile_store(tmp_path / "hostile.json")) as reader:
        for words in ("bold", "Signed", HOSTILE[:200]):
            await reader.press("slash")
            reader.query.value = words
            await reader.settle()
            await reader.press("enter", "n", "n", "N")
        assert reader.app.is_running


def drawn(reader: Reader) -> str:
    """Return all characters that are drawn over the whole height of every pane."""
    return "".join(segment.text for line in drawn_strips(reader.app) for segment in line if not segment.control)


async def test_hostile_store_shows_brackets_and_no_control_characters(explore: Explore, tmp_path: Path) -> None:
    async with explore((200, 200), "plain", store=hostile_store(tmp_path / "hostile.json")) as reader:
        seen = ""
        for keys in (
            ["2"],
            ["f"],
            ["escape", "3"],
            ["o", "2"],
            ["o", "3"],
            ["o", "4"],
            ["o", "5"],
            ["1", "home", "right", "down"],
            ["end", "right", "down"],
            ["0"],
            ["slash", "b", "o", "l", "d"],
            ["enter", "n"],
            ["exclamation_mark"],
            ["escape", "colon"],
            ["escape"],
        ):
            await reader.press(*keys)
            text = drawn(reader)
            assert not unsafe_characters(text, allowed=""), keys
            seen += text
        for sign in ("[/x]", "[@click=app.quit]quit[/]", "[Signed]", "[sic]", "[red]", "<b>bold</b>", "**stars**"):
            assert sign in seen
        assert "␛[31mred" in seen
        assert reader.app.is_running


async def test_tree_titles_and_notices_show_brackets_verbatim(explore: Explore, tmp_path: Path) -> None:
    name = "[/x] [red]A[/red] [@click=app.quit]B[/]"
    store = write_store(
        tmp_path / "s.json",
        eras=[{"id": "e", "title": name}],
        agreements=[{"id": "a", "short_title": name, "era": "e", "place": name, "topics": [name], "kind": name}],
        links=[{"from": "a", "to": name, "type": "cites", "reason": name}],
    )
    async with explore((200, 50), "a", store=store) as reader:
        assert name in reader.title
        assert name in reader.screen
        for key in "tpke":
            await reader.press("o", key)
            assert any("[/x]" in label.lower() for label in reader.tree_labels())
        await reader.press("slash")
        await reader.type("red")
        assert name in reader.screen


async def test_hostile_text_at_every_width_draws_lines_that_fit(explore: Explore, tmp_path: Path) -> None:
    async with explore((120, 40), safe.text(HOSTILE), store=hostile_store(tmp_path / "hostile.json")) as reader:
        for width in (1, 7, 20, 50, 80, 121, 200):
            await reader.resize(width, 40)
            await reader.press("2", "pagedown", "f", "escape", "z", "z")
            for strip in drawn_strips(reader.app):
                assert strip.cell_length == sum(segment.cell_length for segment in strip) <= width
