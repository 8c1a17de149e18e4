"""Compiling and searching the catalogue at 82, 10,000 and 100,000 records, beside stock engines over the same text.

The smallest store is the shipped corpus; the others are synthetic. Every engine answers the same fixed list of queries,
and every measurement runs in a process of its own, one after the other:

- this program: `Searcher.search` as the explorer calls it (200 results, those in view with their snippets), and
  `suggestions` if nothing is found; reported separately are the explorer's later requests, `complete`, `count_matches`
  and `facets`;
- SQLite FTS5 with its defaults (the standard library's sqlite3, unicode61, no prefix index, ORDER BY rank LIMIT 200);
- tantivy, if the module is installed: 200 results by score, all of them counted;
- TinyDB's `search`, which reads the JSON file at each call, and ripgrep over that file, if `rg` is found: a few of the
  queries, up to 10,000 records.

Queries with fields, dates or an order are put to this program only. The time of a query is the best of its rounds; the
table has median, 95th percentile and maximum over the queries, and the maximum of the first round. Opening is the time
that a new process takes for the catalogue and one record; its peak memory (VmHWM) includes one query.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import corpus, figures, programs
from benchmarks.queries import ALL_QUERIES, QUERIES

SHIPPED_SIZE, MAX_JSON_SIZE = 82, 10_000
"""Sizes of the shipped corpus, and of the largest store for engines that read the whole JSON file for each query."""
BARS = {"p95": 6.0, "max": 16.0, "memory": 60.0, "rate": 1000.0}

Report = dict[str, dict[str, Any]]
"""Figures by size and engine."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=[SHIPPED_SIZE, 10_000, 100_000],
        help="agreements; 82 is the shipped corpus",
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds of every query (5)")
    parser.add_argument("--only", action="store_true", help="only this program")
    parser.add_argument("--queries", action="store_true", help="list every query's time as well")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make and keep stores and catalogues here")


def run(options: Namespace) -> int:
    """Run the benchmark and print its figures; return 1 if an engine failed, else 0."""
    report: Report = {}
    failed = False
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    with nullcontext(str(options.keep)) if options.keep else TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        for size in options.sizes:
            store = _store(folder, size)
            measured = report.setdefault(f"{size:,}", {})
            for engine in _engines(size, options.only):
                print(f"\r\x1b[K{engine} at {size:,}", end="", file=sys.stderr, flush=True)
                try:
                    measured[engine] = _measure(engine, store, size, folder, options.rounds)
                except subprocess.CalledProcessError as error:
                    failed = True
                    print(f"\r\x1b[K{engine} at {size:,}: {error.stderr.strip()[-400:]}", file=sys.stderr)
            if not options.keep:
                for file in (*folder.glob(f"{size}-*"), *((store,) if store.parent == folder else ())):
                    shutil.rmtree(file) if file.is_dir() else file.unlink()
    print("\r\x1b[K", end="", file=sys.stderr)
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.json else _tables(report, options.queries))
    return 1 if failed else 0


def _store(folder: Path, size: int) -> Path:
    """Return the shipped corpus or a synthetic store, which is written unless the folder has it."""
    if size == SHIPPED_SIZE:
        return programs.STORE
    file = folder / f"{size}.json"
    if not file.exists():
        partial = file.with_suffix(".part")
        with partial.open("w", encoding="utf-8") as target:
            corpus.write(target, size)
        partial.replace(file)
    return file


def _engines(size: int, only_this_program: bool) -> Iterator[str]:
    yield "this program"
    if only_this_program:
        return
    yield "stock FTS5"
    if find_spec("tantivy"):
        yield "tantivy"
    if size <= MAX_JSON_SIZE:
        yield "TinyDB"
        if shutil.which("rg"):
            yield "ripgrep"


