"""As one types in the search: from the key to the letter on the screen, and to the results that it brings.

This program in a terminal of 120 x 36 over the shipped corpus and other stores. Words are typed letter by letter, each
letter when all that the one before brought has been painted; then the word is deleted.

- key to letter: until the letter stands in the line;
- key to results: until the first change of the list under it (a letter that changes nothing there does not count), the
  median and the 95th percentile.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import figures, programs
from benchmarks.process import Process
from benchmarks.terminal import ROWS, Terminal

WORDS = ("fisheries", "neutrality", "the treaty", "sakhalin", "договор", "рыболовство", "日本", "漁業", "peace t")
LINE, LIST, WIDE = 1, 2, 48
"""The row of what is typed, the first row under it, and the width of the search pane."""
BACKSPACE = b"\x7f"
QUIET = 0.25
"""Seconds without output after which a letter has brought all it brings."""
BAR = 33.0


def add_arguments(parser: ArgumentParser) -> None:
    """What can be asked of this benchmark."""
    parser.add_argument("--rounds", type=int, default=2, help="rounds of all words (2)")
    parser.add_argument(
        "--store", type=Path, action="append", default=[], metavar="FILE", help="another store; repeatable"
    )


def run(options: Namespace) -> int:
    """Measure and print; always succeeds."""
    told: dict[str, dict[str, float | None]] = {}
    with TemporaryDirectory(prefix="benchmarks-") as name:
        env = programs.environment(Path(name))
        for file in (programs.STORE, *options.store):
            ours = programs.Ours(env, file)
            ours.compile()
            letters: list[float] = []
            results: list[float] = []
            for _ in range(options.rounds):
                with Process(ours.start_page().command, programs.ROOT, env) as process:
                    process.wait_for(ours.start_page().painted)
                    process.settle()
                    process.send(b"/")
                    process.settle()
                    for word in WORDS:
                        _type(process, word, letters, results)
                    process.send(b"\x1b")
                    process.settle()
                    process.leave(b"q")
            told[file.stem] = {
                "letter": figures.median(letters),
                "letter_p95": figures.p95(letters),
                "results": figures.median(results),
                "results_p95": figures.p95(results),
            }
    print(json.dumps(told, indent=2) if options.json else _table(told))
    return 0


def _type(process: Process, word: str, letters: list[float], results: list[float]) -> None:
    for end in range(1, len(word) + 1):
        before = _list(process.terminal)
        seen: dict[str, float] = {}

        def look(when: float, typed: str = word[:end], before: str = before, seen: dict[str, float] = seen) -> None:
            line = process.terminal.line(LINE, 0, WIDE).replace("\0", "")
            if "".join(line.split()) == "".join(typed.split()):
                seen.setdefault("letter", when)
            if _list(process.terminal) != before:
                seen.setdefault("results", when)

        process.watch(look)
        pressed = process.send(word[end - 1].encode())
        process.settle(QUIET)
        process.watch(None)
        for name, times in (("letter", letters), ("results", results)):
            if name in seen:
                times.append((seen[name] - pressed) * 1000)
    process.send(BACKSPACE * len(word))
    process.settle(QUIET)


def _list(terminal: Terminal) -> str:
    return "\n".join(terminal.line(row, 0, WIDE) for row in range(LIST, ROWS - 1))


def _table(told: dict[str, dict[str, float | None]]) -> str:
    heads = ("", "key to letter", "p95", "key to results", "p95")
    fields = ("letter", "letter_p95", "results", "results_p95")
    rows = [(store, *(figures.cell(of[field], " ms", 1) for field in fields)) for store, of in told.items()]
    return figures.table(heads, rows) + f"\nThe bar for results is {BAR:.0f} ms in the 95th percentile, at every size."
