"""Files of compiled catalogues: their identity, how the current one is found, how one is replaced."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

import apsw

from tui.catalogue import schema
from tui.corpus.file import fingerprint


def identity(store: Path, fingerprint: str) -> dict[str, str]:
    """Return the entries of table `meta` that identify the catalogue of a store in the state of a fingerprint.

    They name the content of the file, its definitions, and path and state of the store.
    """
    # The path is kept as text that SQLite can hold, whatever bytes it consists of.
    path = os.fsencode(os.path.abspath(store)).decode("utf-8", "backslashreplace")
    return {
        "version": str(schema.VERSION),
        "definitions": schema.DEFINITIONS_DIGEST,
        "fingerprint": fingerprint,
        "store": path,
    }


def find_current(store: Path, folder: Path) -> apsw.Connection | None:
    """Return a connection to the catalogue compiled from the store as it is now, or None. Raises StoreError."""
    expected = identity(store, fingerprint(store))
    try:
        connection = schema.connect(catalogue_file(store, folder))
        found = dict(connection.execute("SELECT key, value FROM meta"))
        if expected.items() <= found.items():
            return connection
        connection.close()
    except (apsw.Error, TypeError, ValueError):
        pass  # missing, foreign or damaged: it is compiled again
    return None


def catalogue_file(store: Path, folder: Path) -> Path:
    """Return the path of the catalogue of a store; stores of one name in different folders have different ones."""
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", store.stem)[:40]
    return folder / f"{stem}-{crc32(os.fsencode(os.path.abspath(store))):08x}.sqlite"


@contextmanager
def replacement(file: Path) -> Iterator[Path]:
    """Yield the path of a new file, which replaces `file` at the end of the context or is removed after an exception.

    Each thread of each process has its own new file. Raises OSError if the folder cannot be written.
    """
    partial = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    file.parent.mkdir(parents=True, exist_ok=True)
    _remove_stale_parts(file.parent)
    try:
        partial.unlink(missing_ok=True)
        yield partial
        os.replace(partial, file)
    finally:
        with suppress(OSError):
            partial.unlink()


def _remove_stale_parts(folder: Path) -> None:
    """Remove the new files of processes that were killed."""
    for left in folder.glob("*.part"):
        builder = re.search(r"\.([0-9]{1,9})-[0-9]+\.part$", left.name)
        if builder and not _is_running(int(builder[1])):
            with suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return False  # os.kill would end it; but Windows does not remove an open file
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
