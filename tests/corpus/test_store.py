"""Reading a store: valid records open, invalid ones are reported with their lines."""

from __future__ import annotations

import json
import re
import shutil
import tracemalloc
from pathlib import Path

import pytest
from tinydb import Query, TinyDB

from tests.helpers.stores import SHIPPED, hostile_store, load, unsafe_characters, write_store
from tui.corpus import store
from tui.corpus.file import StoreError


def raw_store(path: Path, *records: str) -> Path:
    """Write a store with one raw agreement per line, from line 2 on."""
    lines = ",\n".join(f'"{number}": {record}' for number, record in enumerate(records, start=1))
    path.write_bytes(('{"agreements": {\n' + lines + "}}").encode())
    return path


# -- TinyDB


def test_stock_tinydb_opens_and_queries_the_shipped_store(tmp_path: Path) -> None:
    copy = Path(shutil.copy(SHIPPED, tmp_path))
    with TinyDB(copy, encoding="utf-8", access_mode="r") as database:
        assert database.tables() >= {"agreements", "eras", "links", "claims", "sources", "names", "corpus"}
        (found,) = database.table("agreements").search(Query().id == "1941-04-13-neutrality-pact")
    assert found["date"] == "1941-04-13"


def test_record_inserted_by_stock_tinydb_is_read(tmp_path: Path) -> None:
    copy = Path(shutil.copy(SHIPPED, tmp_path))
    with TinyDB(copy, encoding="utf-8") as database:
        database.table("agreements").insert({"id": "new", "titles": {"en": "New", "ja": "新しい"}, "date": "1951"})
    corpus = load(copy)
    assert corpus.problems == []
    assert corpus.agreements[-1].name == "New"
    assert len(corpus.agreements) == 83


def test_store_is_read_only(tmp_path: Path) -> None:
    path = write_store(tmp_path / "store.json", agreements=[{"id": "a"}])
    before = path.read_bytes(), path.stat().st_mtime_ns
    opened = store.Store(path)
    list(opened.read("agreements", store.Agreement))
    with pytest.raises(PermissionError):
        opened._storage.write({})
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["store.json"]


def test_store_is_never_wholly_in_memory(tmp_path: Path) -> None:
    path = raw_store(
        tmp_path / "s.json", *(json.dumps({"id": f"a{n}", "summary": "word " * 2000}) for n in range(2000))
    )
    tracemalloc.start()
    try:
        opened = store.Store(path)
        assert sum(1 for _ in store.read_unique(opened, "agreements", store.Agreement)) == 2000
        assert opened.get("agreements", 2000, store.Agreement).id == "a1999"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    opened.close()
    assert peak < path.stat().st_size / 2


# -- records


def test_read_yields_lines_and_count_includes_invalid_records(tmp_path: Path) -> None:
    opened = store.Store(raw_store(tmp_path / "s.json", '{"id": "a"}', "4", '{"id": "b"}'))
    assert opened.count("agreements") == 3
    assert opened.count("eras") == opened.count("no such table") == 0
    assert [(location.line, record.id) for location, record in opened.read("agreements", store.Agreement)] == [
        (2, "a"),
        (4, "b"),
    ]
    assert list(opened.read("eras", store.Era)) == []


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("4", "must be an object"),
        ("null", "must be an object"),
        ('["a"]', "must be an object"),
        ('"text"', "must be an object"),
        ("{}", "id"),
        ('{"id": 4}', "id: expected text, got a number"),
        ('{"id": null}', "id"),
        ('{"id": ""}', "empty id"),
        ('{"id": "  "}', "empty id"),
        ('{"id": "bad", "parties": "one"}', "parties"),
        ('{"id": "bad", "provisions": [{"ref": "1"}]}', r"provisions\[0\].*text"),
        ('{"id": "bad", "events": [{"kind": "dreamt"}]}', "dreamt"),
        ('{"id": "bad", "titles": []}', "titles"),
        ('{"id": "bad", "id": "worse"}', "twice"),
        ('{"id": "bad", "x": NaN}', "NaN"),
        ('{"id": "bad", "x": ' + "1" * 9000 + "}", "too long"),
        ('{"id": "bad", }', "not valid JSON"),
        ('{"id": "bad", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", "too deeply"),
        ('{"\\u0000fault": 5}', "id"),
        ('{"id": "good one"}', "already"),
    ],
    ids=lambda value: str(value)[:32],
)
def test_invalid_record_is_reported_and_others_open(tmp_path: Path, bad: str, message: str) -> None:
    path = raw_store(tmp_path / "s.json", '{"id": "good one"}', bad, '{"id": "good two"}')
    corpus = load(path)
    assert [agreement.id for agreement in corpus.agreements] == ["good one", "good two"]
    (problem,) = corpus.problems
    assert (problem.line, problem.table) == (3, "agreements")
    assert re.search(message, problem.message), problem.message
    assert "\n" not in problem.message


