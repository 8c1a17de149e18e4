"""Where compiled catalogues live: found again by the store's state, built anew when it changed, never half written."""

from __future__ import annotations

import os
import re
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import apsw

from tui.catalogue import schema
from tui.catalogue.reader import CatalogueReader
from tui.corpus.file import StoreError, fingerprint

if TYPE_CHECKING:
    from tui.catalogue.progress import Begin, Progress


SMALL = 2_000_000
"""A store of fewer bytes is compiled sooner than another process has started."""
UNWRITABLE = (apsw.CantOpenError, apsw.FullError, apsw.IOError, apsw.ReadOnlyError)
"""How SQLite says that a folder cannot be written, or no longer."""


def open_current(store: Path, folder: Path) -> CatalogueReader | None:
    """The catalogue compiled from the store as it is now, or None where there is none. Raises StoreError."""
    identity = _identity(store)
    try:
        connection = schema.connect(_file(store, folder))
        kept = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('version', 'fingerprint', 'store')"))
        if kept == identity:
            return CatalogueReader(connection, lambda: _rebuild_connection(store, folder))
        connection.close()
    except (apsw.Error, TypeError, ValueError):
        pass  # not there, not ours, or damaged: it is compiled anew
    return None


def build(store: Path, folder: Path, progress: Progress | None = None, begin: Begin | None = None) -> CatalogueReader:
    """Compile the store into the folder, or in memory where the folder cannot be written. Raises StoreError.

    The file appears under its name only when it is whole, so a reader or a second builder never meets half of one.
    What `progress` or `begin` raise ends the compiling.
    """
    try:
        return CatalogueReader(
            schema.connect(compile_file(store, folder, progress, begin)), lambda: _rebuild_connection(store, folder)
        )
    except (OSError, *UNWRITABLE):
        memory = schema.new_memory_name()
        connection = schema.connect_memory(memory)
    try:
        _compile(store, connection, progress, begin)
    except BaseException:
        connection.close()
        raise
    return CatalogueReader(connection, memory=memory)


def build_in_subprocess(
    store: Path, folder: Path, progress: Progress | None = None, begin: Begin | None = None
) -> CatalogueReader:
    """Like `build`, but in a process of its own, so that a thread which answers keys is not held up meanwhile.

    Where the store is small, no process can be started, or it cannot write the folder, this one does the work. What
    `progress` or `begin` raise ends the other process too.
    """
    file = None if _is_small(store) else _compile_in_subprocess(store, folder, progress, begin)
    try:
        if file:
            return CatalogueReader(schema.connect(file), lambda: _rebuild_connection(store, folder))
        return build(store, folder, progress, begin)
    except apsw.CantOpenError:
        return build(store, folder, progress, begin)


def _is_small(store: Path) -> bool:
    try:
        return store.stat().st_size < SMALL
    except OSError:
        return True  # what is wrong with it is said where it is read


def _compile_in_subprocess(store: Path, folder: Path, progress: Progress | None, begin: Begin | None) -> Path | None:
    """The file that another process has compiled; None where it could not. What it says is told in catalogue/build.py.

    Raises StoreError.
    """
    import json
    import subprocess

    from tui.catalogue.progress import CorpusSummary

    command = [sys.executable, "-m", "tui.catalogue.build", os.path.abspath(store), os.path.abspath(folder)]
    home = Path(__file__).parents[2]
    null = subprocess.DEVNULL
    try:
        child = subprocess.Popen(command, cwd=home, stdin=null, stdout=subprocess.PIPE, stderr=null)
    except OSError:
        return None
    with child:
        assert child.stdout
        try:
            for line in child.stdout:
                (word, told), *_ = json.loads(line).items()
                if word == "progress" and progress:
                    progress(*told)
                elif word == "beginning" and begin:
                    begin(CorpusSummary.of(told))
                elif word == "error":
                    raise StoreError(told)
                elif word == "file":
                    return Path(told)
        finally:
            child.terminate()
    return None


def compile_file(store: Path, folder: Path, progress: Progress | None = None, begin: Begin | None = None) -> Path:
    """Compile the store into the folder; returns the file. Raises StoreError, OSError or apsw.Error."""
    file = _file(store, folder)
    partial = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    folder.mkdir(parents=True, exist_ok=True)
    _remove_stale_parts(folder)
    try:
        partial.unlink(missing_ok=True)
        connection = schema.connect(partial, writable=True)
        try:
            _compile(store, connection, progress, begin)
        finally:
            connection.close()
        os.replace(partial, file)
    finally:
        with suppress(OSError):
            partial.unlink()
    return file


def _compile(store: Path, connection: apsw.Connection, progress: Progress | None, begin: Begin | None) -> None:
    from tui.catalogue.compile import compile_store

    identity = _identity(store)
    compile_store(store, connection, progress, begin)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", identity.items())


def _remove_stale_parts(folder: Path) -> None:
    """Remove the files of builders that were killed."""
    for left in folder.glob("*.part"):
        builder = re.search(r"\.([0-9]{1,9})-[0-9]+\.part$", left.name)
        if builder and not _is_running(int(builder[1])):
            with suppress(OSError):
                left.unlink()


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return False  # asking would end it; but there a file that is open cannot be removed
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def open_or_build(store: Path, folder: Path, progress: Progress | None = None) -> CatalogueReader:
    """The store's catalogue, compiled first where it has to be. Raises StoreError."""
    return open_current(store, folder) or build(store, folder, progress)


def _rebuild_connection(store: Path, folder: Path) -> apsw.Connection:
    """A connection to a catalogue compiled in place of one that turned out to be damaged."""
    return build(store, folder).connection


def _identity(store: Path) -> dict[str, str]:
    """What a catalogue must say of itself to be the store's as it is now. Raises StoreError."""
    return {"version": str(schema.VERSION), "fingerprint": fingerprint(store), "store": _place(store)}


def _file(store: Path, folder: Path) -> Path:
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", store.stem)[:40]
    return folder / f"{stem}-{crc32(os.fsencode(os.path.abspath(store))):08x}.sqlite"


def _place(store: Path) -> str:
    """The store's path as text that SQLite can keep, whatever bytes it is made of."""
    return os.fsencode(os.path.abspath(store)).decode("utf-8", "backslashreplace")
