"""A held down key over the tree: does the document follow, and what does a key cost beside a bare Textual tree?

The shipped corpus in a terminal of 120 x 36, and the same outline in a Textual tree with nothing beside it. First the
key is held at 30 a second down the whole tree; then as many keys as `--keys` are typed at once, down and up again by
turns, so that the program takes them as fast as it can. Each round starts both programs anew.

- key to cursor, key to document: from the moment a key was typed to the moment the bytes were read that put the cursor
  on its row, and the heading on the document's border and the first line under it to that row's agreement; median and
  95th percentile over the held keys. A row that is a heading has no document and counts for the cursor alone.
- followed: the share of held keys whose own agreement was seen in the document pane before the next key's.
- work per key: processor time over the held keys, which a busy machine disturbs least.
- keys a second, of those typed at once: their number over the time to the last movement of the cursor.
- lag: from the last key (held) or from the cursor's last movement (at once) to the document's agreement with it.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, NamedTuple

from benchmarks import figures, programs
from benchmarks.process import Failed, Process
from benchmarks.terminal import ROWS, Terminal

DOWN, UP = b"\x1b[B", b"\x1b[A"
TREE = 29
"""The tree's width, at 120 columns."""
DOCUMENT = (TREE + 1, 76)
MANY = 200
"""Longer branches, and those of background eras, begin folded."""


class Row(NamedTuple):
    """A row of the tree: its label, and the formal title of its agreement (nothing for a heading)."""

    label: str
    formal: str


class Seen(NamedTuple):
    """What the screen showed from a moment on."""

    when: float
    cursor: str
    heading: str
    first_line: str


class View(NamedTuple):
    """Where to look on a program's screen."""

    command: Sequence[str]
    leave: bytes
    columns: tuple[int, int]  # of the tree
    rows: tuple[int, int]
    probe: int  # a column in which a cursor shows by its ground
    has_document: bool


def add_arguments(parser: ArgumentParser) -> None:
    """What can be asked of this benchmark."""
    parser.add_argument("--rounds", type=int, default=3, help="rounds (3)")
    parser.add_argument("--rate", type=float, default=30.0, help="keys a second while the key is held (30)")
    parser.add_argument("--keys", type=int, default=600, help="keys typed at once, at least (600)")


def run(options: Namespace) -> int:
    """Measure and print; the exit code is 1 where a cursor or a document never arrived."""
    with TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        env = programs.environment(folder)
        ours = programs.Ours(env)
        outline = _model(ours.store, ours.compile())
        rows = [row for branch in outline for row in branch]
        file = folder / "outline.json"
        labels = [(branch[0].label, [row.label for row in branch[1:]]) for branch in outline]
        file.write_text(json.dumps(labels), encoding="utf-8")
        python = sys.executable
        bare = [python, "-m", "benchmarks.bare_tree", str(file)]
        views = {
            "bare Textual tree": View(bare, b"\x11", (0, 60), (0, ROWS), 8, False),
            "this program": View([python, "-m", "tui"], b"q", (1, TREE - 2), (1, ROWS - 1), 8, True),
        }
        taken: dict[str, list[dict[str, Any]]] = {name: [] for name in views}
        failed = False
        for turn in range(options.rounds):
            for name, view in views.items():
                ours.compile()
                try:
                    taken[name].append(_measure(view, rows, env, options.rate, options.keys))
                except Failed as failure:
                    failed = True
                    print(f"{name}: {failure}", file=sys.stderr)
            print(f"\rround {turn + 1} of {options.rounds}", end="", file=sys.stderr, flush=True)
        print("\r\x1b[K", end="", file=sys.stderr)
    found = {name: _summary(rounds) for name, rounds in taken.items() if rounds}
    print(json.dumps(found, indent=2) if options.json else _table(found, options, len(rows)))
    return 1 if failed else 0


