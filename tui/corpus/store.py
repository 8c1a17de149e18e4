"""Read-only access to a store, a TinyDB file. Records are validated one by one.

TinyDB's own storage re-reads the whole file on each call, uses the locale's encoding and stops at the first fault. The
storage below scans the file once, as UTF-8, and gives TinyDB tables whose records are read and decoded lazily.
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

from tui.corpus import conversion, safe, scan
from tui.corpus.checksum import checksum
from tui.corpus.file import StoreError, StoreFile, display_path
from tui.corpus.records import TABLES, Agreement, Claim, Era, Name, Problem, Record, Source

R = TypeVar("R", bound=Record)


class RecordLocation(NamedTuple):
    """Number of a record in TinyDB and the line on which it begins; for agreements, its checksum."""

    number: int
    line: int
    checksum: str = ""


class Store:
    """An open store. Reading records adds the invalid ones to `problems`.

    As a context manager it raises StoreChanged at the end if the file was changed meanwhile: what was read is to be
    thrown away then, and read again (`file.read_unchanged`).
    """

    def __init__(self, path: Path, advance: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Open and scan the file, calling `advance` with the bytes done and their total. Raises StoreError."""
        self._storage = _ReadOnlyStorage(path, advance)
        self._database = _Database(storage=lambda: self._storage)
        self.problems: list[Problem] = []

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None or issubclass(kind, StoreError):
                self.check_unchanged()
        finally:
            self.close()

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the state that is read."""
        return self._storage.file.fingerprint

    def check_unchanged(self) -> None:
        """Raise StoreChanged if the file was changed since it was opened."""
        self._storage.file.check_unchanged()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def count(self, table: str) -> int:
        """Return the number of records in the table, invalid ones included."""
        return len(self._storage.tables.get(table, ()))

    def read(self, table: str, record: type[R]) -> Iterator[tuple[RecordLocation, R]]:
        """Yield the table's valid records with their locations. Add the others to `problems`."""
        if table not in self._storage.tables:
            return
        for line, key, message in self._storage.tables[table].faults:
            self.note(line, table, key, message)
        for entry in self._entries(table):
            name = str(entry.location.number)
            try:
                document = entry.document()
                name = str(document.get("id") or name)
                found = conversion.convert(document, record)
                check = checksum(document) if table == "agreements" else ""
                yield entry.location._replace(checksum=check), found
            except scan.Malformed as error:
                self.note(entry.location.line, table, name, str(error))
            except msgspec.ValidationError as error:
                self.note(entry.location.line, table, name, _reword(str(error)))
            except RecursionError:  # `safe.value` recurses deeper than the JSON parser does
                self.note(entry.location.line, table, name, "is nested too deeply to read")

    def get(self, table: str, number: int, record: type[R]) -> R:
        """Return a record that `read` found valid, by its number. Raises StoreChanged if it is not valid any more."""
        entry: _Entry | None = self._database.table(table).get(doc_id=number)  # type: ignore[assignment]
        try:
            if entry is not None:
                return conversion.decode(entry.raw, record) or conversion.convert(entry.document(), record)
        except (scan.Malformed, msgspec.ValidationError):
            pass
        raise self._storage.file.changed()

    def documents(self, table: str) -> Iterator[tuple[RecordLocation, dict[str, Any]]]:
        """Yield the table's JSON objects with unknown fields and their locations. Malformed ones are skipped."""
        if table in self._storage.tables:
            for entry in self._entries(table):
                try:
                    document = entry.document()
                except scan.Malformed:
                    continue
                yield entry.location, document

    def note(self, line: int, table: str, record: str, message: str) -> None:
        """Add an entry to `problems`."""
        self.problems.append(Problem(line=line, table=table, record=safe.quoted(record), message=safe.line(message)))

    def _entries(self, table: str) -> Iterator[_Entry]:
        return iter(self._database.table(table))  # type: ignore[arg-type]


Identified = TypeVar("Identified", Era, Agreement, Claim, Source, Name)


def read_unique(store: Store, table: str, record: type[Identified]) -> Iterator[tuple[RecordLocation, Identified]]:
    """Yield the valid records with a unique id. Of several records with one id, only the first is yielded."""
    lines: dict[str, int] = {}
    for location, found in store.read(table, record):
        line = location.line
        if not found.id.strip():
            store.note(line, table, "", "has an empty id")
        elif found.id in lines:
            store.note(line, table, found.id, f"has an id that the record on line {lines[found.id]} has already")
        else:
            lines[found.id] = line
            yield location, found


