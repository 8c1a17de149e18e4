"""Tests of damaged, empty, hostile, new and read-only stores."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpus
from tests.helpers.explorer import Explore, Reader, drawn_strips
from tests.helpers.stores import HOSTILE, SHIPPED, hostile_store, unsafe_characters, write_store
from tui.address import agreement
from tui.catalogue import build
from tui.catalogue.progress import OnSummary, Progress
from tui.catalogue.summary import CorpusDescription, CorpusSummary, EraSummary
from tui.corpus import safe
from tui.explorer.app import BAD_STORE, Explorer
from tui.explorer.screens.loading import LoadingScreen
from tui.explorer.screens.main import MainScreen
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
    "right_curly_bracket",
    "left_curly_bracket",
    "o",
    "o",
    "o",
    "o",
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


# -- bad records


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
        text = modal.page_layout.text_between((0, 0))
        assert "agreements, broken: short_title: expected text, got a number" in text
        assert re.search(r"line \d+", text)
        assert not unsafe_characters(reader.screen)


async def test_banner_counts_one_record_in_the_singular(explore: Explore, tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a"}, {"id": 3}])
    async with explore((80, 24), store=store) as reader:
        assert "! 1 record of this store" in reader.screen


# -- the empty store


@pytest.mark.parametrize("width", [50, 120])
async def test_empty_store_is_announced_and_no_key_crashes(explore: Explore, tmp_path: Path, width: int) -> None:
    store = tmp_path / "empty.json"
    store.write_text('{"agreements": {}}', "utf-8")
    async with explore((width, 24), store=store) as reader:
        assert "There are no agreements in this store yet." in " ".join(reader.screen.split())
        for key in EVERY_KEY:
            await reader.press(key)
        assert reader.app.is_running
        assert reader.title == "Start"


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


# -- loading


def on_screen(app: Explorer) -> str:
    return "\n".join(strip.text for strip in drawn_strips(app))


async def test_new_store_shows_its_compilation_and_opens(tmp_path: Path) -> None:
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(500):
            if isinstance(app.screen, MainScreen):
                break
            await pilot.pause(0.02)
        reader = Reader(app, pilot)
        await reader.settle()
        await reader.press("down", "down")
        assert reader.shown
    assert not app.return_code
    assert build.open_current(SHIPPED, tmp_path / "cold")


async def test_agreement_of_the_command_line_is_shown_after_compiling(tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a"}, {"id": "b"}])
    app = Explorer(store, tmp_path / "cold", agreement("b"))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(500):
            if isinstance(app.screen, MainScreen):
                break
            await pilot.pause(0.02)
        reader = Reader(app, pilot)
        await reader.settle()
        assert reader.shown == "b"


async def test_loading_screen_shows_progress_and_q_quits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = asyncio.Event()
    loop = asyncio.get_running_loop()

    eras = [EraSummary(f"era-{number}", f"Era {number}", "1925", "Some words.", False) for number in range(20)]

    def slow(store: Path, folder: Path, progress: Progress, on_summary: OnSummary) -> Any:
        on_summary(CorpusSummary(CorpusDescription("The corpus", "", "", "", "", ""), eras, {"agreement": 82}))
        progress(410, 1000)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(10)
        return build.build_catalogue(store, folder, progress)

    monkeypatch.setattr("tui.explorer.app.build.build_in_subprocess", slow)
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, LoadingScreen)
        text = on_screen(app)
        assert "The corpus" in text
        assert "82 agreements" in text
        assert "Compiling db.json" in text
        assert "41%" in text
        assert "q leaves" in text
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(80, 24)
        await pilot.press("enter", "n", "escape")
        assert "as soon as" in [note.message for note in app._notifications][-1]
        assert not app._exit
        await pilot.press("q")
        assert app._exit
        go_on.set()
    assert not app.return_code


async def test_quitting_while_compiling_ends_the_compiling_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends early and leaves no file behind, and quitting is no failure."""
    store = tmp_path / "larger.json"
    with store.open("w", encoding="utf-8") as file:
        corpus.write(file, 1000)
    processes: list[subprocess.Popen[Any]] = []

    class Noted(subprocess.Popen[Any]):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            processes.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    monkeypatch.setattr(build, "SMALL", 0)
    app = Explorer(store, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(500):
            if re.search(r"[1-9][0-9]?%", on_screen(app)):
                break
            await pilot.pause(0.01)
        (process,) = processes
        assert process.poll() is None
        await pilot.press("q")
    await asyncio.wait_for(asyncio.get_running_loop().shutdown_default_executor(), 20)  # as the program does at its end
    assert process.returncode, "the process was ended before it had done its work"
    assert list((tmp_path / "cold").iterdir()) == []
    assert not app.return_code
    assert app.return_value is None


async def test_progress_that_comes_while_the_explorer_closes_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_closed = threading.Event()

    def late(store: Path, folder: Path, advance: Callable[[int, int], None], *_: Any) -> None:
        has_closed.wait(10)
        monkeypatch.setattr(Explorer, "is_running", True)  # as checked just before the explorer closed
        advance(1, 2)

    monkeypatch.setattr("tui.explorer.app.build.build_in_subprocess", late)
    app = Explorer(write_store(tmp_path / "store.json"), tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
    has_closed.set()
    await asyncio.wait_for(asyncio.get_running_loop().shutdown_default_executor(), 20)
    assert not app.return_code
    assert app.return_value is None


async def test_main_screen_opens_at_the_line_reached_while_compiling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(store: Path, folder: Path, progress: Progress, on_summary: OnSummary) -> Any:
        catalogue = build.build_catalogue(store, folder, progress, on_summary)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(10)
        return catalogue

    monkeypatch.setattr("tui.explorer.app.build.build_in_subprocess", slow)
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        while "What this is" not in (text := on_screen(app)):
            await pilot.pause(0.01)
        await pilot.press("slash", *"quota", "escape", "j", "j", "j", "question_mark")
        await pilot.pause()
        go_on.set()
        while not isinstance(app.screen, MainScreen):
            await pilot.pause(0.01)
        reader = Reader(app, pilot)
        await reader.settle()
        assert text.splitlines()[4].strip("┃ ")[:40] in on_screen(app).splitlines()[1]


async def test_query_entered_while_compiling_runs_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(store: Path, folder: Path, progress: Progress, on_summary: OnSummary) -> Any:
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result(10)
        return build.build_catalogue(store, folder, progress, on_summary)

    monkeypatch.setattr("tui.explorer.app.build.build_in_subprocess", slow)
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"quota")
        assert "quota" in on_screen(app)
        go_on.set()
        while not isinstance(app.screen, MainScreen):
            await pilot.pause(0.01)
        reader = Reader(app, pilot)
        await reader.keys_named()
        await reader.settle()
        assert reader.query.value == "quota"
        assert "agreements, " in on_screen(app)


async def test_error_while_compiling_ends_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(store: Path, folder: Path, progress: Progress, on_summary: OnSummary) -> Any:
        raise OSError("No space left on device")

    monkeypatch.setattr("tui.explorer.app.build.build_in_subprocess", full)
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert not app.is_running or app._exit
    assert app.return_code == BAD_STORE
    assert app.return_value == "The catalogue of " + str(SHIPPED) + " could not be compiled: No space left on device."


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


# -- hostile text


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
            ["o"],
            ["o"],
            ["o"],
            ["o"],
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
        for _ in range(4):
            await reader.press("o")
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


# -- never written


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
            await reader.press("down", "down", "o", "slash", "f", "i", "s", "h", "enter", "n", "exclamation_mark", "q")
        assert (store.read_bytes(), os.stat(store).st_mtime_ns, sorted(os.listdir(folder))) == before
    finally:
        folder.chmod(0o755)


async def test_store_opens_without_a_writable_cache_folder(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "short_title": "Alpha"}])
    app = Explorer(store, blocked / "cache")
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(500):
            if isinstance(app.screen, MainScreen):
                break
            await pilot.pause(0.02)
        reader = Reader(app, pilot)
        await reader.settle()
        await reader.press("right_square_bracket")
        assert reader.shown == "a"
        await reader.search("alpha")
        await reader.press("enter")
        assert reader.document.hits[1] > 0
    assert blocked.read_text("utf-8") == "not a folder"
    assert json.loads(store.read_text("utf-8"))
