"""Compiled catalogues: reused while the store is the same, built anew otherwise, never half written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import apsw
import pytest

from benchmarks import corpus
from tests.helpers.searching import search
from tests.helpers.stores import ROOT, SHIPPED, write_store
from tui.catalogue import build, cache, schema
from tui.catalogue.summary import CorpusSummary
from tui.corpus.file import StoreError
from tui.search.engine import open_searcher

SOME = [{"id": f"a{number}", "summary": "Fish and timber. " * 30} for number in range(60)]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return write_store(tmp_path / "store.json", agreements=SOME)


@pytest.fixture(autouse=True)
def nothing_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores of a test go to the other process as large ones do."""
    monkeypatch.setattr(build, "SMALL", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "caches" / "ours"


def ids(store: Path, folder: Path) -> list[str]:
    """The ids by way of the cache, after a search too, since it reads the other half of the file."""
    catalogue = build.open_or_build(store, folder)
    try:
        assert search(open_searcher(catalogue), "timber").total == len(catalogue.all_agreements())
        return [summary.id for summary in catalogue.all_agreements()]
    finally:
        catalogue.close()


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_nothing_is_there_before_it_is_built(store: Path, folder: Path) -> None:
    assert build.open_current(store, folder) is None
    assert not folder.exists()


def test_a_fresh_catalogue_is_used_again_and_not_touched(store: Path, folder: Path) -> None:
    ids(store, folder)
    file = only_file(folder)
    os.utime(file, ns=(1, 1))
    assert len(ids(store, folder)) == 60
    assert only_file(folder).stat().st_mtime_ns == 1


def test_it_is_compiled_anew_when_the_store_has_another_size(store: Path, folder: Path) -> None:
    ids(store, folder)
    write_store(store, agreements=SOME[:3])
    assert ids(store, folder) == ["a0", "a1", "a2"]
    assert len(list(folder.iterdir())) == 1


def test_it_is_compiled_anew_when_the_store_has_another_time(store: Path, folder: Path) -> None:
    ids(store, folder)
    changed = store.read_bytes().replace(b'"a7"', b'"b7"')
    store.write_bytes(changed)
    os.utime(store, ns=(1, 1))
    assert "b7" in ids(store, folder)


def test_it_is_compiled_anew_for_another_version_of_the_schema(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids(store, folder)
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    assert build.open_current(store, folder) is None


def test_two_stores_of_one_name_have_a_catalogue_each(tmp_path: Path, folder: Path) -> None:
    one = write_store(tmp_path / "one" / "s.json", agreements=SOME[:1])
    two = write_store(tmp_path / "two" / "s.json", agreements=SOME[:2])
    assert (len(ids(one, folder)), len(ids(two, folder)), len(ids(one, folder))) == (1, 2, 1)
    assert len(list(folder.iterdir())) == 2


def test_a_relative_path_and_an_absolute_one_share_a_catalogue(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids(store, folder)
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
    """Sound first pages, nonsense after them: a disk that failed, a copy that was cut and filled."""
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
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_or_foreign_file_is_built_anew(store: Path, folder: Path, damage: Callable[[Path], None]) -> None:
    ids(store, folder)
    damage(only_file(folder))
    assert len(ids(store, folder)) == 60
    assert not list(folder.glob("*.part"))


# -- folders that cannot be written


@pytest.mark.parametrize("below", ["", "more", "more/and/more"])
def test_with_a_file_where_the_folder_should_be_it_is_compiled_in_memory(
    store: Path, tmp_path: Path, below: str
) -> None:
    (tmp_path / "blocked").write_text("a file")
    before = sorted(tmp_path.rglob("*"))
    assert len(ids(store, tmp_path / "blocked" / below)) == 60
    assert sorted(tmp_path.rglob("*")) == before


def test_proc_cannot_be_written_by_anyone(store: Path) -> None:
    assert len(ids(store, Path("/proc/self/no-such-folder"))) == 60


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(store: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    assert len(ids(store, folder)) == 60
    assert list(folder.iterdir()) == []


def test_a_catalogue_is_read_without_writing_beside_it(store: Path, folder: Path) -> None:
    ids(store, folder)
    catalogue = build.open_current(store, folder)
    assert catalogue is not None
    search(open_searcher(catalogue), "timber")
    assert len(list(folder.iterdir())) == 1
    catalogue.close()


# -- nothing half written


def test_no_part_is_left_behind(store: Path, folder: Path) -> None:
    ids(store, folder)
    assert only_file(folder).suffix == ".sqlite"


def test_no_part_is_left_after_a_store_that_cannot_be_opened(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("{")
    with pytest.raises(StoreError):
        build.build_catalogue(path, folder)
    assert list(folder.iterdir()) == []


def test_no_part_is_left_when_the_compiling_is_broken_off_and_the_old_file_stays(store: Path, folder: Path) -> None:
    ids(store, folder)
    old = only_file(folder).read_bytes()

    def leave(done: int, total: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        build.build_catalogue(store, folder, leave)
    assert only_file(folder).read_bytes() == old


def test_progress_counts_up_to_the_total(store: Path, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    build.build_catalogue(store, folder, lambda done, total: told.append((done, total))).close()
    assert len(told) > 1
    assert told == sorted(told)
    assert {total for _, total in told} == {told[-1][0]}


# -- several processes


def started(store: Path, folder: Path) -> subprocess.Popen[str]:
    """Start the child process of build.build_in_subprocess."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui.catalogue.build", str(store), str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_processes_may_build_at_once(store: Path, folder: Path) -> None:
    builders = [started(store, folder) for _ in range(3)]
    said = [builder.communicate() for builder in builders]
    assert {(said.splitlines()[-1], complaint) for said, complaint in said} == {
        (json.dumps({"file": str(only_file(folder))}), "")
    }
    assert build.open_current(store, folder)
    assert len(ids(store, folder)) == 60


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that takes long enough to be interrupted."""
    path = tmp_path_factory.mktemp("larger") / "store.json"
    with path.open("w", encoding="utf-8") as file:
        corpus.write(file, 250)
    return path


def test_killed_at_any_point_of_compiling_store_and_cache_still_open(larger: Path, folder: Path) -> None:
    before = larger.read_bytes()
    begun = monotonic()
    started(larger, folder).communicate()
    whole = monotonic() - begun
    for tenth in range(11):
        only_file(folder).unlink()
        builder = started(larger, folder)
        sleep(whole * tenth / 10)
        builder.kill()
        builder.communicate()
        catalogue = build.open_or_build(larger, folder)
        assert catalogue.counts()["agreement"] == 250
        catalogue.close()
        assert only_file(folder).suffix == ".sqlite", "what a killed builder left goes with the next"
    assert larger.read_bytes() == before


@pytest.mark.parametrize("tenth", [0, 2, 4, 6])
def test_a_builder_that_is_told_to_end_leaves_nothing(larger: Path, folder: Path, tenth: int) -> None:
    builder = started(larger, folder)
    assert builder.stdout
    for line in builder.stdout:
        if json.loads(line).get("progress", [0])[0] >= tenth * 100:
            break
    builder.terminate()
    builder.communicate()
    assert builder.returncode != 0
    assert list(folder.iterdir()) == []


def test_a_builder_to_whom_nobody_listens_ends_and_leaves_nothing(larger: Path, folder: Path) -> None:
    builder = started(larger, folder)
    assert builder.stdout
    builder.stdout.readline()
    builder.stdout.close()
    assert builder.wait() != 0
    assert list(folder.iterdir()) == []


def test_the_part_of_a_builder_that_lives_is_left_alone(store: Path, larger: Path, folder: Path) -> None:
    builder = started(larger, folder)
    assert builder.stdout
    builder.stdout.readline()
    build.build_catalogue(store, folder).close()
    said, _ = builder.communicate()
    assert "file" in json.loads(said.splitlines()[-1])
    assert len(list(folder.iterdir())) == 2


# -- compiled apart


def test_a_catalogue_compiled_apart_is_the_same(store: Path, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    begun: list[CorpusSummary] = []
    catalogue = build.build_in_subprocess(store, folder, lambda done, total: told.append((done, total)), begun.append)
    assert len(catalogue.all_agreements()) == 60
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    assert [beginning.sizes["agreement"] for beginning in begun] == [60]
    assert only_file(folder).suffix == ".sqlite"
    catalogue.close()


@pytest.mark.parametrize("small", [True, False], ids=["small", "large"])
def test_only_large_store_starts_another_process(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    started: list[list[str]] = []
    start = subprocess.Popen

    def spy(command: list[str], **options: Any) -> Any:
        started.append(command)
        return start(command, **options)

    monkeypatch.setattr(build, "SMALL", store.stat().st_size + small)
    monkeypatch.setattr(subprocess, "Popen", spy)
    catalogue = build.build_in_subprocess(store, folder)
    assert len(catalogue.all_agreements()) == 60
    catalogue.close()
    assert len(started) == (0 if small else 1)


def test_what_the_start_page_needs_comes_before_the_agreements(folder: Path) -> None:
    told: list[object] = []
    catalogue = build.build_in_subprocess(SHIPPED, folder, lambda done, total: told.append(done / total), told.append)
    (beginning,) = (word for word in told if isinstance(word, CorpusSummary))
    assert beginning == CorpusSummary(catalogue.description(), catalogue.eras(), catalogue.counts())
    assert all(share < 0.2 for share in told[: told.index(beginning)] if isinstance(share, float))
    catalogue.close()


def test_a_store_that_cannot_be_opened_is_said_in_the_same_sentence(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "bad\udcff.json"
    path.write_text("{")
    with pytest.raises(StoreError) as here:
        build.build_catalogue(path, folder)
    with pytest.raises(StoreError) as apart:
        build.build_in_subprocess(path, folder)
    assert str(apart.value) == str(here.value)
    assert list(folder.iterdir()) == []


def test_who_leaves_takes_the_other_process_along(larger: Path, folder: Path) -> None:
    def leave(done: int, total: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        build.build_in_subprocess(larger, folder, leave)
    assert list(folder.iterdir()) == []


def test_where_no_process_can_be_started_this_one_compiles(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for no_python in (str(folder / "nowhere"), "/bin/true"):
        monkeypatch.setattr(sys, "executable", no_python)
        catalogue = build.build_in_subprocess(store, folder)
        assert len(catalogue.all_agreements()) == 60
        catalogue.close()


def test_where_the_folder_cannot_be_written_it_is_compiled_here_in_memory(store: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file")
    catalogue = build.build_in_subprocess(store, tmp_path / "blocked")
    assert len(catalogue.all_agreements()) == 60
    catalogue.close()


# -- faults while compiling


def test_a_file_that_goes_as_soon_as_it_is_there_is_compiled_in_memory(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(old: Path, new: Path) -> None:
        Path(old).unlink()

    monkeypatch.setattr(cache.os, "replace", lose)
    assert len(ids(store, folder)) == 60


def test_a_store_that_is_cut_while_it_is_read_gets_one_sentence(larger: Path, tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_bytes(larger.read_bytes())

    def cut(done: int, total: int) -> None:
        if done > total // 10:
            os.truncate(path, 1000)

    with pytest.raises(StoreError, match="changed while it was being read"):
        build.build_catalogue(path, folder, cut)
    assert list(folder.iterdir()) == []


def test_no_file_stays_open_after_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"agreements": {"1": {"id": "a"}')
    for folder in (tmp_path / "cache", path / "no folder"):
        before = len(os.listdir("/proc/self/fd")), len(apsw.connections())
        with pytest.raises(StoreError):
            build.build_catalogue(path, folder)
        assert (len(os.listdir("/proc/self/fd")), len(apsw.connections())) == before


def test_a_reader_keeps_its_catalogue_while_another_builds_a_new_one(store: Path, folder: Path) -> None:
    reader = build.open_or_build(store, folder)
    searcher = open_searcher(reader)
    write_store(store, agreements=SOME[:2])
    assert len(ids(store, folder)) == 2
    assert len(reader.all_agreements()) == search(searcher, "timber").total == 60
    reader.close()


def test_who_reads_on_while_the_cache_is_deleted_still_searches(store: Path, folder: Path) -> None:
    catalogue = build.open_or_build(store, folder)
    catalogue = build.open_current(store, folder) or catalogue
    shutil.rmtree(folder)
    assert search(open_searcher(catalogue), "timber").total == len(SOME)
    assert only_file(folder)
    assert catalogue.agreement("a1")


def test_who_reads_on_while_the_file_is_emptied_gets_it_anew(store: Path, folder: Path) -> None:
    build.open_or_build(store, folder).close()
    catalogue = build.open_current(store, folder)
    assert catalogue
    only_file(folder).write_bytes(b"")
    found = catalogue.agreement("a1")
    assert found
    assert found.id == "a1"


def test_a_catalogue_in_memory_is_one_for_all_that_read_it(store: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("no folder")
    catalogue = build.build_catalogue(store, tmp_path / "blocked")
    searcher = open_searcher(catalogue)
    assert search(searcher, "timber").total == len(SOME)
    catalogue.connection.execute("DELETE FROM agreement WHERE id = 'a1'")
    assert searcher.connection.fetch_all("SELECT count(*) FROM agreement") == [(len(SOME) - 1,)]
    other = build.build_catalogue(store, tmp_path / "blocked")
    assert other.agreement("a1")
