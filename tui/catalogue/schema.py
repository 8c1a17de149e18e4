"""The catalogue file: its tables, and how a connection to it is opened."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import apsw

VERSION = 8
"""Raise it with every change of the tables or of what stands in them: older files are rebuilt."""

TOKENIZER = ("unicode61", "remove_diacritics", "2")
"""SQLite's own, case and accents folded; words.py says what is done to a text before. Here, since the first frame needs
this module and not that one."""

ORDERINGS = ("era", "topic", "place", "kind")
"""The ways in which the tree can be shelved."""

COLUMNS: dict[str, float] = {
    "title": 100.0,
    "dated": 50.0,
    "person": 20.0,
    "place": 12.0,
    "topic": 12.0,
    "kind": 12.0,
    "era": 1.0,
    "summary": 1.0,
    "body": 1.0,
    "claims": 0.6,
    "verdict": 0.1,
    "other": 5.0,
}
"""The columns of the full-text index and what a hit in each weighs.

`dated` is its own date, `other` holds ids, the dates of events, parties, references.
"""
HEADING = ("title", "dated", "person", "place")
"""The columns by which an agreement is called, the first of COLUMNS: what answers a whole query there stands first."""

# Agreements are numbered by date (first day, last day, id; those without a date last): in order of `number`, which is
# the rowid of `agreement`, `record` and `search`, the oldest come without sorting.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE agreement (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, date TEXT NOT NULL, year INTEGER,
    earliest TEXT NOT NULL, latest TEXT NOT NULL, era TEXT NOT NULL, doubtful INTEGER NOT NULL);
CREATE TABLE record (number INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE grouping (
    ordering TEXT, position INTEGER, group_key TEXT NOT NULL, number INTEGER NOT NULL, year INTEGER,
    PRIMARY KEY (ordering, position)) WITHOUT ROWID;
CREATE TABLE groups (
    ordering TEXT, rank INTEGER, key TEXT NOT NULL, label TEXT NOT NULL, folded TEXT NOT NULL,
    background INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (ordering, rank)) WITHOUT ROWID;
CREATE TABLE in_force (number INTEGER PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL);
CREATE TABLE link (source TEXT NOT NULL, target TEXT NOT NULL, type TEXT NOT NULL, reason TEXT NOT NULL, basis TEXT);
CREATE TABLE cited (number INTEGER PRIMARY KEY, times INTEGER NOT NULL);
CREATE TABLE claim (position INTEGER PRIMARY KEY, id TEXT NOT NULL, about TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE source (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE form (folded TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, stem TEXT NOT NULL, documents INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE era (
    rank INTEGER PRIMARY KEY, title TEXT NOT NULL, span TEXT NOT NULL, summary TEXT NOT NULL,
    background INTEGER NOT NULL);
CREATE TABLE problem (line INTEGER NOT NULL, place TEXT NOT NULL, record TEXT NOT NULL, message TEXT NOT NULL);
"""

CLAIMS = "CREATE INDEX claim_about ON claim (about, position)"
"""Made before the agreements are indexed, since each is found by what is claimed of it too."""

INDEXES = (
    "CREATE INDEX grouping_number ON grouping (number, ordering, group_key)",
    "CREATE INDEX grouping_year ON grouping (ordering, group_key, year)",
    "CREATE INDEX grouping_group ON grouping (ordering, group_key, number)",
    "CREATE INDEX agreement_days ON agreement (earliest, latest)",
    "CREATE INDEX link_source ON link (source)",
    "CREATE INDEX link_target ON link (target)",
    "CREATE INDEX form_folded ON form (folded)",
    "CREATE INDEX form_name ON form (name)",
    "CREATE INDEX vocabulary_stem ON vocabulary (stem)",
)
"""Made when the tables are full."""

MAX_PREFIX_LENGTH = 4
"""How many letters of the beginnings of words are indexed."""

SEARCH = (
    f"CREATE VIRTUAL TABLE search USING fts5({', '.join(COLUMNS)}, tokenize='{' '.join(TOKENIZER)}', "
    f"prefix='{' '.join(map(str, range(1, MAX_PREFIX_LENGTH + 1)))}');"
    # The headings again, by themselves: what answers there is found without reading of the words' places in the texts.
    f"CREATE VIRTUAL TABLE heading USING fts5({', '.join(HEADING)}, content='', tokenize='{' '.join(TOKENIZER)}', "
    "prefix='1 2 3');"
)


_MEMORIES = count()


def connect(path: Path | str, *, writable: bool = False) -> apsw.Connection:
    """Open a catalogue file; without `writable` nothing is written, not even a journal beside it."""
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE if writable else apsw.SQLITE_OPEN_READONLY
    return apsw.Connection(str(path), flags=flags)


def new_memory_name() -> str:
    """The name of a new catalogue in memory, for connect_memory."""
    return f"file:/memory-{next(_MEMORIES)}?vfs=memdb"


def connect_memory(name: str) -> apsw.Connection:
    """Open a catalogue in memory: all that open the same name, in any thread, share one, as long as one is open."""
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
    return apsw.Connection(name, flags=flags)
