"""Fixtures that run the program in a pseudo-terminal and keep its screen and its raw output."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
pyte = pytest.importorskip("pyte")

from tests.helpers.stores import ROOT  # noqa: E402

KEYS = {
    "enter": "\r",
    "escape": "\x1b[27u",
    "backspace": "\x7f",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "pagedown": "\x1b[6~",
}
"""Escape is sent as the Kitty protocol does: in one read with the next key, ESC alone would be that key with alt."""
TIMEOUT = 10.0
"""Seconds after which a test fails if an expected text does not appear or the program does not end."""


class Terminal:
    """Running program, its screen and its raw output so far."""

    def __init__(
        self, command: list[str], size: tuple[int, int], environment: dict[str, str], ignore_hangup: bool
    ) -> None:
        columns, lines = size
        self.raw = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(lines, columns),
            cwd=str(ROOT),
            env=environment,
            ignore_sighup=ignore_hangup,
        )
        self.child.delaybeforesend = None

    @property
    def text(self) -> str:
        """Text of the screen, line by line."""
        # pyte's `display` fails on a wide character of which one half is overwritten.
        cells, columns = self._screen.buffer, range(self._screen.columns)
        lines = ("".join(cells[y][x].data for x in columns).rstrip() for y in range(self._screen.lines))
        return "\n".join(lines)

    def read(self, seconds: float = 0.05) -> bool:
        """Read the next chunk of output; return False at the end of the program."""
        try:
            chunk = self.child.read_nonblocking(1 << 16, seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += chunk
        # pyte prints the rest of sequences with private parameters that it does not know.
        self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\", b"", chunk))
        return True

    def wait_for(self, *texts: str, gone: str = "", timeout: float = TIMEOUT) -> None:
        """Wait until the screen contains all the texts, and not `gone`."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if all(text in self.text for text in texts) and (not gone or gone not in self.text):
                return
            if not self.read():
                break
        raise AssertionError(f"no {texts} on the screen, or still {gone!r}:\n{self.text}")

    def send(self, *keys: str) -> None:
        """Press keys of KEYS; type any other text."""
        for key in keys:
            self.child.send(KEYS.get(key, key))
            deadline = time.monotonic() + 0.01
            while (left := deadline - time.monotonic()) > 0 and self.read(left):
                pass

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal."""
        self.child.setwinsize(lines, columns)
        self._screen.resize(lines, columns)
        self._screen.erase_in_display(2)
        os.kill(self.child.pid, signal.SIGWINCH)

    def close(self) -> None:
        """Close the terminal, as a window is closed or a connection lost."""
        self.child.ptyproc.fileobj.close()

    def wait_without_reading(self) -> int:
        """Return the exit code of a program whose terminal is closed, or read by nobody."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            ended, status = os.waitpid(self.child.pid, os.WNOHANG)
            if ended:
                self.child.ptyproc.terminated = True
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        os.kill(self.child.pid, signal.SIGKILL)
        raise AssertionError("the program has not ended")

    def wait_for_exit(self) -> int:
        """Read to the end and return the exit code; a signal is negative, as in subprocess."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline and self.read():
            pass
        if self.child.isalive():
            raise AssertionError(f"the program has not ended; on the screen:\n{self.text}")
        self.child.wait() if self.child.exitstatus is self.child.signalstatus is None else None
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    @property
    def on_alternate_screen(self) -> bool:
        """Whether the alternate screen was switched on and not off again."""
        return self.raw.rfind(b"\x1b[?1049h") > self.raw.rfind(b"\x1b[?1049l")

    @property
    def restored_modes(self) -> dict[str, bool]:
        """Terminal modes, each with whether it was switched on and then off again."""
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
    """Return a function that starts the program with arguments and environment variables, or `under` another program.

    Programs that still run at the end of the test are killed.
    """
    started: list[Terminal] = []

    def start(
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        ignore_hangup: bool = False,
        under: Sequence[str] = (),
        **environment: str,
    ) -> Terminal:
        command = [*under, sys.executable, "-m", "tui", *arguments]
        terminal = Terminal(command, size, {**shipped_environment, **environment}, ignore_hangup)
        started.append(terminal)
        return terminal

    yield start
    for terminal in started:
        terminal.child.close(force=True)


@pytest.fixture
def shipped_environment(shared_cache_home: Path, tmp_path: Path) -> dict[str, str]:
    """Return the environment of a plain terminal; the tests share the compiled catalogue and nothing else."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "XDG_CACHE_HOME": str(shared_cache_home),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
