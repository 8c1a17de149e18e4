"""Access to the bytes of a store file, and the error for a store that cannot be opened."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep, time_ns
from typing import TypeVar

from tui.corpus import safe

T = TypeVar("T")

_PIECE_SIZE = 1 << 20
_ATTEMPTS = 3
"""Times that a store is read if it changes each time."""
_TICK = 10_000_000
"""Nanoseconds within which a file system may give two changes the same time: a tick of Linux at its slowest."""


class StoreError(Exception):
    """A store cannot be opened. The message is one plain sentence that names the file and a remedy."""


class StoreChanged(StoreError):
    """A store was changed while it was being read, so that what was read may be a mixture of two states."""


def read_unchanged(read: Callable[[], T]) -> T:
    """Return the result of `read`, which is called again if it raises StoreChanged. Raises that the third time."""
    for _ in range(_ATTEMPTS - 1):
        with suppress(StoreChanged):
            return read()
    return read()


def fingerprint(path: Path) -> str:
    """Return inode, size and times of change of a store, which identify its state without reading it.

    The time of the last change of the inode is among them, which no program can set: an edit that keeps the length and
    restores the time of modification is seen too. Raises StoreError if the path is not a readable regular file.
    """
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        raise StoreError(_unreadable(path, error)) from None
    if stat.S_ISDIR(status.st_mode):
        raise StoreError(f"{display_path(path)} is a folder, not a store; name the JSON file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise StoreError(f"{display_path(path)} is not an ordinary file; copy the store to one.")
    if not os.access(path, os.R_OK):
        raise StoreError(_unreadable(path, PermissionError()))
    return _stamp(status)


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


class StoreFile:
    """A store file open for reading.

    The file is read in pieces, not memory-mapped: truncating a mapped file would end the process with SIGBUS.
    `size` and `fingerprint` are those of the state in which it was opened.
    """

    def __init__(self, path: Path) -> None:
        """Open the file. Raises StoreError."""
        self._path = path
        fingerprint(path)
        try:
            self._file = open(path, "rb")  # noqa: SIM115
        except OSError as error:
            raise StoreError(_unreadable(path, error)) from None
        status = self._settled_status()
        self.size = status.st_size
        self.fingerprint = _stamp(status)

    def _settled_status(self) -> os.stat_result:
        """Return the status of the file, after a tick if it was changed just now: later changes show in it then."""
        for _ in range(_ATTEMPTS):
            status = os.fstat(self._file.fileno())
            age = time_ns() - status.st_ctime_ns
            if not 0 <= age < _TICK:
                break
            sleep((_TICK - age) / 1e9)
        return status

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def pieces(self) -> Iterator[bytes]:
        """Yield the whole file; a byte order mark becomes spaces. Raises StoreError if it is not UTF-8 or is blank."""
        decoder = getincrementaldecoder("utf-8")()
        line, offset, blank = 1, 0, True
        while True:
            piece = self._read(offset, _PIECE_SIZE)
            try:
                decoder.decode(piece, not piece)
            except UnicodeDecodeError as error:
                line += error.object.count(b"\n", 0, error.start)
                name = display_path(self._path)
                raise StoreError(f"{name} is not UTF-8 text: line {line} holds a byte that UTF-8 has not.") from None
            if not piece:
                break
            line += piece.count(b"\n")
            if offset == 0 and piece.startswith(BOM_UTF8):
                piece = b" " * len(BOM_UTF8) + piece[len(BOM_UTF8) :]
            offset += len(piece)
            blank = blank and not piece.strip()
            yield piece
        if blank:
            raise StoreError(f"{display_path(self._path)} is empty; a store holds at least a table of agreements.")

    def part(self, start: int, end: int) -> bytes:
        """Return the bytes from `start` to before `end`. Raises StoreChanged if the file has become shorter."""
        data = self._read(start, end - start)
        if len(data) < end - start:
            raise self.changed()
        return data

    def check_unchanged(self) -> None:
        """Raise StoreChanged if the file is not in the state in which it was opened."""
        if _stamp(os.fstat(self._file.fileno())) != self.fingerprint:
            raise self.changed()

    def changed(self) -> StoreChanged:
        """Return the error for a file that was modified while it was being read."""
        name = display_path(self._path)
        return StoreChanged(f"{name} was changed while it was being read; try again when nothing writes to it.")

    def _read(self, offset: int, size: int) -> bytes:
        try:
            self._file.seek(offset)
            return self._file.read(size)
        except OSError as error:
            raise StoreError(_unreadable(self._path, error)) from None


def display_path(path: Path) -> str:
    """Return the path with control characters made visible, cut only if it is longer than paths in use are."""
    return safe.quoted(str(path), 300)


def _unreadable(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no store at {display_path(path)}; name another with --store FILE."
    if isinstance(error, PermissionError):
        return f"{display_path(path)} may not be read by you; ask for read permission or copy it."
    return f"{display_path(path)} cannot be read: {safe.line(getattr(error, 'strerror', None) or str(error))}."
