"""The open catalogue file: one connection, every question asked through it, and the agreement as lists know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import apsw

from tui.catalogue import schema

if TYPE_CHECKING:
    from tui.catalogue.words import Tokenize

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D", bound="CatalogueConnection")

SUMMARY_COLUMNS = "agreement.id, agreement.name, agreement.date, agreement.year, agreement.era, agreement.doubtful"
"""The columns that make a leaf."""


class AgreementSummary(NamedTuple):
    """An agreement as the tree, the lists and the links know it. `date` is EDTF as written, or nothing."""

    id: str
    name: str
    date: str
    year: int | None
    era: str
    doubtful: bool


def to_summary(row: Sequence[Any]) -> AgreementSummary:
    """The leaf in the first six columns of a row of LEAF."""
    id, name, date, year, era, doubtful = row[:6]
    return AgreementSummary(id, name, date, year, era, bool(doubtful))


class Interrupted(Exception):
    """A question was stopped, by another thread, before it was answered."""


class CatalogueConnection:
    """An open catalogue file. Not for use from two threads at once: give each its own by `another`."""

    def __init__(
        self, connection: apsw.Connection, renew: Callable[[], apsw.Connection] | None = None, memory: str = ""
    ) -> None:
        """`renew` makes the catalogue anew where its file is damaged or gone; `memory` names one without a file."""
        self._connection = connection
        self._renew = renew
        self._memory = memory
        self._tokenize: Tokenize | None = None
        self._asking = self._stopped = False
        self._configure()

    def _configure(self) -> None:
        """What a kind of door needs of its connection, before anything is asked."""

    def clone(self, kind: type[D]) -> D:
        """Open a second, independent connection to the same catalogue, for another thread."""
        return kind(self._again(), self._renew, self._memory)

    def _again(self) -> apsw.Connection:
        if self._memory:
            return schema.connect_memory(self._memory)
        try:
            return schema.connect(self._connection.db_filename("main"))
        except apsw.CantOpenError:
            if self._renew is None:
                raise
            return self._renew()  # somebody has emptied the cache folder

    @property
    def connection(self) -> apsw.Connection:
        """The open connection."""
        return self._connection

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def interrupt(self) -> None:
        """Stop the question that another thread has put, between two statements too; it raises Interrupted there."""
        self._stopped = self._asking
        self._connection.interrupt()

    def fetch_all(self, sql: str, bound: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of an answer. A file that a failing disk or a stray hand has damaged is made anew, once.

        Raises Interrupted where another thread said so.
        """
        if self._stopped:
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
            self._configure()
            return self._connection.execute(sql, bound).fetchall()

    def fetch_one(self, sql: str, bound: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of an answer, or None."""
        return next(iter(self.fetch_all(sql, bound)), None)

    def tokenize(self) -> Tokenize:
        """The index's way of cutting words."""
        from tui.catalogue.words import tokenizer

        if self._tokenize is None:
            self._tokenize = tokenizer(self._connection)
        return self._tokenize


def interruptible(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
    """A method of a Door that asks several times: `interrupt` stops it as a whole, and only while it runs."""

    @wraps(method)
    def asked(door: CatalogueConnection, /, *args: P.args, **named: P.kwargs) -> T:
        if door._asking:  # a part of another question
            return method(door, *args, **named)
        door._asking, door._stopped = True, False
        try:
            return method(door, *args, **named)
        finally:
            door._asking = False

    return asked
