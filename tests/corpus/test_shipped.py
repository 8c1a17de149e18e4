"""Shipped corpus: size, order and lossless conversion to records."""

from __future__ import annotations

import json

import msgspec
import pytest

from tests.helpers.stores import SHIPPED, load
from tui.corpus import dates, safe
from tui.corpus.records import PARAGRAPHS, TABLES


@pytest.fixture(scope="module")
def raw() -> dict[str, dict[str, dict[str, object]]]:
    return json.loads(SHIPPED.read_text(encoding="utf-8"))


def test_shipped_corpus_has_82_agreements_and_six_eras() -> None:
    corpus = load(SHIPPED)
    assert len(corpus.agreements) == 82
    assert [(era.id, era.background) for era in corpus.eras] == [
        ("interwar", False),
        ("war", False),
        ("postwar", False),
        ("detente", False),
        ("antecedents", True),
        ("aftermath", True),
    ]


@pytest.mark.parametrize("table", TABLES)
def test_conversion_to_records_loses_no_field(raw: dict[str, dict[str, dict[str, object]]], table: str) -> None:
    """A record converted back to JSON equals the stored one, except for default values."""
    kind = TABLES[table]
    for document in raw[table].values():
        record = msgspec.convert(document, kind)
        again = msgspec.convert(msgspec.to_builtins(record), kind)
        assert again == record
        assert _pruned(msgspec.to_builtins(record)) == _pruned(document)


def _pruned(value: object) -> object:
    """Return a JSON value without null, false and empty values."""
    if isinstance(value, dict):
        return {key: _pruned(item) for key, item in value.items() if item not in (None, "", [], (), {}, False)}
    if isinstance(value, list | tuple):
        return [_pruned(item) for item in value]
    return value


def test_file_has_two_space_indent_and_sorted_keys(raw: dict[str, dict[str, dict[str, object]]]) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text == json.dumps(raw, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert "\\u" not in text
    assert "\r" not in text


def test_every_string_is_safe(raw: dict[str, dict[str, object]]) -> None:
    for table in raw.values():
        for record in table.values():
            assert safe.value(record, PARAGRAPHS) == record


def test_every_date_is_valid() -> None:
    corpus = load(SHIPPED)
    written = [
        *(agreement.date for agreement in corpus.agreements),
        *(event.date for agreement in corpus.agreements for event in agreement.events),
        *(era.span for era in corpus.eras),
    ]
    assert [text for text in written if text and dates.read(text) is None] == []
