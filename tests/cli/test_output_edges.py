"""Words and limits of what the commands print."""

from __future__ import annotations

import fcntl
import io
import json
import os
import struct
import sys
import termios
from contextlib import suppress
from pathlib import Path

import pytest

from tests.helpers.stores import write_store
from tui import cli

ONE = {"id": "one", "short_title": "First", "summary": "It was signed. It was kept."}


@pytest.mark.parametrize(
    ("agreements", "said"),
    [
        ([], "0 findings in"),
        ([ONE] * 2, "1 finding in"),
        ([ONE] * 3, "2 findings in"),
    ],
)
def test_check_counts_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], agreements: list[dict[str, str]], said: str
) -> None:
    path = write_store(tmp_path / "s.json", agreements=agreements)
    cli.main(["check", str(path)])
    shown = capsys.readouterr()
    assert shown.err.startswith(said)
    assert len(shown.out.splitlines()) == int(said.split()[0])


def test_search_prints_at_most_five_offers(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "fishries", "timbre", "kurls"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("Nothing matches")
    assert len(lines) == 6


def test_search_prints_the_records_that_lack_a_word_as_notes(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["search", "neutrality", "quicksilver"]
    assert cli.main(words) == 1
    shown = capsys.readouterr()
    assert not shown.out
    notes = shown.err.partition("Records without one of the words\n")[2]
    assert "\n  1941-04-13-neutrality-pact\n" in notes
    assert "\n  without quicksilver\n" in notes
    assert cli.main([*words, "--json"]) == 1
    assert capsys.readouterr() == ("[]\n", "")


@pytest.mark.parametrize(("stream", "widest"), [("stderr", range(50, 61)), ("stdout", range(70, 81))])
def test_notes_are_as_wide_as_the_terminal_that_shows_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, stream: str, widest: range
) -> None:
    screen, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", 20, 60, 0, 0))
    with open(screen, "rb", buffering=0) as shown:
        with open(terminal, "w", encoding="utf-8") as file, monkeypatch.context() as patch:
            patch.setattr(sys, stream, file)
            assert cli.main(["search", "neutrality", "quicksilver"]) == 1
        pieces = []
        with suppress(OSError):  # the end of what was written to a terminal that is closed
            while piece := shown.read(10_000):
                pieces.append(piece)
    notes = b"".join(pieces).decode() if stream == "stderr" else capsys.readouterr().err
    (_, *lines) = notes.partition("Records without one of the words")[2].splitlines()
    assert max(map(len, lines)) in widest


def test_json_is_escaped_only_for_an_encoding_other_than_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, plain in (("utf-8", True), ("UTF-16", True), ("ascii", False), ("latin-1", False)):
        printed = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", printed)
        assert cli.main(["show", "1956-10-19-joint-declaration", "--json"]) == 0
        raw = printed.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
        assert ("日本" in raw) is plain
        assert "日本" in json.dumps(json.loads(raw), ensure_ascii=False)
