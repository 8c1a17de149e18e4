"""The shipped corpus: how much it holds, in which order, and that the records carry every field of the store."""

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


def test_it_holds_eighty_two_agreements_and_six_eras() -> None:
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
def test_no_field_is_lost_between_the_store_and_the_records(
    raw: dict[str, dict[str, dict[str, object]]], table: str
) -> None:
    """Default values apart, which need not be written, a record turned back into JSON is the record of the store."""
    kind = TABLES[table]
    for document in raw[table].values():
        record = msgspec.convert(document, kind)
        again = msgspec.convert(msgspec.to_builtins(record), kind)
        assert again == record
        assert _pruned(msgspec.to_builtins(record)) == _pruned(document)


def _pruned(value: object) -> object:
    """A JSON value without what says nothing: null, false and what is empty."""
    if isinstance(value, dict):
        return {key: _pruned(item) for key, item in value.items() if item not in (None, "", [], (), {}, False)}
    if isinstance(value, list | tuple):
        return [_pruned(item) for item in value]
    return value


def test_the_file_is_written_as_a_change_reads_best(raw: dict[str, dict[str, dict[str, object]]]) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.rstrip("\n") == json.dumps(raw, ensure_ascii=False, indent=2, sort_keys=True)
    assert "\\u" not in text
    assert "\r" not in text


def test_every_string_is_fit_to_show_as_it_stands(raw: dict[str, dict[str, object]]) -> None:
    for table in raw.values():
        for record in table.values():
            assert safe.value(record, PARAGRAPHS) == record


def test_every_date_can_be_read() -> None:
    corpus = load(SHIPPED)
    written = [
        *(agreement.date for agreement in corpus.agreements),
        *(event.date for agreement in corpus.agreements for event in agreement.events),
        *(era.span for era in corpus.eras),
    ]
    assert [text for text in written if text and dates.read(text) is None] == []
