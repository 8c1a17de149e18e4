"""Connection to a compiled catalogue, and the summary of an agreement that lists are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

import apsw

from tui.catalogue import columns, schema
from tui.catalogue.columns import Column, Damaged

if TYPE_CHECKING:
    from tui.catalogue.words import Tokenize

T = TypeVar("T")
Connect: TypeAlias = Callable[[], apsw.Connection]
"""Function that opens a connection to a catalogue."""
ConnectionT = TypeVar("ConnectionT", bound="CatalogueConnection")

SUMMARY_COLUMNS = "agreement.id, agreement.name, agreement.date, agreement.year, agreement.era, agreement.doubtful"
"""Columns of a summary, in the order that `to_summary` expects."""
SUMMARY: tuple[Column, ...] = (
    *(columns.name, columns.name, columns.line),
    *(columns.optional(columns.number), columns.line, columns.flag),
)
"""Kinds of the columns of a summary."""
CITED_COLUMNS = (
    "ifnull(agreement.name, ''), ifnull(agreement.date, ''), agreement.year, ifnull(agreement.era, ''), "
    "ifnull(agreement.doubtful, 0)"
)
"""Columns of a summary without its id, where no agreement of the store may have that id."""
CITED: tuple[Column, ...] = (*(columns.line, columns.line), *SUMMARY[3:])
"""Kinds of CITED_COLUMNS."""


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
    return AgreementSummary(*row[:6])


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


class Catalogue:
    """A compiled catalogue to which connections are opened, in any thread. It is compiled again if it is damaged."""

    def __init__(
        self,
        connect: Connect,
        rebuilds: Iterable[Callable[[], Connect]] = (),
        first: apsw.Connection | None = None,
    ) -> None:
        """Create a catalogue to which `connect` opens a connection; `first` is one that is open already.

        Each of `rebuilds` compiles the catalogue again and returns another `connect`. They are used in turn, each once.
        """
        self._connect = connect
        self._rebuilds = iter(rebuilds)
        self._first = first
        self._lock = Lock()
        self._meta: dict[str, str] | None = None
        self.edition = 0
        """Number that rises with each file that takes the place of the one before."""

    def connect(self) -> tuple[apsw.Connection, int]:
        """Return a new connection and its edition. Raises StoreError if the catalogue has to be compiled and cannot."""
        while True:
            edition = self.edition
            try:
                with self._lock:
                    return self._open(), self.edition
            except (Damaged, OSError, *schema.DAMAGE) as damage:
                self.rebuild(edition, damage)

    def _open(self) -> apsw.Connection:
        connection, self._first = self._first or self._connect(), None
        meta = schema.meta(connection)
        if self._meta not in (None, meta):
            self.edition += 1  # another process has compiled the store: all connections have to read the same file
        self._meta = meta
        return connection

    def rebuild(self, edition: int, damage: Exception) -> None:
        """Compile the catalogue again, unless another thread has done so since the edition that proved damaged.

        Raises the damage if it has been compiled as often as is sensible, StoreError if it cannot be compiled.
        """
        with self._lock:
            if edition == self.edition:
                rebuild = next(self._rebuilds, None)
                if rebuild is None:
                    raise damage
                self._connect, self._meta = rebuild(), None
                self.edition += 1


class CatalogueConnection:
    """Connection to a compiled catalogue. Not thread-safe: each thread needs a clone of its own."""

    def __init__(self, catalogue: Catalogue, configure: Callable[[apsw.Connection], None] = lambda _: None) -> None:
        """Open a connection. `configure` is called with the SQLite connection, also with one that replaces it."""
        self._catalogue = catalogue
        self._configure = configure
        self._is_answering = self._is_interrupted = False
        self._open()

    def _open(self) -> None:
        self._connection, self._edition = self._catalogue.connect()
        self.kept: dict[str, Any] = {}
        """Values that were read or made for this connection; another one begins without."""
        self._configure(self._connection)

    def clone(
        self, kind: type[ConnectionT], configure: Callable[[apsw.Connection], None] = lambda _: None
    ) -> ConnectionT:
        """Open another, independent connection to the same catalogue, for use in any one thread."""
        return kind(self._catalogue, configure)

    @property
    def connection(self) -> apsw.Connection:
        """SQLite connection in use; another one after the catalogue was built again."""
        return self._connection

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def interrupt(self) -> None:
        """Stop the question that is answered in another thread, also between two statements: it raises Interrupted."""
        self._is_interrupted = self._is_answering
        self._connection.interrupt()

    def answer(self, question: Callable[[], T]) -> T:
        """Return the answer to a question of several statements. One within another is part of it.

        If the catalogue proves damaged, it is compiled again and the question is asked again: that happens
        only here while a question is answered. An `interrupt` stops the question under way and no later one. Raises
        Interrupted, StoreError if the catalogue cannot be compiled again, and whatever else the question raises.
        """
        if self._is_answering:
            return question()
        self._is_answering, self._is_interrupted = True, False
        try:
            while True:
                if self._edition != self._catalogue.edition:
                    self._open()
                try:
                    return question()
                except Damaged as damage:
                    self._catalogue.rebuild(self._edition, damage)
        finally:
            self._is_answering = self._is_interrupted = False

    def fetch_all(self, sql: str, kinds: Sequence[Column], bound: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a statement, with the kinds of their columns checked.

        Raises what `answer` raises, and CATALOGUE_ERRORS.
        """
        return self.answer(lambda: columns.convert(self._execute(sql, bound), kinds))

    def _execute(self, sql: str, bound: Sequence[Any]) -> list[tuple[Any, ...]]:
        if self._is_interrupted:
            raise Interrupted
        try:
            return self._connection.execute(sql, bound).fetchall()
        except apsw.InterruptError:
            raise Interrupted from None
        except apsw.SQLError as error:
            if self._is_sound(sql, bound):
                raise Damaged(str(error)) from error
            raise
        except schema.DAMAGE as error:
            raise Damaged(str(error)) from error

    def _is_sound(self, sql: str, bound: Sequence[Any]) -> bool:
        """Return whether an empty catalogue answers a statement. If not, the statement is wrong, or beyond a limit."""
        empty = schema.connect_empty()
        self._configure(empty)
        try:
            empty.execute(sql, bound).fetchall()
        except apsw.SQLError:
            return False
        finally:
            empty.close()
        return True

    def fetch_one(self, sql: str, kinds: Sequence[Column], bound: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a statement, or None."""
        return next(iter(self.fetch_all(sql, kinds, bound)), None)

    def fetch_only(self, sql: str, kinds: Sequence[Column], bound: Sequence[Any] = ()) -> tuple[Any, ...]:
        """Return the first row of a statement that has rows in any sound catalogue."""

        def question() -> tuple[Any, ...]:
            row = self.fetch_one(sql, kinds, bound)
            if row is None:
                raise Damaged("a missing row")
            return row

        return self.answer(question)

    def tokenize(self) -> Tokenize:
        """Return the tokenizer of the index."""
        from tui.catalogue.words import tokenizer

        if "tokenize" not in self.kept:
            self.kept["tokenize"] = tokenizer(self._connection)
        tokenize: Tokenize = self.kept["tokenize"]
        return tokenize
