"""Stores that change while they are read: a reader gets one whole state, or an error that says so."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CLOCK_TICK
from tests.helpers.stores import write_store
from tui.cli import main
from tui.corpus import check as rules
from tui.corpus import file
from tui.corpus.file import StoreChanged, StoreError
from tui.corpus.records import Agreement
from tui.corpus.store import Store

TEXT = {"id": "a", "summary": "Fish and timber. " * 20}


def rewrite(path: Path) -> None:
    """Change one letter and keep the length and the time of modification."""
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Fish", b"Wish", 1))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replace(path: Path) -> None:
    os.replace(write_store(path.with_name("next.json"), agreements=[{"id": "b"}]), path)


def append(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b" ")


def shorten(path: Path) -> None:
    os.truncate(path, 20)


CHANGES = (rewrite, replace, append, shorten, Path.unlink)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "_TICK", CLOCK_TICK)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_store(tmp_path / "store.json", agreements=[TEXT, {**TEXT, "id": "b"}])


def test_store_is_opened_when_its_next_change_will_show_in_its_times(path: Path) -> None:
    store = file.StoreFile(path)
    store.close()
    assert time.time_ns() - path.stat().st_ctime_ns >= CLOCK_TICK > 0


def read_and(change: Callable[[Path], None], path: Path) -> None:
    """Change a store after it was scanned, and read its records."""
    with Store(path) as store:
        change(path)
        list(store.read("agreements", Agreement))


@pytest.mark.parametrize("change", CHANGES)
def test_store_changed_after_it_was_scanned_is_reported(path: Path, change: Callable[[Path], None]) -> None:
    with pytest.raises(StoreChanged, match=r"store\.json was changed while it was being read; try again when"):
        read_and(change, path)


@pytest.mark.parametrize("change", CHANGES)
def test_store_changed_while_it_is_scanned_is_reported(path: Path, change: Callable[[Path], None]) -> None:
    changes = [change]
    with pytest.raises(StoreChanged), Store(path, lambda *_: changes and changes.pop()(path)):
        pass


def test_damaged_store_is_not_called_a_changed_one(path: Path) -> None:
    os.truncate(path, 20)
    with pytest.raises(StoreError, match="is damaged") as raised:
        Store(path)
    assert not isinstance(raised.value, StoreChanged)


def test_error_of_the_reader_of_a_changed_store_is_passed_on(path: Path) -> None:
    def fail(path: Path) -> None:
        append(path)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read_and(fail, path)


def edit_surveyed(monkeypatch: pytest.MonkeyPatch, path: Path, times: int) -> list[None]:
    """Break the store each time that a check has read it, at most `times`. Return the list of its readings."""
    readings: list[None] = []
    read = rules.read_survey

    def read_and_edit(store: Store) -> Any:
        survey = read(store)
        readings.append(None)
        if len(readings) <= times:
            write_store(path, agreements=[{"id": "a" * len(readings), "summary": 7}])
        return survey

    monkeypatch.setattr(rules, "read_survey", read_and_edit)
    return readings


def test_check_reads_a_store_again_that_changed_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = edit_surveyed(monkeypatch, path, times=1)
    assert any("summary: expected text" in finding.message for finding in rules.check(path))
    assert len(readings) == 2


def test_check_of_a_store_that_changes_all_the_time_ends_with_code_3(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readings = edit_surveyed(monkeypatch, path, times=9)
    assert main(["check", str(path)]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"{path} was changed while it was being read; try again when nothing writes to it.\n"
    assert len(readings) == 3
