"""A store as a file: its state and its text, and the one error that a store which cannot be opened raises."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tui.corpus import safe


class StoreError(Exception):
    """A store that cannot be opened; the message is one plain sentence: what, where and what to do."""


def stamp(path: Path) -> str:
    """What tells one state of a store from the next without reading it: size and time of change. Raises StoreError."""
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        raise StoreError(_unreadable(path, error)) from None
    if stat.S_ISDIR(found.st_mode):
        raise StoreError(f"{shown(path)} is a folder, not a store; name the JSON file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise StoreError(f"{shown(path)} is not an ordinary file; copy the store to one.")
    if not os.access(path, os.R_OK):
        raise StoreError(_unreadable(path, PermissionError()))
    return f"{found.st_size}:{found.st_mtime_ns}"


def read_text(path: Path) -> str:
    """The whole file as text. Raises StoreError where it cannot be read, is not UTF-8 or is empty."""
    stamp(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StoreError(_unreadable(path, error)) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise StoreError(f"{shown(path)} is not UTF-8 text: line {line} holds a byte that UTF-8 has not.") from None
    if not text.strip():
        raise StoreError(f"{shown(path)} is empty; a store holds at least a table of agreements.")
    return text


def shown(path: Path) -> str:
    """The path, fit for a sentence on a terminal."""
    return safe.line(str(path))


def _unreadable(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no store at {shown(path)}; name another with --store FILE."
    if isinstance(error, PermissionError):
        return f"{shown(path)} may not be read by you; ask for read permission or copy it."
    return f"{shown(path)} cannot be read: {safe.line(getattr(error, 'strerror', None) or str(error))}."
