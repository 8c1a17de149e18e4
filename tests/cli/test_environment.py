"""Environment of the explorer: terminals that it needs, variables of Textual, and random environments."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.fuzz_environment import Fuzzer, cases, only
from tests.helpers.stores import ROOT
from tui.cli import environment

CASES = 150
"""Number of cases of a seed."""


@pytest.mark.parametrize("seed", [1, 2])
def test_no_environment_stops_a_command_or_reaches_textual(tmp_path: Path, seed: int) -> None:
    fuzzer = Fuzzer(tmp_path)
    failures = [
        f"{case.description}: {error!r}" for case, error in fuzzer.failures(islice(cases(fuzzer.content, seed), CASES))
    ]
    assert failures == []
    assert fuzzer.outcomes.total() == CASES


@pytest.fixture
def _empty_environment() -> Iterator[None]:
    with only({}):
        yield


@pytest.mark.usefixtures("_empty_environment")
def test_variables_that_are_unset_get_their_defaults() -> None:
    environment.clean()
    assert os.environ["ESCDELAY"] == str(environment.ESCAPE_DELAY)
    assert os.environ["TEXTUAL_FPS"] == "240"


@pytest.mark.usefixtures("_empty_environment")
@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ESCDELAY", "25", "25"),
        ("ESCDELAY", " 025 ", "25"),
        ("ESCDELAY", "0", "250"),
        ("ESCDELAY", "10001", "250"),
        ("ESCDELAY", "9" * 400, "250"),
        ("ESCDELAY", "²", "250"),
        ("TEXTUAL_FPS", "30", "30"),
        ("TEXTUAL_FPS", "-1", "240"),
        ("TEXTUAL_DIM_FACTOR", "101", "66"),
        ("TEXTUAL_COLOR_SYSTEM", "256", "256"),
        ("TEXTUAL_COLOR_SYSTEM", "", None),
        ("TEXTUAL_COLOR_SYSTEM", "bogus", None),
        ("TEXTUAL_THEME", "nord", "nord"),
        ("TEXTUAL_DRIVER", "textual.drivers.linux_driver:LinuxDriver", None),
        ("TEXTUAL_LOG", "/tmp/x", None),
        ("TEXTUAL", "devtools", None),
        ("COLUMNS", "80", None),
        ("LINES", "1000000000", None),
    ],
)
def test_variables_keep_sound_values_only(name: str, value: str, expected: str | None) -> None:
    os.environ[name] = value
    environment.clean()
    assert os.environ.get(name) == expected


def test_mouse_is_off_under_gnu_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STY", raising=False)
    assert environment.has_mouse()
    monkeypatch.setenv("STY", "1234.pts-0.host")
    assert not environment.has_mouse()


class _Terminal(io.TextIOWrapper):
    """Stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, encoding: str, name: str = "xterm") -> str:
    """Return what is said about a terminal of an encoding and a name."""
    monkeypatch.setenv("TERM", name)
    for stream in ("stdin", "stdout", "__stderr__"):
        monkeypatch.setattr(sys, stream, _Terminal(io.BytesIO(), encoding=encoding))
    return environment.terminal_fault()


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_terminal_without_positions_is_told_which_commands_to_use(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    fault = on_terminal(monkeypatch, "utf-8", name)
    assert name in fault
    assert all(command in fault for command in ("show ADDRESS", "list", "search WORDS"))


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "ascii", "latin-1", "koi8-r", "cp1251", "cp437"])
def test_encodings_of_a_byte_a_cell_are_drawn(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    assert on_terminal(monkeypatch, encoding) == ""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "euc-jp", "iso2022_jp", "gb18030", "cp037"])
def test_other_encodings_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    fault = on_terminal(monkeypatch, encoding)
    assert "PYTHONIOENCODING=utf-8" in fault
    assert "list" in fault


def test_explorer_is_refused_before_textual_is_imported() -> None:
    code = "import sys\nfrom tui.cli import main\ncode = main([])\nassert 'textual' not in sys.modules\nsys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"The explorer needs a terminal.")