def _model(store: dict[str, Any], agreements: list[dict[str, str]]) -> list[list[Row]]:
    """The tree's first branches, as far as they are unfolded, each its heading and its leaves."""
    background = {era["title"] for era in store["eras"].values() if era.get("background")}
    formal = {record["id"]: record["titles"]["en"] for record in store["agreements"].values()}
    branches: dict[str, list[Row]] = {}
    for summary in agreements:
        if summary["era"] in background:
            break
        branches.setdefault(summary["era"], [Row(summary["era"], "")]).append(
            Row(summary["title"], formal[summary["id"]])
        )
    if not branches or max(map(len, branches.values())) > MANY:
        raise SystemExit("This benchmark needs a corpus whose first branches begin unfolded.")
    return list(branches.values())


def _measure(view: View, rows: list[Row], env: dict[str, str], rate: float, keys: int) -> dict[str, Any]:
    with Process(view.command, programs.ROOT, env) as process:
        timeline: list[Seen] = []
        process.wait_for(lambda terminal: rows[1].label in _text(terminal))
        process.settle()
        process.watch(lambda when: _note(timeline, when, process.terminal, view))
        start = _place(rows, _look(0.0, process.terminal, view).cursor)
        if start is None:
            process.send(DOWN)  # a tree that has no cursor yet takes the first key to show one
            process.settle()
            start = _place(rows, _look(0.0, process.terminal, view).cursor)
        if start is None:
            raise Failed("no row of the tree bears the cursor")
        held = _hold(process, view, timeline, rows, start, rate)
        burst = _burst(process, view, timeline, rows, keys)
        process.leave(view.leave)
    return held | burst


def _hold(
    process: Process, view: View, timeline: list[Seen], rows: list[Row], start: int, rate: float
) -> dict[str, Any]:
    """Hold the key down to the last row."""
    timeline.clear()
    begun, worked = monotonic(), process.worked()
    sent: list[float] = []
    for number in range(len(rows) - 1 - start):
        process.read(begun + number / rate)
        sent.append(process.send(DOWN))
    _arrive(process, view, rows[-1], sent[-1])
    cursor: list[float] = []
    document: list[float] = []
    followed: list[bool] = []
    arrived = None
    for number, when in enumerate(sent):
        row = rows[start + number + 1]
        until = sent[number + 1] if number + 1 < len(sent) else when + 10
        at = next((seen.when for seen in timeline if seen.when >= when and _is(seen.cursor, row.label)), None)
        if at is not None:
            cursor.append((at - when) * 1000)
        if view.has_document and row.formal:
            arrived = next((seen.when for seen in timeline if seen.when >= when and _agrees(seen, row)), None)
            followed.append(arrived is not None and arrived <= until)
            if arrived is not None:
                document.append((arrived - when) * 1000)
    return {
        "held_keys": len(sent),
        "work_per_key": (process.worked() - worked) * 1000 / len(sent),
        "cursor_seen": len(cursor) / len(sent),
        "key_to_cursor": cursor,
        "key_to_document": document,
        "followed": sum(followed) / len(followed) if followed else None,
        "held_lag": (arrived - sent[-1]) * 1000 if arrived is not None else None,
    }


