"""Commands of the measured programs: this one, the empty Textual application, and the installed peers."""

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
PEER_HEADING = "A page to begin with"
PEERS = ("frogmouth", "baca", "posting", "harlequin")


@dataclass(frozen=True)
class Program:
    """Command of a program, the test for its first content on the screen, and the key that quits it."""

    name: str
    command: Sequence[str]
    has_content: Callable[[Terminal], bool]
    quit_key: bytes


def environment(home: Path) -> dict[str, str]:
    """Return the user's environment without the variables that change a program, and with `home` as its home."""
    dropped = ("XDG_", "TEXTUAL", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHON", "VIRTUAL_ENV", "TERM")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}

    return kept | {"HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


class ThisProgram:
    """This program on the shipped corpus or another store."""

    def __init__(self, env: Mapping[str, str], file: Path = STORE) -> None:
        self._env = env
        self._file = file
        self._store_option = () if file == STORE else ("--store", str(file.resolve()))
        self._name = "this program" if file == STORE else f"this program, {file.stem}"
        self._compiled_from: tuple[int, int] | None = None

    @cached_property
    def store(self) -> dict[str, dict[str, Any]]:
        """Tables of the store; memory for a small store only."""
        tables: dict[str, dict[str, Any]] = json.loads(self._file.read_text(encoding="utf-8"))
        return tables

    def compile(self) -> list[dict[str, str]]:
        """Compile the catalogue if the store has changed.

        Returns the agreements in the order of the tree, or an empty list if nothing was compiled.
        """
        now = self._file.stat()
        if (now.st_mtime_ns, now.st_size) == self._compiled_from:
            return []
        agreements: list[dict[str, str]] = self._run_json("list")
        self._compiled_from = (now.st_mtime_ns, now.st_size)
        return agreements

    def _run_json(self, *arguments: str) -> Any:
        command = [sys.executable, "-m", "tui", *arguments, "--json", *self._store_option]
        return json.loads(subprocess.run(command, cwd=ROOT, env=self._env, capture_output=True, check=True).stdout)

    def start_page(self) -> Program:
        """Return `python -m tui`, whose first content is the title of the corpus."""
        with self._file.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            table = re.search(rb'\n\s*"corpus":\s*\{\s*"\d+":\s*', text)
            assert table is not None
            record = text[table.end() : table.end() + 100_000].decode("utf-8", "ignore")
        title = json.JSONDecoder().raw_decode(record)[0]["title"]
        command = (sys.executable, "-m", "tui", *self._store_option)
        return Program(self._name, command, lambda terminal: terminal.contains(title), b"q")

    def agreement_page(self, agreement_id: str) -> Program:
        """Return `python -m tui ID`, whose first content is the formal title in the document pane."""
        record = self._run_json("show", agreement_id)
        record = record.get("agreement", record)
        words = " ".join(record["titles"]["en"].split()[:3])  # short enough never to be wrapped
        command = (sys.executable, "-m", "tui", agreement_id, *self._store_option)
        # Columns of the tree are left out: it names the agreement before the page is painted.
        return Program(f"{self._name}, ID", command, lambda terminal: words in terminal.line(1, 28), b"q")


def empty_application() -> Program:
    """Return the empty Textual application, whose first content is a filled alternate screen."""
    command = (sys.executable, "-m", "benchmarks.empty")
    return Program("empty Textual application", command, Terminal.is_filled, b"\x11")


def find_peers(options: Sequence[str], folder: Path) -> tuple[list[Program], list[str]]:
    """Return the peers found on the PATH or in options of the form NAME=COMMAND, and the names of the missing ones.

    The pages that they open are written into `folder`.
    """
    commands = {name: shlex.split(command) for name, _, command in (option.partition("=") for option in options)}
    for name in PEERS:
        found = shutil.which(name)
        if name not in commands and found:
            commands[name] = [found]
    known = _known_peers(folder)
    found_peers = []
    for name, command in commands.items():
        peer = known.get(name, Program(name, (), Terminal.has_text, b"\x11"))
        arguments = peer.command if len(command) == 1 else ()  # a longer command brings its own arguments
        found_peers.append(replace(peer, command=[*command, *arguments]))
    return found_peers, [name for name in PEERS if name not in commands]


def _known_peers(folder: Path) -> dict[str, Program]:
    page, book = folder / "page.md", folder / "page.epub"
    page.write_text(f"# {PEER_HEADING}\n\nA paragraph.\n", encoding="utf-8")
    _write_book(book)

    def shows_page(terminal: Terminal) -> bool:
        return terminal.contains(PEER_HEADING)

    return {
        "frogmouth": Program("frogmouth", [str(page)], shows_page, b"\x11"),
        "baca": Program("baca", [str(book)], shows_page, b"q"),
        "posting": Program("posting", [], Terminal.has_text, b"\x03"),
        "harlequin": Program("harlequin", [], Terminal.has_text, b"\x11"),
    }


def _write_book(path: Path) -> None:
    """Write a minimal EPUB with one chapter."""
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
        f"<body><h1>{PEER_HEADING}</h1><p>A paragraph.</p></body></html>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
