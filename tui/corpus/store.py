"""The one place that opens a store: a TinyDB file, checked record by record, never written.

TinyDB itself re-reads the whole file on each call, follows the locale's encoding and stops at the first fault; the
storage below surveys it once, as UTF-8, and hands TinyDB tables whose records are read when they are asked for.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from tui.corpus import safe, scan
from tui.corpus.file import StoreError, StoreFile, display_path
from tui.corpus.records import PARAGRAPHS, TABLES, Agreement, Claim, Era, Name, Problem, Record, Source

R = TypeVar("R", bound=Record)


class RecordLocation(NamedTuple):
    """Where a record stands: its number in TinyDB and the line on which it begins."""

    number: int
    line: int


class Store:
    """An open store. `problems` fills as records are read: those that are not sound, each with its line."""

    def __init__(self, path: Path, advance: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Open and survey the file; `advance` is told how many of its bytes are done. Raises StoreError."""
        self._storage = _ReadOnlyStorage(path, advance)
        self._database = _Database(storage=lambda: self._storage)
        self.problems: list[Problem] = []

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def count(self, table: str) -> int:
        """How many records the table holds, sound or not."""
        return len(self._storage.tables.get(table, ()))

    def read(self, table: str, record: type[R]) -> Iterator[tuple[RecordLocation, R]]:
        """Yield the table's sound records, each with its place; note the problems of the others."""
        if table not in self._storage.tables:
            return
        for line, key, message in self._storage.tables[table].faults:
            self.note(line, table, key, message)
        for entry in self._entries(table):
            name = str(entry.place.number)
            try:
                document = entry.document()
                name = str(document.get("id") or name)
                yield entry.place, _record(document, record)
            except scan.Malformed as error:
                self.note(entry.place.line, table, name, str(error))
            except msgspec.ValidationError as error:
                self.note(entry.place.line, table, name, _plain(str(error)))
            except RecursionError:  # less deep than the JSON parser bears, deeper than we do
                self.note(entry.place.line, table, name, "is nested too deeply to read")

    def get(self, table: str, number: int, record: type[R]) -> R:
        """A record that `read` has found sound, by its number. Raises StoreError where it has changed since."""
        entry: _Entry | None = self._database.table(table).get(doc_id=number)  # type: ignore[assignment]
        try:
            if entry is not None:
                return _typed(entry.raw, record) or _record(entry.document(), record)
        except (scan.Malformed, msgspec.ValidationError):
            pass
        raise self._storage.file.changed()

    def documents(self, table: str) -> Iterator[tuple[RecordLocation, dict[str, Any]]]:
        """Yield the table's documents as they stand, unknown fields included, each with its place; no faulty ones."""
        if table in self._storage.tables:
            for entry in self._entries(table):
                try:
                    document = entry.document()
                except scan.Malformed:
                    continue
                yield entry.place, document

    def note(self, line: int, table: str, record: str, message: str) -> None:
        """Add to the problems one that was found in this store."""
        self.problems.append(Problem(line=line, table=table, record=safe.line(record), message=safe.line(message)))

    def _entries(self, table: str) -> Iterator[_Entry]:
        return iter(self._database.table(table))  # type: ignore[arg-type]


Identified = TypeVar("Identified", Era, Agreement, Claim, Source, Name)


def read_unique(store: Store, table: str, record: type[Identified]) -> Iterator[tuple[RecordLocation, Identified]]:
    """Yield the sound records that have an id of their own; the first holder of an id keeps it."""
    lines: dict[str, int] = {}
    for place, found in store.read(table, record):
        if not found.id.strip():
            store.note(place.line, table, "", "has an empty id")
        elif found.id in lines:
            store.note(place.line, table, found.id, f"has an id that the record on line {lines[found.id]} has already")
        else:
            lines[found.id] = place.line
            yield place, found


# -- one record


def _record(document: dict[str, Any], record: type[R]) -> R:
    """The document as a record whose every string is fit to show. Raises msgspec.ValidationError, RecursionError."""
    try:
        found = msgspec.convert(document, record)
        if _fit(found):
            return found
    except (msgspec.ValidationError, UnicodeEncodeError):
        pass  # what the sentence quotes is to be fit to show too; half a pair of surrogates is no text for msgspec
    return msgspec.convert(safe.value(document, PARAGRAPHS), record)


def _typed(raw: bytes, record: type[R]) -> R | None:
    """The record straight from its bytes, where nothing in it needs a closer look."""
    try:
        found = msgspec.json.decode(raw, type=record)
        return found if _fit(found) else None
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None


def _fit(record: Record) -> bool:
    """Whether `safe.value` would leave the record as it is: one look at all its strings at once, as JSON.

    Raises UnicodeEncodeError.
    """
    text = msgspec.json.encode(record).decode()
    if safe.line(text) != text:
        return False
    if "\\" not in text:
        return True
    escapes = text.replace("\\\\", "").replace('\\"', "")
    breaks = escapes.count("\\n")
    return breaks == escapes.count("\\") and breaks == sum(part.count("\n") for part in _paragraphs(record))


