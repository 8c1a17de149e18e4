"""Stores that change while they are compiled: the catalogue holds one whole state of the store, or there is none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.helpers.catalogues import AGREEMENTS, cached_ids
from tests.helpers.stores import write_store
from tui.catalogue import build
from tui.catalogue import compile as compilation
from tui.corpus.file import StoreChanged

IDS = [agreement["id"] for agreement in AGREEMENTS]


def insert(store: Path) -> None:
    """Insert a record as docs/data.md says, which moves all others in the file."""
    with TinyDB(store, encoding="utf-8", ensure_ascii=False, indent=2, sort_keys=True) as database:
        database.table("agreements").insert({"id": "new", "summary": "Timber."})


def once(change: Callable[[Path], None], store: Path, permille: int) -> Callable[[int, int], None]:
    """Return a callback for progress that changes the store once, when so much of the work is done."""
    done_before: list[int] = []

    def advance(done: int, total: int) -> None:
        if done * 1000 >= permille * total and not done_before:
            done_before.append(done)
            change(store)

    return advance


@pytest.fixture
def _report_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Report all progress, not twenty times a second, and a record at a time."""
    monkeypatch.setattr("tui.catalogue.progress._INTERVAL", 0)
    monkeypatch.setattr(compilation, "_BATCH", 1)


@pytest.mark.usefixtures("_report_at_once")
@pytest.mark.parametrize("is_writable", [True, False], ids=["file", "memory"])
@pytest.mark.parametrize("permille", [1, 20, 40, 100, 300, 600, 880, 920, 1000])
def test_insert_while_compiling_is_compiled_too_or_makes_the_catalogue_outdated(
    store: Path, tmp_path: Path, permille: int, is_writable: bool
) -> None:
    folder = tmp_path / "cache"
    if not is_writable:
        folder.write_text("a file")
    catalogue = build.build_catalogue(store, folder, once(insert, store, permille))
    ids = sorted(summary.id for summary in catalogue.all_agreements())
    assert ids in (sorted(IDS), sorted([*IDS, "new"]))
    assert catalogue.problems() == []
    catalogue.close()
    assert sorted(cached_ids(store, folder)) == sorted([*IDS, "new"])


@pytest.mark.usefixtures("_report_at_once")
def test_records_of_a_removed_state_are_compiled_nowhere(store: Path, folder: Path) -> None:
    """The store becomes shorter, so that positions of the old state lie after its end."""
    catalogue = build.build_catalogue(
        store, folder, once(lambda path: write_store(path, agreements=AGREEMENTS[:3]) and None, store, 300)
    )
    assert [summary.id for summary in catalogue.all_agreements()] == IDS[:3]
    assert catalogue.problems() == []
    catalogue.close()


@pytest.mark.usefixtures("_report_at_once")
def test_store_replaced_while_compiling_is_one_of_both(store: Path, folder: Path) -> None:
    def replace(path: Path) -> None:
        os.replace(write_store(path.with_name("next.json"), agreements=[{"id": "only"}]), path)

    catalogue = build.build_catalogue(store, folder, once(replace, store, 500))
    assert [summary.id for summary in catalogue.all_agreements()] in (IDS, ["only"])
    catalogue.close()
    assert build.open_or_build(store, folder).counts()["agreement"] == 1


@pytest.mark.parametrize("start", [build.build_catalogue, build.build_in_subprocess], ids=["here", "in a process"])
def test_store_that_changes_all_the_time_is_an_error(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, start: Callable[..., object]
) -> None:
    monkeypatch.setattr(build, "SMALL", store.stat().st_size + 1)
    starts: list[None] = []

    def touch(*_: object) -> None:
        os.utime(store)

    with pytest.raises(StoreChanged, match=r"store\.json was changed while it was being read; try again"):
        start(store, folder, touch, lambda _: starts.append(None))
    assert len(starts) == 3
    assert list(folder.iterdir()) == []


def test_edit_of_the_same_length_under_the_old_time_is_seen(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    status = store.stat()
    store.write_bytes(store.read_bytes().replace(b'"a7"', b'"b7"'))
    os.utime(store, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert "b7" in cached_ids(store, folder)


def test_edit_at_once_after_compiling_is_seen(store: Path, folder: Path) -> None:
    """The clock of a file system may not have ticked between two edits."""
    for number in range(5):
        store.write_bytes(store.read_bytes().replace(b"Fish", b"Wish") if number % 2 else store.read_bytes())
        cached_ids(store, folder)
        store.write_bytes(store.read_bytes().replace(b'"a7"', b'"b7"'))
        assert "b7" in cached_ids(store, folder)
        store.write_bytes(store.read_bytes().replace(b'"b7"', b'"a7"'))
        assert "a7" in cached_ids(store, folder)
