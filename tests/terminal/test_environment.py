"""The explorer in unusual environments and encodings, and the escape key of terminals without a protocol for it."""

from __future__ import annotations

import shutil
from itertools import islice
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from benchmarks.fuzz_environment import cases

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start, Terminal

pytestmark = pytest.mark.xdist_group("terminal")

WRONG = {
    "HOME": "/" + "x" * 300,
    "XDG_CONFIG_HOME": "/x" * 3000,
    "XDG_STATE_HOME": "/dev/null/\udcff",
    "COLUMNS": "1000000000",
    "LINES": "1000000000",
    "ESCDELAY": "9" * 400,
    "TEXTUAL": "headless,devtools",
    "TEXTUAL_COLOR_SYSTEM": "bogus",
    "TEXTUAL_DRIVER": "no.such:Driver",
    "TEXTUAL_FPS": "9" * 400,
    "TEXTUAL_LOG": "/proc/self/none",
    "TEXTUAL_PRESS": "q",
}
STATEMENT = "1956-10-19-joint-declaration"


def quit_explorer(terminal: Terminal) -> None:
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert b"Traceback" not in terminal.raw
    assert all(terminal.restored_modes.values()), terminal.restored_modes


def test_wrong_variables_have_their_defaults(start: Start) -> None:
    terminal = start(**WRONG)
    terminal.wait_for("By era", "Search")
    quit_explorer(terminal)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_environments_open_the_explorer(start: Start, tmp_path: Path, seed: int) -> None:
    variables = {"HOME": str(tmp_path)}
    for case in islice(cases(tmp_path, seed), 20):
        variables |= case.variables
    terminal = start(**variables)
    terminal.wait_for("By era", "Search")
    quit_explorer(terminal)


@pytest.mark.parametrize("encoding", ["koi8-r", "ascii"])
def test_encoding_is_drawn_and_typed(start: Start, encoding: str) -> None:
    terminal = start(PYTHONIOENCODING=encoding)
    terminal.wait_for("By era", "Search")
    assert b"\\u" not in terminal.raw
    assert ("─".encode(encoding) if encoding == "koi8-r" else b"----") in terminal.raw
    assert b"====" in terminal.raw
    terminal.send("/")
    terminal.wait_for("Search: enter opens")
    if encoding == "koi8-r":
        terminal.child.send("нейтралитет".encode(encoding))
        terminal.wait_for("Neutrality pact")
    else:
        terminal.send("neutrality")
        terminal.wait_for("Neutrality pact")
    terminal.send("escape", "q")
    assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize(
    ("name", "value", "said"), [("TERM", "dumb", "TERM is dumb"), ("PYTHONIOENCODING", "euc-jp", "encoding euc")]
)
def test_terminal_that_cannot_be_drawn_on_is_one_sentence(start: Start, name: str, value: str, said: str) -> None:
    terminal = start(size=(200, 24), **{name: value})
    assert terminal.wait_for_exit() == 2
    assert said in terminal.text
    assert "python -m tui show ADDRESS, list" in terminal.text
    assert not terminal.on_alternate_screen


def test_page_is_printed_with_ascii_signs_to_such_a_terminal(start: Start) -> None:
    terminal = start("show", STATEMENT, PYTHONIOENCODING="ascii")
    assert terminal.wait_for_exit() == 0
    assert b"\\u" not in terminal.raw
    assert b"Shikotan" in terminal.raw


def test_escape_key_closes_the_search_and_alt_types_nothing(start: Start) -> None:
    terminal = start()
    terminal.wait_for("By era", "Search")
    terminal.send("/")
    terminal.wait_for("Search: enter opens")
    terminal.send("a", "\x1bx", "\x1b/", "b")
    terminal.wait_for("\n ab ")
    terminal.child.send("\x1b")
    terminal.wait_for(gone="Search: enter opens")
    quit_explorer(terminal)


@pytest.mark.skipif(not shutil.which("screen"), reason="GNU Screen is not installed")
def test_escape_key_acts_without_another_key_under_gnu_screen(
    start: Start, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    sockets = TemporaryDirectory(prefix="screen")  # the path of a socket is limited to about a hundred characters
    request.addfinalizer(sockets.cleanup)
    settings = tmp_path / "screenrc"
    settings.write_text("startup_message off\nautodetach off\n", encoding="utf-8")
    terminal = start(under=("screen", "-U", "-c", str(settings)), SCREENDIR=sockets.name)
    terminal.wait_for("By era", "Search")
    terminal.send("/")
    terminal.wait_for("Search: enter opens")
    terminal.child.send("\x1b")
    terminal.wait_for(gone="Search: enter opens")
    terminal.send("q")
    assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("parts", [("\x1b", "[B"), ("\x1b[", "B")])
def test_arrow_in_two_parts_is_an_arrow(start: Start, parts: tuple[str, str]) -> None:
    terminal = start(STATEMENT, ESCDELAY="2000")
    terminal.wait_for("━Joint Declaration", "Search")
    terminal.send("1")
    terminal.wait_for("━By era")
    for part in parts:
        terminal.child.send(part)
        terminal.read(0.2)
    terminal.wait_for("─Trade protocol", "━By era")
    quit_explorer(terminal)


REPLIES = (
    "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b[?62;22c",
    "\x1bP>|xterm(370)\x1b\\",
    "\x1b_Gi=1;OK\x1b\\",
    "\x1b[7;7z",
)


def test_late_replies_of_the_terminal_do_nothing(start: Start) -> None:
    terminal = start(STATEMENT)
    terminal.wait_for("━Joint Declaration", "Search")
    before = terminal.text
    for reply in REPLIES:
        for part in (reply, reply[:3], reply[3:]):
            terminal.child.send(part)
            terminal.read(0.1)
    terminal.send("?")
    terminal.wait_for("esc closes")
    terminal.send("escape")
    terminal.wait_for(before)
    quit_explorer(terminal)
