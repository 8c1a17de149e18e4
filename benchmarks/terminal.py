"""A terminal of 120 x 36 cells: a pyte screen that answers what programs ask a terminal.

Bytes are taken in at once and answered at once, and painted later, one chunk at a time, so that painting (slow, in pure
Python) never keeps a program waiting. What pyte does not know is kept from it: it would print it as text.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections import Counter, deque

import pyte

COLUMNS, ROWS = 120, 36

_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[P_X^][^\x1b]*\x1b?|[ -/]*)?\Z")
_QUERY = re.compile(
    rb"\x1b\[\?(?P<mode>\d+)\$p"  # is this mode known?
    rb"|\x1b\[(?P<attributes>>?)0?c"
    rb"|\x1b\[(?P<status>[56])n"
    rb"|\x1b\[(?P<size>1[468])t"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
    rb"|(?P<version>\x1b\[>0?q)"
    rb"|(?P<capability>\x1bP[+$]q[^\x1b]*\x1b\\)"
)
_UNKNOWN_TO_PYTE = re.compile(
    r"\x1b\[[<=>][0-?]*[ -/]*[@-~]"  # private: the keyboard protocol, terminal versions
    r"|\x1b\[[0-?]*[ -/]+[@-~]"  # with intermediates: mode queries, cursor shapes
    r"|\x1b\[[0-9;]*:[0-9;:]*m"  # colours with colons
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, colours, links
    r"|\x1b[P_X^][^\x1b]*\x1b\\"  # strings: images, capabilities
)
_ALTERNATE = re.compile(r"\x1b\[\?(?:1049|1047|47)([hl])")


class Terminal:
    """What one program has written so far, as a screen."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.alternate = False
        self._stream = pyte.Stream(self.screen)
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._tail = b""
        self._pending: deque[tuple[float, bytes]] = deque()

    # -- taking in

    def receive(self, when: float, data: bytes) -> bytes:
        """Take in what was read at a moment; returns the answers to the questions in it."""
        data = self._tail + data
        cut = _UNFINISHED.search(data)
        data, self._tail = (data[: cut.start()], data[cut.start() :]) if cut else (data, b"")
        if data:
            self._pending.append((when, data))
        return b"".join(self._answer(query) for query in _QUERY.finditer(data))

    def _answer(self, query: re.Match[bytes]) -> bytes:
        match query.lastgroup:
            case "mode":
                # Synchronised output is known, as to most terminals of today; nothing else is.
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
        """Paint the next chunk; returns when it was read, or None where there is none."""
        if not self._pending:
            return None
        when, data = self._pending.popleft()
        text = _UNKNOWN_TO_PYTE.sub("", self._decoder.decode(data))
        at = 0
        for switch in _ALTERNATE.finditer(text):
            self._stream.feed(text[at : switch.start()])
            self.alternate = switch[1] == "h"
            self.screen.erase_in_display(2)  # the other screen is another screen
            at = switch.end()
        self._stream.feed(text[at:])
        return when

    # -- looking

    def line(self, row: int, start: int = 0, end: int = COLUMNS) -> str:
        """The text of a row, or of some of its columns."""
        cells = self.screen.buffer[row]
        return "".join(cells[column].data for column in range(start, end))

    def holds(self, text: str) -> bool:
        """Whether a text stands on the screen, on one line."""
        return any(text in self.line(row) for row in range(ROWS))

    def has_ink(self) -> bool:
        """Whether any cell of the alternate screen shows something other than a blank."""
        return self.alternate and any(self.line(row).strip() for row in range(ROWS))

    def is_covered(self) -> bool:
        """Whether the program has painted the alternate screen down to its last cell, be it with a blank ground."""
        corners = [self.screen.buffer[row][column] for row in (0, ROWS - 1) for column in (0, COLUMNS - 1)]
        return self.alternate and all(cell.bg != "default" for cell in corners)

    def marked_row(self, probe: int, rows: tuple[int, int]) -> int | None:
        """The one row, of these, whose ground in the column `probe` is unlike the others': that of a cursor."""
        grounds = {row: self.screen.buffer[row][probe].bg for row in range(*rows)}
        seen = Counter(grounds.values())
        rare = [row for row, ground in grounds.items() if seen[ground] == 1]
        return rare[0] if len(rare) == 1 else None
