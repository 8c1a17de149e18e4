"""A store as a file: its state and its bytes, and the one error that a store which cannot be opened raises."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path

from tui.corpus import safe

_PIECE = 1 << 20


class StoreError(Exception):
    """A store that cannot be opened; the message is one plain sentence: what, where and what to do."""


def fingerprint(path: Path) -> str:
    """What tells one state of a store from the next without reading it: size and time of change. Raises StoreError."""
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        raise StoreError(_unreadable(path, error)) from None
    if stat.S_ISDIR(found.st_mode):
        raise StoreError(f"{display_path(path)} is a folder, not a store; name the JSON file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{display_path(path)} is not an ordinary file; copy the store to one.")
    if not os.access(path, os.R_OK):
        raise StoreError(_unreadable(path, PermissionError()))
    return f"{found.st_size}:{found.st_mtime_ns}"


class StoreFile:
    """A store open for reading. It is read in pieces and never mapped: a file may be cut while it is being read."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises StoreError."""
        self._path = path
        fingerprint(path)
        try:
            self._file = open(path, "rb")  # noqa: SIM115
            self.size = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise StoreError(_unreadable(path, error)) from None

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def pieces(self) -> Iterator[bytes]:
        """The whole file; a byte order mark comes as spaces. Raises StoreError where it is not UTF-8 or is empty."""
        decoder = getincrementaldecoder("utf-8")()
        line, at, blank = 1, 0, True
        while True:
            piece = self._read(at, _PIECE)
            try:
                decoder.decode(piece, not piece)
            except UnicodeDecodeError as error:
                line += error.object.count(b"\n", 0, error.start)
                name = display_path(self._path)
                raise StoreError(f"{name} is not UTF-8 text: line {line} holds a byte that UTF-8 has not.") from None
            if not piece:
                break
            line += piece.count(b"\n")
            if at == 0 and piece.startswith(BOM_UTF8):
                piece = b" " * len(BOM_UTF8) + piece[len(BOM_UTF8) :]
            at += len(piece)
            blank = blank and not piece.strip()
            yield piece
        if blank:
            raise StoreError(f"{display_path(self._path)} is empty; a store holds at least a table of agreements.")

    def part(self, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`, which `pieces` have shown. Raises StoreError where they have gone."""
        found = self._read(start, end - start)
        if len(found) < end - start:
            raise self.changed()
        return found

    def changed(self) -> StoreError:
        """What is said where the file is no longer what it was."""
        return StoreError(f"{display_path(self._path)} was changed while it was being read; open it again.")

    def _read(self, at: int, most: int) -> bytes:
        try:
            self._file.seek(at)
            return self._file.read(most)
        except OSError as error:
            raise StoreError(_unreadable(self._path, error)) from None


def display_path(path: Path) -> str:
    """The path, fit for a sentence on a terminal."""
    return safe.line(str(path))


def _unreadable(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no store at {display_path(path)}; name another with --store FILE."
    if isinstance(error, PermissionError):
        return f"{display_path(path)} may not be read by you; ask for read permission or copy it."
    return f"{display_path(path)} cannot be read: {safe.line(getattr(error, 'strerror', None) or str(error))}."
