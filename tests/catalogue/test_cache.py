"""Cached catalogues: reused while the store is the same, rebuilt if it changed or the file is damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import time

import apsw
import pytest

from tests.helpers.catalogues import AGREEMENTS, cached_ids, only_file
from tests.helpers.searching import search
from tests.helpers.stores import write_store
from tui.catalogue import build, cache, schema
from tui.catalogue.columns import count
from tui.search.engine import open_searcher


def test_opening_does_not_build(store: Path, folder: Path) -> None:
    assert build.open_current(store, folder) is None
    assert not folder.exists()


def test_current_catalogue_is_reused_unchanged(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    before = only_file(folder).stat()
    assert len(cached_ids(store, folder)) == 60
    after = only_file(folder).stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


def test_store_of_another_size_is_compiled_again(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    write_store(store, agreements=AGREEMENTS[:3])
    assert cached_ids(store, folder) == ["a0", "a1", "a2"]
    assert len(list(folder.iterdir())) == 1


def test_store_changed_at_another_time_is_compiled_again(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    changed = store.read_bytes().replace(b'"a7"', b'"b7"')
    store.write_bytes(changed)
    os.utime(store, ns=(1, 1))
    assert "b7" in cached_ids(store, folder)


def test_another_version_of_the_tables_is_compiled_again(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_ids(store, folder)
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    assert build.open_current(store, folder) is None


def test_stores_of_one_name_have_separate_catalogues(tmp_path: Path, folder: Path) -> None:
    one = write_store(tmp_path / "one" / "s.json", agreements=AGREEMENTS[:1])
    two = write_store(tmp_path / "two" / "s.json", agreements=AGREEMENTS[:2])
    assert [len(cached_ids(path, folder)) for path in (one, two, one)] == [1, 2, 1]
    assert len(list(folder.iterdir())) == 2


def test_relative_and_absolute_path_share_a_catalogue(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_ids(store, folder)
    monkeypatch.chdir(store.parent)
    assert build.open_current(Path("store.json"), folder) is not None


# -- damage


def _foreign(file: Path) -> None:
    file.unlink()
    connection = apsw.Connection(str(file))
    connection.execute("CREATE TABLE meta (key, value); INSERT INTO meta VALUES ('version', 'other')")
    connection.close()


def _without_meta(file: Path) -> None:
    file.unlink()
    connection = apsw.Connection(str(file))
    connection.execute("CREATE TABLE else_where (x)")
    connection.close()


def _scrambled(file: Path) -> None:
    """Keep the first pages and overwrite the others, as a failing disk does."""
    raw = bytearray(file.read_bytes())
    raw[8192:] = b"\x55" * (len(raw) - 8192)
    file.write_bytes(raw)


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _cut(share: float) -> Callable[[Path], None]:
    def cut(file: Path) -> None:
        os.truncate(file, int(file.stat().st_size * share))

    return cut


def _a_fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _a_device(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def _a_link_to_another_file(file: Path) -> None:
    """Replace the file by a link to a sound catalogue in a place where others may write."""
    elsewhere = file.parent.parent / "elsewhere"
    shutil.copy2(file, elsewhere)
    file.unlink()
    file.symlink_to(elsewhere)


def _folder_beside(ending: str) -> Callable[[Path], None]:
    return lambda file: file.with_name(file.name + ending).mkdir()


DAMAGE: dict[str, Callable[[Path], None]] = {
    "empty": _cut(0),
    "cut in the header": lambda file: os.truncate(file, 50),
    "cut at a page": lambda file: os.truncate(file, 4096),
    "cut in half": _cut(0.5),
    "cut near the end": _cut(0.99),
    "text": lambda file: file.write_text("This is no database. " * 500),  # type: ignore[dict-item,return-value]
    "foreign": _foreign,
    "without meta": _without_meta,
    "scrambled": _scrambled,
    "a folder": _a_folder,
    "a FIFO": _a_fifo,
    "a device": _a_device,
    "a link": _a_link_to_another_file,
    "a folder named as its journal": _folder_beside("-journal"),
    "a folder named as its log": _folder_beside("-wal"),
    "touched": os.utime,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damaged_or_foreign_file_is_rebuilt(store: Path, folder: Path, damage: Callable[[Path], None]) -> None:
    cached_ids(store, folder)
    file = only_file(folder)
    damage(file)
    assert len(cached_ids(store, folder)) == 60
    assert not list(folder.glob("*.part"))
    if not file.is_dir():
        reader = build.open_current(store, folder)
        assert reader, "it is compiled only once"
        reader.close()


@pytest.mark.parametrize("suffix", ["", ".5-5.part", "-journal"])
def test_file_written_after_compiling_is_not_opened(store: Path, folder: Path, suffix: str) -> None:
    """Only the file itself counts, whatever stands beside it."""
    cached_ids(store, folder)
    file = only_file(folder)
    beside = file.with_name(file.name + suffix)
    beside.write_bytes(file.read_bytes())
    assert (build.open_current(store, folder) is None) == (suffix == "")


def test_connection_to_a_file_runs_no_code_in_it_and_checks_its_pages(store: Path, folder: Path) -> None:
    reader = build.build_catalogue(store, folder)
    assert reader.connection.pragma("trusted_schema") == 0
    assert reader.connection.pragma("cell_size_check") == 1
    assert reader.connection.readonly("main")
    reader.close()


def test_file_is_sealed_by_its_time_of_change(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    file = only_file(folder)
    moved = folder.parent / "copy"
    shutil.copytree(folder, moved)  # keeps the times
    moved.chmod(0o700)
    copied = cache.open_file(moved / file.name)
    assert schema.meta(copied)["seal"] == str(file.stat().st_mtime_ns)
    copied.close()


def test_folder_that_keeps_no_times_makes_it_compile_in_memory(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache.os, "utime", lambda *_, **__: None)
    assert len(cached_ids(store, folder)) == 60
    assert list(folder.iterdir()) == []


# -- folders of others


def test_folder_is_private(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o707, 0o777, 0o701])
def test_folder_open_to_others_is_closed_and_its_files_are_not_trusted(store: Path, folder: Path, mode: int) -> None:
    cached_ids(store, folder)
    folder.chmod(mode)
    assert build.open_current(store, folder) is None
    assert len(cached_ids(store, folder)) == 60
    assert folder.stat().st_mode & 0o777 == 0o700
    assert build.open_current(store, folder)


def test_folder_of_another_user_is_neither_read_nor_written(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_ids(store, folder)
    before = only_file(folder).stat()
    monkeypatch.setattr(cache.os, "geteuid", lambda: os.getuid() + 1)
    assert build.open_current(store, folder) is None
    write_store(store, agreements=AGREEMENTS[:3])
    assert len(cached_ids(store, folder)) == 3
    assert only_file(folder).stat() == before


# -- what is kept


def test_folder_keeps_the_catalogues_compiled_last(tmp_path: Path, folder: Path) -> None:
    stores = [write_store(tmp_path / f"s{number}.json", agreements=[{"id": "a"}]) for number in range(20)]
    files = [cache.catalogue_file(path, folder) for path in stores]
    for number, (path, file) in enumerate(zip(stores, files, strict=True)):
        build.build_catalogue(path, folder).close()
        os.utime(file, (number, number))
    assert set(folder.iterdir()) == set(files[-cache.MAX_CATALOGUES :])


@pytest.mark.parametrize(("process", "age", "is_kept"), [("own", 0, True), ("own", 7200, False), ("ended", 0, False)])
def test_unfinished_files_of_ended_processes_are_removed(
    store: Path, folder: Path, process: str, age: int, is_kept: bool
) -> None:
    """A long unchanged one is removed too: its builder's number may be that of another process by now."""
    folder.mkdir(parents=True)
    ended = subprocess.Popen(["true"])
    ended.wait()
    part = folder / f"other.sqlite.{os.getpid() if process == 'own' else ended.pid}-1.part"
    part.write_bytes(b"")
    os.utime(part, (time() - age, time() - age))
    cached_ids(store, folder)
    assert part.exists() == is_kept


