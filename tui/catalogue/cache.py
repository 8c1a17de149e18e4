"""Where compiled catalogues live: found again by the store's state, built anew when it changed, never half written."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import apsw

from tui.catalogue import schema
from tui.catalogue.catalogue import Catalogue
from tui.corpus.file import stamp

Progress = Callable[[int, int], None]
"""Called with the number of agreements compiled and their total."""


def open_fresh(store: Path, folder: Path) -> Catalogue | None:
    """The catalogue compiled from the store as it is now, or None where there is none. Raises StoreError."""
    now = stamp(store)
    file = _file(store, folder)
    try:
        connection = schema.connect(file)
        kept = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('version', 'stamp', 'store')"))
        if kept == {"version": str(schema.VERSION), "stamp": now, "store": _place(store)}:
            return Catalogue(connection, lambda: _anew(store, folder))
        connection.close()
    except (apsw.Error, TypeError, ValueError):
        pass  # not there, not ours, or damaged: it is compiled anew
    return None


def build(store: Path, folder: Path, progress: Progress | None = None) -> Catalogue:
    """Compile the store into the folder, or in memory where the folder cannot be written. Raises StoreError.

    The file appears under its name only when it is whole, so a reader or a second builder never meets half of one.
    """
    from tui.catalogue.compile import compile_store

    file = _file(store, folder)
    partial = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        connection = schema.connect(partial, writable=True)
    except (OSError, apsw.Error):
        connection = apsw.Connection(":memory:")
        compile_store(store, connection, progress)
        return Catalogue(connection)
    try:
        compile_store(store, connection, progress)
        connection.close()
        os.replace(partial, file)
        return Catalogue(schema.connect(file))
    except (OSError, apsw.FullError, apsw.IOError):
        connection.close()
        connection = apsw.Connection(":memory:")
        compile_store(store, connection, progress)
        return Catalogue(connection)
    finally:
        partial.unlink(missing_ok=True)


def open_or_build(store: Path, folder: Path, progress: Progress | None = None) -> Catalogue:
    """The store's catalogue, compiled first where it has to be. Raises StoreError."""
    return open_fresh(store, folder) or build(store, folder, progress)


def _anew(store: Path, folder: Path) -> apsw.Connection:
    """A connection to a catalogue compiled in place of one that turned out to be damaged."""
    return build(store, folder).connection


def _file(store: Path, folder: Path) -> Path:
    place = os.path.abspath(store)
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", Path(place).stem)[:40]
    return folder / f"{stem}-{crc32(os.fsencode(place)):08x}.sqlite"


def _place(store: Path) -> str:
    """The store's path as text that SQLite can keep, whatever bytes it is made of."""
    return os.fsencode(os.path.abspath(store)).decode("utf-8", "backslashreplace")
