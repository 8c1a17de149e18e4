"""The one place that opens a store: a TinyDB file read once, checked record by record, never written.

TinyDB itself re-reads the whole file on each call, follows the locale's encoding and stops at the first fault; the
storage below reads once, as UTF-8, and hands TinyDB tables whose records are decoded only when they are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage

from tui.corpus import safe, scan
from tui.corpus.file import StoreError, read_text, shown
from tui.corpus.records import (
    PARAGRAPHS,
    TABLES,
    About,
    Agreement,
    Claim,
    Corpus,
    Era,
    Link,
    Name,
    Problem,
    Record,
    Source,
)

R = TypeVar("R", bound=Record)


class Store:
    """An open store. `problems` fills as records are read: those that are not sound, each with its line."""

    def __init__(self, path: Path) -> None:
        """Open and survey the file. Raises StoreError."""
        self.path = path
        self._storage = _ReadOnlyStorage(path)
        self._database = TinyDB(storage=lambda: self._storage)
        self.problems: list[Problem] = []

    def count(self, table: str) -> int:
        """How many records the table holds, sound or not."""
        return len(self._storage.tables.get(table, ()))

    def line(self, table: str, document: int) -> int:
        """The line on which a record begins, by its TinyDB number."""
        return self._storage.tables[table].located[document].line

    def read(self, table: str, record: type[R]) -> Iterator[tuple[int, R]]:
        """Yield the table's sound records, each with its line; note the problems of the others."""
        if table not in self._storage.tables:
            return
        self._note_keys(table)
        for document in self._database.table(table):
            line = self.line(table, document.doc_id)
            name = str(document.get("id") or document.doc_id)
            try:
                if _FAULT in document:
                    self.note(line, table, name, document[_FAULT])
                else:
                    yield line, msgspec.convert(safe.value(dict(document), PARAGRAPHS), record)
            except msgspec.ValidationError as error:
                self.note(line, table, name, _plain(str(error)))
            except RecursionError:  # less deep than the JSON parser bears, deeper than we do
                self.note(line, table, name, "is nested too deeply to read")

    def documents(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the table's documents as they stand, unknown fields included, each with its line; no faulty ones."""
        if table in self._storage.tables:
            for document in self._database.table(table):
                if _FAULT not in document:
                    yield self.line(table, document.doc_id), document

    def _note_keys(self, table: str) -> None:
        for line, key, message in self._storage.tables[table].faults:
            self.note(line, table, key, message)

    def note(self, line: int, table: str, record: str, message: str) -> None:
        """Add to the problems one that was found in this store."""
        self.problems.append(Problem(line=line, table=table, record=safe.line(record), message=safe.line(message)))


def load(path: Path) -> Corpus:
    """Read a whole store. Raises StoreError; a record that is not sound is left out and stands in `problems`."""
    store = Store(path)
    about = next((found for _, found in store.read("corpus", About)), About())
    corpus = Corpus(
        about=about,
        eras=tuple(unique(store, "eras", Era)),
        agreements=tuple(unique(store, "agreements", Agreement)),
        links=tuple(link for _, link in store.read("links", Link)),
        claims=tuple(unique(store, "claims", Claim)),
        sources=tuple(unique(store, "sources", Source)),
        names=tuple(unique(store, "names", Name)),
    )
    return msgspec.structs.replace(corpus, problems=tuple(store.problems))


Identified = TypeVar("Identified", Era, Agreement, Claim, Source, Name)


def unique(store: Store, table: str, record: type[Identified]) -> Iterator[Identified]:
    """Yield the sound records that have an id of their own; the first holder of an id keeps it."""
    lines: dict[str, int] = {}
    for line, found in store.read(table, record):
        if not found.id.strip():
            store.note(line, table, "", "has an empty id")
        elif found.id in lines:
            store.note(line, table, found.id, f"has an id that the record on line {lines[found.id]} has already")
        else:
            lines[found.id] = line
            yield found


_FAULT: Any = object()
"""The one field of a document that stands for a record which cannot be decoded; no JSON can hold it."""


class _Table(Mapping[str, Any]):
    """A TinyDB table that decodes a record when it is asked for; a fault stands as a document of one field."""

    def __init__(self, text: str, records: list[scan.Located]) -> None:
        self._text = text
        self.located: dict[int, scan.Located] = {}
        self.faults: list[tuple[int, str, str]] = []
        for record in records:
            if not (record.key.isascii() and record.key.isdigit() and len(record.key) < 19):
                self.faults.append((record.line, record.key, "must stand under a whole number, as TinyDB writes it"))
            elif int(record.key) in self.located:
                self.faults.append((record.line, record.key, "stands under a number that is taken already"))
            else:
                self.located[int(record.key)] = record
        # By number: a file with sorted keys has 10 before 2.
        self.located = dict(sorted(self.located.items()))

    def __getitem__(self, key: str) -> Any:
        try:
            value = scan.decode(self._text, self.located[int(key)])
        except scan.Malformed as error:
            return {_FAULT: str(error)}
        return value if isinstance(value, dict) else {_FAULT: "must be an object"}

    def __iter__(self) -> Iterator[str]:
        return (str(key) for key in self.located)

    def __len__(self) -> int:
        return len(self.located) + len(self.faults)


class _ReadOnlyStorage(Storage):
    """Reads the file once, when it is made; refuses to write."""

    def __init__(self, path: Path) -> None:
        text = read_text(path)
        try:
            found = scan.tables(text)
        except scan.Malformed as error:
            raise StoreError(
                f"{shown(path)} is damaged or not a TinyDB store: line {error.line}: {safe.line(str(error))}."
            ) from None
        if "agreements" not in found:
            raise StoreError(f"{shown(path)} has no table of agreements; docs/data.md says what a store holds.")
        self.tables = {name: _Table(text, found[name]) for name in TABLES if name in found}

    def read(self) -> dict[str, dict[str, Any]]:
        return self.tables  # type: ignore[return-value]

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        raise PermissionError("the corpus is read only")


_PLACE = re.compile(r"^(.*?)(?: - at `(?:key in )?\$\.?(.*?)`)?$", re.DOTALL)
_WORDS = {"str": "text", "int": "a number", "float": "a number", "array": "a list", "bool": "true or false"}


def _plain(message: str) -> str:
    """msgspec's "Expected `str`, got `int` - at `$.place`" as `place: expected text, got a number`."""
    match = _PLACE.match(message)
    what, place = (match[1], match[2]) if match else (message, None)
    what = re.sub(r"`([\w| ]+)`", lambda found: " or ".join(_WORDS.get(w, w) for w in found[1].split(" | ")), what)
    what = what[:1].lower() + what[1:]
    return f"{place}: {what}" if place else what