# -- folders that cannot be written


@pytest.mark.parametrize("below", ["", "more", "more/and/more"])
def test_file_in_place_of_the_folder_makes_it_compile_in_memory(store: Path, tmp_path: Path, below: str) -> None:
    (tmp_path / "blocked").write_text("a file")
    before = sorted(tmp_path.rglob("*"))
    assert len(cached_ids(store, tmp_path / "blocked" / below)) == 60
    assert sorted(tmp_path.rglob("*")) == before


def test_folder_below_proc_makes_it_compile_in_memory(store: Path) -> None:
    assert len(cached_ids(store, Path("/proc/self/no-such-folder"))) == 60


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_makes_it_compile_in_memory(store: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    assert len(cached_ids(store, folder)) == 60
    assert list(folder.iterdir()) == []


def test_reading_creates_no_file(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    catalogue = build.open_current(store, folder)
    assert catalogue is not None
    search(open_searcher(catalogue), "timber")
    assert len(list(folder.iterdir())) == 1
    catalogue.close()


# -- open readers


def test_open_reader_is_not_affected_by_a_rebuild(store: Path, folder: Path) -> None:
    reader = build.open_or_build(store, folder)
    searcher = open_searcher(reader)
    write_store(store, agreements=AGREEMENTS[:2])
    assert len(cached_ids(store, folder)) == 2
    assert len(reader.all_agreements()) == search(searcher, "timber").total == 60
    reader.close()


def test_open_reader_survives_removal_of_the_cache(store: Path, folder: Path) -> None:
    catalogue = build.open_or_build(store, folder)
    catalogue = build.open_current(store, folder) or catalogue
    shutil.rmtree(folder)
    assert search(open_searcher(catalogue), "timber").total == len(AGREEMENTS)
    assert only_file(folder)
    assert catalogue.agreement("a1")


def test_open_reader_rebuilds_an_emptied_file(store: Path, folder: Path) -> None:
    build.open_or_build(store, folder).close()
    catalogue = build.open_current(store, folder)
    assert catalogue
    only_file(folder).write_bytes(b"")
    found = catalogue.agreement("a1")
    assert found
    assert found.id == "a1"


def test_connections_share_a_catalogue_in_memory(store: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("no folder")
    catalogue = build.build_catalogue(store, tmp_path / "blocked")
    searcher = open_searcher(catalogue)
    assert search(searcher, "timber").total == len(AGREEMENTS)
    catalogue.connection.execute("DELETE FROM agreement WHERE id = 'a1'")
    assert searcher.connection.fetch_all("SELECT count(*) FROM agreement", (count,)) == [(len(AGREEMENTS) - 1,)]
    other = build.build_catalogue(store, tmp_path / "blocked")
    assert other.agreement("a1")
