"""Identity of a catalogue: a file compiled from other records or into other tables is never opened."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.stores import write_store
from tui.catalogue import build, cache, schema
from tui.catalogue import compile as compilation
from tui.corpus import records
from tui.corpus.records import TABLES, Agreement
from tui.corpus.schema import store_schema


class AgreementWithUntil(Agreement, frozen=True, kw_only=True):
    """The record of an agreement after a field was added."""

    until: str = ""


def without_descriptions(value: Any) -> Any:
    """Return the JSON Schema without its prose; a field that is called `description` stays."""
    if isinstance(value, dict):
        return {
            key: without_descriptions(part)
            for key, part in value.items()
            if key != "description" or not isinstance(part, str)
        }
    return [without_descriptions(part) for part in value] if isinstance(value, list) else value


def definitions_digest() -> str:
    """Return the digest that schema.DEFINITIONS_DIGEST must be."""
    tables = [schema.TABLES, schema.CLAIMS, schema.INDEXES, schema.SEARCH]
    definitions = [without_descriptions(store_schema()), tables]
    return sha256(json.dumps(definitions, sort_keys=True).encode()).hexdigest()[:16]


def until_of_a(store: Path, folder: Path) -> str:
    """Return the new field of agreement `a`, read from the catalogue in the folder."""
    catalogue = build.open_or_build(store, folder)
    agreement = catalogue.agreement("a")
    catalogue.close()
    assert isinstance(agreement, AgreementWithUntil)
    return agreement.until


def test_digest_is_that_of_the_record_schema_and_the_tables() -> None:
    assert definitions_digest() == schema.DEFINITIONS_DIGEST, "write the left one into tui/catalogue/schema.py"


def test_digest_changes_with_a_field_of_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TABLES, "agreements", AgreementWithUntil)
    assert definitions_digest() != schema.DEFINITIONS_DIGEST


@pytest.mark.parametrize("name", ["TABLES", "CLAIMS", "INDEXES", "SEARCH"])
def test_digest_changes_with_a_table(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(schema, name, getattr(schema, name)[:-1])
    assert definitions_digest() != schema.DEFINITIONS_DIGEST


def test_digest_ignores_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    before = store_schema()
    monkeypatch.setattr(Agreement, "__doc__", "Other words.")
    assert store_schema() != before
    assert definitions_digest() == schema.DEFINITIONS_DIGEST


def test_new_field_is_never_read_as_absent_from_an_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "until": "1946-04-25"}])
    build.build_catalogue(store, tmp_path / "cache").close()

    monkeypatch.setitem(TABLES, "agreements", AgreementWithUntil)
    monkeypatch.setattr(records, "Agreement", AgreementWithUntil)
    monkeypatch.setattr(compilation, "Agreement", AgreementWithUntil)
    assert until_of_a(store, tmp_path / "cache") == "", "what the digest prevents"
    monkeypatch.setattr(schema, "DEFINITIONS_DIGEST", definitions_digest())
    assert build.open_current(store, tmp_path / "cache") is None
    assert until_of_a(store, tmp_path / "cache") == "1946-04-25"


def test_file_without_a_digest_is_not_opened(tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a"}])
    build.build_catalogue(store, tmp_path / "cache").close()
    connection = schema.connect(cache.catalogue_file(store, tmp_path / "cache"), writable=True)
    connection.execute("DELETE FROM meta WHERE key = 'definitions'")
    connection.close()
    assert build.open_current(store, tmp_path / "cache") is None
