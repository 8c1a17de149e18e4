"""The programs that are measured: this one, the empty Textual application, and the peers that are installed."""

from __future__ import annotations

import json
import mmap
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.terminal import Terminal

ROOT = Path(__file__).parent.parent
STORE = ROOT / "db.json"
PAGE = "A page to begin with"
PEERS = ("frogmouth", "baca", "posting", "harlequin")


@dataclass(frozen=True)
class Program:
    """How a program is started, how its first content is known, and which key leaves it."""

    name: str
    command: Sequence[str]
    painted: Callable[[Terminal], bool]
    leave: bytes


def environment(home: Path) -> dict[str, str]:
    """The reader's environment without what changes a program's looks or work, and with a home of its own."""
    dropped = ("XDG_", "TEXTUAL", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHON", "VIRTUAL_ENV", "TERM")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    # utf-8 and true colour, as in the terminals of today
    return kept | {"HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


class Ours:
    """This program over the shipped corpus or another store, its catalogue compiled."""

    def __init__(self, env: Mapping[str, str], file: Path = STORE) -> None:
        self._env = env
        self._file = file
        self._given = () if file == STORE else ("--store", str(file.resolve()))
        self._name = "this program" if file == STORE else f"this program, {file.stem}"
        self._compiled_from: tuple[int, int] | None = None

    @cached_property
    def store(self) -> dict[str, dict[str, Any]]:
        """All of it, which only a small store should be asked for."""
        whole: dict[str, dict[str, Any]] = json.loads(self._file.read_text(encoding="utf-8"))
        return whole

    def compile(self) -> list[dict[str, str]]:
        """Compile the catalogue where the store has changed; returns the tree's leaves in order (else nothing)."""
        now = self._file.stat()
        if (now.st_mtime_ns, now.st_size) == self._compiled_from:
            return []
        agreements: list[dict[str, str]] = self._asked("list")
        self._compiled_from = (now.st_mtime_ns, now.st_size)
        return agreements

    def _asked(self, *words: str) -> Any:
        command = [sys.executable, "-m", "tui", *words, "--json", *self._given]
        return json.loads(subprocess.run(command, cwd=ROOT, env=self._env, capture_output=True, check=True).stdout)

    def start_page(self) -> Program:
        """`python -m tui`: painted when the corpus's title stands in the document pane."""
        with self._file.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            table = re.search(rb'\n\s*"corpus":\s*\{\s*"\d+":\s*', text)
            assert table is not None
            record = text[table.end() : table.end() + 100_000].decode("utf-8", "ignore")
        title = json.JSONDecoder().raw_decode(record)[0]["title"]
        return Program(self._name, (sys.executable, "-m", "tui", *self._given), lambda seen: seen.holds(title), b"q")

    def at(self, id: str) -> Program:
        """`python -m tui ID`: painted when the agreement's page, not only its name, stands in the document pane."""
        record = self._asked("show", id)
        record = record.get("agreement", record)
        words = " ".join(record["titles"]["en"].split()[:3])  # as much as stands on the first line for certain
        command = (sys.executable, "-m", "tui", id, *self._given)
        # Right of the tree, which shows the agreement before its page is there.
        return Program(f"{self._name}, ID", command, lambda seen: words in seen.line(1, 28), b"q")


def empty() -> Program:
    """Three lines of Textual; blank, so painted when its ground covers the alternate screen."""
    command = (sys.executable, "-m", "benchmarks.empty")
    return Program("empty Textual application", command, Terminal.is_covered, b"\x11")


def peers(given: Sequence[str], folder: Path) -> tuple[list[Program], list[str]]:
    """The peers that are installed or given as NAME=COMMAND, each with a page to open, and the names of the rest."""
    commands = {name: shlex.split(command) for name, _, command in (peer.partition("=") for peer in given)}
    for name in PEERS:
        found = shutil.which(name)
        if name not in commands and found:
            commands[name] = [found]
    known = _known_peers(folder)
    found_peers = []
    for name, command in commands.items():
        peer = known.get(name, Program(name, (), Terminal.has_ink, b"\x11"))
        whole = len(command) == 1  # a bare program: it gets our page; a longer command opens what it says
        found_peers.append(replace(peer, command=[*command, *(peer.command if whole else ())]))
    return found_peers, [name for name in PEERS if name not in commands]


def _known_peers(folder: Path) -> dict[str, Program]:
    page, book = folder / "page.md", folder / "page.epub"
    page.write_text(f"# {PAGE}\n\nA paragraph.\n", encoding="utf-8")
    _write_book(book)

    def shows_page(seen: Terminal) -> bool:
        return seen.holds(PAGE)

    return {
        "frogmouth": Program("frogmouth", [str(page)], shows_page, b"\x11"),
        "baca": Program("baca", [str(book)], shows_page, b"q"),
        "posting": Program("posting", [], Terminal.has_ink, b"\x03"),
        "harlequin": Program("harlequin", [], Terminal.has_ink, b"\x11"),
    }


def _write_book(path: Path) -> None:
    """The smallest EPUB that a reader opens: one chapter."""
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<?xml version="1.0"?><container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "book.opf": '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Book</dc:title>'
        '<dc:creator>Nobody</dc:creator><dc:identifier id="id">book</dc:identifier><dc:language>en</dc:language>'
        '</metadata><manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        '<item id="c1" href="c1.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine toc="ncx"><itemref idref="c1"/></spine></package>',
        "toc.ncx": '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/>'
        '<docTitle><text>Book</text></docTitle><navMap><navPoint id="n1" playOrder="1"><navLabel><text>One</text>'
        '</navLabel><content src="c1.xhtml"/></navPoint></navMap></ncx>',
        "c1.xhtml": '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head>'
        f"<body><h1>{PAGE}</h1><p>A paragraph.</p></body></html>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
