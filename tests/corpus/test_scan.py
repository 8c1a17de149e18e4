"""Scanner: records located in raw bytes with their lines, at any depth."""

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


def scan_pieces(raw: bytes, piece: int = 1 << 20) -> dict[str, list[scan.RecordExtent]]:
    """Scan a file split into pieces of the given size."""
    found: dict[str, list[scan.RecordExtent]] = {}
    for table, records in scan.scan_tables(raw[at : at + piece] for at in range(0, len(raw), piece)):
        found.setdefault(table, []).extend(records)
    return found


def decode(raw: bytes, record: scan.RecordExtent) -> object:
    return scan.decode(raw[record.start : record.end], record.line)


@given(stores, st.sampled_from([None, 0, 1, 3]), st.integers(1, 40))
def test_scanner_finds_the_same_records_as_json(
    store: dict[str, dict[str, object]], indent: int | None, piece: int
) -> None:
    raw = json.dumps(store, indent=indent).encode()
    assert {
        table: {record.key: decode(raw, record) for record in records}
        for table, records in scan_pieces(raw, piece).items()
    } == store


@given(stores, st.integers(1, 40))
def test_scanner_reads_unescaped_letters(store: dict[str, dict[str, object]], piece: int) -> None:
    raw = json.dumps(store, ensure_ascii=False).encode()
    assert {
        table: {record.key: decode(raw, record) for record in records}
        for table, records in scan_pieces(raw, piece).items()
    } == store


def test_value_longer_than_one_regex_step_is_one_record() -> None:
    value = {"flat": ["}"] * 3000, "nested": [["]", {"a": "{"}]] * 3000, "more": "x"}
    raw = json.dumps({"t": {"1": value, "2": 5}}).encode()
    assert [decode(raw, record) for record in scan_pieces(raw, 700)["t"]] == [value, 5]


def test_records_have_their_first_line() -> None:
    raw = b'{\n"t": {\n\n"1": {"a":\n1}, "2":\n {"b": "\\n"}},\n"u": {"9": 0}}'
    found = scan_pieces(raw, 5)
    assert [(record.key, record.line) for record in found["t"]] == [("1", 4), ("2", 6)]
    assert [(record.key, record.line) for record in found["u"]] == [("9", 7)]


def test_repeated_key_is_found_twice() -> None:
    found = scan_pieces(b'{"t": {"1": 1, "1": 2}, "t": {"3": 3}}')
    assert [record.key for record in found["t"]] == ["1", "1", "3"]


def test_brackets_and_quotes_in_strings_are_ignored() -> None:
    raw = b'{"t": {"1": {"a": "}]\\"{[", "b": "\\\\"}, "2": "{"}}'
    assert [decode(raw, record) for record in scan_pieces(raw)["t"]] == [{"a": '}]"{[', "b": "\\"}, "{"]


@pytest.mark.parametrize(
    "inner", ['{"1": {"a": 1}, "2": {"b": 2}}', '[{"a": 1}, "2", {"b": [2]}]', '"}, \\"2\\": {"', "[[[]]]"]
)
def test_nested_value_like_a_next_record_is_not_one(inner: str) -> None:
    records = {str(number): {"x": json.loads(inner), "y": number} for number in range(30)}
    raw = json.dumps({"t": records, "u": records}).encode()
    assert {
        table: {record.key: decode(raw, record) for record in records}
        for table, records in scan_pieces(raw, 64).items()
    } == {"t": records, "u": records}


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
def test_malformed_store_is_reported_with_its_line(text: str, line: int) -> None:
    with pytest.raises(scan.Malformed) as refused:
        scan_pieces(text.encode())
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
def test_malformed_record_has_a_reason(record: str, message: str) -> None:
    raw = ('{"t": {"1": ' + record + "}}").encode()
    (found,) = scan_pieces(raw)["t"]
    with pytest.raises(scan.Malformed, match=message):
        decode(raw, found)


@given(st.one_of(st.binary(), st.text('{}[]":,\\ \n1at').map(str.encode)), st.integers(1, 9))
def test_result_does_not_depend_on_piece_size(raw: bytes, piece: int) -> None:
    found, faults = try_scan(raw, piece)
    assert (found, [str(fault) for fault in faults]) == (try_scan(raw)[0], [str(fault) for fault in try_scan(raw)[1]])
    for record in (record for records in found.values() for record in records):
        try:
            decode(raw, record)
        except scan.Malformed as error:
            faults.append(error)
    assert all(1 <= fault.line <= raw.count(b"\n") + 1 for fault in faults)


def try_scan(raw: bytes, piece: int = 1 << 20) -> tuple[dict[str, list[scan.RecordExtent]], list[scan.Malformed]]:
    try:
        return scan_pieces(raw, piece), []
    except scan.Malformed as error:
        return {}, [error]
