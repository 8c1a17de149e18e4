"""Holding the down key over the tree: whether the document follows, and the cost of a key beside a bare Textual tree.

The shipped corpus runs in a terminal of 120 x 36 with all eras unfolded but those of the background, and the same
branches in a Textual tree with nothing beside it. First the key is held at 30 keys a second down the whole tree. Then
at least `--keys` keys are written at once, going down and up again, so that the program handles them as fast as it
can. Each round starts both programs anew.

- key to cursor, key to document: from writing a key to reading the output that puts the cursor on its row, and the
  heading and first line of that row's agreement into the document pane; median and 95th percentile over the held keys.
  Headings of the tree have no document and count for the cursor only.
- followed: the share of held keys whose agreement was painted in the document pane before the next key.
- work per key: processor time over the held keys, the figure least disturbed by a busy machine.
- keys a second: the number of keys written at once over the time to the last movement of the cursor.
- lag: from the last held key, or from the last movement of the cursor, to the document that belongs to it.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, NamedTuple

from benchmarks import figures, programs
from benchmarks.process import Process, ProgramError
from benchmarks.terminal import ROWS, Terminal

DOWN, UP, LEFT, HOME, END, ENTER = b"\x1b[B", b"\x1b[A", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\r"
TREE_WIDTH = 29
"""Width of the tree in a terminal of 120 columns."""
DOCUMENT_COLUMNS = (TREE_WIDTH + 1, 76)
MAX_UNDIVIDED = 200
"""Longer branches are divided by year."""
BARE_TREE, THIS_PROGRAM = "bare Textual tree", "this program"


class Row(NamedTuple):
    """Row of the tree: its label, and the formal title of its agreement (empty for a heading)."""

    label: str
    formal_title: str


class Snapshot(NamedTuple):
    """Cursor row and document pane as painted at a time."""

    time: float
    cursor: str
    heading: str
    first_line: str


class Subject(NamedTuple):
    """Measured program and where its tree is on the screen."""

    command: Sequence[str]
    quit_key: bytes
    columns: tuple[int, int]
    rows: tuple[int, int]
    has_document: bool
    unfolding: Sequence[bytes] = ()
    """Keys that unfold the branches and leave the cursor on the first row."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--rounds", type=int, default=3, help="rounds (3)")
    parser.add_argument("--rate", type=float, default=30.0, help="keys a second while the key is held (30)")
    parser.add_argument("--keys", type=int, default=600, help="keys typed at once, at least (600)")


def run(options: Namespace) -> int:
    """Run the benchmark and print its figures; return 1 if a cursor or a document never arrived, else 0."""
    with TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        env = programs.environment(folder)
        program = programs.ThisProgram(env)
        branches, background = _branches(program.store, program.compile())
        rows = [row for branch in branches for row in branch]
        file = folder / "branches.json"
        labels = [(branch[0].label, [row.label for row in branch[1:]]) for branch in branches]
        file.write_text(json.dumps(labels), encoding="utf-8")
        python = sys.executable
        bare_tree = [python, "-m", "benchmarks.bare_tree", str(file)]
        subjects = {
            BARE_TREE: Subject(bare_tree, b"\x11", (0, 60), (0, ROWS), False),
            THIS_PROGRAM: Subject(
                [python, "-m", "tui"],
                b"q",
                (1, TREE_WIDTH - 2),
                (1, ROWS - 1),
                True,
                # Upwards from the last: fold the branch if the cursor is in it, unfold it, go to its heading and on.
                (END, *[UP] * background, *(LEFT, LEFT, ENTER, LEFT, UP) * len(branches), HOME),
            ),
        }
        rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in subjects}
        failed = False
        for number in range(options.rounds):
            for name, subject in subjects.items():
                program.compile()
                try:
                    rounds[name].append(_measure(subject, rows, env, options.rate, options.keys))
                except ProgramError as error:
                    failed = True
                    print(f"{name}: {error}", file=sys.stderr)
            print(f"\rround {number + 1} of {options.rounds}", end="", file=sys.stderr, flush=True)
        print("\r\x1b[K", end="", file=sys.stderr)
    report = {name: _summary(measured) for name, measured in rounds.items() if measured}
    print(json.dumps(report, indent=2) if options.json else _table(report, options, len(rows)))
    return 1 if failed else 0


