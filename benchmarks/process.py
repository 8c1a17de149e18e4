"""A program running in a pseudo-terminal of its own. All times are those of the monotonic clock, in seconds."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from benchmarks.terminal import COLUMNS, ROWS, Terminal

CHUNK_SIZE = 65536
QUIET_BEFORE_PAINT, MAX_UNPAINTED = 0.05, 1.0
"""Chunks are painted after this much silence, or at the latest after this much time.

Painting is slow and nothing is read meanwhile, so a chunk that arrives while another is painted gets too late a time.
"""
EXIT_TIMEOUT = 5.0


class ProgramError(Exception):
    """Raised when a program does not do what a benchmark waits for."""


class Exit(NamedTuple):
    """End of a program: seconds from the key to the exit (None if it was killed), peak memory, exit code."""

    seconds: float | None
    peak_kilobytes: int
    code: int


class Process:
    """Running program and its terminal. `started` is the time just before the fork."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        size: tuple[int, int] = (COLUMNS, ROWS),
    ) -> None:
        self.terminal = Terminal()
        columns, rows = size
        self.terminal.screen.resize(rows, columns)
        self._on_paint: Callable[[float], None] | None = None
        argv, env = list(command), dict(environment)
        self.started = monotonic()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 10, rows * 20))
                os.chdir(folder)
                os.execvpe(argv[0], argv, env)
            finally:
                os._exit(127)
        self._pidfd = os.pidfd_open(self.pid)
        self._open = True
        self._reaped = False

    @property
    def is_open(self) -> bool:
        """Whether the program still has its terminal."""
        return self._open

    # -- output

    def watch(self, on_paint: Callable[[float], None] | None) -> None:
        """Call `on_paint` after each painted chunk, with the time at which the chunk was read."""
        self._on_paint = on_paint

    def wait_for(self, condition: Callable[[Terminal], bool], timeout: float = 60.0) -> float:
        """Return the time at which the chunk was read that made the condition true.

        Raises ProgramError if it never is.
        """
        deadline = monotonic() + timeout
        while self._open and monotonic() < deadline:
            paint_at = min(monotonic() + MAX_UNPAINTED, deadline)
            while monotonic() < paint_at and self._read_chunk(QUIET_BEFORE_PAINT):
                pass
            while (time := self._paint()) is not None:
                if condition(self.terminal):
                    return time
        raise ProgramError(f"the screen never showed what was waited for; it shows:\n{self.terminal.text}")

    def read_until(self, deadline: float) -> None:
        """Read output and reply to queries until a time, without painting."""
        while self._open and monotonic() < deadline:
            self._read_chunk(deadline - monotonic())

    def settle(self, quiet: float = 0.5, timeout: float = 10.0) -> None:
        """Read output and reply to queries until nothing is written for `quiet` seconds, then paint."""
        deadline = monotonic() + timeout
        while monotonic() < deadline and self._read_chunk(quiet):
            pass
        while self._paint() is not None:
            pass

    def _paint(self) -> float | None:
        time = self.terminal.paint()
        if time is not None and self._on_paint is not None:
            self._on_paint(time)
        return time

    def _read_chunk(self, timeout: float) -> bool:
        if not self._open:
            return False
        ready, _, _ = select.select([self._master], [], [], max(0.0, timeout))
        if not ready:
            return False
        try:
            data = os.read(self._master, CHUNK_SIZE)
        except OSError:  # Linux reports the end of a pseudo-terminal as EIO
            data = b""
        time = monotonic()
        if not data:
            self._open = False
            return False
        reply = self.terminal.receive(time, data)
        if reply:
            os.write(self._master, reply)
        return True

    # -- input and measurements

    def send(self, keys: bytes) -> float:
        """Write keys to the program; return the time just before."""
        time = monotonic()
        while keys:
            keys = keys[os.write(self._master, keys) :]
        return time

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal, and blank it."""
        self.terminal.screen.resize(rows, columns)
        self.terminal.screen.erase_in_display(2)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 10, rows * 20))

    def peak_kilobytes(self) -> int:
        """Return the peak memory of the program so far (VmHWM)."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
        return 0

    def cpu_seconds(self) -> float:
        """Return the processor time of the program so far, in steps of a hundredth of a second."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    # -- end

    def quit(self, key: bytes) -> Exit:
        """Send the key that quits, if the program has not ended, and wait; kill the program after EXIT_TIMEOUT."""
        pressed = self.send(key) if self._open else monotonic()
        seconds = self._wait_for_exit(pressed)
        return Exit(seconds, *self._reap())

    def _wait_for_exit(self, start: float) -> float | None:
        deadline = start + EXIT_TIMEOUT
        while monotonic() < deadline:
            watched = [self._pidfd, self._master] if self._open else [self._pidfd]
            ready, _, _ = select.select(watched, [], [], max(0.0, deadline - monotonic()))
            if self._pidfd in ready:
                return monotonic() - start
            if self._master in ready:
                self._read_chunk(0)
        return None

    def _reap(self) -> tuple[int, int]:
        if self._reaped:
            return 0, 0
        self._reaped = True
        if not select.select([self._pidfd], [], [], 0)[0]:
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        _, status, usage = os.wait4(self.pid, 0)
        os.close(self._pidfd)
        os.close(self._master)
        self._open = False
        return usage.ru_maxrss, os.waitstatus_to_exitcode(status)

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._reap()
