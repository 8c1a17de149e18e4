"""Damages of a catalogue file, and the questions whose answers must survive them.

Each case is made from a seed: bytes, pages or single values of a small catalogue are damaged, either before it is
opened or while it is open. The seal of the file is kept, so that the damage shows only where it is read. Whatever is
read then, no question may raise an exception or return an unsafe text; and a catalogue that was compiled again answers
as before.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import apsw
import msgspec

from benchmarks.fuzzer import CaseRunner
from benchmarks.programs import STORE
from tui.catalogue import build, cache, schema
from tui.catalogue.reader import CatalogueReader
from tui.corpus import safe
from tui.pages import plain, views
from tui.pages.resources import NotFound, Resources
from tui.search.engine import Searcher

QUERIES = (
    ("agreement", "relevance"),
    ("sakhalin OR pact", "era"),
    ("signed:1920..1950", "date"),
    ("条約", "date"),
    ("fishig*", "era"),
)
VALUES = (None, "", "x", -1, 0, 2**62, 1.5, b"\x1b[2J", "\x1b]0;owned\x07", "a\u202eb", "[]", "{", '{"id": "\\u001b"}')
"""Values that a damaged or a hostile file may hold in any place."""
AGREEMENTS = 5
"""Number of records in the store of the fuzzer."""


class Case(NamedTuple):
    """A damaged catalogue: what was done to it, and whether that was done while it was open."""

    description: str
    content: bytes
    is_open: bool


def write_store(path: Path) -> Path:
    """Write a small store with records in every table, taken from the shipped one."""
    shipped = json.loads(STORE.read_text("utf-8"))
    kept = dict(list(shipped["agreements"].items())[:: len(shipped["agreements"]) // AGREEMENTS])
    ids = {record["id"] for record in kept.values()}
    tables = {
        **{name: dict(list(table.items())[:5]) for name, table in shipped.items()},
        "agreements": {**kept, "9999": {"id": 7}},
        "links": {key: link for key, link in shipped["links"].items() if {link["from"], link["to"]} & ids},
        "claims": {key: claim for key, claim in shipped["claims"].items() if claim["about"] in ids},
    }
    path.write_text(json.dumps(tables, ensure_ascii=False, indent=1), "utf-8")
    return path


def cases(content: bytes, seed: int) -> Iterator[Case]:
    """Yield damaged forms of a catalogue file, without end."""
    random = Random(seed)
    while True:
        damage = random.choice(_DAMAGES)
        description, damaged = damage(content, random)
        yield Case(description, damaged, random.random() < 0.4)


def ask(reader: CatalogueReader) -> list[Any]:
    """Return the answers to questions that read all tables and indexes of a catalogue."""
    resources = Resources(reader)
    return [answer for questions in (_lists, _pages, _searches) for answer in questions(resources)]


def texts(answer: Any) -> Iterator[str]:
    """Yield every text in an answer."""
    value = msgspec.to_builtins(answer)
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in (*value.keys(), *value.values()) for text in texts(part))
    elif isinstance(value, (list, tuple)):
        yield from (text for part in value for text in texts(part))


# -- damages


def _flip(content: bytes, random: Random) -> tuple[str, bytes]:
    raw = bytearray(content)
    places = [random.randrange(len(raw)) for _ in range(random.choice((1, 1, 2, 8, 64)))]
    for place in places:
        raw[place] = random.randrange(256)
    return f"bytes at {places[:4]}", bytes(raw)


def _flip_in_use(content: bytes, random: Random) -> tuple[str, bytes]:
    """Damage bytes that are not zero: much of a small catalogue is empty."""
    raw = bytearray(content)
    places: list[int] = []
    while len(places) < 3:
        place = random.randrange(len(raw))
        if raw[place]:
            raw[place] ^= 1 << random.randrange(8)
            places.append(place)
    return f"bits at {places}", bytes(raw)


def _damage_head(content: bytes, random: Random) -> tuple[str, bytes]:
    """Damage the first bytes of a page: its kind, its number of cells, and where they are."""
    raw = bytearray(content)
    page = random.randrange(len(raw) // _PAGE) * _PAGE
    place = page + random.randrange(100 if page else 200)
    raw[place] = random.choice((0, 1, 2, 5, 10, 13, 127, 128, 255, random.randrange(256)))
    return f"head of page {page // _PAGE}, byte {place - page}", bytes(raw)


def _overwrite(content: bytes, random: Random) -> tuple[str, bytes]:
    size = random.choice((4, 16, 100, 4096, _PAGE))
    place = random.randrange(len(content))
    filling = random.choice((b"\0" * size, b"\xff" * size, random.randbytes(size)))
    return f"{size} bytes from {place}", (content[:place] + filling + content[place + size :])[: len(content)]


def _exchange_pages(content: bytes, random: Random) -> tuple[str, bytes]:
    raw = bytearray(content)
    one, two = (random.randrange(len(raw) // _PAGE) * _PAGE for _ in range(2))
    raw[one : one + _PAGE] = content[two : two + _PAGE]
    if random.random() < 0.5:
        raw[two : two + _PAGE] = content[one : one + _PAGE]
    return f"page {two // _PAGE} at {one // _PAGE}", bytes(raw)


def _cut(content: bytes, random: Random) -> tuple[str, bytes]:
    size = random.choice((random.randrange(len(content)), random.randrange(len(content) // _PAGE) * _PAGE))
    return f"cut at {size}", content[:size]


def _set_value(content: bytes, random: Random) -> tuple[str, bytes]:
    """Write a wrong value where the file does not protect itself, as a program with SQLite may."""
    connection = _in_memory(content)
    table, column = random.choice(_columns(connection))
    value = random.choice(VALUES)
    rows = f"ifnull(length({column}), 0) % 2 = {random.randrange(2)}"
    try:
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {rows}", (value,))
    except (apsw.ConstraintError, apsw.MismatchError):
        connection.execute(f"DELETE FROM {table} WHERE {rows}")
    return f"{table}.{column} = {value!r}", _content(connection)


def _change_definitions(content: bytes, random: Random) -> tuple[str, bytes]:
    connection = _in_memory(content)
    rows = connection.execute("SELECT type, name FROM sqlite_schema WHERE sql NOT NULL").fetchall()
    kind, name = random.choice([row for row in rows if "_" not in row[1] or row[0] == "index"])
    table, column = random.choice(_columns(connection))
    statement = random.choice(
        (
            f"DROP {kind} {name}",
            f"ALTER TABLE {table} RENAME COLUMN {column} TO other",
            f"DROP {kind} {name}; CREATE VIEW IF NOT EXISTS {name} AS SELECT 1 AS id",
            f"CREATE TRIGGER t AFTER DELETE ON {table} BEGIN SELECT 1; END",
        )
    )
    try:
        connection.execute(statement)
    except apsw.SQLError:  # the column is part of an index
        connection.execute(f"DROP TABLE {table}")
    return statement, _content(connection)


_PAGE = 16384
_DAMAGES: tuple[Callable[[bytes, Random], tuple[str, bytes]], ...] = (
    *(_flip, _flip_in_use, _flip_in_use, _damage_head, _damage_head),
    *(_overwrite, _exchange_pages, _cut, _set_value, _set_value, _change_definitions),
)


def _in_memory(content: bytes) -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.deserialize("main", content)
    return connection


def _content(connection: apsw.Connection) -> bytes:
    content = connection.serialize("main")
    connection.close()
    return content


def _columns(connection: apsw.Connection) -> list[tuple[str, str]]:
    """Return the names of table and column of every column, those of FTS5's own tables included."""
    return connection.execute(
        "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c "
        "WHERE t.type IN ('table', 'shadow') AND t.name NOT LIKE 'sqlite%'"
    ).fetchall()


