"""Compiles the catalogue of a store: into a file, into memory, or in a child process.

`python -m tui.catalogue.build STORE FOLDER` is the child process. It writes lines of JSON to its standard output:
`{"summary": fields}` (of a CorpusSummary), `{"progress": [done, total]}`, and last `{"file": path}` or
`{"error": sentence}`, or nothing if it cannot write the folder. It ends on SIGTERM, and when its input or output is
closed, as happens when its parent is killed, and then leaves no file behind.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

from tui.catalogue import cache, schema
from tui.catalogue.connection import Catalogue, Connect
from tui.catalogue.reader import CatalogueReader
from tui.corpus.file import StoreError, display_path, read_unchanged

if TYPE_CHECKING:
    from tui.catalogue.progress import OnSummary, Progress

# The first frame needs this module to open a current catalogue, so what compiling needs is imported in functions.

SMALL = 2_000_000
"""Size in bytes below which compiling a store takes less time than starting a child process."""
_UNWRITABLE = (OSError, apsw.CantOpenError, apsw.FullError, apsw.IOError, apsw.ReadOnlyError)
"""Errors that mean that a folder cannot be written, or no longer."""


def open_current(store: Path, folder: Path) -> CatalogueReader | None:
    """Open the catalogue compiled from the store as it is now. Returns None if there is none. Raises StoreError."""
    connection = cache.find_current(store, folder)
    return (
        _reader(store, folder, partial(cache.open_file, cache.catalogue_file(store, folder)), connection)
        if connection
        else None
    )


def open_or_build(store: Path, folder: Path, progress: Progress | None = None) -> CatalogueReader:
    """Open the catalogue of a store, compiled first if there is no current one. Raises StoreError."""
    return open_current(store, folder) or build_catalogue(store, folder, progress)


def build_catalogue(
    store: Path, folder: Path, progress: Progress | None = None, on_summary: OnSummary | None = None
) -> CatalogueReader:
    """Compile the store into the folder, or into memory if the folder cannot be written. Raises StoreError.

    The file gets its name only when it is complete, so no reader and no second builder finds half of one. An exception
    raised by a callback ends the compilation.
    """
    return _reader(store, folder, _compile_anywhere(store, folder, progress, on_summary))


def build_in_subprocess(
    store: Path, folder: Path, progress: Progress | None = None, on_summary: OnSummary | None = None
) -> CatalogueReader:
    """Compile like `build_catalogue`, but in a child process, so that the UI thread can answer keys meanwhile.

    This process compiles if the store is small, if no process can be started, or if the child cannot write the folder.
    An exception raised by a callback ends the child too.
    """
    file = None if _is_small(store) else _compile_in_subprocess(store, folder, progress, on_summary)
    if file is None:
        return build_catalogue(store, folder, progress, on_summary)
    return _reader(store, folder, partial(cache.open_file, file))


def compile_file(
    store: Path, folder: Path, progress: Progress | None = None, on_summary: OnSummary | None = None
) -> Path:
    """Compile the store into the folder and return the file.

    Raises StoreError, StoreChanged if the store was changed meanwhile, OSError or apsw.Error.
    """
    file = cache.catalogue_file(store, folder)
    with cache.replacement(file) as partial:
        seal = cache.new_seal()
        connection = schema.connect(partial, writable=True)
        try:
            _compile(store, connection, progress, on_summary)
            connection.execute("INSERT INTO meta VALUES ('seal', ?)", (seal,))
        finally:
            connection.close()
        cache.seal(partial, seal)
    return file


def _compile(store: Path, connection: apsw.Connection, progress: Progress | None, on_summary: OnSummary | None) -> None:
    from tui.catalogue.compile import compile_store

    fingerprint = compile_store(store, connection, progress, on_summary)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", cache.identity(store, fingerprint).items())


def _compile_anywhere(
    store: Path, folder: Path, progress: Progress | None = None, on_summary: OnSummary | None = None
) -> Connect:
    """Compile the store into the folder, or into memory if the folder cannot be written. Raises StoreError."""

    def compile_once() -> Connect:
        try:
            return partial(cache.open_file, compile_file(store, folder, progress, on_summary))
        except _UNWRITABLE:
            return _compile_in_memory(store, progress, on_summary)

    return read_unchanged(compile_once)


def _compile_in_memory(store: Path, progress: Progress | None = None, on_summary: OnSummary | None = None) -> Connect:
    database = schema.MemoryDatabase()
    try:
        _compile(store, database.first, progress, on_summary)
    except (apsw.FullError, apsw.NoMemError):  # SQLite takes 1 GB at most
        database.first.close()
        name = display_path(store)
        raise StoreError(f"{name} is too large to be compiled in memory; make the cache folder writable.") from None
    except BaseException:
        database.first.close()
        raise
    return database.connect


def _reader(store: Path, folder: Path, connect: Connect, first: apsw.Connection | None = None) -> CatalogueReader:
    """Return a reader that compiles the store again if the catalogue proves damaged, the second time into memory."""
    rebuilds = (partial(_compile_anywhere, store, folder), partial(read_unchanged, partial(_compile_in_memory, store)))
    return CatalogueReader(Catalogue(connect, rebuilds, first))


def _is_small(store: Path) -> bool:
    try:
        return store.stat().st_size < SMALL
    except OSError:
        return True  # `build_catalogue` raises the StoreError


def _compile_in_subprocess(
    store: Path, folder: Path, progress: Progress | None, on_summary: OnSummary | None
) -> Path | None:
    """Return the file that a child process has compiled, or None if it could not. Raises StoreError."""
    import json
    import subprocess

    from tui.catalogue.summary import CorpusSummary

    command = [sys.executable, "-m", "tui.catalogue.build", os.path.abspath(store), os.path.abspath(folder)]
    root = Path(__file__).parents[2]
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    try:  # in a session of its own, so that it is not killed with the terminal before it has removed its file
        child = subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, stderr=null, start_new_session=True)
    except OSError:
        return None
    with child:
        assert child.stdout
        try:
            for line in child.stdout:
                if not line.endswith(b"\n"):  # it was killed while it wrote
                    break
                ((kind, content),) = json.loads(line).items()
                if kind == "progress" and progress:
                    progress(*content)
                elif kind == "summary" and on_summary:
                    on_summary(CorpusSummary.from_dict(content))
                elif kind == "error":
                    raise StoreError(content)
                elif kind == "file":
                    return Path(content)
        finally:
            child.terminate()
    return None


def _run_child(store: Path, folder: Path) -> None:
    """Compile in this process, which is the child, and write what the parent reads in `_compile_in_subprocess`."""
    import _thread
    import json
    import signal
    from threading import Thread

    def write(kind: str, content: Any) -> None:
        try:
            sys.stdout.write(json.dumps({kind: content}) + "\n")
            sys.stdout.flush()
        except OSError:
            leave()

    def leave(*_: Any) -> None:
        raise SystemExit(1)

    def leave_with_parent() -> None:
        sys.stdin.read()  # nothing is written to it: it ends when the parent does
        _thread.interrupt_main(signal.SIGTERM)

    signal.signal(signal.SIGTERM, leave)
    Thread(target=leave_with_parent, daemon=True).start()
    try:
        file = read_unchanged(
            lambda: compile_file(
                store,
                folder,
                lambda done, total: write("progress", [done, total]),
                lambda summary: write("summary", summary.to_dict()),
            )
        )
    except StoreError as error:
        write("error", str(error))
    except _UNWRITABLE:
        return
    else:
        write("file", str(file))


if __name__ == "__main__":
    _run_child(Path(sys.argv[1]), Path(sys.argv[2]))
