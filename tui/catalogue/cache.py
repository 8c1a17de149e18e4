"""Files of compiled catalogues: their identity, how the current one is found, how one is replaced."""

from __future__ import annotations

import os
import re
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time, time_ns
from zlib import crc32

import apsw

from tui.catalogue import schema
from tui.catalogue.columns import Damaged
from tui.corpus.file import fingerprint

MAX_CATALOGUES = 16
"""Number of catalogues that the folder keeps: those compiled last."""

_SEAL_UNIT = 2_000_000_000
"""Nanoseconds of which a seal is a multiple: the coarsest unit of time of a file system in use, that of FAT."""
_STALE = 3600
"""Seconds without a change after which an unfinished file is removed, although a process has its builder's number."""


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


def catalogue_file(store: Path, folder: Path) -> Path:
    """Return the path of the catalogue of a store; stores of one name in different folders have different ones."""
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", store.stem)[:40]
    return folder / f"{stem}-{crc32(os.fsencode(os.path.abspath(store))):08x}.sqlite"


# -- opening


def find_current(store: Path, folder: Path) -> apsw.Connection | None:
    """Return a connection to the catalogue compiled from the store as it is now, or None. Raises StoreError."""
    expected = identity(store, fingerprint(store))
    try:
        connection = open_file(catalogue_file(store, folder))
        if expected.items() <= schema.meta(connection).items():
            return connection
        connection.close()
    except (Damaged, OSError, *schema.DAMAGE):
        pass  # missing, foreign or damaged: it is compiled again
    return None


def open_file(file: Path) -> apsw.Connection:
    """Return a connection to a catalogue file that nothing has written to since it was compiled.

    Only the definitions of its tables are read, not their content. Raises Damaged, OSError or schema.DAMAGE.
    """
    if not _is_private(file.parent):
        raise Damaged("a folder of others")
    status = os.lstat(file)
    if not stat.S_ISREG(status.st_mode):  # opening a FIFO or a device could wait for ever
        raise Damaged("no file")
    connection = schema.connect(file)
    try:
        if not schema.has_all_tables(connection):
            raise Damaged("other tables")
        if schema.meta(connection).get("seal") != str(status.st_mtime_ns):
            raise Damaged("changed after it was compiled")
    except (Damaged, apsw.SQLError, *schema.DAMAGE) as error:
        connection.close()
        if isinstance(error, apsw.SQLError):  # of a file format that SQLite does not know
            raise Damaged("an unknown format") from error
        raise
    return connection


def _is_private(folder: Path) -> bool:
    """Return whether nobody but the user of this process may read or write a folder."""
    if os.name == "nt":
        return True  # the folder is in the user's profile, and Windows has other permissions
    status = os.stat(folder)
    return status.st_uid == os.geteuid() and not status.st_mode & 0o077


# -- writing


def new_seal() -> str:
    """Return the seal of a file that is written now, for its table `meta`: the time of change that `seal` sets.

    Whatever writes to the file later sets another time.
    """
    return str(time_ns() // _SEAL_UNIT * _SEAL_UNIT)


def seal(file: Path, seal: str) -> None:
    """Give a complete file its seal and write it to the disk. Raises OSError."""
    with open(file, "r+b") as written:
        os.fsync(written.fileno())
    os.utime(file, ns=(int(seal), int(seal)))
    if str(file.stat().st_mtime_ns) != seal:
        raise OSError("the folder does not keep times of change")


@contextmanager
def replacement(file: Path) -> Iterator[Path]:
    """Yield the path of a new file, which replaces `file` at the end of the context or is removed after an exception.

    Each thread of each process has its own new file. Raises OSError if the folder cannot be written or made private.
    """
    partial = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    _make_private(file.parent)
    _remove_stale_parts(file.parent)
    try:
        partial.unlink(missing_ok=True)
        yield partial
        os.replace(partial, file)
        _remove_oldest(file)
    finally:
        with suppress(OSError):
            partial.unlink()


def _make_private(folder: Path) -> None:
    """Create a folder, and take the permissions on it from others. Raises OSError if it belongs to another user."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_private(folder):
        folder.chmod(folder.stat().st_mode & 0o700)
    if not _is_private(folder):
        raise PermissionError("the folder belongs to another user")


def _remove_stale_parts(folder: Path) -> None:
    """Remove the new files of processes that were killed."""
    for left in folder.glob("*.part"):
        builder = re.search(r"\.([0-9]{1,9})-[0-9]+\.part$", left.name)
        with suppress(OSError):
            if builder and (not _is_running(int(builder[1])) or time() - left.stat().st_mtime > _STALE):
                left.unlink()


def _remove_oldest(newest: Path) -> None:
    """Remove all but the newest catalogues from the folder of the newest."""
    with suppress(OSError):  # another process may remove the same files
        others = [(os.lstat(file).st_mtime_ns, file) for file in newest.parent.glob("*.sqlite") if file != newest]
        for _, file in sorted(others, reverse=True)[MAX_CATALOGUES - 1 :]:
            file.unlink()


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
