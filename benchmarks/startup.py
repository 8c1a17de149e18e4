"""Process start to first painted content, peak memory and leaving, beside an empty Textual application and peers.

Every program runs in a terminal of its own, 120 x 36, xterm-256color with true colour, that knows synchronised output
and answers the questions a program asks. The programs take turns, in an order that rotates from round to round, and the
first round is not counted: it writes byte code, settings and the catalogue. So one run compares like with like.

First painted content is when the bytes were read that brought it to the screen, counted from just before the fork:

- this program: its own text, the corpus's title on the start page or, started with an ID, the first words of the
  agreement's page; a frame that has the tree and the borders but no page yet does not count;
- the empty application has no text: its ground covers the alternate screen, which is its first whole frame;
- frogmouth and baca open a page of one heading, and count when it is seen;
- any other peer counts, in its favour, at the first cell of the alternate screen that is not blank.

Memory is the peak just before leaving (VmHWM), half a second after the last output; getrusage's peak at the end is in
the JSON. Leaving is from the key to the end of the process.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import figures, programs
from benchmarks.process import Failed, Process
from benchmarks.programs import Program

BAR = 1.2


class Sample(NamedTuple):
    """What one start came to: milliseconds, megabytes."""

    start: float
    memory: float
    peak: float
    leave: float | None


def add_arguments(parser: ArgumentParser) -> None:
    """What can be asked of this benchmark."""
    parser.add_argument("--rounds", type=int, default=7, help="rounds that count, after one that does not (7)")
    parser.add_argument(
        "--peer", action="append", default=[], metavar="NAME=COMMAND", help="a peer that is not on the PATH; repeatable"
    )
    parser.add_argument(
        "--store", type=Path, metavar="FILE", help="this program over that store too (one that `corpus` made)"
    )
    parser.add_argument("--no-peers", action="store_true", help="only this program and the empty application")


def run(options: Namespace) -> int:
    """Measure and print; the exit code is 1 where a program could not be measured."""
    with TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        env = programs.environment(folder)
        ours = programs.Ours(env)
        summary = next(summary for summary in ours.compile() if summary["date"])
        found, missing = ([], []) if options.no_peers else programs.peers(options.peer, folder)
        line = [programs.empty(), ours.start_page(), ours.at(summary["id"])]
        stores = [ours]
        if options.store:
            other = programs.Ours(env, options.store)
            stores.append(other)
            summary = next(summary for summary in other.compile() if summary["date"])
            line += [other.start_page(), other.at(summary["id"])]
        line += found
        samples: dict[str, list[Sample]] = {program.name: [] for program in line}
        failures: dict[str, str] = {}
        for turn in range(options.rounds + 1):
            at = turn % len(line)
            for program in [*line[at:], *line[:at]]:
                if program.name in failures:
                    continue
                for store in stores:
                    store.compile()
                try:
                    sample = measure(program, env)
                except Failed as error:
                    failures[program.name] = str(error)
                    continue
                if turn:
                    samples[program.name].append(sample)
            print(f"\rround {turn} of {options.rounds}", end="", file=sys.stderr, flush=True)
        print("\r\x1b[K", end="", file=sys.stderr)
    if options.json:
        print(_json(samples, failures, missing))
    else:
        print(_table(samples, missing))
    for program_name, failure in failures.items():
        print(f"{program_name}: {failure}", file=sys.stderr)
    return 1 if failures else 0


def measure(program: Program, env: dict[str, str]) -> Sample:
    """Start a program, wait for its content, let it settle, and leave it."""
    with Process(program.command, programs.ROOT, env) as process:
        painted = process.wait_for(program.painted)
        process.settle()
        memory = process.peak_kilobytes()
        left = process.leave(program.leave)
    return Sample(
        start=(painted - process.started) * 1000,
        memory=memory / 1024,
        peak=left.peak_kilobytes / 1024,
        leave=None if left.seconds is None else left.seconds * 1000,
    )


def _medians(samples: dict[str, list[Sample]]) -> dict[str, dict[str, float | None]]:
    """Each program's medians, and each as a ratio to the empty application's."""
    floor: dict[str, float | None] = {}
    found: dict[str, dict[str, float | None]] = {}
    for name, taken in samples.items():
        medians = {field: figures.median([getattr(one, field) for one in taken]) for field in Sample._fields}
        floor = floor or medians
        ratios = {f"{field}_ratio": figures.ratio(value, floor[field]) for field, value in medians.items()}
        found[name] = {**medians, **ratios}
    return found


def _table(samples: dict[str, list[Sample]], missing: list[str]) -> str:
    heads = ("", "first content", "ratio", "min-max", "peak memory", "ratio", "leaving", "ratio")
    rows: list[tuple[str, ...]] = []
    for name, of in _medians(samples).items():
        starts = [sample.start for sample in samples[name]]
        rows.append(
            (
                name,
                figures.cell(of["start"], " ms"),
                figures.cell(of["start_ratio"], " x", 2),
                f"{min(starts):,.0f}-{max(starts):,.0f}" if starts else "-",
                figures.cell(of["memory"], " MB", 1),
                figures.cell(of["memory_ratio"], " x", 2),
                figures.cell(of["leave"], " ms"),
                figures.cell(of["leave_ratio"], " x", 2),
            )
        )
    rows += [(name, "not installed", *[""] * (len(heads) - 2)) for name in missing]
    rounds = max(map(len, samples.values()), default=0)
    note = f"Medians of {rounds} rounds; ratios to the empty application. The bar for this program's start is {BAR} x."
    return figures.table(heads, rows) + "\n" + note


def _json(samples: dict[str, list[Sample]], failures: dict[str, str], missing: list[str]) -> str:
    told = {
        "medians": _medians(samples),
        "samples": {name: [sample._asdict() for sample in taken] for name, taken in samples.items()},
        "failures": failures,
        "not_installed": missing,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