@pytest.mark.parametrize("depth", [50, 200, 450, 600, 800, 950, 990, 1100, 5000])
def test_record_of_any_depth_opens_or_is_reported(tmp_path: Path, depth: int) -> None:
    """The steps after parsing accept every depth that Python's parser accepts."""
    deep = '{"id": "deep", "unknown": ' + "[" * depth + "]" * depth + "}"
    corpus = load(raw_store(tmp_path / "s.json", deep, '{"id": "good"}'))
    assert "good" in [agreement.id for agreement in corpus.agreements]
    assert len(corpus.agreements) + len(corpus.problems) == 2


@pytest.mark.parametrize("value", ["1e999", "-0", "123456789012345678901234567890", "1.5", "true"])
def test_unusual_numbers_in_an_unknown_field_are_ignored(tmp_path: Path, value: str) -> None:
    corpus = load(raw_store(tmp_path / "s.json", '{"id": "a", "x": ' + value + "}"))
    assert [agreement.id for agreement in corpus.agreements] == ["a"]


@pytest.mark.parametrize("key", ["x", "", "-1", "1.0", "１", "9" * 30, "1 ", "\\ud800", "\\u001b[31m", "\\u0000fault"])
def test_key_that_is_no_whole_number_is_reported(tmp_path: Path, key: str) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"agreements": {"' + key + '": {"id": "a"}, "7": {"id": "b"}}}', encoding="utf-8")
    corpus = load(path)
    assert [agreement.id for agreement in corpus.agreements] == ["b"]
    (problem,) = corpus.problems
    assert "whole number" in problem.message
    assert unsafe_characters(problem.record + problem.message, allowed="") == []


def test_first_record_keeps_a_repeated_number(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"agreements": {"1": {"id": "a"}, "1": {"id": "b"}, "01": {"id": "c"}}}', encoding="utf-8")
    corpus = load(path)
    assert [agreement.id for agreement in corpus.agreements] == ["a"]
    assert ["taken" in problem.message for problem in corpus.problems] == [True, True]


@pytest.mark.parametrize("table", ["eras", "agreements", "claims", "sources", "names"])
def test_first_record_keeps_a_repeated_id(tmp_path: Path, table: str) -> None:
    whole = {"title": "t", "source": "s", "locus": "1", "about": "a", "says": "x", "verdict": "agrees"}
    whole |= {"kind": "term" if table == "names" else "treaty", "name": "n", "note": "first"}
    path = write_store(tmp_path / "s.json", {table: [{**whole, "id": "x"}, {**whole, "id": "x", "note": "second"}]})
    corpus = load(path)
    assert len(getattr(corpus, table)) == 1
    assert [problem.table for problem in corpus.problems] == [table]


def test_unknown_fields_and_tables_are_ignored(tmp_path: Path) -> None:
    path = write_store(tmp_path / "s.json", agreements=[{"id": "a", "later": {"x": 1}}], later=[{"id": "b"}])
    corpus = load(path)
    assert len(corpus.agreements) == 1
    assert corpus.problems == []


def test_hostile_text_is_safe_once_loaded(tmp_path: Path) -> None:
    corpus = load(hostile_store(tmp_path / "s.json"))
    assert corpus.problems == []
    assert len(corpus.agreements) == 2
    from msgspec import json as fast

    assert unsafe_characters(json.dumps(json.loads(fast.encode(corpus)), ensure_ascii=False)) == []


def test_shipped_store_has_no_problems() -> None:
    assert load(SHIPPED).problems == []


def test_store_needs_a_table_of_agreements(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"_default": {"1": {"a": 1}}}', encoding="utf-8")
    with pytest.raises(StoreError, match="no table of agreements"):
        load(path)
