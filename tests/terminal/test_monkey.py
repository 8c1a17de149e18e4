"""Random keys, mouse events, pastes and sizes in a pseudo-terminal (benchmarks/fuzz_keys.py)."""

from __future__ import annotations

import time
from itertools import islice

import pytest

from benchmarks.fuzz_keys import SIZES, actions
from tests.terminal.conftest import TIMEOUT, Start, Terminal

ACTIONS = 60
"""Number of actions of a seed."""


@pytest.mark.parametrize(("seed", "size"), enumerate(SIZES))
def test_no_keys_stop_the_program_or_leave_it_without_focus(start: Start, seed: int, size: tuple[int, int]) -> None:
    terminal = start(size=size, BROWSER="true")  # a link that is opened in the browser opens nothing
    terminal.wait_for("By era" if size[0] >= 80 else "Start")
    for number, action in enumerate(islice(actions(seed), ACTIONS)):
        if isinstance(action, tuple):
            terminal.resize(*action)
        else:
            terminal.child.send(action)
        terminal.read(0.02)
        assert terminal.child.isalive(), f"it ended at action {number}, {action!r}:\n{terminal.text}"
    for _ in range(8):  # out of every input, modal, drawer and zoom
        terminal.send("escape")
        terminal.read(0.1)
    wait_for_focus(terminal)
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert b"Traceback" not in terminal.raw
    assert all(terminal.restored_modes.values()), terminal.restored_modes


def wait_for_focus(terminal: Terminal) -> None:
    """Wait until a pane of the screen has the heavy line of the focus."""
    deadline = time.monotonic() + TIMEOUT
    while "━" not in terminal.text and time.monotonic() < deadline:
        terminal.read()
    assert "━" in terminal.text, f"no pane has the focus:\n{terminal.text}"
