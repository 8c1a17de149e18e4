"""Tests of damaged, empty, unreadable and read-only stores."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.helpers.explorer import Explore, Reader
from tests.helpers.stores import SHIPPED, unsafe_characters, write_store
from tui.explorer.app import BAD_STORE, Explorer
from tui.explorer.widgets.page_view import PageView

EVERY_KEY = [
    "down",
    "up",
    "j",
    "k",
    "pagedown",
    "pageup",
    "ctrl+u",
    "ctrl+d",
    "home",
    "end",
    "g",
    "G",
    "right",
    "left",
    "h",
    "l",
    "enter",
    "n",
    "N",
    "f",
    "escape",
    "backspace",
    "H",
    "L",
    "alt+left",
    "alt+right",
    "right_square_bracket",
    "left_square_bracket",
    "right_parenthesis",
    "left_parenthesis",
    "4",
    "right_curly_bracket",
    "left_curly_bracket",
    "o",
    "t",
    "o",
    "v",
    "1",
    "2",
    "3",
    "tab",
    "shift+tab",
    "z",
    "z",
    "m",
    "escape",
    "0",
    "exclamation_mark",
    "escape",
    "question_mark",
    "escape",
    "f1",
    "escape",
    "colon",
    "escape",
    "slash",
    "a",
    "b",
    "c",
    "down",
    "up",
    "pagedown",
    "pageup",
    "enter",
    "escape",
    "escape",
]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    return write_store(
        tmp_path / "damaged.json",
        eras=[{"id": "era", "title": "Era"}],
        agreements=[
            {"id": "sound", "short_title": "Sound agreement", "era": "era"},
            {"id": "broken", "short_title": 7},
            {"short_title": "[/x] \x1b[2J no id"},
        ],
    )


async def test_damaged_records_are_announced_and_listed_and_sound_ones_open(explore: Explore, damaged: Path) -> None:
    async with explore((80, 24), store=damaged) as reader:
        assert "! 2 records of this store could not be read: press ! for the list." in reader.screen
        await reader.press("right_square_bracket")
        assert reader.shown == "sound"
        await reader.press("exclamation_mark")
        modal = reader.app.screen.query_one("#page", PageView)
        lines = map(modal.page_layout.line_text, range(len(modal.page_layout.lines)))
        text = " ".join(" ".join(lines).split())
        assert "agreements, broken: short_title: expected text, got a number" in text
        assert re.search(r"line \d+", text)
        assert not unsafe_characters(reader.screen)


async def test_banner_counts_one_record_in_the_singular(explore: Explore, tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a"}, {"id": 3}])
    async with explore((80, 24), store=store) as reader:
        assert "! 1 record of this store" in reader.screen


@pytest.mark.parametrize("width", [50, 120])
async def test_empty_store_is_announced_and_no_key_crashes(explore: Explore, tmp_path: Path, width: int) -> None:
    store = tmp_path / "empty.json"
    store.write_text('{"agreements": {}}', "utf-8")
    async with explore((width, 24), store=store) as reader:
        assert "There are no records in this store yet." in " ".join(reader.screen.split())
        for key in EVERY_KEY:
            await reader.press(key)
        assert reader.app.is_running
        assert reader.title.startswith("Start")


@pytest.mark.parametrize("width", [50, 120])
async def test_no_key_crashes_the_shipped_store(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        for key in EVERY_KEY:
            await reader.press(key)
        assert reader.app.is_running


async def test_agreement_without_a_name_is_shown_by_its_id(explore: Explore, tmp_path: Path) -> None:
    store = write_store(tmp_path / "bare.json", agreements=[{"id": "bare"}])
    async with explore((80, 24), store=store) as reader:
        await reader.press("right_square_bracket")
        assert reader.shown == "bare"
        assert "bare" in reader.title


async def test_link_to_a_missing_agreement_shows_a_notice(explore: Explore, tmp_path: Path) -> None:
    store = write_store(
        tmp_path / "s.json", agreements=[{"id": "a", "background": "See [[nowhere|there]].", "short_title": "A"}]
    )
    async with explore((120, 24), "a", store=store) as reader:
        await reader.press("right")
        assert reader.document.selected_target == "nowhere"
        await reader.press("enter")
        assert reader.shown == "a"
        assert "nowhere" in reader.hear()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"agreements": 3}', "\x00", '{"links": {}}', "[" * 100_000, '"\ud800"']
)
async def test_unreadable_store_ends_with_one_sentence_and_code_3(tmp_path: Path, text: str) -> None:
    store = tmp_path / "bad.json"
    store.write_bytes(text.encode("utf-8", "surrogatepass"))
    app = Explorer(store, tmp_path / "cache")
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            if app._exit:
                break
            await pilot.pause(0.01)
    assert app.return_code == BAD_STORE == 3
    sentence = app.return_value
    assert sentence
    assert "bad.json" in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


async def test_explorer_never_writes_the_store(explore: Explore, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    store = folder / "db.json"
    store.write_bytes(SHIPPED.read_bytes())
    before = (store.read_bytes(), os.stat(store).st_mtime_ns, sorted(os.listdir(folder)))
    store.chmod(0o444)
    folder.chmod(0o555)
    try:
        async with explore((120, 36), store=store) as reader:
            await reader.press(
                "down", "down", "o", "2", "slash", "f", "i", "s", "h", "enter", "n", "exclamation_mark", "q"
            )
        assert (store.read_bytes(), os.stat(store).st_mtime_ns, sorted(os.listdir(folder))) == before
    finally:
        folder.chmod(0o755)


async def test_store_opens_without_a_writable_cache_folder(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "short_title": "Alpha"}])
    app = Explorer(store, blocked / "cache")
    async with app.run_test(size=(80, 24)) as pilot:
        reader = await Reader.opened(app, pilot)
        await reader.press("right_square_bracket")
        assert reader.shown == "a"
        await reader.search("alpha")
        await reader.press("enter")
        assert reader.document.passages[1] > 0
    assert blocked.read_text("utf-8") == "not a folder"
    assert json.loads(store.read_text("utf-8"))
