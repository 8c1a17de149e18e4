"""Connection to a compiled catalogue, and the summary of an agreement that lists are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import apsw

from tui.catalogue import schema

if TYPE_CHECKING:
    from tui.catalogue.words import Tokenize

ConnectionT = TypeVar("ConnectionT", bound="CatalogueConnection")

SUMMARY_COLUMNS = "agreement.id, agreement.name, agreement.date, agreement.year, agreement.era, agreement.doubtful"
"""Columns of a summary, in the order that `to_summary` expects."""


class AgreementSummary(NamedTuple):
    """Agreement as the tree, lists and links show it. `date` is EDTF as written, or nothing."""

    id: str
    name: str
    date: str
    year: int | None
    era: str
    doubtful: bool


def to_summary(row: Sequence[Any]) -> AgreementSummary:
    """Return the summary in the first six columns of a row, those of SUMMARY_COLUMNS."""
    agreement_id, name, date, year, era, doubtful = row[:6]
    return AgreementSummary(agreement_id, name, date, year, era, bool(doubtful))


CATALOGUE_ERRORS = (
    OSError,
    apsw.BusyError,
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.FullError,
    apsw.IOError,
    apsw.LockedError,
    apsw.NoMemError,
    apsw.NotADBError,
    apsw.PermissionsError,
    apsw.ReadOnlyError,
    apsw.SQLError,
    apsw.TooBigError,
)
"""Errors of reading or compiling a catalogue that need no fault in this program: a full disk, a damaged file.

SQLError is among them because SQLite raises it for a missing table and for a query beyond its limits.
"""


class Interrupted(Exception):
    """An operation was interrupted by another thread."""


class CatalogueConnection:
    """Connection to a compiled catalogue. Not thread-safe: each thread needs a clone of its own."""

    def __init__(
        self,
        connection: apsw.Connection,
        renew: Callable[[], apsw.Connection] | None = None,
        memory: str = "",
        configure: Callable[[apsw.Connection], None] = lambda _: None,
    ) -> None:
        """Take over an open connection.

        `renew` builds the catalogue again if its file is damaged or gone, `memory` is the name of a catalogue without
        a file, and `configure` is called with the connection, also with one that replaces it.
        """
        self._connection = connection
        self._renew = renew
        self._memory = memory
        self._configure = configure
        self._tokenize: Tokenize | None = None
        self._in_operation = self._interrupted = False
        configure(connection)

    def clone(
        self, kind: type[ConnectionT], configure: Callable[[apsw.Connection], None] = lambda _: None
    ) -> ConnectionT:
        """Open another, independent connection to the same catalogue, for use in any one thread."""
        return kind(self._reopen(), self._renew, self._memory, configure)

    def _reopen(self) -> apsw.Connection:
        if self._memory:
            return schema.connect_memory(self._memory)
        try:
            return schema.connect(self._connection.db_filename("main"))
        except apsw.CantOpenError:
            if self._renew is None:
                raise
            return self._renew()  # the cache folder has been emptied

    @property
    def connection(self) -> apsw.Connection:
        """SQLite connection in use; another one after the catalogue was built again."""
        return self._connection

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def interrupt(self) -> None:
        """Stop the operation that runs in another thread, also between two statements: it raises Interrupted."""
        self._interrupted = self._in_operation
        self._connection.interrupt()

    @contextmanager
    def operation(self) -> Iterator[None]:
        """Join all statements in the block into one operation; one within another is part of it.

        An `interrupt` stops the operation that runs and no later one.
        """
        if self._in_operation:
            yield
            return
        self._in_operation, self._interrupted = True, False
        try:
            yield
        finally:
            self._in_operation = self._interrupted = False

    def fetch_all(self, sql: str, bound: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a statement. The first time that the file proves damaged, it is built again.

        Raises Interrupted; CATALOGUE_ERRORS if the file is damaged again; StoreError if it cannot be built again.
        """
        if self._interrupted:
            raise Interrupted
        try:
            return self._connection.execute(sql, bound).fetchall()
        except apsw.InterruptError:
            raise Interrupted from None
        except (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.CantOpenError, apsw.SQLError) as fault:
            if self._renew is None or (isinstance(fault, apsw.SQLError) and "no such table" not in str(fault)):
                raise
            renew, self._renew = self._renew, None
            self._connection = renew()
            self._tokenize = None
            self._configure(self._connection)
            return self.fetch_all(sql, bound)

    def fetch_one(self, sql: str, bound: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a statement, or None."""
        return next(iter(self.fetch_all(sql, bound)), None)

    def tokenize(self) -> Tokenize:
        """Return the tokenizer of the index."""
        from tui.catalogue.words import tokenizer

        if self._tokenize is None:
            self._tokenize = tokenizer(self._connection)
        return self._tokenize
