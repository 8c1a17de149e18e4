"""Loading and composing every view, on the shipped corpus and on a synthetic one.

Each view is shown at a sample of its subjects (all agreements, eras, names or sources, at most 200 of each), at a width
of 80 cells. The time of an address is the best of its rounds; the table has the median and the maximum over a view.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import corpus, figures
from tui import paths
from tui.address import Address
from tui.catalogue import build, directory
from tui.pages import views
from tui.pages.resources import Resources

BARS = {82: 16.0, 10_000: 50.0}
"""Greatest time in milliseconds, by the size of the corpus."""
MOST_SUBJECTS = 200


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--sizes", type=int, nargs="+", default=list(BARS), help="agreements; 82 is the shipped corpus")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of every address (3)")


def run(options: Namespace) -> int:
    """Run the benchmark and print its figures; return 0."""
    report: dict[int, dict[str, dict[str, float | None]]] = {}
    with TemporaryDirectory() as folder:
        for size in options.sizes:
            store = paths.shipped_store() if size == 82 else _synthetic(Path(folder) / f"{size}.json", size)
            reader = build.open_or_build(store, Path(folder) / "cache")
            report[size] = _measure(Resources(reader), options.rounds)
    if options.json:
        print(json.dumps(report, indent=2))
        return 0
    for size, times in report.items():
        print(f"\n{size:,} agreements; at most {BARS.get(size, 50.0):.0f} ms are wanted")
        rows = [
            (name, figures.cell(found["median"], " ms", 1), figures.cell(found["max"], " ms", 1))
            for name, found in times.items()
        ]
        print(figures.table(("view", "median", "max"), rows))
    return 0


def _synthetic(path: Path, size: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        corpus.write(file, size)
    return path


def _measure(resources: Resources, rounds: int) -> dict[str, dict[str, float | None]]:
    found: dict[str, dict[str, float | None]] = {}
    for name in views.VIEWS:
        times = [min(_time(resources, address) for _ in range(rounds)) for address in _addresses(resources, name)]
        found[name] = {"median": figures.median(times), "max": max(times, default=None)}
    return found


def _time(resources: Resources, address: Address) -> float:
    """Return the milliseconds that loading and composing take."""
    start = perf_counter()
    views.page(resources, address, 80)
    return 1000 * (perf_counter() - start)


def _addresses(resources: Resources, name: str) -> Iterator[Address]:
    reader = resources.reader
    subjects = {
        "ID": lambda: (agreement.id for agreement in reader.all_agreements()),
        "ERA": lambda: (group.key for group in reader.groups("era") if group.key),
        "NAME": lambda: (entry.id for entry in directory.names(reader)),
        "SOURCE": lambda: (source.id for source in directory.all_sources(reader)),
        "QUERY": lambda: iter(("fisheries", "sakhalin", "neutrality pact", "signed:1941", "漁業", "nothing-at-all")),
    }.get(views.VIEWS[name].subjects)
    if subjects is None:
        yield Address(name)
        return
    for subject in islice(subjects(), MOST_SUBJECTS):
        yield Address(name, (subject,))
