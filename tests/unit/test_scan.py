"""The scanner: records found in raw text by their brackets, each with its line, at any depth."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.corpus import scan

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
stores = st.dictionaries(st.text(), st.dictionaries(st.text(), values, max_size=4), max_size=4)


@given(stores, st.sampled_from([None, 0, 1, 3]), st.booleans())
def test_what_json_reads_the_scanner_finds(store: dict[str, dict[str, object]], indent: int | None, raw: bool) -> None:
    text = json.dumps(store, indent=indent, ensure_ascii=not raw)
    found = scan.tables(text)
    assert {
        table: {record.key: scan.decode(text, record) for record in records} for table, records in found.items()
    } == store


def test_each_record_knows_its_first_line() -> None:
    text = '{\n"t": {\n\n"1": {"a":\n1}, "2":\n {"b": "\\n"}},\n"u": {"9": 0}}'
    found = scan.tables(text)
    assert [(record.key, record.line) for record in found["t"]] == [("1", 4), ("2", 6)]
    assert [(record.key, record.line) for record in found["u"]] == [("9", 7)]


def test_a_key_that_stands_twice_is_found_twice() -> None:
    found = scan.tables('{"t": {"1": 1, "1": 2}, "t": {"3": 3}}')
    assert [record.key for record in found["t"]] == ["1", "1", "3"]


def test_brackets_and_quotes_in_strings_are_text() -> None:
    text = '{"t": {"1": {"a": "}]\\"{[", "b": "\\\\"}, "2": "{"}}'
    assert [scan.decode(text, record) for record in scan.tables(text)["t"]] == [{"a": '}]"{[', "b": "\\"}, "{"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[]", 1),
        ("1", 1),
        ('"a"', 1),
        ("{", 1),
        ('{"a"', 1),
        ('{"a":', 1),
        ('{"a": {}', 1),
        ('{"a": {},}', 1),
        ('{"a": {} "b": {}}', 1),
        ("{a: {}}", 1),
        ('{"a": []}', 1),
        ('\n{\n"a": {},\n"b": 3}', 4),
        ('{"a": {"1": {}}}\n\n{}', 3),
        ('{"a": {"1": }}', 1),
        ('{"a": {"1": {"b": "c}}}', 1),
        ('{"a": {"1": ' + "[" * 100_000, 1),
        ('{"a": {"1": {"b": "' + "\\" * 100_001, 1),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_object_of_tables_is_malformed_at_its_line(text: str, line: int) -> None:
    with pytest.raises(scan.Malformed) as refused:
        scan.tables(text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("{'a': 1}", "not valid JSON"),
        ('{"a": 1,}', "not valid JSON"),
        ('{"a": "\n"}', "not valid JSON"),
        ('{"a": [1}}', "not valid JSON"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1, "a": 2}', "the field 'a' twice"),
        ('{"a": {"b": 1, "b": 2}}', "the field 'b' twice"),
        ('{"a": ' + "9" * 10_000 + "}", "too long"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ("tru", "not valid JSON"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_record_that_json_does_not_know_says_why(record: str, message: str) -> None:
    text = '{"t": {"1": ' + record + "}}"
    (found,) = scan.tables(text)["t"]
    with pytest.raises(scan.Malformed, match=message):
        scan.decode(text, found)


@given(st.one_of(st.text(), st.text('{}[]":,\\ \n1at')))
def test_any_text_is_scanned_or_malformed(text: str) -> None:
    faults = []
    try:
        found = scan.tables(text)
    except scan.Malformed as error:
        found = {}
        faults.append(error)
    for record in (record for records in found.values() for record in records):
        try:
            scan.decode(text, record)
        except scan.Malformed as error:
            faults.append(error)
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults)
