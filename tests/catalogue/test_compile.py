"""Content of a compiled catalogue: numbering and checksums."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.stores import SHIPPED, hostile_record, hostile_store, write_store
from tui.catalogue import build
from tui.catalogue.columns import count, name
from tui.catalogue.reader import CatalogueReader
from tui.corpus import safe


def test_agreements_are_numbered_by_date_with_undated_last(tmp_path: Path) -> None:
    dates = {"none": None, "b": "1941-04-13", "odd": "soon", "a": "1941-04-13", "month": "1941-04", "old": "1925~"}
    store = write_store(tmp_path / "s.json", agreements=[{"id": id, "date": date} for id, date in dates.items()])
    catalogue = build.build_catalogue(store, tmp_path / "cache")
    numbered = catalogue.fetch_all("SELECT number, id FROM agreement ORDER BY number", (count, name))
    assert numbered == list(enumerate(["old", "month", "a", "b", "none", "odd"], start=1))
    assert catalogue.fetch_all("SELECT rowid FROM search ORDER BY rowid", (count,)) == [
        (number,) for number, _ in numbered
    ]
    catalogue.close()


# -- checksums


def independent_checksum(value: Any) -> str:
    """Return the checksum of a JSON value, written out without the program."""

    def write(part: Any) -> str:
        if isinstance(part, dict):
            return "{" + ",".join(f"{write(key)}:{write(part[key])}" for key in sorted(part)) + "}"
        if isinstance(part, list):
            return "[" + ",".join(map(write, part)) + "]"
        return json.dumps(part, ensure_ascii=False)

    return sha256(write(value).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def checksum_of(tmp_path: Path, text: str) -> str | None:
    """Return the checksum of agreement `a` in a store that holds this JSON text as its only record."""
    path = tmp_path / "one.json"
    path.write_text(f'{{"agreements": {{"1": {text}}}}}', encoding="utf-8")
    catalogue = build.build_catalogue(path, tmp_path / "cache")
    try:
        return catalogue.checksum("a")
    finally:
        catalogue.close()


@pytest.mark.parametrize(
    "agreement_id", ["1925-01-20-peking-convention", "1941-04-13-neutrality-pact", "1956-10-19-joint-declaration"]
)
def test_checksum_is_that_of_the_record_in_the_store(shipped: CatalogueReader, agreement_id: str) -> None:
    records = json.loads(SHIPPED.read_text(encoding="utf-8"))["agreements"].values()
    (record,) = (record for record in records if record["id"] == agreement_id)
    assert shipped.checksum(agreement_id) == independent_checksum(record)


def test_checksum_of_an_unknown_id_is_none(shipped: CatalogueReader) -> None:
    assert shipped.checksum("no-such-id") is None


def test_checksum_is_of_the_text_before_it_is_made_safe(tmp_path: Path) -> None:
    catalogue = build.build_catalogue(hostile_store(tmp_path / "s.json"), tmp_path / "cache")
    record = hostile_record("agreements", id="plain", era="era", date="1941-04-13")
    assert safe.value(record) != record
    assert catalogue.checksum("plain") == independent_checksum(record)
    catalogue.close()


def test_checksum_changes_with_any_field(tmp_path: Path) -> None:
    record = {**hostile_record("agreements", "words"), "id": "a", "unknown": {"field": [1]}}
    found = {checksum_of(tmp_path, json.dumps(record))}
    for field in set(record) - {"id"}:
        found.add(checksum_of(tmp_path, json.dumps({key: value for key, value in record.items() if key != field})))
    assert len(found) == len(record)


def test_checksum_ignores_order_of_keys_white_space_and_escapes(tmp_path: Path) -> None:
    expected = independent_checksum({"id": "a", "short_title": "漁業", "titles": {"en": "E", "ru": "Р"}})
    for text in (
        '{"id":"a","short_title":"漁業","titles":{"en":"E","ru":"Р"}}',
        '{ "titles": {"ru": "Р",\n\n "en": "E"}, "short_title": "\\u6f01\\u696d",\t"id": "a" }',
    ):
        assert checksum_of(tmp_path, text) == expected


def test_record_to_which_most_links_lead_is_the_first_of_its_day(tmp_path: Path) -> None:
    agreements = [{"id": id, "date": "1925-01-20"} for id in ("annex", "convention", "protocol")]
    agreements.append({"id": "earlier", "date": "1925-01-19"})
    links = [{"from": id, "to": "convention", "type": "supplements", "reason": "x"} for id in ("annex", "protocol")]
    store = write_store(tmp_path / "s.json", agreements=agreements, links=links)
    reader = build.build_catalogue(store, tmp_path / "cache")
    ids = [summary.id for summary in reader.all_agreements()]
    reader.close()
    assert ids == ["earlier", "convention", "annex", "protocol"]
