"""Tables of the catalogue file, and functions that open a connection to it."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import apsw

VERSION = 16
"""Version of the content of the tables. Raise it when something else is written into them: older files are rebuilt."""

DEFINITIONS_DIGEST = "7d1ce6e87b898b7c"
"""Digest of the table definitions and of the record schema, so that files from before a change of them are rebuilt.

It is a constant because the first frame does without the record classes. tests/catalogue/test_identity.py computes it.
"""

TOKENIZER = ("unicode61", "remove_diacritics", "2")
"""SQLite's own tokenizer, which folds case and accents; words.py prepares the text for it. The constant is here
because the first frame imports this module but not that one."""

ORDERINGS = ("era", "topic", "place", "kind", "verdict")
"""Orderings of the tree: each groups the agreements in its own way."""

LARGE_GROUP = 64
"""A group that has more than one record in so many of the store is large: its members are kept as a set of bits."""

COLUMNS = (
    *("title", "dated", "person", "place", "topic", "kind", "era"),
    *("summary", "body", "claims", "verdict", "other"),
)
"""Columns of the full-text index.

`dated` is the agreement's own date; `other` holds its id, the dates of its events, its parties and references.
"""
HEADING = ("title", "dated", "person", "place")
"""Columns that identify an agreement (the first of COLUMNS). Results that match a whole query in them rank first."""

# Agreements are numbered by date (first day, last day, links to them, id; undated ones last). `number` is the rowid of
# `agreement`, `record` and `search`, so that reading in rowid order yields the oldest first without sorting.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE agreement (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, date TEXT NOT NULL, year INTEGER,
    earliest TEXT NOT NULL, latest TEXT NOT NULL, era TEXT NOT NULL, doubtful INTEGER NOT NULL,
    checksum TEXT NOT NULL);
CREATE TABLE record (number INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE title (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE grouping (
    ordering TEXT, position INTEGER, group_key TEXT NOT NULL, number INTEGER NOT NULL, year INTEGER,
    PRIMARY KEY (ordering, position)) WITHOUT ROWID;
CREATE TABLE groups (
    ordering TEXT, rank INTEGER, key TEXT NOT NULL, label TEXT NOT NULL, folded TEXT NOT NULL,
    background INTEGER NOT NULL, size INTEGER NOT NULL, members BLOB, PRIMARY KEY (ordering, rank)) WITHOUT ROWID;
CREATE TABLE membership (ordering TEXT PRIMARY KEY, numbers BLOB NOT NULL, ranks BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE in_force (number INTEGER PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL);
CREATE TABLE link (source TEXT NOT NULL, target TEXT NOT NULL, type TEXT NOT NULL, reason TEXT NOT NULL, basis TEXT);
CREATE TABLE cited (number INTEGER PRIMARY KEY, times INTEGER NOT NULL);
CREATE TABLE claim (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL, about TEXT NOT NULL, verdict TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE source (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE citation (
    source TEXT NOT NULL, role TEXT NOT NULL, agreement TEXT NOT NULL, place TEXT NOT NULL, label TEXT NOT NULL);
CREATE TABLE name (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE name_form (form TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE signatory (form TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE form (folded TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE highlight (role TEXT PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, stem TEXT NOT NULL, documents INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE era (
    rank INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, span TEXT NOT NULL, summary TEXT NOT NULL,
    background INTEGER NOT NULL);
CREATE TABLE problem (line INTEGER NOT NULL, place TEXT NOT NULL, record TEXT NOT NULL, message TEXT NOT NULL);
"""

CLAIMS = "CREATE INDEX claim_about ON claim (about, position)"
"""Created before the agreements are indexed, because the full-text index of each includes the claims about it."""

