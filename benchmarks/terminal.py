"""Emulated terminal of 120 x 36 cells: a pyte screen that also replies to the queries of programs.

Output is stored and queries are answered immediately; painting happens later, one chunk at a time, because pyte is slow
and must not delay the program. Sequences that pyte does not know are removed, since it would print them as text.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections import Counter, deque

import pyte

COLUMNS, ROWS = 120, 36

_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[P_X^][^\x1b]*\x1b?|[ -/]*)?\Z")
_QUERY = re.compile(
    rb"\x1b\[\?(?P<mode>\d+)\$p"
    rb"|\x1b\[(?P<attributes>>?)0?c"
    rb"|\x1b\[(?P<status>[56])n"
    rb"|\x1b\[(?P<size>1[468])t"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
    rb"|(?P<version>\x1b\[>0?q)"
    rb"|(?P<capability>\x1bP[+$]q[^\x1b]*\x1b\\)"
)
_UNKNOWN_TO_PYTE = re.compile(
    r"\x1b\[[<=>][0-?]*[ -/]*[@-~]"  # private sequences: keyboard protocol, terminal version
    r"|\x1b\[[0-?]*[ -/]+[@-~]"  # intermediate bytes: mode queries, cursor shapes
    r"|\x1b\[[0-9;]*:[0-9;:]*m"  # colours with colons
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC: titles, colours, links
    r"|\x1b[P_X^][^\x1b]*\x1b\\"  # DCS and other strings: images, capabilities
)
_ALTERNATE = re.compile(r"\x1b\[\?(?:1049|1047|47)([hl])")


class Terminal:
    """Screen of one program, built from what it has written."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.alternate = False
        self._stream = pyte.Stream(self.screen)
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._unfinished = b""
        self._pending: deque[tuple[float, bytes]] = deque()

    # -- input

    def receive(self, time: float, data: bytes) -> bytes:
        """Store a chunk and the time at which it was read; return the replies to the queries in it."""
        data = self._unfinished + data
        cut = _UNFINISHED.search(data)
        data, self._unfinished = (data[: cut.start()], data[cut.start() :]) if cut else (data, b"")
        if data:
            self._pending.append((time, data))
        return b"".join(self._reply(query) for query in _QUERY.finditer(data))

    def _reply(self, query: re.Match[bytes]) -> bytes:
        match query.lastgroup:
            case "mode":
                # Only synchronised output is reported as supported, as by most current terminals.
                return b"\x1b[?%b;%d$y" % (query["mode"], 2 if query["mode"] == b"2026" else 0)
            case "attributes":
                return b"\x1b[>1;10;0c" if query["attributes"] else b"\x1b[?62;22c"
            case "status":
                if query["status"] == b"5":
                    return b"\x1b[0n"
                while self.paint() is not None:
                    pass
                return b"\x1b[%d;%dR" % (self.screen.cursor.y + 1, self.screen.cursor.x + 1)
            case "size":
                height, width = {b"14": (ROWS * 20, COLUMNS * 10), b"16": (20, 10)}.get(query["size"], (ROWS, COLUMNS))
                return b"\x1b[%d;%d;%dt" % (int(query["size"]) - 10, height, width)
            case "colour":
                shade = b"dddd" if query["colour"] == b"10" else b"1111"
                return b"\x1b]%b;rgb:%b\x1b\\" % (query["colour"], b"/".join([shade] * 3))
            case "version":
                return b"\x1bP>|benchmarks 1\x1b\\"
            case _:
                return b"\x1bP0+r\x1b\\"

    # -- painting

    def paint(self) -> float | None:
        """Paint the next chunk; return the time at which it was read, or None if no chunk is left."""
        if not self._pending:
            return None
        time, data = self._pending.popleft()
        text = _UNKNOWN_TO_PYTE.sub("", self._decoder.decode(data))
        at = 0
        for switch in _ALTERNATE.finditer(text):
            self._stream.feed(text[at : switch.start()])
            self.alternate = switch[1] == "h"
            self.screen.erase_in_display(2)  # pyte has one screen only
            at = switch.end()
        self._stream.feed(text[at:])
        return time

    # -- contents

    def line(self, row: int, start: int = 0, end: int = COLUMNS) -> str:
        """Return the text of a row, or of a range of its columns."""
        cells = self.screen.buffer[row]
        return "".join(cells[column].data for column in range(start, end))

    @property
    def text(self) -> str:
        """Text of all rows that are not blank."""
        return "\n".join(filter(str.strip, (self.line(row).rstrip() for row in range(ROWS))))

    def contains(self, text: str) -> bool:
        """Return whether a row of the screen contains the text."""
        return any(text in self.line(row) for row in range(ROWS))

    def has_text(self) -> bool:
        """Return whether the alternate screen has a cell that is not blank."""
        return self.alternate and any(self.line(row).strip() for row in range(ROWS))

    def is_filled(self) -> bool:
        """Return whether all four corners of the alternate screen have a background colour."""
        corners = [self.screen.buffer[row][column] for row in (0, ROWS - 1) for column in (0, COLUMNS - 1)]
        return self.alternate and all(cell.bg != "default" for cell in corners)

    def cursor_row(self, column: int, rows: tuple[int, int]) -> int | None:
        """Return the row of a cursor: the only one in the range with its background colour in the column."""
        backgrounds = {row: self.screen.buffer[row][column].bg for row in range(*rows)}
        counts = Counter(backgrounds.values())
        unique = [row for row, background in backgrounds.items() if counts[background] == 1]
        return unique[0] if len(unique) == 1 else None