def _paragraphs(record: Record) -> Iterator[str]:
    """The strings of a record that may hold line feeds."""
    for path in PARAGRAPHS:
        field, _, inner = path.partition(".")
        value = getattr(record, field, None) or ()
        if inner:
            yield from (getattr(part, inner) for part in (value if isinstance(value, tuple) else (value,)))
        elif isinstance(value, str):
            yield value


# -- TinyDB


class _Entry:
    """What TinyDB makes of a record of ours: its place and its bytes, decoded when that is asked for."""

    def __init__(self, found: tuple[int, bytes], number: int) -> None:
        line, self.raw = found
        self.place = RecordLocation(number, line)

    def document(self) -> dict[str, Any]:
        """The record as it stands. Raises scan.Malformed."""
        value = scan.decode(self.raw, self.place.line)
        if not isinstance(value, dict):
            raise scan.Malformed(self.place.line, "must be an object")
        return value


class _EntryTable(Table):
    document_class = _Entry  # type: ignore[assignment]


class _Database(TinyDB):
    table_class = _EntryTable


class _Records(Mapping[str, tuple[int, bytes]]):
    """A table as TinyDB takes it from a storage: by number, each record's line and bytes, read when asked for."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        # Number, start, end and line of all records: columns of plain numbers, since there may be very many.
        self._columns = [array("q") for _ in range(4)]
        self.faults: list[tuple[int, str, str]] = []

    def add(self, found: scan.Located) -> None:
        """Take in one record more."""
        key, *extent = found
        if key.isascii() and key.isdigit() and len(key) < 19:
            for column, value in zip(self._columns, (int(key), *extent), strict=True):
                column.append(value)
        else:
            self.faults.append((found.line, key, "must stand under a whole number, as TinyDB writes it"))

    def settle(self) -> None:
        """Put the records in the order of their numbers (a file with sorted keys has 10 before 2), each number once."""
        numbers, _, _, lines = self._columns
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        taken = {later for first, later in pairwise(order) if numbers[first] == numbers[later]}
        for place in sorted(taken):
            self.faults.append((lines[place], str(numbers[place]), "stands under a number that is taken already"))
        self._columns = [array("q", (column[i] for i in order if i not in taken)) for column in self._columns]

    def __getitem__(self, key: str) -> tuple[int, bytes]:
        numbers, starts, ends, lines = self._columns
        place = bisect_left(numbers, int(key))
        if place == len(numbers) or numbers[place] != int(key):
            raise KeyError(key)
        return lines[place], self._file.part(starts[place], ends[place])

    def __iter__(self) -> Iterator[str]:
        return map(str, self._columns[0])

    def __len__(self) -> int:
        return len(self._columns[0]) + len(self.faults)


class _ReadOnlyStorage(Storage):
    """Surveys the file once, when it is made; refuses to write."""

    def __init__(self, path: Path, advance: Callable[[int, int], None]) -> None:
        self.file = StoreFile(path)
        self.tables: dict[str, _Records] = {}
        try:
            for name, records in scan.tables(self._pieces(advance)):
                if name in TABLES:
                    table = self.tables.setdefault(name, _Records(self.file))
                    for record in records:
                        table.add(record)
        except scan.Malformed as error:
            self.close()
            raise StoreError(
                f"{display_path(path)} is damaged or not a TinyDB store: line {error.line}: {safe.line(str(error))}."
            ) from None
        except BaseException:
            self.close()
            raise
        if "agreements" not in self.tables:
            self.close()
            raise StoreError(f"{display_path(path)} has no table of agreements; docs/data.md says what a store holds.")
        for table in self.tables.values():
            table.settle()

    def read(self) -> dict[str, dict[str, Any]]:
        return self.tables  # type: ignore[return-value]

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        raise PermissionError("the corpus is read only")

    def close(self) -> None:
        self.file.close()

    def _pieces(self, advance: Callable[[int, int], None]) -> Iterator[bytes]:
        done = 0
        for piece in self.file.pieces():
            yield piece
            done += len(piece)
            advance(done, self.file.size)


_PLACE = re.compile(r"^(.*?)(?: - at `(?:key in )?\$\.?(.*?)`)?$", re.DOTALL)
_WORDS = {"str": "text", "int": "a number", "float": "a number", "array": "a list", "bool": "true or false"}


def _plain(message: str) -> str:
    """msgspec's "Expected `str`, got `int` - at `$.place`" as `place: expected text, got a number`."""
    match = _PLACE.match(message)
    what, place = (match[1], match[2]) if match else (message, None)
    what = re.sub(r"`([\w| ]+)`", lambda found: " or ".join(_WORDS.get(w, w) for w in found[1].split(" | ")), what)
    what = what[:1].lower() + what[1:]
    return f"{place}: {what}" if place else what