INDEXES = (
    "CREATE INDEX grouping_number ON grouping (number, ordering, group_key)",
    "CREATE INDEX grouping_year ON grouping (ordering, group_key, year)",
    "CREATE INDEX grouping_group ON grouping (ordering, group_key, number)",
    "CREATE INDEX agreement_days ON agreement (earliest, latest)",
    "CREATE INDEX link_source ON link (source)",
    "CREATE INDEX link_target ON link (target)",
    "CREATE INDEX form_folded ON form (folded)",
    "CREATE INDEX form_name ON form (name)",
    "CREATE INDEX name_form_form ON name_form (form)",
    "CREATE INDEX signatory_form ON signatory (form)",
    "CREATE INDEX citation_source ON citation (source)",
    "CREATE INDEX claim_verdict ON claim (verdict)",
    "CREATE INDEX vocabulary_stem ON vocabulary (stem)",
)
"""Created after the tables are filled."""

MAX_PREFIX_LENGTH = 4
"""Length in letters of the longest indexed word prefix."""

SEARCH = (
    f"CREATE VIRTUAL TABLE search USING fts5({', '.join(COLUMNS)}, tokenize='{' '.join(TOKENIZER)}', "
    f"prefix='{' '.join(map(str, range(1, MAX_PREFIX_LENGTH + 1)))}');"
    # A second index of the headings alone: heading matches are found without reading word positions in the long texts.
    f"CREATE VIRTUAL TABLE heading USING fts5({', '.join(HEADING)}, content='', tokenize='{' '.join(TOKENIZER)}', "
    "prefix='1 2 3');"
)

DAMAGE = (
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.FormatError,
    apsw.IOError,
    apsw.MismatchError,
    apsw.NotADBError,
    UnicodeDecodeError,
)
"""Errors of reading a catalogue that mean that its file is damaged, gone or unreadable."""

_STATEMENTS = {
    statement.strip() for statement in (*TABLES.split(";"), *SEARCH.split(";"), CLAIMS, *INDEXES) if statement.strip()
}
"""Definitions of all tables and indexes, as SQLite keeps them in its own table."""
_MEMORY_NUMBERS = count()


def is_large(size: int, records: int) -> bool:
    """Return whether a group of this size in a store of so many records is large (LARGE_GROUP)."""
    return size * LARGE_GROUP > records


def connect(path: Path | str, *, writable: bool = False) -> apsw.Connection:
    """Return a connection to a catalogue file. Unless `writable`, SQLite writes nothing and looks for no other file.

    `immutable` keeps it from looking for a journal, whose name may be taken by a folder. Definitions in the file may
    not call functions, and the sizes in a page are checked when it is read.
    """
    if writable:
        return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    address = f"{Path(path).absolute().as_uri()}?immutable=1"
    connection = apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    connection.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    return connection


class MemoryDatabase:
    """Database in memory that exists as long as this object. Connections from any thread share it."""

    def __init__(self) -> None:
        self._name = f"file:/memory-{next(_MEMORY_NUMBERS)}?vfs=memdb"
        self.first = self.connect()
        """Connection that keeps the database while no other is open."""

    def connect(self) -> apsw.Connection:
        """Return a new connection."""
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        return apsw.Connection(self._name, flags=flags)


def meta(connection: apsw.Connection) -> dict[Any, Any]:
    """Return the entries that identify a catalogue and its file."""
    return dict(connection.execute("SELECT key, value FROM meta"))


def has_all_tables(connection: apsw.Connection) -> bool:
    """Return whether a catalogue has all tables and indexes, and neither views nor triggers."""
    rows = connection.execute("SELECT type, sql FROM sqlite_schema").fetchall()
    return {sql for _, sql in rows} >= _STATEMENTS and {kind for kind, _ in rows} == {"table", "index"}


def connect_empty() -> apsw.Connection:
    """Return a connection to an empty catalogue in memory, with all tables and indexes."""
    connection = apsw.Connection(":memory:")
    connection.execute(";".join(sorted(_STATEMENTS, reverse=True)))  # tables before indexes
    return connection