def _branches(store: dict[str, Any], agreements: list[dict[str, str]]) -> tuple[list[list[Row]], int]:
    """Return the branches, each as its heading and the rows under it, and the number of background eras after them."""
    background = {era["title"] for era in store["eras"].values() if era.get("background")}
    formal_titles = {record["id"]: record["titles"]["en"] for record in store["agreements"].values()}
    branches: dict[str, list[Row]] = {}
    for summary in agreements:
        if summary["era"] in background:
            break
        row = Row(summary["title"], formal_titles[summary["id"]])
        branches.setdefault(summary["era"], [Row(summary["era"], "")]).append(row)
    if not branches or max(map(len, branches.values())) > MAX_UNDIVIDED:
        raise SystemExit("This benchmark needs a corpus whose first branches are not divided by year.")
    return list(branches.values()), len(background)


# -- measuring


class _Run:
    """One start of a program, with a snapshot of every painted chunk."""

    def __init__(self, process: Process, subject: Subject, rows: list[Row]) -> None:
        self.process, self.subject, self.rows = process, subject, rows
        self.snapshots: list[Snapshot] = []
        process.wait_for(lambda terminal: terminal.contains(rows[1].label))
        process.settle()
        for key in subject.unfolding:
            process.send(key)
            process.settle()
        process.watch(lambda time: self.snapshots.append(_snapshot(time, process.terminal, subject)))

    def cursor_index(self) -> int | None:
        """Return the index of the row under the cursor."""
        cursor = _snapshot(0.0, self.process.terminal, self.subject).cursor
        return next((index for index, row in enumerate(self.rows) if _is_label(cursor, row.label)), None)

    def hold_key(self, start: int, rate: float) -> dict[str, Any]:
        """Hold the down key from the row with index `start` to the last one and return the figures."""
        self.snapshots.clear()
        process, has_document = self.process, self.subject.has_document
        started, cpu_before = monotonic(), process.cpu_seconds()
        sent: list[float] = []
        for number in range(len(self.rows) - 1 - start):
            process.read_until(started + number / rate)
            sent.append(process.send(DOWN))
        self._wait_for_row(self.rows[-1], sent[-1])
        cursor: list[float] = []
        document: list[float] = []
        followed: list[bool] = []
        shown = None
        for row, time, next_key in zip(self.rows[start + 1 :], sent, [*sent[1:], sent[-1] + 10], strict=True):
            moved = self._first_time(_shows_cursor, row, time)
            if moved is not None:
                cursor.append((moved - time) * 1000)
            if has_document and row.formal_title:
                shown = self._first_time(_shows_document, row, time)
                followed.append(shown is not None and shown <= next_key)
                if shown is not None:
                    document.append((shown - time) * 1000)
        return {
            "held_keys": len(sent),
            "work_per_key": (process.cpu_seconds() - cpu_before) * 1000 / len(sent),
            "cursor_seen": len(cursor) / len(sent),
            "key_to_cursor": cursor,
            "key_to_document": document,
            "followed": sum(followed) / len(followed) if followed else None,
            "held_lag": (shown - sent[-1]) * 1000 if shown is not None else None,
        }

    def send_burst(self, keys: int) -> dict[str, Any]:
        """Write at least `keys` keys at once and return the figures.

        They go from the last row up and down again, and end on the last row but one so that the end is visible.
        """
        self.process.settle()
        self.snapshots.clear()
        length, target = len(self.rows) - 1, self.rows[-2]
        turns = -(-keys // (2 * length))
        burst = (UP * length + DOWN * length) * turns + UP
        count = len(burst) // len(UP)
        started = self.process.send(burst)
        self._wait_for_row(target, started)
        moved = self._time_since(_shows_cursor, target)
        lag = (self._time_since(_shows_document, target) - moved) * 1000 if self.subject.has_document else None
        return {"burst_keys": count, "keys_a_second": count / (moved - started), "burst_lag": lag}

    def _wait_for_row(self, row: Row, start: float) -> None:
        """Read until cursor and document are those of the row and the output ends, at most 30 seconds after `start`."""
        while monotonic() < start + 30:
            self.process.settle(0.4)
            seen = _snapshot(0.0, self.process.terminal, self.subject)
            if _shows_cursor(seen, row) and (not self.subject.has_document or _shows_document(seen, row)):
                return
        seen = _snapshot(0.0, self.process.terminal, self.subject)
        raise ProgramError(f"cursor or document never came to {row.label}: {seen}")

    def _first_time(self, shows: Callable[[Snapshot, Row], bool], row: Row, start: float) -> float | None:
        """Return the time of the first snapshot from `start` on that shows the row."""
        return next((seen.time for seen in self.snapshots if seen.time >= start and shows(seen, row)), None)

    def _time_since(self, shows: Callable[[Snapshot, Row], bool], row: Row) -> float:
        """Return the time from which all snapshots to the last show the row."""
        time = self.snapshots[-1].time
        for seen in reversed(self.snapshots):
            if not shows(seen, row):
                break
            time = seen.time
        return time


def _measure(subject: Subject, rows: list[Row], env: dict[str, str], rate: float, keys: int) -> dict[str, Any]:
    with Process(subject.command, programs.ROOT, env) as process:
        measured = _Run(process, subject, rows)
        start = measured.cursor_index()
        if start is None:
            process.send(DOWN)  # Textual's tree shows no cursor before the first key
            process.settle()
            start = measured.cursor_index()
        if start is None:
            raise ProgramError("no row of the tree bears the cursor")
        held = measured.hold_key(start, rate)
        burst = measured.send_burst(keys)
        process.quit(subject.quit_key)
    return held | burst


def _snapshot(time: float, terminal: Terminal, subject: Subject) -> Snapshot:
    row = terminal.cursor_row(8, subject.rows)  # column 8 is within the labels of both programs
    cursor = "" if row is None else terminal.line(row, *subject.columns).strip()
    if not subject.has_document:
        return Snapshot(time, cursor, "", "")
    heading = terminal.line(0, *DOCUMENT_COLUMNS).strip("─━ ").partition(" · ")[0]
    return Snapshot(time, cursor, heading, terminal.line(1, *DOCUMENT_COLUMNS).strip())


def _is_label(text: str, label: str) -> bool:
    """Return whether the text of a row, with its sign and its year or count and maybe cut short, shows the label."""
    words = text.strip("▸▾▶▼ └├─│")
    if words[:4].isdigit():
        words = words[5:]  # the year and the mark of doubt
    words = words.strip()
    cut = words.rstrip("…")
    return bool(cut) and (words == label or label.startswith(cut) or words.rstrip("0123456789– ") == label)


def _shows_cursor(seen: Snapshot, row: Row) -> bool:
    return _is_label(seen.cursor, row.label)


def _shows_document(seen: Snapshot, row: Row) -> bool:
    """Return whether the document pane shows the row's agreement: its heading and the start of its formal title."""
    name = seen.heading.rstrip("…").strip()
    line = " ".join(seen.first_line.split())
    return bool(name and line) and row.label.startswith(name) and row.formal_title.startswith(line)


# -- report


def _summary(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    cursor = [time for measured in rounds for time in measured["key_to_cursor"]]
    document = [time for measured in rounds for time in measured["key_to_document"]]
    summary = {
        "held_keys": rounds[0]["held_keys"],
        "burst_keys": rounds[0]["burst_keys"],
        "key_to_cursor": figures.median(cursor),
        "key_to_cursor_p95": figures.p95(cursor),
        "key_to_document": figures.median(document),
        "key_to_document_p95": figures.p95(document),
    }
    for name in ("work_per_key", "cursor_seen", "followed", "held_lag", "keys_a_second", "burst_lag"):
        summary[name] = figures.median([measured[name] for measured in rounds])
    return summary


def _table(report: dict[str, dict[str, Any]], options: Namespace, row_count: int) -> str:
    headings = (
        "",
        "key to cursor",
        "p95",
        "key to document",
        "p95",
        "followed",
        "lag",
        "work per key",
        "keys/s",
        "lag",
    )
    lines = []
    for name, summary in report.items():
        followed = None if summary["followed"] is None else summary["followed"] * 100
        lines.append(
            (
                name,
                figures.cell(summary["key_to_cursor"], " ms", 1),
                figures.cell(summary["key_to_cursor_p95"], " ms", 1),
                figures.cell(summary["key_to_document"], " ms", 1),
                figures.cell(summary["key_to_document_p95"], " ms", 1),
                figures.cell(followed, " %"),
                figures.cell(summary["held_lag"], " ms", 1),
                figures.cell(summary["work_per_key"], " ms", 1),
                figures.cell(summary["keys_a_second"]),
                figures.cell(summary["burst_lag"], " ms", 1),
            )
        )
    base, ours = report.get(BARE_TREE, {}), report.get(THIS_PROGRAM, {})
    cost = figures.cell(figures.ratio(ours.get("key_to_cursor"), base.get("key_to_cursor")), " x", 2)
    pace = figures.cell(figures.ratio(ours.get("keys_a_second"), base.get("keys_a_second")), " x", 2)
    return (
        f"{figures.table(headings, lines)}\n{row_count} rows; a key held at {options.rate:g} a second; "
        f"last two columns: {options.keys} or more keys at once.\n"
        f"To the bare tree: key to cursor {cost}, keys a second {pace}."
    )
