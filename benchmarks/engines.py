"""Search engines of the search benchmark: this program's and stock ones over the same text."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.corpus import strings
from benchmarks.queries import ALL_QUERIES, JSON_QUERIES, split_words

LIMIT = 200
"""Maximum number of results, as in the explorer."""
FOLLOW_UPS = ("the other snippets", "counts", "facets")
"""Requests that the explorer makes after it has shown the results of a search."""


class Engine:
    """Base class of an engine over a store, with a folder for its index."""

    queries = ALL_QUERIES

    def __init__(self, store: Path, cache: Path) -> None:
        self.store, self.cache = store, cache

    def prepare(self) -> None:
        """Build the index."""

    def open(self) -> None:
        """Open the index."""

    def search(self, query: str) -> int | None:
        """Return the number of results, or None if the engine does not support the query."""
        raise NotImplementedError


class ThisProgram(Engine):
    """Catalogue and searcher of this program."""

    def prepare(self) -> None:
        """Compile the catalogue."""
        from tui.catalogue import build

        build.build_catalogue(self.store, self.cache)

    def open(self) -> None:
        """Open the compiled catalogue and read one record, as the explorer does."""
        from tui.catalogue import build
        from tui.search.engine import open_searcher

        catalogue = build.open_current(self.store, self.cache)
        assert catalogue is not None
        first = catalogue.neighbour("era", "", 1)
        assert first
        catalogue.agreement(first)
        self.searcher = open_searcher(catalogue)

    def search(self, query: str) -> int | None:
        """Search as the explorer does, with suggestions if nothing is found."""
        text, _, order = query.partition("@")
        self.results = self.searcher.search(self.searcher.parse(text), order=order or "relevance")
        if not self.results.found:
            self.searcher.suggestions(self.results.query)
        return self.results.total

    def follow_up(self, query: str) -> dict[str, float]:
        """Return the milliseconds that each follow-up of the query takes."""
        self.search(query)
        parsed = self.results.query
        requests: tuple[Callable[[], Any], ...] = (
            lambda: self.searcher.complete(self.results),
            lambda: self.searcher.count_matches(parsed),
            lambda: self.searcher.facets(parsed),
        )
        return {name: timed(request)[0] for name, request in zip(FOLLOW_UPS, requests, strict=True)}


class StockFts5(Engine):
    """SQLite FTS5 with its defaults: the text of a record in one column beside its title."""

    def _connect(self) -> Any:
        import sqlite3

        return sqlite3.connect(self.cache / "stock.sqlite")

    def prepare(self) -> None:
        """Insert the text of every record in one transaction."""
        (self.cache / "stock.sqlite").unlink(missing_ok=True)
        connection = self._connect()
        with connection:
            connection.execute("CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, title, body, tokenize='unicode61')")
            connection.executemany("INSERT INTO docs VALUES (?, ?, ?)", _texts(self.store))
        connection.close()

    def open(self) -> None:
        """Connect and read one record."""
        self.connection = self._connect()
        self.connection.execute("SELECT * FROM docs WHERE rowid = 1").fetchone()

    def search(self, query: str) -> int | None:
        """Return the number of the best results, at most LIMIT."""
        words = split_words(query)
        if words is None:
            return None
        match = " ".join(f'"{word}"' + "*" * is_prefix for word, is_prefix in words)
        sql = f"SELECT id, title FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT {LIMIT}"
        return len(self.connection.execute(sql, (match,)).fetchall())


class Tantivy(Engine):
    """Tantivy with its default analyser and scoring."""

    def prepare(self) -> None:
        """Add the text of every record in one commit."""
        import tantivy  # type: ignore[import-not-found, unused-ignore]

        schema = tantivy.SchemaBuilder().add_text_field("id", stored=True).add_text_field("title", stored=True)
        index = tantivy.Index(schema.add_text_field("body").build(), path=str(self.cache))
        writer = index.writer(num_threads=1)
        for fields in _texts(self.store):
            document = tantivy.Document()
            for name, text in zip(("id", "title", "body"), fields, strict=True):
                document.add_text(name, text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open the index."""
        import tantivy  # type: ignore[import-not-found, unused-ignore]

        self.index = tantivy.Index.open(str(self.cache))
        self.searcher = self.index.searcher()

    def search(self, query: str) -> int | None:
        """Read the best results and return the number of all; prefixes count as whole words, which its parser needs."""
        words = split_words(query)
        if words is None:
            return None
        parsed = self.index.parse_query(" ".join(f'+"{word}"' for word, _ in words), ["title", "body"])
        found = self.searcher.search(parsed, limit=LIMIT, count=True)
        for _, address in found.hits:
            self.searcher.doc(address)
        return int(found.count)


class TinyDb(Engine):
    """TinyDB's own search over the store."""

    queries = JSON_QUERIES

    def open(self) -> None:
        """Open the store."""
        from tinydb import TinyDB

        self.database = TinyDB(self.store, encoding="utf-8", access_mode="r")

    def search(self, query: str) -> int | None:
        """Return the number of records that contain every word."""
        patterns = [re.compile(re.escape(word), re.IGNORECASE) for word, _ in split_words(query) or ()]

        def contains_all(document: Mapping[Any, Any]) -> bool:
            text = "\n".join(strings(document))
            return all(pattern.search(text) for pattern in patterns)

        return len(self.database.table("agreements").search(contains_all))  # type: ignore[arg-type]


class Ripgrep(Engine):
    """Ripgrep over the JSON file; lines are records in synthetic stores only."""

    queries = JSON_QUERIES

    def search(self, query: str) -> int | None:
        """Return the number of lines that contain every word, by one `rg` process per word in a pipe."""
        text: bytes | None = None
        for word, _ in split_words(query) or ():
            command = ["rg", "-iF", "--", word, *([str(self.store)] if text is None else ["-"])]
            text = subprocess.run(command, input=text, capture_output=True, check=False).stdout
        return (text or b"").count(b"\n")


ENGINES: dict[str, type[Engine]] = {
    "this program": ThisProgram,
    "stock FTS5": StockFts5,
    "tantivy": Tantivy,
    "TinyDB": TinyDb,
    "ripgrep": Ripgrep,
}


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    """Call the function; return the milliseconds it took and its result."""
    start = perf_counter()
    result = function()
    return (perf_counter() - start) * 1000, result


def _texts(store: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the id, title and whole text of every agreement."""
    for record in json.loads(store.read_text(encoding="utf-8"))["agreements"].values():
        yield record["id"], record.get("short_title", ""), "\n".join(strings(record))
