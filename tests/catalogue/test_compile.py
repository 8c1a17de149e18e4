"""What stands in a compiled catalogue, beside what a reader sees of it."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.stores import write_store
from tui.catalogue import cache


def test_agreements_are_numbered_by_date_and_those_without_one_last(tmp_path: Path) -> None:
    dates = {"none": None, "b": "1941-04-13", "odd": "soon", "a": "1941-04-13", "month": "1941-04", "old": "1925~"}
    store = write_store(tmp_path / "s.json", agreements=[{"id": id, "date": date} for id, date in dates.items()])
    catalogue = cache.build(store, tmp_path / "cache")
    numbered = catalogue.fetch_all("SELECT number, id FROM agreement ORDER BY number")
    assert numbered == list(enumerate(["old", "month", "a", "b", "none", "odd"], start=1))
    assert catalogue.fetch_all("SELECT rowid FROM search ORDER BY rowid") == [(number,) for number, _ in numbered]
    catalogue.close()