def _measure(engine: str, store: Path, size: int, folder: Path, rounds: int) -> dict[str, Any]:
    """Run the three tasks of an engine, each in a process of its own."""
    cache = folder / f"{size}-{engine.replace(' ', '-').lower()}"
    cache.mkdir(exist_ok=True)
    measured: dict[str, Any] = {}
    for task in ("prepare", "open", "search"):
        command = [sys.executable, "-m", "benchmarks.engine_process", engine, task, str(store), str(cache), str(rounds)]
        done = subprocess.run(command, cwd=programs.ROOT, capture_output=True, text=True, check=True)
        measured |= json.loads(done.stdout)
    if "prepared" in measured:
        measured["rate"] = size / measured["prepared"]
    measured["file"] = sum(file.stat().st_size for file in cache.rglob("*") if file.is_file()) / 1e6
    measured["store"] = store.stat().st_size / 1e6
    return measured


# -- report


def _tables(report: Report, every_query: bool) -> str:
    tables = [_compile_table(report), _query_table(report), _kind_table(report)]
    if every_query:
        tables.append(_every_query_table(report))
    note = (
        f"The bars at 100,000: p95 {BARS['p95']:g} ms, max {BARS['max']:g} ms, {BARS['memory']:g} MB with one query, "
        f"compiling {BARS['rate']:,.0f} a second. “x ours” is the median ratio to this program over the shared queries."
    )
    return "\n\n".join([*tables, note])


def _compile_table(report: Report) -> str:
    headings = ("", "compile", "a second", "peak", "file", "store", "open", "one query", "memory")
    rows = [
        (
            f"{engine}, {size}",
            figures.cell(measured.get("prepared"), " s", 2),
            figures.cell(measured.get("rate")),
            figures.cell(measured.get("prepare_peak"), " MB"),
            figures.cell(measured["file"] or None, " MB", 1),
            figures.cell(measured["store"], " MB", 1),
            figures.cell(measured.get("opened"), " ms", 1),
            figures.cell(measured.get("first"), " ms", 1),
            figures.cell(measured.get("open_peak"), " MB"),
        )
        for size, engines in report.items()
        for engine, measured in engines.items()
    ]
    return figures.table(headings, rows)


def _query_table(report: Report) -> str:
    headings = ("milliseconds", "queries", "median", "p95", "max", "x ours", "cold max", "slowest")
    rows = []
    for size, engines in report.items():
        ours = engines.get("this program", {}).get("times", {})
        for engine, measured in engines.items():
            rows.append(_query_row(f"{engine}, {size}", measured["times"], measured["cold"], ours))
            for name, times in measured.get("follow_ups", {}).items():
                rows.append(_query_row(f"- {name}, {size}", times, {}, ours))
    return figures.table(headings, rows)


def _query_row(name: str, times: dict[str, float], cold: dict[str, float], ours: dict[str, float]) -> tuple[str, ...]:
    values = list(times.values())
    ratios = [time / ours[query] for query, time in times.items() if query in ours]
    return (
        name,
        str(len(values)),
        figures.cell(figures.median(values), "", 2),
        figures.cell(figures.p95(values), "", 2),
        figures.cell(max(values), "", 2),
        figures.cell(figures.median(ratios), " x", 2),
        figures.cell(max(cold.values(), default=None), "", 1),
        max(times, key=lambda query: times[query]).strip(),
    )


def _kind_table(report: Report) -> str:
    columns = [
        (f"{engine}, {size}", measured["times"])
        for size, engines in report.items()
        for engine, measured in engines.items()
    ]
    headings = ("median / max, ms", *(heading for heading, _ in columns))
    rows = [(kind, *(_kind_cell(times, queries) for _, times in columns)) for kind, queries in QUERIES.items()]
    return figures.table(headings, rows)


def _kind_cell(times: dict[str, float], queries: tuple[str, ...]) -> str:
    known = [times[query] for query in queries if query in times]
    return f"{figures.median(known):.2f} / {max(known):.2f}" if known else "-"


def _every_query_table(report: Report) -> str:
    ours = {size: engines["this program"] for size, engines in report.items() if "this program" in engines}
    headings = ("this program, ms", *(f"{size}: found" for size in ours), *ours)
    rows = [
        (
            query,
            *(f"{measured['totals'][query]:,}" for measured in ours.values()),
            *(f"{measured['times'][query]:.2f}" for measured in ours.values()),
        )
        for query in ALL_QUERIES
    ]
    return figures.table(headings, rows)
