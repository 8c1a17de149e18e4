"""Helpers of the catalogue tests: agreements of a small store, and the content of a cache folder."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from tests.helpers.searching import search
from tui.catalogue import build
from tui.search.engine import open_searcher

AGREEMENTS = [{"id": f"a{number}", "summary": "Fish and timber. " * 30} for number in range(60)]


def cached_ids(store: Path, folder: Path) -> list[str]:
    """Return the ids in the catalogue of a store, after a search, because that reads the other half of the file."""
    catalogue = build.open_or_build(store, folder)
    try:
        assert search(open_searcher(catalogue), "timber").total == len(catalogue.all_agreements())
        return [summary.id for summary in catalogue.all_agreements()]
    finally:
        catalogue.close()


def only_file(folder: Path) -> Path:
    """Return the one file in a folder."""
    (file,) = folder.iterdir()
    return file


def change(file: Path, sql: str) -> None:
    """Execute SQL in a catalogue file, as any program with SQLite may."""
    connection = apsw.Connection(str(file))
    connection.execute(sql)
    connection.close()


def damage_sealed(file: Path, sql: str) -> None:
    """Execute SQL in a catalogue file and restore its seal, so that the damage shows only where it is read."""
    seal = file.stat().st_mtime_ns
    change(file, sql)
    os.utime(file, ns=(seal, seal))
