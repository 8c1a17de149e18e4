"""How the explorer ends when its terminal is closed, and at a signal."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import Start, Terminal

pytestmark = pytest.mark.xdist_group("terminal")

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]


def read_for(terminal: Terminal, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0 and terminal.read(left):
        pass


@pytest.mark.parametrize("number", SIGNALS)
def test_signal_restores_the_terminal_and_keeps_the_state(start: Start, tmp_path: Path, number: int) -> None:
    terminal = start("era:war")
    terminal.wait_for("Neutrality pact")
    os.kill(terminal.child.pid, number)
    assert terminal.wait_for_exit() == 128 + number
    assert all(terminal.restored_modes.values()), terminal.restored_modes
    assert b"Traceback" not in terminal.raw
    assert b"To come back" not in terminal.raw
    state = next((tmp_path / "state").rglob("state.json"))
    assert json.loads(state.read_text())["address"] == "era:war"


@pytest.mark.parametrize("keys", ["/salmon", "\x06salmon"], ids=["search", "find"])
def test_explorer_ends_when_its_terminal_is_closed_after_typing(start: Start, keys: str) -> None:
    terminals = [start("1941-04-13-neutrality-pact", size=(120, 36)) for _ in range(3)]
    for terminal in terminals:
        terminal.wait_for("By era", "Search")
    for number, terminal in enumerate(terminals):
        terminal.child.send(keys)
        read_for(terminal, 0.03 * (number + 1))  # closed at different stages of the answer
        terminal.close()
    for terminal in terminals:
        assert terminal.wait_without_reading() == 128 + signal.SIGHUP


def test_explorer_ends_when_its_terminal_is_closed_while_it_starts(start: Start) -> None:
    terminals = [start() for _ in range(6)]
    for number, terminal in enumerate(terminals):
        read_for(terminal, 0.12 * number)
        terminal.close()
    for terminal in terminals:
        # Before Python runs any code of this program, the system ends it; a little later there is no terminal to open.
        assert terminal.wait_without_reading() in (128 + signal.SIGHUP, -signal.SIGHUP, 2)


def test_closed_terminal_is_noticed_without_a_signal(start: Start) -> None:
    terminal = start(ignore_hangup=True)
    terminal.wait_for("By era", "Search")
    terminal.close()
    assert terminal.wait_without_reading() == 128 + signal.SIGHUP


def test_terminal_is_closed_while_the_program_sleeps(start: Start) -> None:
    terminal = start()
    terminal.wait_for("By era", "Search")
    terminal.send("\x1a")
    os.waitpid(terminal.child.pid, os.WUNTRACED)
    terminal.close()
    os.kill(terminal.child.pid, signal.SIGCONT)
    assert terminal.wait_without_reading() == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_signal_ends_an_explorer_whose_terminal_reads_nothing(start: Start, number: int) -> None:
    terminal = start(size=(200, 60))
    terminal.wait_for("By era", "Search")
    for _ in range(60):  # each repaints the screen, more than a pseudo-terminal holds
        terminal.child.send("z")
        time.sleep(0.01)
    os.kill(terminal.child.pid, number)
    assert terminal.wait_without_reading() == 128 + number
