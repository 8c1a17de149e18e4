"""Output of the commands: pages, JSON, progress, and the catalogue opened for one command."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tui import paths
from tui.cli.program import NOTHING, program

if TYPE_CHECKING:
    from tui.catalogue.reader import CatalogueReader
    from tui.pages.blocks import Page
    from tui.pages.resources import NotFound

MOST_NEAR = 100
"""Addresses that are printed instead of one that is not found."""


@contextmanager
def open_catalogue(store: Path) -> Iterator[CatalogueReader]:
    """Open a store's catalogue for one command, and say how many records could not be read."""
    from tui.catalogue import build
    from tui.corpus.file import display_path
    from tui.corpus.plurals import counted

    progress = ProgressLine()
    try:
        catalogue = build.open_or_build(store, paths.cache_folder(), progress)
    finally:
        progress.end()
    with closing(catalogue):
        if problems := catalogue.problem_count():
            name = display_path(store)
            print(
                f"{counted(problems, 'record')} of {name} could not be read: {program()} check {name} says which.",
                file=sys.stderr,
            )
        yield catalogue


class ProgressLine:
    """A line on stderr that counts while a large store is compiled, where somebody watches."""

    def __init__(self) -> None:
        from time import monotonic

        self._now = monotonic
        self._due = monotonic() + 0.5
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Show how much of the work is done."""
        if sys.stderr.isatty() and self._now() >= self._due:
            self._due = self._now() + 0.1
            self._shown = True
            print(f"\rCompiling the catalogue: {100 * done // total} %", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Finish the line, where there is one."""
        if self._shown:
            print(file=sys.stderr)


def report_not_found(found: NotFound, text: str = "") -> int:
    """Print what was not found and what is near, and return the exit code; `text` may be meant as a command."""
    from difflib import get_close_matches

    from tui.cli.parser import COMMANDS
    from tui.corpus import safe

    commands = get_close_matches(text, COMMANDS, 1) if text not in ("", *COMMANDS) else []
    print(f"{found.sentence}{f' and no such command; near it: {commands[0]}' if commands else ''}.", file=sys.stderr)
    near = [safe.quoted(address) for address in found.near[:MOST_NEAR]]
    if len(near) > 5:
        more = len(found.near) - len(near)
        print(f"  there are: {', '.join(near)}{f' and {more:,} more' if more else ''}", file=sys.stderr)
    else:
        for address in near:
            print(f"  near it: {address}", file=sys.stderr)
    return NOTHING


def summary_json(summary: Any, titles: dict[str, str]) -> dict[str, Any]:
    """Return an agreement as the lists print it in JSON; `titles` maps eras to titles."""
    return {"id": summary.id, "title": summary.name, "date": summary.date, "era": titles.get(summary.era, summary.era)}


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    import json

    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    print(json.dumps(value, ensure_ascii=encoding not in ("utf8", "utf16", "utf32"), indent=2))


def page_width(file: TextIO | None = None) -> int:
    """Return the width in cells at which pages are printed to stdout or to `file`."""
    import os

    try:
        columns = os.get_terminal_size((file or sys.stdout).fileno()).columns
    except (OSError, ValueError):  # no terminal, or no file at all
        columns = 0
    return min(100, columns or 80)


def print_page(page: Page, file: TextIO | None = None) -> None:
    """Print a page as plain text, to stdout or to `file`."""
    from tui.pages import plain

    for line in plain.lines(page, page_width(file)):
        print(line, file=file)
