"""Damaged and hostile files open or give one plain sentence, never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.helpers.stores import load, unsafe_characters, write_store
from tui import cli
from tui.catalogue import build
from tui.cli.program import BAD_STORE
from tui.corpus import file, store
from tui.corpus.file import StoreError

SMALL = (
    b'{"eras": {"1": {"id": "war", "title": "War \xe2\x80\x93 \xe6\x88\xa6\xe4\xba\x89"}},\n'
    b' "agreements": {"1": {"id": "pact", "titles": {"en": "A \\"pact\\"", "ja": "\xe6\x9d\xa1\xe7\xb4\x84"},\n'
    b'  "events": [{"kind": "signed", "date": "1941-04-13"}]}, "2": {"id": "note"}}}\n'
)
NOT_A_STORE: dict[str, bytes] = {
    "empty": b"",
    "only space": b" \n\t\n",
    "only a byte order mark": b"\xef\xbb\xbf",
    "only zero bytes": b"\x00" * 4096,
    "not JSON": b"Dear reader,\nthis is a letter.\n",
    "html": b"<!doctype html><title>404</title>",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a list": b'[{"id": "a"}]',
    "a number": b"3",
    "null": b"null",
    "a string": b'"agreements"',
    "an empty object": b"{}",
    "no agreements": b'{"eras": {}}',
    "agreements a list": b'{"agreements": [{"id": "a"}]}',
    "agreements a number": b'{"agreements": 4}',
    "agreements null": b'{"agreements": null}',
    "single quotes": b"{'agreements': {}}",
    "a comma too many": b'{"agreements": {},}',
    "two stores": SMALL + SMALL,
    "text after the end": SMALL + b"x",
    "UTF-16": SMALL.decode().encode("utf-16"),
    "UTF-32": SMALL.decode().encode("utf-32"),
    "Latin 1": '{"agreements": {"1": {"id": "détente"}}}'.encode("latin-1"),
    "an invalid byte": SMALL.replace(b"pact", b"p\xff\xfect", 1),
    "an overlong form": SMALL.replace(b"pact", b"\xc0\xaf", 1),
    "a raw surrogate": SMALL.replace(b"pact", b"\xed\xa0\x80", 1),
    "100,000 lists deep": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "100,000 deep and never closed": b'{"agreements": {"1": ' + b"[" * 100_000,
    "a table name that does not end": b'{"agre',
    "a million quotes": b'{"agreements": {"1": {"a": ' + b'"' * 1_000_001,
    "a million backslashes": b'{"agreements": {"1": {"a": "' + b"\\" * 1_000_001,
}


def sentence_of(error: StoreError, path: Path) -> str:
    sentence = str(error)
    assert file.display_path(path) in sentence
    assert sentence.endswith(".")
    assert unsafe_characters(sentence, allowed="") == []
    assert len(sentence) < 400
    return sentence


@pytest.mark.parametrize("raw", NOT_A_STORE.values(), ids=NOT_A_STORE.keys())
def test_file_that_is_no_store_gets_one_sentence(
    tmp_path: Path, raw: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(raw)
    with pytest.raises(StoreError) as refused:
        load(path)
    sentence = sentence_of(refused.value, path)
    assert cli.main(["list", "--store", str(path)]) == BAD_STORE
    out, err = capsys.readouterr()
    assert (out, err.strip()) == ("", sentence)


@pytest.mark.parametrize("length", range(0, len(SMALL) - 1, 7))
def test_truncated_store_gets_one_sentence_with_a_line(tmp_path: Path, length: int) -> None:
    path = tmp_path / "cut.json"
    path.write_bytes(SMALL[:length])
    with pytest.raises(StoreError) as refused:
        load(path)
    assert "line" in sentence_of(refused.value, path) or length == 0


def test_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "whole.json"
    path.write_bytes(SMALL)
    assert load(path).problems == []
    path.write_bytes(b"\xef\xbb\xbf" + SMALL)
    assert len(load(path).agreements) == 2, "byte order mark"
    path.write_bytes(SMALL.replace(b"\n", b"\r\n"))
    assert len(load(path).agreements) == 2, "Windows line ends"


def test_error_names_the_line_of_the_fault(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(SMALL.replace(b'"agreements"', b"agreements"))
    with pytest.raises(StoreError, match=r"line 2:"):
        load(path)
    path.write_bytes(SMALL.replace(b"signed", b"sig\xffed"))
    with pytest.raises(StoreError, match=r"line 3 "):
        load(path)


# -- paths without a store


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no store at"):
        load(tmp_path / "none.json")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        load(tmp_path)


def test_path_below_a_file(tmp_path: Path) -> None:
    write_store(tmp_path / "s.json")
    with pytest.raises(StoreError):
        load(tmp_path / "s.json" / "more.json")


def test_device_and_pipe_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/null")):
        with pytest.raises(StoreError, match="not an ordinary file"):
            load(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    path = write_store(tmp_path / "s.json")
    path.chmod(0)
    with pytest.raises(StoreError, match="may not be read"):
        load(path)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\x1b[31m.json", "\u202enosj.json", "a\nb"])
def test_hostile_path_is_made_safe_in_the_message(name: str) -> None:
    with pytest.raises(StoreError) as refused:
        load(Path(name))
    assert unsafe_characters(str(refused.value), allowed="") == []


@pytest.mark.parametrize(
    "name", [b"st\xff.json", "漁業?#%41.json".encode(), b"esc\x1b[31m.json", b"a\nb.json", b" .json"]
)
def test_any_file_name_is_compiled_and_found_in_the_cache(tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_bytes(SMALL)
    build.open_or_build(path, tmp_path / "cache").close()
    cached = build.open_current(path, tmp_path / "cache")
    assert cached is not None
    assert cached.counts()["agreement"] == 2
    cached.close()


# -- arbitrary bytes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.one_of(
        st.binary(),
        st.text('{}[]":,\\ 1a\n').map(str.encode),
        st.tuples(st.integers(0, len(SMALL)), st.binary(max_size=6), st.integers(0, 9)).map(
            lambda change: SMALL[: change[0]] + change[1] + SMALL[change[0] + change[2] :]
        ),
    )
)
@example(b'{"agreements": {"1": {"id": "\\ud800", "\\ud801": 1}}}')
@example(b'{"agreements": {"1": {"id": "a", "\\u0000fault": 5}}}')
@example(b'{"agreements": {"1": {"\\u0000fault": {"a": 1}}}}')
def test_arbitrary_bytes_open_or_raise_store_error(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "any.json"
    path.write_bytes(raw)
    try:
        opened = store.Store(path)
    except StoreError as error:
        sentence_of(error, path)
        return
    read = list(opened.read("agreements", store.Agreement))
    assert len(read) + len(opened.problems) == opened.count("agreements")
    for problem in opened.problems:
        assert unsafe_characters(problem.record + problem.message, allowed="") == []
        assert 1 <= problem.line <= raw.count(b"\n") + 1
