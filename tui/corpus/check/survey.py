"""What the rules look at and what they say: a store read once, each record with its line; a rule; a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from msgspec import Struct, inspect

from tui.corpus import safe
from tui.corpus.records import TABLES, About, Agreement, Claim, Era, Link, Name, Problem, Record, Source
from tui.corpus.store import Store

R = TypeVar("R", bound=Record, covariant=True)
Severity: TypeAlias = Literal["error", "warning"]


class Finding(Record, frozen=True):
    """One breach of one rule: where it stands (line, table, id of the record) and what is wrong, in one sentence.

    A link has no id; it is named `from > to`. A record that could not be read may have its TinyDB number instead.
    """

    rule: str
    severity: Severity
    line: int
    table: str
    record: str
    message: str


@dataclass(frozen=True)
class Placed(Generic[R]):
    """A record and its place in the store."""

    record: R
    table: str
    line: int

    @property
    def id(self) -> str:
        """The id of the record, or the two ends of a link."""
        if isinstance(self.record, Link):
            return f"{self.record.source} > {self.record.target}"
        return getattr(self.record, "id", "")


@dataclass(frozen=True)
class Survey:
    """The sound records of every table, in the order of the store, and what could not be read.

    `ids` holds the ids of unsound records too, so that one fault does not show as many.
    """

    about: list[Placed[About]]
    eras: list[Placed[Era]]
    agreements: list[Placed[Agreement]]
    links: list[Placed[Link]]
    claims: list[Placed[Claim]]
    sources: list[Placed[Source]]
    names: list[Placed[Name]]
    ids: dict[str, set[str]]
    problems: list[Problem]
    unknown: list[tuple[Unread, str]]

    def records(self) -> Iterator[Placed[Record]]:
        """Every record of every table."""
        yield from self.about
        yield from self.eras
        yield from self.agreements
        yield from self.links
        yield from self.claims
        yield from self.sources
        yield from self.names


class Unread(NamedTuple):
    """The place of a record that was not read, or not wholly."""

    table: str
    line: int
    id: str


Faults: TypeAlias = Iterable[tuple["Placed[Record] | Unread", str]]
"""The places at which a rule is broken, each with one plain sentence."""


class Rule(NamedTuple):
    """A rule that needs the whole corpus."""

    id: str
    severity: Severity
    faults: Callable[[Survey], Faults]


class TextRule(NamedTuple):
    """A rule that each string of a record keeps by itself; `fault` says in one clause what is wrong with one."""

    id: str
    severity: Severity
    fault: Callable[[str], str | None]


def read(store: Store) -> Survey:
    """Read every table of an open store, once as records and once as the bare documents."""
    ids: dict[str, set[str]] = {table: set() for table in TABLES}
    unknown: list[tuple[Unread, str]] = []
    for table, record in TABLES.items():
        kind = inspect.type_info(record)
        for where, document in store.documents(table):
            name = document.get("id")
            if isinstance(name, str):
                ids[table].add(safe.text(name))
            place = Unread(table, where.line, _name(table, document))
            unknown.extend((place, path) for path in _unknown(document, kind, ""))
    return Survey(
        about=_placed(store, "corpus", About),
        eras=_placed(store, "eras", Era),
        agreements=_placed(store, "agreements", Agreement),
        links=_placed(store, "links", Link),
        claims=_placed(store, "claims", Claim),
        sources=_placed(store, "sources", Source),
        names=_placed(store, "names", Name),
        ids=ids,
        problems=list(store.problems),
        unknown=unknown,
    )


def strings(record: Record) -> Iterator[tuple[str, str]]:
    """Every string of a record with its path: `titles.ru`, `provisions[2].text`; a key of `titles` under `titles`."""
    return _strings(record, "")


def field(path: str) -> str:
    """The path without positions: `provisions.text`."""
    return re.sub(r"\[[0-9]+\]", "", path)


def excerpt(text: str, at: int = 0) -> str:
    """A few words of the text around a place in it, for a sentence that quotes it."""
    start, end = max(at - 20, 0), at + 30
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


def _placed(store: Store, table: str, record: type[R]) -> list[Placed[R]]:
    return [Placed(found, table, place.line) for place, found in store.read(table, record)]


def _name(table: str, document: dict[str, Any]) -> str:
    """What stands for the record in a finding, as `Placed.id` does; it may be of any type in a record not yet read."""
    parts = (document.get("from"), document.get("to")) if table == "links" else (document.get("id"),)
    return " > ".join(part if isinstance(part, str) else "" for part in parts)


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Struct):
        lead = f"{path}." if path else ""
        for name, shown in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            yield from _strings(getattr(value, name), lead + shown)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _strings(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield path, key
            yield from _strings(item, f"{path}.{key}")


def _unknown(value: Any, kind: inspect.Type, path: str) -> Iterator[str]:
    """The paths of the fields that the schema has not. Only what the schema has is entered, however deep the rest."""
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        known = {item.encode_name: item.type for item in kind.fields}
        for key, item in value.items():
            place = f"{path}.{key}" if path else key
            if key not in known:
                yield place
            elif isinstance(item, (dict, list)):
                yield from _unknown(item, known[key], place)
    elif isinstance(kind, inspect.VarTupleType) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unknown(item, kind.item_type, f"{path}[{index}]")
    elif isinstance(kind, inspect.UnionType):
        for option in kind.types:
            yield from _unknown(value, option, path)
