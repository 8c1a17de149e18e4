"""Building catalogues: complete files or none, child processes, faults."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import apsw
import pexpect
import pytest

from benchmarks import corpus
from tests.helpers.catalogues import cached_ids, only_file
from tests.helpers.stores import ROOT, SHIPPED
from tui.catalogue import build, cache
from tui.catalogue.summary import CorpusSummary
from tui.corpus.file import StoreError

# -- complete files only


def test_building_leaves_only_the_catalogue(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    assert only_file(folder).suffix == ".sqlite"


def test_unreadable_store_leaves_no_file(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("{")
    with pytest.raises(StoreError):
        build.build_catalogue(path, folder)
    assert list(folder.iterdir()) == []


def test_interrupted_build_keeps_the_old_file(store: Path, folder: Path) -> None:
    cached_ids(store, folder)
    old = only_file(folder).read_bytes()

    def leave(done: int, total: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        build.build_catalogue(store, folder, leave)
    assert only_file(folder).read_bytes() == old


def test_progress_rises_to_the_total(store: Path, folder: Path) -> None:
    reports: list[tuple[int, int]] = []
    build.build_catalogue(store, folder, lambda done, total: reports.append((done, total))).close()
    assert len(reports) > 1
    assert reports == sorted(reports)
    assert {total for _, total in reports} == {reports[-1][0]}


# -- several processes

PARENT = """
import subprocess, sys
from pathlib import Path
from tui.catalogue import build

class Told(subprocess.Popen):
    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        print(self.pid, flush=True)

subprocess.Popen = Told
build.SMALL = 0
build.build_in_subprocess(Path(sys.argv[1]), Path(sys.argv[2]), lambda done, total: print(done, flush=True))
"""
"""Program that compiles in a child process, and prints its number and then the progress."""


def start_builder(store: Path, folder: Path, output: Any = subprocess.PIPE) -> subprocess.Popen[str]:
    """Start the child process of build.build_in_subprocess."""
    return subprocess.Popen(
        [sys.executable, "-m", "tui.catalogue.build", str(store), str(folder)],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def finish(builder: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for the end of a builder. Return what it has written to its output and to its errors."""
    assert builder.stdin
    assert builder.stdout
    assert builder.stderr
    with builder:  # `communicate` would close its input, which ends it
        return builder.stdout.read(), builder.stderr.read()


