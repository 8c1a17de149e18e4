"""A real terminal: the program in a pseudo-terminal, a screen that obeys what it writes, and every byte of it."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

from tests.helpers.stores import ROOT  # noqa: E402

KEYS = {"enter": "\r", "escape": "\x1b", "backspace": "\x7f", "down": "\x1b[B", "up": "\x1b[A", "pagedown": "\x1b[6~"}
PATIENCE = 10.0
"""Seconds after which a screen that has not come will not come; a test that passes waits for none of them."""


class Terminal:
    """The program in a terminal of some size."""

    def __init__(self, arguments: list[str], size: tuple[int, int], environment: dict[str, str]) -> None:
        columns, lines = size
        self.raw = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            sys.executable, ["-m", "tui", *arguments], dimensions=(lines, columns), cwd=str(ROOT), env=environment
        )
        self.child.delaybeforesend = None

    @property
    def text(self) -> str:
        # Not pyte's own `display`, which does not expect half of a wide character to be overwritten.
        cells, columns = self._screen.buffer, range(self._screen.columns)
        lines = ("".join(cells[y][x].data for x in columns).rstrip() for y in range(self._screen.lines))
        return "\n".join(lines)

    def read(self, seconds: float = 0.05) -> bool:
        """Take what has been written; False at the end of the program."""
        try:
            piece = self.child.read_nonblocking(1 << 16, seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += piece
        # pyte knows no private parameters of some sequences and would print the rest of them.
        self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\", b"", piece))
        return True

    def wait_for(self, *words: str, gone: str = "", patience: float = PATIENCE) -> str:
        """Wait until all the words stand on the screen (and `gone` does not)."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if all(word in self.text for word in words) and (not gone or gone not in self.text):
                return self.text
            if not self.read():
                break
        raise AssertionError(f"{words} did not come (or {gone!r} did not go); on the screen:\n{self.text}")

    def send(self, *keys: str) -> None:
        """Press keys; words are typed as they are."""
        for key in keys:
            self.child.send(KEYS.get(key, key))
            end = time.monotonic() + (0.25 if key == "escape" else 0.01)  # what follows sooner would make it alt+key
            while (left := end - time.monotonic()) > 0 and self.read(left):
                pass

    def resize(self, columns: int, lines: int) -> None:
        self.child.setwinsize(lines, columns)
        self._screen.resize(lines, columns)
        self._screen.erase_in_display(2)
        os.kill(self.child.pid, signal.SIGWINCH)

    def leave(self) -> int:
        """Read to the end and return the exit code; a signal is negative, as in subprocess."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.read():
            pass
        if self.child.isalive():
            raise AssertionError(f"the program has not ended; on the screen:\n{self.text}")
        self.child.wait() if self.child.exitstatus is self.child.signalstatus is None else None
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    @property
    def restored(self) -> dict[str, bool]:
        """Which of the modes that were switched on were switched off again, last thing."""
        return {
            name: self.raw.rfind(on) < self.raw.rfind(off)
            for name, on, off in (
                ("alternate screen", b"\x1b[?1049h", b"\x1b[?1049l"),
                ("cursor", b"\x1b[?25l", b"\x1b[?25h"),
                ("mouse", b"\x1b[?1000h", b"\x1b[?1000l"),
                ("bracketed paste", b"\x1b[?2004h", b"\x1b[?2004l"),
            )
        }


Start = Callable[..., Terminal]


@pytest.fixture
def start(shipped_environment: dict[str, str]) -> Iterator[Start]:
    """Start the program; whatever is left of it at the end of the test is ended."""
    started: list[Terminal] = []

    def start(*arguments: str, size: tuple[int, int] = (80, 24), **more: str) -> Terminal:
        terminal = Terminal(list(arguments), size, {**shipped_environment, **more})
        started.append(terminal)
        return terminal

    yield start
    for terminal in started:
        terminal.child.close(force=True)


@pytest.fixture
def shipped_environment(shared_cache_home: Path) -> dict[str, str]:
    """The environment of a plain terminal; the compiled catalogue is kept from test to test."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "XDG_CACHE_HOME": str(shared_cache_home),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
