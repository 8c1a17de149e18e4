"""Compiling and searching the catalogue at 82, 10,000 and 100,000 agreements, beside stock engines over the same text.

The smallest is the shipped corpus, the others are made by `corpus` and cached in a temporary folder. Everything is
measured in processes of its own, one after the other, and every engine answers the same fixed list of queries:

- this program: `Searcher.search` as the explorer calls it (200 results, those in view with their passages), and
  `suggestions` where nothing is found; apart from it what the explorer asks afterwards: `complete`, `count_matches`,
  `facets`. What is taken of a query is the best of its rounds; the table shows median, 95th
  percentile and maximum over the queries, and the worst of the first, unwarmed round;
- SQLite FTS5 as it comes (the standard library's sqlite3, unicode61, no prefix index, ORDER BY rank LIMIT 200), the
  record's text in one column beside its title; conditions of field and date are left out, and so are dates' queries;
- TinyDB's own `search` over the JSON, which reads the file at each call, and ripgrep over it, where `rg` is found: a
  few of the queries, up to 10,000 agreements, every word in one record;
- tantivy where the module is installed: 200 results by score, all counted.

A record's opening is a new process's `open_current`, `agreement` and one query, and its peak memory (VmHWM).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks import corpus, figures, programs

SMALLEST, LARGEST_READ = 82, 10_000
"""The shipped corpus; the largest store that is given to what reads the whole JSON at each question."""
BARS = {"p95": 6.0, "max": 16.0, "memory": 60.0, "rate": 1000.0}
MOST = 200

QUERIES: dict[str, tuple[str, ...]] = {
    "common words": ("the ", "of ", "agreement ", "soviet ", "treaty ", "japan ", "fisheries ", "signed "),
    "rare words": ("crab ", "whales ", "otters ", "shogunate ", "anchorages ", "=lapse"),
    "as one types": ("f", "fi", "fis", "fish", "m", "mo", "mol", "molo", "s", "sa", "sak", "с", "со", "日"),
    "two words": ("coal oil", "peace treaty", "fishing convention ", "the agreement ", "japan trade", "neutrality p"),
    "phrases": ('"peace treaty"', '"northern sakhalin"', '"of the"', '"joint declaration"'),
    "Japanese": ("条約", "漁業 ", "日本 ", "千島", "協定", "共同宣言"),
    "Russian": ("соглашение ", "между ", "рыболовной ", "договор о", "Курилы "),
    "names": ("Matsuoka ", "Molotov", "Karakhan Yoshizawa ", "Sea of Okhotsk ", "person:gromyko"),
    "fields, dates": (
        "title:protocol ",
        "signed:1941",
        "coal signed:1925..1941",
        "on:1944-03-01",
        "kind:=agreement",
        "the before:1930",
        "place:moscow fish",
        "treaty -peace ",
    ),
    "sorted": tuple(
        f"{typed}@{order}" for order in ("date", "era") for typed in ("the ", "fish ", "crab ", "coal oil ", "条約 ")
    ),
    "nothing found": ("zzxqy ", "molotow otters shogunate ", "fishereis otterz "),
}
READ = ("agreement ", "otters ", "coal oil", '"peace treaty"', "Molotov", "条約", "zzxqy ")
"""The few queries that are put to what reads the whole JSON at each question."""


def add_arguments(parser: ArgumentParser) -> None:
    """What can be asked of this benchmark."""
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[SMALLEST, 10_000, 100_000], help="agreements; 82 is the shipped corpus"
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds of every query (5)")
    parser.add_argument("--only", action="store_true", help="only this program")
    parser.add_argument("--queries", action="store_true", help="list every query's time as well")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make and keep stores and catalogues here")


def run(options: Namespace) -> int:
    """Measure and print; the exit code is 1 where something could not be measured."""
    found: dict[str, dict[str, Any]] = {}
    failed = False
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    with nullcontext(str(options.keep)) if options.keep else TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        for size in options.sizes:
            store = _store(folder, size)
            measured = found.setdefault(f"{size:,}", {})
            for engine in _engines(size, options.only):
                print(f"\r\x1b[K{engine} at {size:,}", end="", file=sys.stderr, flush=True)
                try:
                    measured[engine] = _measure(engine, store, folder, options.rounds)
                except subprocess.CalledProcessError as error:
                    failed = True
                    print(f"\r\x1b[K{engine} at {size:,}: {error.stderr.strip()[-400:]}", file=sys.stderr)
            if not options.keep:
                for file in (*folder.glob(f"{size}-*"), *((store,) if store.parent == folder else ())):
                    shutil.rmtree(file) if file.is_dir() else file.unlink()
    print("\r\x1b[K", end="", file=sys.stderr)
    print(json.dumps(found, ensure_ascii=False, indent=2) if options.json else _tables(found, options.queries))
    return 1 if failed else 0


def _store(folder: Path, size: int) -> Path:
    if size == SMALLEST:
        return programs.STORE
    file = folder / f"{size}.json"
    if not file.exists():
        partial = file.with_suffix(".part")
        with partial.open("w", encoding="utf-8") as target:
            corpus.write(target, size)
        partial.replace(file)
    return file


def _engines(size: int, only: bool) -> Iterator[str]:
    yield "this program"
    if only:
        return
    yield "stock FTS5"
    if find_spec("tantivy"):
        yield "tantivy"
    if size <= LARGEST_READ:
        yield "TinyDB"
        if shutil.which("rg"):
            yield "ripgrep"


def _measure(engine: str, store: Path, folder: Path, rounds: int) -> dict[str, Any]:
    """One engine over one store: its preparation, a first question, all questions, each in a process of its own."""
    cache = folder / f"{_size(store)}-{engine.replace(' ', '-').lower()}"
    cache.mkdir(exist_ok=True)
    told: dict[str, Any] = {}
    for task in ("prepare", "open", "ask"):
        command = [sys.executable, "-m", "benchmarks.search", engine, task, str(store), str(cache), str(rounds)]
        done = subprocess.run(command, cwd=programs.ROOT, capture_output=True, text=True, check=True)
        told |= json.loads(done.stdout)
    told["file"] = sum(file.stat().st_size for file in cache.rglob("*") if file.is_file()) / 1e6
    told["store"] = store.stat().st_size / 1e6
    return told


def _size(store: Path) -> str:
    return str(SMALLEST) if store == programs.STORE else store.stem


# -- telling


def _tables(found: dict[str, dict[str, Any]], every: bool) -> str:
    heads: tuple[str, ...] = ("", "compile", "a second", "peak", "file", "store", "open", "one query", "memory")
    rows: list[tuple[str, ...]] = [
        (
            f"{engine}, {size}",
            figures.cell(of.get("prepared"), " s", 2),
            figures.cell(of.get("rate")),
            figures.cell(of.get("prepare_peak"), " MB"),
            figures.cell(of["file"] or None, " MB", 1),
            figures.cell(of["store"], " MB", 1),
            figures.cell(of.get("opened"), " ms", 1),
            figures.cell(of.get("first"), " ms", 1),
            figures.cell(of.get("open_peak"), " MB"),
        )
        for size, engines in found.items()
        for engine, of in engines.items()
    ]
    parts = [figures.table(heads, rows)]
    heads = ("milliseconds", "queries", "median", "p95", "max", "x ours", "cold max", "slowest")
    rows = []
    for size, engines in found.items():
        ours = engines.get("this program", {}).get("times", {})
        for engine, of in engines.items():
            rows.append(_line(f"{engine}, {size}", of["times"], of["cold"], ours))
            for what, times in of.get("more", {}).items():
                rows.append(_line(f"- {what}, {size}", times, {}, ours))
    parts.append(figures.table(heads, rows))
    kinds = [(size, engine, of["times"]) for size, engines in found.items() for engine, of in engines.items()]
    heads = ("median / max, ms", *(f"{engine}, {size}" for size, engine, _ in kinds))
    rows = [(kind, *(_pair(times, queries) for _, _, times in kinds)) for kind, queries in QUERIES.items()]
    parts.append(figures.table(heads, rows))
    if every:
        ours_of = {size: engines["this program"] for size, engines in found.items() if "this program" in engines}
        heads = ("this program, ms", *(f"{size}: found" for size in ours_of), *ours_of)
        asked = [query for queries in QUERIES.values() for query in queries]
        rows = [
            (
                query,
                *(f"{of['totals'][query]:,}" for of in ours_of.values()),
                *(f"{of['times'][query]:.2f}" for of in ours_of.values()),
            )
            for query in asked
        ]
        parts.append(figures.table(heads, rows))
    parts.append(
        f"The bars at 100,000: p95 {BARS['p95']:g} ms, max {BARS['max']:g} ms, {BARS['memory']:g} MB with one query, "
        f"compiling {BARS['rate']:,.0f} a second. “x ours” is the median over the queries both answer, of their ratios."
    )
    return "\n\n".join(parts)


def _line(name: str, times: dict[str, float], cold: dict[str, float], ours: dict[str, float]) -> tuple[str, ...]:
    values = list(times.values())
    slowest = max(times, key=lambda query: times[query])
    return (
        name,
        str(len(values)),
        figures.cell(figures.median(values), "", 2),
        figures.cell(figures.p95(values), "", 2),
        figures.cell(max(values), "", 2),
        figures.cell(figures.median([time / ours[query] for query, time in times.items() if query in ours]), " x", 2),
        figures.cell(max(cold.values(), default=None), "", 1),
        slowest.strip(),
    )


def _pair(times: dict[str, float], queries: tuple[str, ...]) -> str:
    known = [times[query] for query in queries if query in times]
    return f"{figures.median(known):.2f} / {max(known):.2f}" if known else "-"


# -- what a process of its own does


class Engine:
    """One way to find: prepared once, opened, asked. `ask` returns how many it found, or None for no answer."""

    queries = tuple(query for queries in QUERIES.values() for query in queries)

    def __init__(self, store: Path, cache: Path) -> None:
        self.store, self.cache = store, cache

    def prepare(self) -> None:
        """Build what the search needs."""

    def open(self) -> None:
        """Make ready to be asked."""

    def ask(self, typed: str) -> int | None:
        """Put one query."""
        raise NotImplementedError


class Ours(Engine):
    """The catalogue of this program."""

    def prepare(self) -> None:
        """Compile it."""
        from tui.catalogue import build

        build.build_catalogue(self.store, self.cache)

    def open(self) -> None:
        """As the explorer does when the catalogue is compiled: open it and read one record."""
        from tui.catalogue import build
        from tui.search.engine import open_searcher

        catalogue = build.open_current(self.store, self.cache)
        assert catalogue is not None
        first = catalogue.neighbour("era", "", 1)
        assert first
        catalogue.agreement(first)
        self.searcher = open_searcher(catalogue)

    def ask(self, typed: str) -> int | None:
        """Search, and look for offers where nothing is found; `@` stands before the order wanted."""
        typed, _, order = typed.partition("@")
        query = self.searcher.parse(typed)
        self.results = self.searcher.search(query, order=order or "relevance")
        if not self.results.found:
            self.searcher.suggestions(query)
        return self.results.total

    def ask_more(self, typed: str) -> dict[str, float]:
        """How long each thing takes that is asked once a search has been answered, in milliseconds."""
        self.ask(typed)
        query = self.results.query
        return {
            "the other passages": _timed(lambda: self.searcher.complete(self.results))[0],
            "tally": _timed(lambda: self.searcher.count_matches(query))[0],
            "facets": _timed(lambda: self.searcher.facets(query))[0],
        }


def _strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(item)


def _records(store: Path) -> Iterator[dict[str, Any]]:
    yield from json.loads(store.read_text(encoding="utf-8"))["agreements"].values()


def _words(typed: str) -> list[tuple[str, bool]] | None:
    """The words and phrases of a query that has nothing else, each with whether it is still being typed."""
    if re.search(r"\w+:|(?:^|\s)-|@", typed):
        return None
    parts = [(match[1] or match[2], match[2] and match.end() == len(typed)) for match in _WORD.finditer(typed)]
    return [(part, bool(typing)) for part, typing in parts]


_WORD = re.compile(r'"([^"]+)"|(\S+)')


class StockFts5(Engine):
    """An FTS5 table as the tutorials make it."""

    def _connect(self) -> Any:
        import sqlite3

        return sqlite3.connect(self.cache / "stock.sqlite")

    def prepare(self) -> None:
        """One transaction, every record's text."""
        (self.cache / "stock.sqlite").unlink(missing_ok=True)
        connection = self._connect()
        with connection:
            connection.execute("CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, title, body, tokenize='unicode61')")
            connection.executemany(
                "INSERT INTO docs VALUES (?, ?, ?)",
                ((item["id"], item.get("short_title", ""), "\n".join(_strings(item))) for item in _records(self.store)),
            )
        connection.close()

    def open(self) -> None:
        """Connect."""
        self.connection = self._connect()
        self.connection.execute("SELECT * FROM docs WHERE rowid = 1").fetchone()

    def ask(self, typed: str) -> int | None:
        """The 200 best."""
        words = _words(typed)
        if words is None:
            return None
        match = " ".join(f'"{word}"' + "*" * typing for word, typing in words)
        sql = f"SELECT id, title FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT {MOST}"
        return len(self.connection.execute(sql, (match,)).fetchall())