# -- TinyDB


class _Entry:
    """Undecoded record, used by TinyDB in place of its own Document."""

    def __init__(self, line_and_bytes: tuple[int, bytes], number: int) -> None:
        line, self.raw = line_and_bytes
        self.location = RecordLocation(number, line)

    def document(self) -> dict[str, Any]:
        """Decode the record. Raises scan.Malformed."""
        value = scan.decode(self.raw, self.location.line)
        if not isinstance(value, dict):
            raise scan.Malformed(self.location.line, "must be an object")
        return value


class _EntryTable(Table):
    document_class = _Entry  # type: ignore[assignment]


class _Database(TinyDB):
    table_class = _EntryTable


class _LazyTable(Mapping[str, tuple[int, bytes]]):
    """Mapping from record number to line and bytes, passed to TinyDB as a table. The bytes are read on access."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        # Number, start, end and line of every record. Arrays, because a store may hold 100,000 records.
        self._columns = [array("q") for _ in range(4)]
        self.faults: list[tuple[int, str, str]] = []

    def add(self, record: scan.RecordExtent) -> None:
        """Add a record, or a fault if its key is not a number."""
        key, *extent = record
        if key.isascii() and key.isdigit() and len(key) < 19:
            for column, value in zip(self._columns, (int(key), *extent), strict=True):
                column.append(value)
        else:
            self.faults.append((record.line, key, "must stand under a whole number, as TinyDB writes it"))

    def sort(self) -> None:
        """Sort the records by number (a file with sorted keys has 10 before 2) and drop repeated numbers."""
        numbers, _, _, lines = self._columns
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        repeated = {later for first, later in pairwise(order) if numbers[first] == numbers[later]}
        for index in sorted(repeated):
            self.faults.append((lines[index], str(numbers[index]), "stands under a number that is taken already"))
        self._columns = [array("q", (column[i] for i in order if i not in repeated)) for column in self._columns]

    def __getitem__(self, key: str) -> tuple[int, bytes]:
        numbers, starts, ends, lines = self._columns
        index = bisect_left(numbers, int(key))
        if index == len(numbers) or numbers[index] != int(key):
            raise KeyError(key)
        return lines[index], self._file.part(starts[index], ends[index])

    def __iter__(self) -> Iterator[str]:
        return map(str, self._columns[0])

    def __len__(self) -> int:
        return len(self._columns[0]) + len(self.faults)


class _ReadOnlyStorage(Storage):
    """TinyDB storage that scans the file once, on construction, and refuses to write."""

    def __init__(self, path: Path, advance: Callable[[int, int], None]) -> None:
        self.file = StoreFile(path)
        self.tables: dict[str, _LazyTable] = {}
        try:
            self._scan(display_path(path), advance)
        except StoreError:
            try:
                self.file.check_unchanged()
            finally:
                self.close()
            raise
        except BaseException:
            self.close()
            raise

    def _scan(self, name: str, advance: Callable[[int, int], None]) -> None:
        try:
            for table_name, records in scan.scan_tables(self._pieces(advance)):
                if table_name in TABLES:
                    table = self.tables.setdefault(table_name, _LazyTable(self.file))
                    for record in records:
                        table.add(record)
        except scan.Malformed as error:
            raise StoreError(
                f"{name} is damaged or not a TinyDB store: line {error.line}: {safe.line(str(error))}."
            ) from None
        if "agreements" not in self.tables:
            raise StoreError(f"{name} has no table of agreements; docs/data.md says what a store holds.")
        for table in self.tables.values():
            table.sort()

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


_TYPE_WORDS = {"str": "text", "int": "a number", "float": "a number", "array": "a list", "bool": "true or false"}
_MAX_REASON = 100


def _reword(message: str) -> str:
    """Return msgspec's "Expected `str`, got `int` - at `$.place`" as `place: expected text, got a number`."""
    what, has_path, path = message.rpartition(" - at `")
    what = safe.quoted(what if has_path else path, _MAX_REASON)  # it quotes a value of any length
    what = re.sub(r"`([\w| ]+)`", lambda found: " or ".join(_TYPE_WORDS.get(w, w) for w in found[1].split(" | ")), what)
    what = what[:1].lower() + what[1:]
    field = path.rstrip("`").removeprefix("key in ").lstrip("$.") if has_path else ""
    return f"{field}: {what}" if field else what
