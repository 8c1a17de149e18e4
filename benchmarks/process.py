"""One program in a pseudo-terminal of its own: started, watched, measured and left. Every time is monotonic."""

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

READ = 65536
SILENCE, PATIENT_FOR = 0.05, 1.0
"""What was read is painted after so many seconds of silence, or after so many altogether: painting is slow, and while
it lasts nothing is read, so that what comes meanwhile would bear too late a moment."""
PATIENCE = 5.0
"""How many seconds a program has to leave when it is asked to."""


class Failed(Exception):
    """A program did not do what a benchmark waits for."""


class Left(NamedTuple):
    """How a program left: seconds from the key to its end (None where it had to be killed), its peak by getrusage."""

    seconds: float | None
    peak_kilobytes: int


class Process:
    """A program that runs in a terminal. `started` is the moment before the fork."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self.terminal = Terminal()
        self._watch: Callable[[float], None] | None = None
        argv, env = list(command), dict(environment)
        self.started = monotonic()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, COLUMNS * 10, ROWS * 20))
                os.chdir(folder)
                os.execvpe(argv[0], argv, env)
            finally:
                os._exit(127)
        self._ended = os.pidfd_open(self.pid)
        self._open = True
        self._reaped = False

    # -- watching

    def watch(self, seen: Callable[[float], None] | None) -> None:
        """Call `seen` after each chunk that is painted, with the moment it was read."""
        self._watch = seen

    def wait_for(self, test: Callable[[Terminal], bool], seconds: float = 60.0) -> float:
        """The moment at which the chunk was read that made the test come true."""
        found = self._first(test, seconds)
        if found is None:
            shown = "\n".join(filter(str.strip, (self.terminal.line(row).rstrip() for row in range(ROWS))))
            raise Failed(f"the screen never showed what was waited for; it shows:\n{shown}")
        return found

    def read(self, until: float) -> None:
        """Read and answer until a moment, and leave the painting for later."""
        while self._open and monotonic() < until:
            self._read(until - monotonic())

    def settle(self, quiet: float = 0.5, most: float = 10.0) -> None:
        """Read and answer until nothing was written for some seconds, then paint."""
        end = monotonic() + most
        while monotonic() < end and self._read(quiet):
            pass
        while self._paint() is not None:
            pass

    def _first(self, test: Callable[[Terminal], bool], seconds: float) -> float | None:
        deadline = monotonic() + seconds
        while True:
            due = min(monotonic() + PATIENT_FOR, deadline)
            while monotonic() < due and self._read(SILENCE):
                pass
            while (painted := self._paint()) is not None:
                if test(self.terminal):
                    return painted
            if not self._open or monotonic() >= deadline:
                return None

    def _paint(self) -> float | None:
        when = self.terminal.paint()
        if when is not None and self._watch is not None:
            self._watch(when)
        return when

    def _read(self, seconds: float) -> bool:
        if not self._open:
            return False
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._master, READ)
        except OSError:
            data = b""
        when = monotonic()
        if not data:
            self._open = False
            return False
        answer = self.terminal.receive(when, data)
        if answer:
            os.write(self._master, answer)
        return True

    # -- acting

    def send(self, keys: bytes) -> float:
        """Type; returns the moment."""
        when = monotonic()
        while keys:
            keys = keys[os.write(self._master, keys) :]
        return when

    def peak_kilobytes(self) -> int:
        """The most memory that the program has held so far (VmHWM)."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
        return 0

    def worked(self) -> float:
        """The seconds of processor time that the program has taken so far, in steps of a hundredth."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def leave(self, key: bytes) -> Left:
        """Type the key that leaves and wait for the end; whatever will not go is killed."""
        pressed = self.send(key)
        seconds = self._end_by(pressed + PATIENCE, pressed)
        return Left(seconds, self._reap())

    def _end_by(self, deadline: float, since: float) -> float | None:
        while monotonic() < deadline:
            watched = [self._ended, self._master] if self._open else [self._ended]
            ready, _, _ = select.select(watched, [], [], max(0.0, deadline - monotonic()))
            if self._ended in ready:
                return monotonic() - since
            if self._master in ready:
                self._read(0)
        return None

    def _reap(self) -> int:
        if self._reaped:
            return 0
        self._reaped = True
        if not select.select([self._ended], [], [], 0)[0]:
            signal.pidfd_send_signal(self._ended, signal.SIGKILL)
        _, _, usage = os.wait4(self.pid, 0)
        os.close(self._ended)
        os.close(self._master)
        self._open = False
        return usage.ru_maxrss

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._reap()
