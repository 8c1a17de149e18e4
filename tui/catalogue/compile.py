"""Compilation of a store into a catalogue: records, groups of the tree, links and full-text index in one SQLite file.

Memory use hardly depends on the size of the store: agreements are read once for their dates, then again in the order
of their dates, a batch at a time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import apsw
import msgspec

from tui.catalogue import directory, schema
from tui.catalogue.highlights import insert_highlights
from tui.catalogue.index import index_names, index_vocabulary, searchable
from tui.catalogue.progress import OnSummary, Progress, ProgressReporter
from tui.catalogue.summary import CorpusDescription, CorpusSummary, EraSummary
from tui.catalogue.words import fold, title_key, tokenizer
from tui.corpus import dates, safe, status
from tui.corpus import store as stores
from tui.corpus.records import UNVERIFIED, About, Agreement, Claim, Era, Link, Name, Source
from tui.corpus.text import key_label
from tui.corpus.verdicts import VERDICT_WORDS

UNGROUPED = ""
"""Key of the group of agreements without an era (topic, place, kind, verdict). No era has an empty id."""

VERDICT_LABELS = {
    **{key: VERDICT_WORDS[key][1].capitalize() for key in ("contradicts", "differs", "omits", "unverified", "agrees")},
    UNGROUPED: "No claim about it",
}
"""Labels of the groups by verdict, in the order of the tree. A record is in the group of each verdict on its claims."""

_INDEX = f"INSERT INTO search (rowid, {', '.join(schema.COLUMNS)}) VALUES (?{', ?' * len(schema.COLUMNS)})"
_HEADING = f"INSERT INTO heading (rowid, {', '.join(schema.HEADING)}) VALUES (?{', ?' * len(schema.HEADING)})"
_SETTINGS = """
PRAGMA page_size = 16384;
PRAGMA cache_size = -24576;
PRAGMA synchronous = OFF;
PRAGMA journal_mode = OFF;
"""
"""No journal and no sync, because a file that a crash leaves is never opened. Large pages halve the indexing time."""
_BATCH = 50
"""Number of agreements held at a time. Executing one statement for a whole batch is faster than all for each."""
_MERGED_PAGES = 500
"""Number of index pages merged by one statement, so that progress is reported meanwhile."""
_INDEXING = {"hashsize": 6 << 20, "automerge": 0, "crisismerge": 1999}
"""FTS5 settings: write index segments of this many bytes and merge them only once, at the end."""


MAX_NAME = 500
"""Characters of a title in the tree and in lists, which measure it each time they draw it."""


class SortKey(NamedTuple):
    """First and last day of an agreement's date (ordinals), minus the links to it, its id; number in TinyDB, checksum.

    Of the records of one day that comes first to which most links lead: the others depend on it.
    """

    earliest: int
    latest: int
    minus_links: int
    id: str
    number: int
    checksum: str


class Entry(NamedTuple):
    """Agreement with its number in the catalogue and its checksum."""

    number: int
    checksum: str
    agreement: Agreement


def compile_store(
    path: Path, target: apsw.Connection, progress: Progress | None = None, on_summary: OnSummary | None = None
) -> str:
    """Fill an empty catalogue from the store at `path` and return the fingerprint of the state that was read.

    Raises StoreError if the store cannot be opened, StoreChanged if it was changed meanwhile.
    """
    reporter = ProgressReporter(progress)
    target.execute(_SETTINGS)
    target.set_progress_handler(reporter.report, 20_000)
    with target:
        target.execute(schema.TABLES + schema.SEARCH)
        for table in ("search", "heading"):
            target.executemany(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", _INDEXING.items())
        with stores.Store(path, reporter.start_part(40)) as store:
            _fill(target, store, reporter, on_summary)
    target.set_progress_handler(None)
    reporter.finish()
    return store.fingerprint


def _fill(
    target: apsw.Connection, store: stores.Store, reporter: ProgressReporter, on_summary: OnSummary | None
) -> None:
    about = next((found for _, found in store.read("corpus", About)), About())
    eras = sorted((era for _, era in stores.read_unique(store, "eras", Era)), key=lambda era: era.background)
    summary = _summarise(store, about, eras)
    if on_summary:
        on_summary(summary)
    _describe(target, summary)
    _claims(target, store)
    target.executemany(
        "INSERT INTO source VALUES (?, ?)",
        ((source.id, _json(source)) for _, source in stores.read_unique(store, "sources", Source)),
    )
    names = [name for _, name in stores.read_unique(store, "names", Name)]
    index_names(target, names)
    directory.insert_names(target, names)
    _links(target, (link for _, link in store.read("links", Link)))
    groupings = Groupings()
    _agreements(target, store, {era.id: era.title for era in eras}, about.labels, groupings, reporter)
    steps: list[Callable[[], object]] = [
        lambda: target.execute(
            "INSERT INTO cited SELECT number, count(*) FROM link JOIN agreement ON id = target GROUP BY number"
        ),
        lambda: groupings.write(target, eras, about.labels),
        lambda: _merge(target, reporter),
        lambda: index_vocabulary(target),
        *(partial(target.execute, index) for index in schema.INDEXES),
        lambda: insert_highlights(target),
    ]
    rest = reporter.start_part(100)
    for done, step in enumerate(steps):
        rest(done, len(steps))
        step()
    target.executemany(
        "INSERT INTO problem VALUES (?, ?, ?, ?)",
        ((problem.line, problem.table, problem.record, problem.message) for problem in store.problems),
    )


def _summarise(store: stores.Store, about: About, eras: list[Era]) -> CorpusSummary:
    sizes = {"agreement": "agreements", "link": "links", "claim": "claims", "source": "sources"}
    return CorpusSummary(
        CorpusDescription(*(getattr(about, field) for field in CorpusDescription._fields)),
        [EraSummary(era.id, era.title, era.span, era.summary, era.background) for era in eras],
        {name: store.count(table) for name, table in sizes.items()},
    )


def _describe(target: apsw.Connection, summary: CorpusSummary) -> None:
    target.executemany("INSERT INTO about VALUES (?, ?)", summary.description._asdict().items())
    target.executemany("INSERT INTO era (id, title, span, summary, background) VALUES (?, ?, ?, ?, ?)", summary.eras)


def _claims(target: apsw.Connection, store: stores.Store) -> None:
    for position, (_, claim) in enumerate(stores.read_unique(store, "claims", Claim)):
        row = (position, claim.id, claim.about, claim.verdict, _json(claim))
        target.execute("INSERT INTO claim VALUES (?, ?, ?, ?, ?)", row)
        directory.insert_claim_citations(target, claim)
    target.execute(schema.CLAIMS)


def _agreements(
    target: apsw.Connection,
    store: stores.Store,
    eras: dict[str, str],
    labels: dict[str, str],
    groupings: Groupings,
    reporter: ProgressReporter,
) -> None:
    keys = _sort_keys(target, store, reporter)
    step = reporter.start_part(760)
    verdicts: dict[str, list[str]] = {}
    for about, verdict in target.execute("SELECT DISTINCT about, verdict FROM claim"):
        verdicts.setdefault(about, []).append(verdict)
    for first in range(0, len(keys), _BATCH):
        batch = [
            Entry(number, key.checksum, store.get("agreements", key.number, Agreement))
            for number, key in enumerate(keys[first : first + _BATCH], start=first + 1)
        ]
        texts = [
            (
                number,
                *searchable(
                    agreement,
                    _claims_about(target, agreement.id) if agreement.id in verdicts else (),
                    eras.get(agreement.era, ""),
                    labels,
                ),
            )
            for number, _, agreement in batch
        ]
        target.executemany(_INDEX, texts)
        target.executemany(_HEADING, [text[: 1 + len(schema.HEADING)] for text in texts])
        _insert(target, batch)
        for number, _, agreement in batch:
            groupings.add(number, agreement, verdicts.get(agreement.id, ()))
        store.check_unchanged()
        step(first + len(batch), len(keys))


def _insert(target: apsw.Connection, batch: list[Entry]) -> None:
    target.executemany("INSERT INTO agreement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, batch))
    # In a table of its own, so that ranking many agreements does not read their whole text.
    target.executemany("INSERT INTO record VALUES (?, ?)", ((number, _json(found)) for number, _, found in batch))
    target.executemany(
        "INSERT INTO in_force VALUES (?, ?, ?)",
        (
            (number, *(day.isoformat() for day in days))
            for number, _, agreement in batch
            if (days := status.in_force(agreement))
        ),
    )
    target.executemany(
        "INSERT OR IGNORE INTO title VALUES (?, ?)",
        (
            (key, number)
            for number, _, agreement in batch
            for title in (agreement.name, *filter(None, agreement.titles.values()))
            if (key := title_key(title)) is not None
        ),
    )
    directory.insert_mentions(target, ((number, agreement) for number, _, agreement in batch))


def _sort_keys(target: apsw.Connection, store: stores.Store, reporter: ProgressReporter) -> list[SortKey]:
    """Return the sort keys of all agreements in order of date, undated ones last."""
    step = reporter.start_part(100)
    total = store.count("agreements")
    links = dict(target.execute("SELECT target, count(*) FROM link GROUP BY target"))
    found: list[SortKey] = []
    for location, agreement in stores.read_unique(store, "agreements", Agreement):
        earliest, latest = (day.toordinal() for day in _days(agreement))
        found.append(
            SortKey(earliest, latest, -links.get(agreement.id, 0), agreement.id, location.number, location.checksum)
        )
        step(len(found), total)
    found.sort()
    return found


def _days(agreement: Agreement) -> tuple[date, date]:
    """Return the first and last day of an agreement's date; the last day of the calendar if it has none."""
    when = dates.read(agreement.date)
    return (when.begins, when.latest) if when else (date.max, date.max)


