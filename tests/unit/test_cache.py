"""Compiled catalogues: reused while the store is the same, built anew otherwise, never half written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from support import ROOT, write_store

from tui.catalogue import cache, schema
from tui.corpus.file import StoreError

SOME = [{"id": f"a{number}", "summary": "Fish and timber. " * 30} for number in range(60)]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return write_store(tmp_path / "store.json", agreements=SOME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "caches" / "ours"


def ids(store: Path, folder: Path) -> list[str]:
    """The ids by way of the cache, after a search too, since it reads the other half of the file."""
    catalogue = cache.open_or_build(store, folder)
    try:
        assert catalogue.searcher().search("timber").total == len(catalogue.all_leaves())
        return [leaf.id for leaf in catalogue.all_leaves()]
    finally:
        catalogue.close()


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_nothing_is_there_before_it_is_built(store: Path, folder: Path) -> None:
    assert cache.open_fresh(store, folder) is None
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
    assert cache.open_fresh(store, folder) is None


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
    assert cache.open_fresh(Path("store.json"), folder) is not None


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
    catalogue = cache.open_fresh(store, folder)
    assert catalogue is not None
    catalogue.searcher().search("timber")
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
        cache.build(path, folder)
    assert list(folder.iterdir()) == []


def test_no_part_is_left_when_the_compiling_is_broken_off_and_the_old_file_stays(store: Path, folder: Path) -> None:
    ids(store, folder)
    old = only_file(folder).read_bytes()

    def leave(done: int, total: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        cache.build(store, folder, leave)
    assert only_file(folder).read_bytes() == old


def test_progress_counts_up_to_the_total(store: Path, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    cache.build(store, folder, lambda done, total: told.append((done, total))).close()
    assert told[-1] == (60, 60)
    assert told == sorted(told)


def test_two_processes_may_build_at_once(store: Path, folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tui.catalogue import cache; sys.stdin.read(1);"
        "c = cache.build(Path(sys.argv[1]), Path(sys.argv[2])); "
        "print(len(c.all_leaves()), c.searcher().search('timber').total)"
    )
    builders = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(store), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(3)
    ]
    for builder in builders:
        assert builder.stdin is not None
        builder.stdin.write("g")
        builder.stdin.flush()
    said = [builder.communicate() for builder in builders]
    assert said == [("60 60\n", "")] * 3
    assert only_file(folder).suffix == ".sqlite"
    assert len(ids(store, folder)) == 60


def test_a_reader_keeps_its_catalogue_while_another_builds_a_new_one(store: Path, folder: Path) -> None:
    reader = cache.open_or_build(store, folder)
    searcher = reader.searcher()
    write_store(store, agreements=SOME[:2])
    assert len(ids(store, folder)) == 2
    assert len(reader.all_leaves()) == searcher.search("timber").total == 60
    reader.close()