class Tantivy(Engine):
    """Tantivy, with its default analyser, scoring and counting."""

    def prepare(self) -> None:
        """One commit, every record's text."""
        import tantivy  # type: ignore[import-not-found, unused-ignore]

        schema = tantivy.SchemaBuilder().add_text_field("id", stored=True).add_text_field("title", stored=True)
        index = tantivy.Index(schema.add_text_field("body").build(), path=str(self.cache))
        writer = index.writer(num_threads=1)
        for item in _records(self.store):
            document = tantivy.Document()
            document.add_text("id", item["id"])
            document.add_text("title", item.get("short_title", ""))
            document.add_text("body", "\n".join(_strings(item)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open the index."""
        import tantivy  # type: ignore[import-not-found, unused-ignore]

        self.index = tantivy.Index.open(str(self.cache))
        self.searcher = self.index.searcher()

    def ask(self, typed: str) -> int | None:
        """The 200 best, and their fields; a word still being typed counts as whole: its parser knows no beginnings."""
        words = _words(typed)
        if words is None:
            return None
        query = self.index.parse_query(" ".join(f'+"{word}"' for word, _ in words), ["title", "body"])
        found = self.searcher.search(query, limit=MOST, count=True)
        for _, address in found.hits:
            self.searcher.doc(address)
        return int(found.count)


class TinyDb(Engine):
    """TinyDB's own search, over the store as it is."""

    queries = READ

    def open(self) -> None:
        """Open the store."""
        from tinydb import TinyDB

        self.database = TinyDB(self.store, encoding="utf-8", access_mode="r")

    def ask(self, typed: str) -> int | None:
        """Every word in the texts of one record."""
        wanted = [re.compile(re.escape(word), re.IGNORECASE) for word, _ in _words(typed) or ()]

        def holds(document: Mapping[Any, Any]) -> bool:
            text = "\n".join(_strings(document))
            return all(word.search(text) for word in wanted)

        return len(self.database.table("agreements").search(holds))  # type: ignore[arg-type]


class Ripgrep(Engine):
    """ripgrep over the JSON; where a record is a line, lines are records."""

    queries = READ

    def ask(self, typed: str) -> int | None:
        """Lines with the rarest part are looked for, then those of them with the others, as a pipe would."""
        words = [word for word, _ in _words(typed) or ()]
        text: bytes | None = None
        for word in words:
            command = ["rg", "-iF", "--", word, *([str(self.store)] if text is None else ["-"])]
            text = subprocess.run(command, input=text, capture_output=True, check=False).stdout
        return (text or b"").count(b"\n")


ENGINES: dict[str, type[Engine]] = {
    "this program": Ours,
    "stock FTS5": StockFts5,
    "tantivy": Tantivy,
    "TinyDB": TinyDb,
    "ripgrep": Ripgrep,
}


def _prepare(engine: Engine) -> dict[str, Any]:
    if type(engine).prepare is Engine.prepare:
        return {}
    begun = perf_counter()
    engine.prepare()
    seconds = perf_counter() - begun
    size = SMALLEST if engine.store == programs.STORE else int(engine.store.stem)
    return {"prepared": seconds, "rate": size / seconds, "prepare_peak": _peak()}


def _open(engine: Engine) -> dict[str, Any]:
    begun = perf_counter()
    engine.open()
    opened = perf_counter()
    engine.ask("coal oil")
    first = perf_counter()
    return {"opened": (opened - begun) * 1000, "first": (first - opened) * 1000, "open_peak": _peak()}


def _ask(engine: Engine, rounds: int) -> dict[str, Any]:
    engine.open()
    taken: dict[str, list[float]] = {}
    totals: dict[str, int] = {}
    for _ in range(rounds if engine.queries is not READ else min(rounds, 2)):
        for typed in engine.queries:
            time, total = _timed(lambda typed=typed: engine.ask(typed))  # type: ignore[misc]
            if total is not None:
                taken.setdefault(typed, []).append(time)
                totals[typed] = total
    told: dict[str, Any] = {
        "times": {typed: min(times) for typed, times in taken.items()},
        "cold": {typed: times[0] for typed, times in taken.items()},
        "totals": totals,
        "ask_peak": _peak(),
    }
    if isinstance(engine, Ours):
        more = {typed: engine.ask_more(typed) for typed in engine.queries}
        told["more"] = {what: {typed: times[what] for typed, times in more.items()} for what in ENOUGH}
    return told


ENOUGH = ("the other passages", "tally", "facets")


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    begun = perf_counter()
    found = act()
    return (perf_counter() - begun) * 1000, found


def _peak() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path(f"/proc/{os.getpid()}/status").read_text()
    match = re.search(r"VmHWM:\s+(\d+)", status)
    return int(match[1]) / 1024 if match else 0.0


def main() -> None:
    """`python -m benchmarks.search ENGINE TASK STORE FOLDER ROUNDS`: one task, told as JSON."""
    name, task, store, folder, rounds = sys.argv[1:]
    engine = ENGINES[name](Path(store), Path(folder))
    match task:
        case "prepare":
            told = _prepare(engine)
        case "open":
            told = _open(engine)
        case _:
            told = _ask(engine, int(rounds))
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
