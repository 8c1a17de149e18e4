"""Typing into the search: from the key to the letter on the screen, and to the results that it brings.

This program runs in a terminal of 120 x 36 on the shipped corpus and on other stores. Words are typed letter by letter,
each letter after everything that the previous one brought is painted; then the word is deleted.

- key to letter: until the letter is in the input;
- key to results: until the first change of the list below it (a letter that changes nothing there is not counted).
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
INPUT_ROW, LIST_ROW, PANE_WIDTH = 1, 2, 48
BACKSPACE = b"\x7f"
QUIET = 0.25
"""Seconds without output after which everything that a letter brings is painted."""
BAR = 33.0


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--rounds", type=int, default=2, help="rounds of all words (2)")
    parser.add_argument(
        "--store", type=Path, action="append", default=[], metavar="FILE", help="another store; repeatable"
    )


def run(options: Namespace) -> int:
    """Run the benchmark and print its figures; return 0."""
    report: dict[str, dict[str, float | None]] = {}
    with TemporaryDirectory(prefix="benchmarks-") as name:
        env = programs.environment(Path(name))
        for file in (programs.STORE, *options.store):
            program = programs.ThisProgram(env, file)
            program.compile()
            letters: list[float] = []
            results: list[float] = []
            for _ in range(options.rounds):
                with Process(program.start_page().command, programs.ROOT, env) as process:
                    process.wait_for(program.start_page().has_content)
                    process.settle()
                    process.send(b"/")
                    process.settle()
                    for word in WORDS:
                        _type(process, word, letters, results)
                    process.send(b"\x1b")
                    process.settle()
                    process.quit(b"q")
            report[file.stem] = {
                "letter": figures.median(letters),
                "letter_p95": figures.p95(letters),
                "results": figures.median(results),
                "results_p95": figures.p95(results),
            }
    print(json.dumps(report, indent=2) if options.json else _table(report))
    return 0


def _type(process: Process, word: str, letters: list[float], results: list[float]) -> None:
    """Type and delete a word; append the milliseconds of each letter to both lists."""
    for end in range(1, len(word) + 1):
        before = _list_text(process.terminal)
        seen: dict[str, float] = {}

        def look(time: float, text: str = word[:end], before: str = before, seen: dict[str, float] = seen) -> None:
            line = process.terminal.line(INPUT_ROW, 0, PANE_WIDTH).replace("\0", "")
            if "".join(line.split()) == "".join(text.split()):
                seen.setdefault("letter", time)
            if _list_text(process.terminal) != before:
                seen.setdefault("results", time)

        process.watch(look)
        pressed = process.send(word[end - 1].encode())
        process.settle(QUIET)
        process.watch(None)
        for name, times in (("letter", letters), ("results", results)):
            if name in seen:
                times.append((seen[name] - pressed) * 1000)
    process.send(BACKSPACE * len(word))
    process.settle(QUIET)


def _list_text(terminal: Terminal) -> str:
    return "\n".join(terminal.line(row, 0, PANE_WIDTH) for row in range(LIST_ROW, ROWS - 1))


def _table(report: dict[str, dict[str, float | None]]) -> str:
    headings = ("", "key to letter", "p95", "key to results", "p95")
    fields = ("letter", "letter_p95", "results", "results_p95")
    rows = [(store, *(figures.cell(times[field], " ms", 1) for field in fields)) for store, times in report.items()]
    note = f"\nThe bar for results is {BAR:.0f} ms in the 95th percentile, at every size."
    return figures.table(headings, rows) + note
