"""Input and output of the rules: the records of a store with their lines, rules and findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct, inspect

from tui.corpus import safe
from tui.corpus.records import TABLES, About, Agreement, Claim, Era, Link, Name, Problem, Record, Source
from tui.corpus.store import Store

R = TypeVar("R", bound=Record, covariant=True)
Severity: TypeAlias = Literal["error", "warning"]


class Finding(Record, frozen=True):
    """A breach of a rule: its location and one sentence.

    `record` is the id; a link without an id is named `from > to`. A record that could not be read may have its TinyDB
    number instead.
    """

    rule: str
    severity: Severity
    line: int
    table: str
    record: str
    message: str


@dataclass(frozen=True, slots=True)
class Located(Generic[R]):
    """A record with its table and the line on which it begins."""

    record: R
    table: str
    line: int

    @property
    def id(self) -> str:
        """The id of the record, or both ends of a link."""
        if isinstance(self.record, Link):
            return f"{self.record.source} > {self.record.target}"
        return getattr(self.record, "id", "")


@dataclass(frozen=True, slots=True)
class Survey:
    """The valid records of every table in store order, and the problems of the others.

    `ids` also holds the ids of invalid records, so that links to these are not reported as further faults.
    """

    about: list[Located[About]]
    eras: list[Located[Era]]
    agreements: list[Located[Agreement]]
    links: list[Located[Link]]
    claims: list[Located[Claim]]
    sources: list[Located[Source]]
    names: list[Located[Name]]
    ids: dict[str, set[str]]
    problems: list[Problem]
    unknown: list[tuple[Unread, str]]

    def records(self) -> Iterator[Located[Record]]:
        """Return every valid record of every table."""
        return chain(self.about, self.eras, self.agreements, self.links, self.claims, self.sources, self.names)


@dataclass(frozen=True, slots=True)
class Unread:
    """The location of a record that was not read, or only in part."""

    table: str
    line: int
    id: str


Faults: TypeAlias = Iterable[tuple["Located[Record] | Unread", str]]
"""The records that break a rule, each with one plain sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that needs the whole corpus."""

    id: str
    severity: Severity
    faults: Callable[[Survey], Faults]


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule for single strings. `fault` returns the predicate of a sentence ("has …"), or None."""

    id: str
    severity: Severity
    fault: Callable[[str], str | None]


def read_survey(store: Store) -> Survey:
    """Return the valid records of all tables, the problems of others, and from the JSON ids and unknown fields."""
    ids: dict[str, set[str]] = {table: set() for table in TABLES}
    unknown: list[tuple[Unread, str]] = []
    for table, record in TABLES.items():
        kind = inspect.type_info(record)
        for location, document in store.documents(table):
            record_id = document.get("id")
            if isinstance(record_id, str):
                ids[table].add(safe.text(record_id))
            unread = Unread(table, location.line, _document_id(table, document))
            unknown.extend((unread, path) for path in _unknown_fields(document, kind, ""))
    return Survey(
        about=_read_table(store, "corpus", About),
        eras=_read_table(store, "eras", Era),
        agreements=_read_table(store, "agreements", Agreement),
        links=_read_table(store, "links", Link),
        claims=_read_table(store, "claims", Claim),
        sources=_read_table(store, "sources", Source),
        names=_read_table(store, "names", Name),
        ids=ids,
        problems=list(store.problems),
        unknown=unknown,
    )


def strings(record: Record) -> Iterator[tuple[str, str]]:
    """Yield every string of a record with its path: `titles.ru`, `provisions[2].text`; keys of `titles` as `titles`."""
    return _strings(record, "")


def field_path(path: str) -> str:
    """Return the path without list positions: `provisions.text`."""
    return re.sub(r"\[[0-9]+\]", "", path)


def excerpt(text: str, at: int = 0) -> str:
    """Return some words of the text around the position `at`, to be quoted in a finding."""
    start, end = max(at - 20, 0), at + 30
    return safe.quoted(("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else ""))


def _read_table(store: Store, table: str, record: type[R]) -> list[Located[R]]:
    return [Located(found, table, location.line) for location, found in store.read(table, record)]


def _document_id(table: str, document: dict[str, Any]) -> str:
    """Return the same as `Located.id` for a document in which a field may have any type."""
    parts = (document.get("from"), document.get("to")) if table == "links" else (document.get("id"),)
    return " > ".join(part if isinstance(part, str) else "" for part in parts)


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Struct):
        prefix = f"{path}." if path else ""
        for name, encoded in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            yield from _strings(getattr(value, name), prefix + encoded)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _strings(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield path, key
            yield from _strings(item, f"{path}.{key}")


def _unknown_fields(value: Any, kind: inspect.Type, path: str) -> Iterator[str]:
    """Yield the paths of fields that the schema lacks. Unknown fields are not entered, so that depth is bounded."""
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        known = {item.encode_name: item.type for item in kind.fields}
        for key, item in value.items():
            field_path = f"{path}.{key}" if path else key
            if key not in known:
                yield field_path
            elif isinstance(item, (dict, list)):
                yield from _unknown_fields(item, known[key], field_path)
    elif isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unknown_fields(item, kind.item_type, f"{path}[{index}]")
    elif isinstance(kind, inspect.UnionType):
        for option in kind.types:
            yield from _unknown_fields(value, option, path)
