"""Tests of the loading screen: progress, a pending query, quitting, and errors while a store is compiled."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest
from textual import events
from textual.worker import WorkerFailed
from tinydb import TinyDB

from benchmarks import corpus
from tests.helpers.explorer import Reader, drawn_strips, hold_compiling
from tests.helpers.stores import SHIPPED, write_store
from tui.address import agreement
from tui.catalogue import build
from tui.catalogue.progress import OnSummary, Progress
from tui.catalogue.summary import CorpusDescription, CorpusSummary, EraSummary
from tui.explorer.app import BAD_STORE, Explorer
from tui.explorer.screens.loading import LoadingScreen


def on_screen(app: Explorer) -> str:
    return "\n".join(strip.text for strip in drawn_strips(app))


async def test_new_store_shows_its_compilation_and_opens(tmp_path: Path) -> None:
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        reader = await Reader.opened(app, pilot)
        await reader.press("enter", "down")
        assert reader.shown
    assert not app.return_code
    assert build.open_current(SHIPPED, tmp_path / "cold")


async def test_agreement_of_the_command_line_is_shown_after_compiling(tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a"}, {"id": "b"}])
    app = Explorer(store, tmp_path / "cold", agreement("b"))
    async with app.run_test(size=(80, 24)) as pilot:
        reader = await Reader.opened(app, pilot)
        assert reader.shown == "b"


async def test_loading_screen_shows_progress_and_q_quits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    eras = [EraSummary(f"era-{number}", f"Era {number}", "1925", "Some words.", False) for number in range(20)]

    def begin(progress: Progress, on_summary: OnSummary) -> None:
        on_summary(CorpusSummary(CorpusDescription("The corpus", "", "", "", "", "", ""), eras, {"agreement": 82}))
        progress(410, 1000)

    go_on = hold_compiling(monkeypatch, begin=begin)
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, LoadingScreen)
        text = on_screen(app)
        assert "The corpus" in text
        assert "82 records" in text
        assert "Compiling db.json" in text
        assert "41%" in text
        assert "q leaves" in text
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(80, 24)
        app.post_message(events.Key("replacement_character", "\ufffd"))
        await pilot.pause()
        assert "as soon as" not in on_screen(app)
        await pilot.press("enter", "n", "escape")
        assert "The tree opens as soon as" in on_screen(app)
        assert "41%" in on_screen(app)
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


async def test_insert_while_compiling_loses_no_record_and_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Path(shutil.copy(SHIPPED, tmp_path / "store.json"))
    expected = json.loads(SHIPPED.read_text("utf-8"))
    show_progress, inserted = Explorer._show_progress, list[int]()

    def insert_and_show(app: Explorer, done: int, total: int) -> None:
        if done * 3 > total and not inserted:
            with TinyDB(store, encoding="utf-8", ensure_ascii=False, indent=2, sort_keys=True) as database:
                inserted.append(database.table("agreements").insert({"id": "new"}))
        show_progress(app, done, total)

    monkeypatch.setattr(Explorer, "_show_progress", insert_and_show)
    app = Explorer(store, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        reader = await Reader.opened(app, pilot)
        counts = reader.catalogue.counts()
        assert inserted
        assert counts == {"agreement": 83, **{name: len(expected[f"{name}s"]) for name in ("link", "claim", "source")}}
        assert "could not be read" not in reader.screen


async def test_main_screen_opens_at_the_line_reached_while_compiling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_compiling(monkeypatch, is_built_first=True)
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        while "What this is" not in (text := on_screen(app)):
            await pilot.pause(0.01)
        await pilot.press("slash", *"quota", "escape", "j", "j", "j", "j", "question_mark")
        await pilot.pause()
        go_on.set()
        await Reader.opened(app, pilot)
        assert "To begin with" in text.splitlines()[5]
        assert "To begin with" in on_screen(app).splitlines()[1]


async def test_query_entered_while_compiling_runs_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = hold_compiling(monkeypatch)
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"quota")
        assert "quota" in on_screen(app)
        go_on.set()
        reader = await Reader.opened(app, pilot)
        await reader.keys_named()
        await reader.until("3 records")
        assert reader.query.value == "quota"


@pytest.mark.parametrize("error", [OSError("No space left on device"), apsw.FullError("No space left on device")])
async def test_error_while_compiling_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def full(store: Path, folder: Path, progress: Progress, on_summary: OnSummary) -> Any:
        raise error

    monkeypatch.setattr("tui.explorer.app.build.build_in_subprocess", full)
    app = Explorer(SHIPPED, tmp_path / "cold")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert not app.is_running or app._exit
    assert app.return_code == BAD_STORE
    assert app.return_value == "The catalogue of " + str(SHIPPED) + " could not be compiled: No space left on device."


async def test_programming_error_while_compiling_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = TypeError("not a catalogue")

    def broken(*_: Any) -> Any:
        raise error

    monkeypatch.setattr("tui.explorer.app.build.build_in_subprocess", broken)
    app = Explorer(SHIPPED, tmp_path / "cold")
    with pytest.raises(WorkerFailed) as caught:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
    assert caught.value.error is error