def _row(entry: Entry) -> tuple[int | str | None, ...]:
    number, checksum, agreement = entry
    when = dates.read(agreement.date)
    earliest, latest = _days(agreement)
    return (
        number,
        agreement.id,
        safe.quoted(agreement.name, MAX_NAME),
        agreement.date or "",
        when.year if when else None,
        earliest.isoformat(),
        latest.isoformat(),
        agreement.era,
        agreement.date_basis in UNVERIFIED or agreement.date_basis == "inferred",
        checksum,
    )


def _claims_about(target: apsw.Connection, agreement_id: str) -> list[Claim]:
    rows = target.execute("SELECT record FROM claim WHERE about = ? ORDER BY position", (agreement_id,))
    return [msgspec.json.decode(record, type=Claim) for (record,) in rows]


class Groupings:
    """Members of each group of each ordering of the tree, collected while the agreements are read in order of date."""

    def __init__(self) -> None:
        self._members: dict[str, dict[str, array[int]]] = {ordering: {} for ordering in schema.ORDERINGS}
        self._records = 0

    def add(self, number: int, agreement: Agreement, verdicts: Sequence[str] = ()) -> None:
        """Add an agreement, numbered in order of date from 1, to its groups in each ordering.

        `verdicts` are those on the claims about it, each once.
        """
        self._records = number
        for ordering, keys in (
            ("era", (agreement.era,)),
            ("topic", dict.fromkeys(agreement.topics) or (UNGROUPED,)),
            ("place", (agreement.place or UNGROUPED,)),
            ("kind", (agreement.kind,)),
            ("verdict", verdicts or (UNGROUPED,)),
        ):
            groups = self._members[ordering]
            for key in keys:
                groups.setdefault(key, array("q")).append(number)

    def write(self, target: apsw.Connection, eras: list[Era], labels: dict[str, str]) -> None:
        """Write the groups of every ordering in the order of the tree, and the members of each by date."""
        tokenize = tokenizer(target)
        known = {era.id: era for era in eras}
        for ordering, groups in self._members.items():
            if ordering == "era":
                groups = _by_era(groups, eras)
            keys = list(groups)
            named = labels
            if ordering == "verdict":
                named = VERDICT_LABELS
                keys.sort(key=list(named).index)
            elif ordering != "era":
                keys.sort(key=lambda key: (labels.get(key) or key_label(key)).casefold())
            keys.sort(key=lambda key: key == UNGROUPED)
            position = 0
            ranks = {key: rank for rank, key in enumerate(keys) if not schema.is_large(len(groups[key]), self._records)}
            pairs = sorted((number, rank) for key, rank in ranks.items() for number in groups[key])
            columns = (array("I", [pair[column] for pair in pairs]).tobytes() for column in (0, 1))
            target.execute("INSERT INTO membership VALUES (?, ?, ?)", (ordering, *columns))
            for rank, key in enumerate(keys):
                members = groups[key]
                era = known.get(key) if ordering == "era" else None
                title = safe.quoted(era.title if era else named.get(key) or key_label(key), MAX_NAME)
                title = title if key != UNGROUPED or ordering == "verdict" else f"No {ordering} given"
                target.execute(
                    "INSERT INTO groups VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        ordering,
                        rank,
                        key,
                        title,
                        fold(tokenize, title),
                        bool(era and era.background),
                        len(members),
                        None if key in ranks else _bits(members, self._records),
                    ),
                )
                target.executemany(
                    "INSERT INTO grouping SELECT ?, ?, ?, number, year FROM agreement WHERE number = ?",
                    ((ordering, position + offset, key, number) for offset, number in enumerate(members)),
                )
                position += len(members)


