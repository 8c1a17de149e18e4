"""Compiles a store into a catalogue: records, shelves, links both ways, and the full-text index, in one SQLite file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import apsw
import msgspec

from tui.catalogue import schema
from tui.catalogue.catalogue import Front
from tui.catalogue.index import index_names, index_vocabulary, searchable
from tui.catalogue.words import fold, tokenizer
from tui.corpus import dates, safe, standing
from tui.corpus import store as stores
from tui.corpus.file import stamp
from tui.corpus.records import UNVERIFIED, About, Agreement, Claim, Era, Link, Name, Source
from tui.corpus.vocabulary import label

Progress = Callable[[int, int], None]
"""Called with the number of agreements done and their total."""

UNFILED = ""
"""The key of the division for agreements whose era (topic, place, kind) is not known; no era has an empty id."""


_INDEX = f"INSERT INTO search (rowid, {', '.join(schema.COLUMNS)}) VALUES (?{', ?' * len(schema.COLUMNS)})"


class Filed(NamedTuple):
    """What the shelves need to know of an agreement while the others are still being read."""

    number: int
    sort: tuple[str, str, str]
    year: int | None
    keys: dict[str, tuple[str, ...]]


def compile_store(path: Path, target: apsw.Connection, progress: Progress | None = None) -> None:
    """Fill an empty catalogue from the store at `path`. Raises StoreError where the store cannot be opened."""
    state = stamp(path)
    store = stores.Store(path)
    target.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF")
    with target:
        target.execute(schema.TABLES + schema.SEARCH)
        about = next((found for _, found in store.read("corpus", About)), About())
        eras = list(stores.unique(store, "eras", Era))
        claims = list(stores.unique(store, "claims", Claim))
        filed = list(_agreements(store, target, claims, {era.id: era.title for era in eras}, progress))
        _shelve(target, filed, eras, about.labels)
        _links(target, (link for _, link in store.read("links", Link)))
        target.executemany(
            "INSERT INTO claim VALUES (?, ?, ?, ?)",
            ((position, claim.id, claim.about, _json(claim)) for position, claim in enumerate(claims)),
        )
        target.executemany(
            "INSERT INTO source VALUES (?, ?)",
            ((source.id, _json(source)) for source in stores.unique(store, "sources", Source)),
        )
        index_names(target, stores.unique(store, "names", Name))
        target.executemany(
            "INSERT INTO about VALUES (?, ?)", ((field, getattr(about, field)) for field in Front._fields)
        )
        target.executemany(
            "INSERT INTO era (title, span, summary, background) VALUES (?, ?, ?, ?)",
            ((era.title, era.span, era.summary, era.background) for era in _in_order(eras)),
        )
        index_vocabulary(target)
        target.execute(schema.INDEXES)
        target.executemany(
            "INSERT INTO problem VALUES (?, ?, ?, ?)",
            ((problem.line, problem.table, problem.record, problem.message) for problem in store.problems),
        )
        target.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            {
                "version": str(schema.VERSION),
                "store": os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace"),
                "stamp": state,
            }.items(),
        )


def _agreements(
    store: stores.Store,
    target: apsw.Connection,
    claims: list[Claim],
    eras: dict[str, str],
    progress: Progress | None,
) -> Iterator[Filed]:
    said: dict[str, list[Claim]] = {}
    for claim in claims:
        said.setdefault(claim.about, []).append(claim)
    total = store.count("agreements")
    dated = sorted((_dated(agreement) for agreement in stores.unique(store, "agreements", Agreement)), key=_place)
    for number, (sort, year, agreement) in enumerate(dated, start=1):
        doubtful = agreement.date_basis in UNVERIFIED or agreement.date_basis == "inferred"
        target.execute(
            "INSERT INTO agreement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                agreement.id,
                safe.line(agreement.name),
                agreement.date or "",
                year,
                *sort,
                agreement.era,
                doubtful,
            ),
        )
        # Apart from the rest, so that ranking many agreements does not walk over their whole text.
        target.execute("INSERT INTO record VALUES (?, ?)", (number, _json(agreement)))
        columns = searchable(agreement, said.get(agreement.id, ()), eras.get(agreement.era, ""))
        target.execute(_INDEX, (number, *columns))
        standing_days = standing.in_force(agreement)
        if standing_days:
            first, last = standing_days
            target.execute("INSERT INTO in_force VALUES (?, ?, ?)", (number, first.isoformat(), last.isoformat()))
        if progress and (number % 50 == 0 or number == total):
            progress(number, total)
        keys = {
            "era": (agreement.era,),
            "topic": tuple(dict.fromkeys(agreement.topics)),
            "place": (agreement.place or "",),
            "kind": (agreement.kind,),
        }
        yield Filed(number, (*sort, agreement.id), year, keys)


def _dated(agreement: Agreement) -> tuple[tuple[str, str], int | None, Agreement]:
    """The agreement with the first and last day of its date and its year; without a date it stands last."""
    when = dates.read(agreement.date)
    if when is None:
        return ("9999-12-31", "9999-12-31"), None, agreement
    return (when.begins.isoformat(), when.latest.isoformat()), when.year, agreement


def _place(dated: tuple[tuple[str, str], int | None, Agreement]) -> tuple[str, str, str]:
    return (*dated[0], dated[2].id)


def _shelve(target: apsw.Connection, filed: list[Filed], eras: list[Era], labels: dict[str, str]) -> None:
    """Write the four orders of the tree: in each, divisions in rank, and the agreements of each by date."""
    filed.sort(key=lambda item: item.sort)
    known = {era.id: era for era in eras}
    tokenize = tokenizer(target)
    for ordering in schema.ORDERS:
        divisions: dict[str, list[Filed]] = {era.id: [] for era in _in_order(eras)} if ordering == "era" else {}
        for item in filed:
            for key in item.keys[ordering] or (UNFILED,):
                if ordering == "era" and key not in known:
                    key = UNFILED
                divisions.setdefault(key, []).append(item)
        keys = list(divisions)
        if ordering != "era":
            keys.sort(key=lambda key: (labels.get(key) or label(key)).casefold())
        keys.sort(key=lambda key: key == UNFILED)
        position = 0
        for rank, key in enumerate(keys):
            members = divisions[key]
            era = known.get(key) if ordering == "era" else None
            title = (
                safe.line(era.title if era else labels.get(key) or label(key))
                if key != UNFILED
                else f"No {ordering} given"
            )
            target.execute(
                "INSERT INTO division VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    ordering,
                    rank,
                    key,
                    title,
                    fold(tokenize, title),
                    bool(era and era.background),
                    len(members),
                ),
            )
            target.executemany(
                "INSERT INTO shelf VALUES (?, ?, ?, ?, ?)",
                (
                    (ordering, position + offset, key, member.number, member.year)
                    for offset, member in enumerate(members)
                ),
            )
            position += len(members)


def _in_order(eras: Iterable[Era]) -> list[Era]:
    """As the store has them, background ones last."""
    return sorted(eras, key=lambda era: era.background)


def _links(target: apsw.Connection, links: Iterable[Link]) -> None:
    target.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
        ((link.source, link.target, link.type, link.reason, link.basis) for link in links),
    )


def _json(record: msgspec.Struct) -> str:
    return msgspec.json.encode(record).decode()
