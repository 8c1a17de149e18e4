"""Size of what a store holds: long texts and lists take memory and work in proportion to their length."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from tests.helpers.long_records import LONG
from tests.helpers.stores import load, write_store
from tests.helpers.work import peak, steps
from tui.corpus import calendars, scan, text
from tui.corpus.check import check

SHORT, LONGER = 60, 360
MOST_GROWTH = 1.2 * LONGER / SHORT
"""Little more than linear growth: the steps of Python are counted, which are the same in every run."""
LENGTH = 200_000
MOST_MEMORY = 20
"""Bytes of memory that a byte of a store may take while it is read."""

PIECES = ("[[a|", "[[", "[[a", "[[a|b\n", "[[a| \n\t", "]]", "[", "x", "\n", "\n ", " \n", " ", "漁", "e\u0301", "‹")
LONG_TEXTS = [f"[[a|{'x' * LENGTH}", f"[[a|{'x ' * LENGTH}]]", *(piece * (LENGTH // len(piece)) for piece in PIECES)]


@pytest.mark.parametrize("source", LONG_TEXTS, ids=lambda source: repr(source[:6]))
def test_long_text_is_read_in_little_memory(source: str) -> None:
    size = len(source.encode())
    for read in (text.paragraphs, text.plain, text.targets):
        assert peak(lambda read=read: read(source)) < MOST_MEMORY * size, read


@pytest.mark.parametrize("piece", ["\n", "a\n", '"', "\\", "漁", "}", "x"], ids=repr)
@pytest.mark.parametrize("value", ['{{"a": {long}}}', "{long}", '{{"a": 1}}, {long}: 1'], ids=("field", "value", "key"))
def test_long_string_is_scanned_in_little_memory(piece: str, value: str) -> None:
    written = value.format(long=json.dumps(piece * LENGTH))
    raw = f'{{"t": {{"1": {written}}}}}'.encode()
    pieces = [raw[at : at + 4096] for at in range(0, len(raw), 4096)]
    found: list[scan.RecordExtent] = []
    memory = peak(lambda: found.extend(record for _, records in scan.scan_tables(pieces) for record in records))
    assert memory < MOST_MEMORY * len(raw)
    assert found[-1].end == len(raw) - 2


@pytest.mark.parametrize("many", LONG)
def test_work_of_reading_and_checking_grows_with_the_store(tmp_path: Path, many: str) -> None:
    work: dict[int, list[int]] = {}
    for length in (SHORT, LONGER):
        store = write_store(tmp_path / f"{length}.json", LONG[many](length))
        work[length] = [steps(partial(read, store)) for read in (load, check)]
    assert max(most / least for least, most in zip(work[SHORT], work[LONGER], strict=True)) < MOST_GROWTH


def test_words_of_a_long_provision_are_compared_in_little_memory(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(30_000))
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "provisions": [{"text": words}]}, {"id": "b"}])
    check(store)
    assert peak(lambda: check(store)) < MOST_MEMORY * store.stat().st_size


@pytest.mark.parametrize("written", ["~" * 40 + "?" * 40, "1/" * 40, "[" * 40 + "]" * 40, "~" * LENGTH, "1 to " * 16])
def test_date_of_nested_forms_is_read_in_few_steps(written: str) -> None:
    calendars.edtf.cache_clear()
    assert steps(lambda: calendars.edtf(written)) < 1_000_000