def _bits(members: Iterable[int], records: int) -> bytes:
    """Return a set of bits, the lowest first, in which the bit of each member's number is 1."""
    found = bytearray(records // 8 + 1)
    for number in members:
        found[number >> 3] |= 1 << (number & 7)
    return bytes(found)


def _by_era(groups: dict[str, array[int]], eras: list[Era]) -> dict[str, array[int]]:
    """Return a group for every era, empty ones included, and one for the agreements of unknown era."""
    found = {era.id: groups.get(era.id, array("q")) for era in eras}
    ungrouped = sorted(number for key, numbers in groups.items() if key not in found for number in numbers)
    return found | ({UNGROUPED: array("q", ungrouped)} if ungrouped else {})


def _links(target: apsw.Connection, links: Iterable[Link]) -> None:
    target.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
        ((link.source, link.target, link.type, link.reason, link.basis) for link in links),
    )


def _merge(target: apsw.Connection, reporter: ProgressReporter) -> None:
    """Merge the segments of each full-text index into one, a few pages at a time."""
    for table in ("search", "heading"):
        pages = -_MERGED_PAGES  # negative: start merging all segments, not only those of one level
        before = -2
        while target.total_changes() - before >= 2:
            before = target.total_changes()
            target.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (pages,))
            pages = _MERGED_PAGES
            reporter.report()


def _json(record: msgspec.Struct) -> str:
    return msgspec.json.encode(record).decode()
