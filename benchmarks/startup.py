"""Process start to first painted content, peak memory and leaving, beside an empty Textual application and peers.

Every program runs in an emulated terminal of 120 x 36 cells: xterm-256color with true colour and synchronised output.
The programs take turns in an order that rotates from round to round. The first round is not counted, because it writes
byte code, settings and the catalogue.

The time to first content runs from just before the fork to the read that brought the content to the screen. Content is

- for this program, the title of the corpus on the start page or, started with an ID, the first words of the agreement's
  page (a frame with the tree and borders but without a page does not count);
- for the empty application, a background colour over the whole alternate screen, since it has no text;
- for frogmouth and baca, the heading of the page that they are given;
- for any other peer, the first cell of the alternate screen that is not blank, which favours the peer.

Memory is the peak (VmHWM) just before leaving, half a second after the last output; the JSON also has the peak from
getrusage. Leaving is the time from the key to the end of the process.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import figures, programs
from benchmarks.process import Process, ProgramError
from benchmarks.programs import Program

BAR = 1.2


class Sample(NamedTuple):
    """Figures of one start: milliseconds and megabytes."""

    start: float
    memory: float
    peak: float
    leave: float | None


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--rounds", type=int, default=7, help="rounds that count, after one that does not (7)")
    parser.add_argument(
        "--peer", action="append", default=[], metavar="NAME=COMMAND", help="a peer that is not on the PATH; repeatable"
    )
    parser.add_argument(
        "--store", type=Path, metavar="FILE", help="this program over that store too (one that `corpus` made)"
    )
    parser.add_argument("--no-peers", action="store_true", help="only this program and the empty application")


def run(options: Namespace) -> int:
    """Run the benchmark and print its figures; return 1 if a program could not be measured, else 0."""
    with TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        env = programs.environment(folder)
        measured = [programs.empty_application()]
        stores = [programs.ThisProgram(env, file) for file in (programs.STORE, options.store) if file]
        for store in stores:
            dated = next(summary for summary in store.compile() if summary["date"])
            measured += [store.start_page(), store.agreement_page(dated["id"])]
        peers, missing = ([], []) if options.no_peers else programs.find_peers(options.peer, folder)
        measured += peers
        samples: dict[str, list[Sample]] = {program.name: [] for program in measured}
        failures: dict[str, str] = {}
        for number in range(options.rounds + 1):
            first = number % len(measured)
            for program in [*measured[first:], *measured[:first]]:
                if program.name in failures:
                    continue
                for store in stores:
                    store.compile()
                try:
                    sample = _measure(program, env)
                except ProgramError as error:
                    failures[program.name] = str(error)
                    continue
                if number:
                    samples[program.name].append(sample)
            print(f"\rround {number} of {options.rounds}", end="", file=sys.stderr, flush=True)
        print("\r\x1b[K", end="", file=sys.stderr)
    if options.json:
        print(_json(samples, failures, missing))
    else:
        print(_table(samples, missing))
    for program_name, failure in failures.items():
        print(f"{program_name}: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _measure(program: Program, env: dict[str, str]) -> Sample:
    """Start a program, wait for its first content and for the end of its output, and quit it."""
    with Process(program.command, programs.ROOT, env) as process:
        painted = process.wait_for(program.has_content)
        process.settle()
        memory = process.peak_kilobytes()
        end = process.quit(program.quit_key)
    return Sample(
        start=(painted - process.started) * 1000,
        memory=memory / 1024,
        peak=end.peak_kilobytes / 1024,
        leave=None if end.seconds is None else end.seconds * 1000,
    )


def _medians(samples: dict[str, list[Sample]]) -> dict[str, dict[str, float | None]]:
    """Return the medians of each program and their ratios to those of the first, the empty application."""
    base: dict[str, float | None] = {}
    found: dict[str, dict[str, float | None]] = {}
    for name, rounds in samples.items():
        medians = {field: figures.median([getattr(sample, field) for sample in rounds]) for field in Sample._fields}
        base = base or medians
        ratios = {f"{field}_ratio": figures.ratio(value, base[field]) for field, value in medians.items()}
        found[name] = {**medians, **ratios}
    return found


def _table(samples: dict[str, list[Sample]], missing: list[str]) -> str:
    headings = ("", "first content", "ratio", "min-max", "peak memory", "ratio", "leaving", "ratio")
    rows: list[tuple[str, ...]] = []
    for name, medians in _medians(samples).items():
        starts = [sample.start for sample in samples[name]]
        rows.append(
            (
                name,
                figures.cell(medians["start"], " ms"),
                figures.cell(medians["start_ratio"], " x", 2),
                f"{min(starts):,.0f}-{max(starts):,.0f}" if starts else "-",
                figures.cell(medians["memory"], " MB", 1),
                figures.cell(medians["memory_ratio"], " x", 2),
                figures.cell(medians["leave"], " ms"),
                figures.cell(medians["leave_ratio"], " x", 2),
            )
        )
    rows += [(name, "not installed", *[""] * (len(headings) - 2)) for name in missing]
    rounds = max(map(len, samples.values()), default=0)
    note = f"Medians of {rounds} rounds; ratios to the empty application. The bar for this program's start is {BAR} x."
    return figures.table(headings, rows) + "\n" + note


def _json(samples: dict[str, list[Sample]], failures: dict[str, str], missing: list[str]) -> str:
    report = {
        "medians": _medians(samples),
        "samples": {name: [sample._asdict() for sample in rounds] for name, rounds in samples.items()},
        "failures": failures,
        "not_installed": missing,
    }
    return json.dumps(report, ensure_ascii=False, indent=2)