def _burst(process: Process, view: View, timeline: list[Seen], rows: list[Row], keys: int) -> dict[str, Any]:
    """From the last row, up and down by turns, all at once; ends on the last row but one, so that it shows."""
    process.settle()
    timeline.clear()
    length = len(rows) - 1
    turns = -(-keys // (2 * length))
    typed = (UP * length + DOWN * length) * turns + UP
    count = len(typed) // len(UP)
    begun = process.send(typed)
    _arrive(process, view, rows[-2], begun)
    moved = _since(timeline, lambda seen: _is(seen.cursor, rows[-2].label))
    agreed = _since(timeline, lambda seen: _agrees(seen, rows[-2])) if view.has_document else None
    return {
        "burst_keys": count,
        "keys_a_second": count / (moved - begun),
        "burst_lag": (agreed - moved) * 1000 if agreed is not None else None,
    }


def _arrive(process: Process, view: View, row: Row, since: float) -> None:
    """Pump until cursor and document stand on a row and nothing more is written."""

    def there(terminal: Terminal) -> bool:
        seen = _look(0.0, terminal, view)
        return _is(seen.cursor, row.label) and (not view.has_document or _agrees(seen, row))

    while monotonic() < since + 30:
        process.settle(0.4)
        if there(process.terminal):
            return
    raise Failed(f"cursor or document never came to {row.label}: {_look(0.0, process.terminal, view)}")


def _since(timeline: list[Seen], true: Any) -> float:
    """The moment from which something has stayed true to the end."""
    moment = timeline[-1].when
    for seen in reversed(timeline):
        if not true(seen):
            break
        moment = seen.when
    return moment


# -- looking


def _text(terminal: Terminal) -> str:
    return "\n".join(terminal.line(row) for row in range(ROWS))


def _look(when: float, terminal: Terminal, view: View) -> Seen:
    row = terminal.marked_row(view.probe, view.rows)
    cursor = "" if row is None else terminal.line(row, *view.columns).strip()
    if not view.has_document:
        return Seen(when, cursor, "", "")
    heading = terminal.line(0, *DOCUMENT).strip("─━ ").partition(" · ")[0]
    return Seen(when, cursor, heading, terminal.line(1, *DOCUMENT).strip())


def _note(timeline: list[Seen], when: float, terminal: Terminal, view: View) -> None:
    timeline.append(_look(when, terminal, view))


def _is(shown: str, label: str) -> bool:
    """Whether a row's text, with its sign and year or count, and perhaps cut short, is that of a label."""
    words = shown.strip("+-▶▼ └├─│")
    if words[:4].isdigit():
        words = words[5:]  # the year and the mark of doubt
    words = words.strip()
    cut = words.rstrip("…")
    return bool(cut) and (words == label or label.startswith(cut) or words.rstrip("0123456789 ") == label)


def _agrees(seen: Seen, row: Row) -> bool:
    """Whether the document is that of a row: the name on the border, and the formal title's first line under it."""
    name = seen.heading.rstrip("…").strip()
    line = " ".join(seen.first_line.split())
    return bool(name and line) and row.label.startswith(name) and row.formal.startswith(line)


def _place(rows: list[Row], cursor: str) -> int | None:
    return next((number for number, row in enumerate(rows) if _is(cursor, row.label)), None)


# -- telling


def _summary(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    cursor = [time for taken in rounds for time in taken["key_to_cursor"]]
    document = [time for taken in rounds for time in taken["key_to_document"]]
    told = {
        "held_keys": rounds[0]["held_keys"],
        "burst_keys": rounds[0]["burst_keys"],
        "key_to_cursor": figures.median(cursor),
        "key_to_cursor_p95": figures.p95(cursor),
        "key_to_document": figures.median(document),
        "key_to_document_p95": figures.p95(document),
    }
    for name in ("work_per_key", "cursor_seen", "followed", "held_lag", "keys_a_second", "burst_lag"):
        told[name] = figures.median([taken[name] for taken in rounds])
    return told


def _table(found: dict[str, dict[str, Any]], options: Namespace, rows: int) -> str:
    heads = ("", "key to cursor", "p95", "key to document", "p95", "followed", "lag", "work per key", "keys/s", "lag")
    lines = []
    for name, of in found.items():
        followed = None if of["followed"] is None else of["followed"] * 100
        lines.append(
            (
                name,
                figures.cell(of["key_to_cursor"], " ms", 1),
                figures.cell(of["key_to_cursor_p95"], " ms", 1),
                figures.cell(of["key_to_document"], " ms", 1),
                figures.cell(of["key_to_document_p95"], " ms", 1),
                figures.cell(followed, " %"),
                figures.cell(of["held_lag"], " ms", 1),
                figures.cell(of["work_per_key"], " ms", 1),
                figures.cell(of["keys_a_second"]),
                figures.cell(of["burst_lag"], " ms", 1),
            )
        )
    note = (
        f"{rows} rows; a key held at {options.rate:g} a second; last two columns: {options.keys} or more keys at once."
    )
    floor, ours = (found.get(name, {}) for name in ("bare Textual tree", "this program"))
    cost = figures.ratio(ours.get("key_to_cursor"), floor.get("key_to_cursor"))
    pace = figures.ratio(ours.get("keys_a_second"), floor.get("keys_a_second"))
    ratios = (
        f"To the bare tree: key to cursor {figures.cell(cost, ' x', 2)}, keys a second {figures.cell(pace, ' x', 2)}."
    )
    return "\n".join([figures.table(heads, lines), note, ratios])