# -- questions


def _lists(resources: Resources) -> Iterator[Any]:
    reader = resources.reader
    yield reader.problems()
    yield reader.all_agreements()
    for ordering in schema.ORDERINGS:
        for group in reader.groups(ordering):
            yield group
            yield reader.years(ordering, group.key)
            yield reader.agreements(ordering, group.key), reader.kinds(ordering, group.key)
        at = reader.neighbour(ordering, "", 1)
        for _ in range(3):
            yield at, at and reader.group_of(ordering, at)
            at = reader.neighbour(ordering, at or "", 1)


def _pages(resources: Resources) -> Iterator[Any]:
    for view in views.VIEWS.values():
        address = view.sample(resources)
        page = views.page(resources, address, 80)
        yield page if isinstance(page, NotFound) else "\n".join(plain.lines(page, 80))


def _searches(resources: Resources) -> Iterator[Any]:
    searcher: Searcher = resources.searcher
    for text, order in QUERIES:
        query = searcher.parse(text)
        yield searcher.complete(searcher.search(query, order=order)).found
        yield searcher.count_matches(query), searcher.facets(query), searcher.suggestions(query)
    yield searcher.titled("pact")
    for summary in resources.reader.all_agreements()[:1]:
        yield searcher.key_terms(summary.id), searcher.nearest(summary.id)


# -- one case


class Fuzzer(CaseRunner[Case]):
    """Runs cases on a small catalogue in a folder, and counts what becomes of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.store = write_store(folder / "store.json")
        self.cache = folder / "cache"
        reader = build.build_catalogue(self.store, self.cache)
        self.expected = ask(reader)
        reader.close()
        self.file = cache.catalogue_file(self.store, self.cache)
        self.content = self.file.read_bytes()
        self._seal = self.file.stat().st_mtime_ns

    def outcome(self, case: Case) -> str:
        """Ask all questions of a damaged catalogue. Return what became of it."""
        self._write(case.content if not case.is_open else self.content)
        reader = build.open_or_build(self.store, self.cache)
        if case.is_open:
            self._write(case.content)
        try:
            answers = ask(reader)
            assert all(safe.text(text) == text for text in texts(answers))
            if reader.connection.db_filename("main") and self.file.read_bytes() == case.content:
                return "unnoticed" if answers == self.expected else "other answers"
            assert ask(reader) == self.expected
            return "compiled again"
        finally:
            reader.close()

    def _write(self, content: bytes) -> None:
        """Write a file in place, with the seal of the sound one."""
        self.file.write_bytes(content)
        os.utime(self.file, ns=(self._seal, self._seal))