def test_several_processes_build_at_once(store: Path, folder: Path) -> None:
    processes = [start_builder(store, folder) for _ in range(3)]
    outputs = [finish(builder) for builder in processes]
    assert {(output.splitlines()[-1], errors) for output, errors in outputs} == {
        (json.dumps({"file": str(only_file(folder))}), "")
    }
    assert build.open_current(store, folder)
    assert len(cached_ids(store, folder)) == 60


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Store that takes long enough to compile to be interrupted."""
    path = tmp_path_factory.mktemp("larger") / "store.json"
    with path.open("w", encoding="utf-8") as file:
        corpus.write(file, 250)
    return path


def test_killed_builder_harms_neither_store_nor_cache(larger: Path, folder: Path) -> None:
    before = larger.read_bytes()
    begun = monotonic()
    finish(start_builder(larger, folder))
    duration = monotonic() - begun
    for tenth in range(0, 11, 2):
        only_file(folder).unlink()
        builder = start_builder(larger, folder)
        sleep(duration * tenth / 10)
        builder.kill()
        builder.communicate()
        catalogue = build.open_or_build(larger, folder)
        assert catalogue.counts()["agreement"] == 250
        catalogue.close()
        assert only_file(folder).suffix == ".sqlite", "the next builder removes what a killed one left"
    assert larger.read_bytes() == before


@pytest.mark.parametrize("tenth", [0, 2, 4, 6])
def test_terminated_builder_leaves_no_file(larger: Path, folder: Path, tenth: int) -> None:
    builder = start_builder(larger, folder)
    assert builder.stdout
    for line in builder.stdout:
        if json.loads(line).get("progress", [0])[0] >= tenth * 100:
            break
    builder.terminate()
    builder.communicate()
    assert builder.returncode != 0
    assert list(folder.iterdir()) == []


def test_builder_with_closed_output_ends_and_leaves_no_file(larger: Path, folder: Path) -> None:
    builder = start_builder(larger, folder)
    assert builder.stdout
    builder.stdout.readline()
    builder.stdout.close()
    assert builder.wait() != 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("tenth", [0, 3, 6])
def test_builder_with_closed_input_ends_and_leaves_no_file(
    larger: Path, tmp_path: Path, folder: Path, tenth: int
) -> None:
    output = tmp_path / "output"
    with output.open("w") as file:
        builder = start_builder(larger, folder, file)
    while not any(json.loads(line).get("progress", [-1])[0] >= tenth * 100 for line in output.read_text().splitlines()):
        assert builder.poll() is None
        sleep(0.01)
    assert builder.stdin
    builder.stdin.close()
    assert builder.wait() != 0
    assert list(folder.iterdir()) == []


def test_builder_ends_with_a_killed_parent(tmp_path: Path, folder: Path) -> None:
    store = tmp_path / "larger.json"
    with store.open("w", encoding="utf-8") as file:
        corpus.write(file, 1000)
    parent = pexpect.spawn(sys.executable, ["-c", PARENT, str(store), str(folder)], cwd=str(ROOT), timeout=60)
    builder = int(parent.readline())
    parent.readline()  # the first progress
    assert [file.suffix for file in folder.iterdir()] == [".part"]
    parent.kill(signal.SIGKILL)  # whereupon its terminal is closed
    parent.close()
    for _ in range(500):
        if not Path(f"/proc/{builder}/cmdline").exists() or not Path(f"/proc/{builder}/cmdline").read_bytes():
            break
        sleep(0.02)
    assert list(folder.iterdir()) == []


def test_file_of_a_running_builder_is_not_removed(store: Path, larger: Path, folder: Path) -> None:
    builder = start_builder(larger, folder)
    assert builder.stdout
    builder.stdout.readline()
    build.build_catalogue(store, folder).close()
    output, _ = finish(builder)
    assert "file" in json.loads(output.splitlines()[-1])
    assert len(list(folder.iterdir())) == 2


# -- child process


def test_child_process_compiles_the_whole_catalogue(store: Path, folder: Path) -> None:
    reports: list[tuple[int, int]] = []
    summaries: list[CorpusSummary] = []
    catalogue = build.build_in_subprocess(
        store, folder, lambda done, total: reports.append((done, total)), summaries.append
    )
    assert len(catalogue.all_agreements()) == 60
    assert reports == sorted(reports)
    assert reports[-1][0] == reports[-1][1]
    assert [summary.sizes["agreement"] for summary in summaries] == [60]
    assert only_file(folder).suffix == ".sqlite"
    catalogue.close()


@pytest.mark.parametrize("small", [True, False], ids=["small", "large"])
def test_only_a_large_store_starts_a_child_process(
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


def test_summary_comes_before_the_agreements(folder: Path) -> None:
    reports: list[object] = []
    catalogue = build.build_in_subprocess(
        SHIPPED, folder, lambda done, total: reports.append(done / total), reports.append
    )
    (summary,) = (report for report in reports if isinstance(report, CorpusSummary))
    assert summary == CorpusSummary(catalogue.description(), catalogue.eras(), catalogue.counts())
    assert all(share < 0.2 for share in reports[: reports.index(summary)] if isinstance(share, float))
    catalogue.close()


def test_child_process_reports_the_same_error(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "bad\udcff.json"
    path.write_text("{")
    with pytest.raises(StoreError) as direct:
        build.build_catalogue(path, folder)
    with pytest.raises(StoreError) as in_child:
        build.build_in_subprocess(path, folder)
    assert str(in_child.value) == str(direct.value)
    assert list(folder.iterdir()) == []


def test_exception_in_a_callback_ends_the_child_process(larger: Path, folder: Path) -> None:
    def leave(done: int, total: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        build.build_in_subprocess(larger, folder, leave)
    assert list(folder.iterdir()) == []


def test_this_process_compiles_if_no_child_can_be_started(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for no_python in (str(folder / "nowhere"), "/bin/true"):
        monkeypatch.setattr(sys, "executable", no_python)
        catalogue = build.build_in_subprocess(store, folder)
        assert len(catalogue.all_agreements()) == 60
        catalogue.close()


def test_this_process_compiles_in_memory_if_the_child_cannot_write(store: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file")
    catalogue = build.build_in_subprocess(store, tmp_path / "blocked")
    assert len(catalogue.all_agreements()) == 60
    catalogue.close()


# -- faults while compiling


def test_file_that_vanishes_at_once_makes_it_compile_in_memory(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(old: Path, new: Path) -> None:
        Path(old).unlink()

    monkeypatch.setattr(cache.os, "replace", lose)
    assert len(cached_ids(store, folder)) == 60


def test_store_truncated_while_being_read_is_reported(larger: Path, tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_bytes(larger.read_bytes())

    def cut(done: int, total: int) -> None:
        if done > total // 10:
            os.truncate(path, 1000)

    with pytest.raises(StoreError, match="line 3: the file ends in the middle"):
        build.build_catalogue(path, folder, cut)
    assert list(folder.iterdir()) == []


def test_store_too_large_for_memory_is_reported(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "blocked").write_text("a file")

    def overflow(*_: Any) -> str:
        raise apsw.FullError("database or disk is full")

    monkeypatch.setattr("tui.catalogue.compile.compile_store", overflow)
    with pytest.raises(StoreError, match=r"store\.json is too large to be compiled in memory; make the cache folder"):
        build.build_catalogue(store, tmp_path / "blocked")


def test_failed_build_closes_all_files(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"agreements": {"1": {"id": "a"}')
    for folder in (tmp_path / "cache", path / "no folder"):
        before = len(os.listdir("/proc/self/fd")), len(apsw.connections())
        with pytest.raises(StoreError):
            build.build_catalogue(path, folder)
        assert (len(os.listdir("/proc/self/fd")), len(apsw.connections())) == before
