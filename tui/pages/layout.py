"""Layout of a page at a width: its lines and their prefixes, and the conversion between positions and lines.

Widths are measured by a function of the caller, so that the explorer can use the one of its terminal library.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, islice
from typing import Literal, NamedTuple, TypeAlias

from tui.corpus.places import is_at
from tui.pages.blocks import Block, Page, Role, Span

CellLength: TypeAlias = Callable[[str], int]
"""Function that returns the number of terminal cells that a text takes."""

NARROW = 44
"""Pages narrower than this many cells give up their hanging columns: a lead gets a line of its own."""
STACKED = 64
"""Pages narrower than this many cells give up the hanging columns of blocks that stack."""
LEAST_LEFT = 16
"""Fewest cells that a text at the right leaves for the text of its block; where there are fewer it is left out."""
HANG_BELOW_RIGHT = 2
"""Cells by which the lines below one with a text at the right hang."""


class TextPosition(NamedTuple):
    """A position on a page that is independent of the width: a block and an offset into its text.

    A negative offset is a position in the block's lead, counted from the lead's end, and before it that of a blank line
    above the block.
    """

    block: int
    offset: int


TOP = TextPosition(0, 0)


class Line(NamedTuple):
    """One line of a page: the index of its block (-1 for a blank line) and a stretch of the block's text.

    `part` is "first" for the line with the mark and, where it fits, the lead. In a line with the part "lead" the
    stretch is one of the lead, which did not fit.
    """

    block: int
    start: int
    end: int
    part: Literal["", "first", "lead"] = ""


class Link(NamedTuple):
    """A link on a page: the index of its block, and its span."""

    block: int
    span: Span


class Layout:
    """A page broken into lines of at most `width` cells; without any line where the width is 0.

    Web addresses are broken at the edge. With `whole_urls` they are not broken: one that is longer than the width gets
    a longer line for itself.
    """

    def __init__(self, page: Page, width: int, cells: CellLength, *, whole_urls: bool = False) -> None:
        self.page = page
        self.width = width
        self.lines: list[Line] = []
        links = [Link(number, span) for number, block in enumerate(page) for span in block.spans if span.target]
        self.links = sorted(
            links, key=lambda link: link.span.role == "quiet"
        )  # in the order in which they are selected
        self.cells = cells
        """Function that measures texts."""
        self._whole_urls = whole_urls
        self._first_lines: list[int] = []  # of each block
        self._reached: dict[int, list[int]] = {}  # of a block: how far its spans reach, up to each of them
        if width > 0:
            self._break_lines()

    def _break_lines(self) -> None:
        lines, cells = self.lines, self.cells
        for index, block in enumerate(self.page):
            if lines:
                lines.extend([Line(-1, 0, 0)] * block.above)
            self._first_lines.append(len(lines))
            room = self.width - block.indent
            if block.lead and not self._lead_fits(block):
                lines += [Line(index, start, end, "lead") for start, end in wrap(block.lead, max(1, room), cells)]
            part: Literal["", "first"] = "first"
            urls = [(span.start, span.end) for span in block.spans if span.role == "url"]
            column = room - self._column_width(block) - (self._room_for_right(block) or self._hang(block))
            column = max(1, column)
            for start, end in wrap(block.text, column, cells, urls, whole_urls=self._whole_urls):
                lines.append(Line(index, start, end, part))
                part = ""

    # -- positions

    def line_at(self, position: TextPosition) -> int:
        """Return the number of the line with this position; of the last line for a block that the page lacks."""
        if position.block >= len(self._first_lines):
            return max(0, len(self.lines) - 1)
        first, block = self._first_lines[position.block], self.page[position.block]
        if (blank := -len(block.lead) - position.offset) > 0:
            return max(0, first - min(blank, block.above))
        end = len(self.lines)
        if position.block + 1 < len(self._first_lines):
            end = self._first_lines[position.block + 1] - self.page[position.block + 1].above
        after = bisect_right(self.lines, position.offset, first, end, key=self._offset)
        return max(first, after - 1)

    def position_at(self, number: int) -> TextPosition:
        """Return the position at which a line begins."""
        found = ((at, line) for at, line in enumerate(islice(self.lines, number, None)) if line.block >= 0)
        blank, line = next(found, (0, None))
        if line is None:
            return TOP
        return TextPosition(line.block, -len(self.page[line.block].lead) - blank if blank else self._offset(line))

    def _offset(self, line: Line) -> int:
        return line.start - len(self.page[line.block].lead) if line.part == "lead" else line.start

    def position_of_place(self, place: str) -> TextPosition | None:
        """Return the position of the first block at a place, or None if no block is."""
        for number, block in enumerate(self.page):
            if block.anchor and is_at(block.anchor, place):
                return TextPosition(number, -len(block.lead))
        return None

    # -- spans and links

    def spans_on(self, line: Line) -> list[Span]:
        """Return the spans of a line's block that have text on the line. One may contain others, which follow it."""
        spans = self.page[line.block].spans
        if line.block not in self._reached:
            self._reached[line.block] = list(accumulate((span.end for span in spans), max))
        first = bisect_right(self._reached[line.block], line.start)
        last = bisect_left(spans, line.end, first, key=lambda span: span.start)
        return [span for span in spans[first:last] if span.end > line.start]

    def is_quiet(self, link: int) -> bool:
        """Return whether a link is quiet, as web addresses are too: selected after all others."""
        return self.links[link].span.role in ("quiet", "url")

    def line_of_link(self, link: int) -> int:
        """Return the number of the line on which a link begins."""
        return self._lines_of_links[link]

    @cached_property
    def _lines_of_links(self) -> list[int]:
        return [self.line_at(TextPosition(block, span.start)) for block, span in self.links]

    def cells_of_link(self, link: int, number: int) -> tuple[int, int]:
        """Return the first cell of a link on a line and the one after its last; equal if it is not on this line."""
        line, (block, span) = self.lines[number], self.links[link]
        if block != line.block or line.part == "lead" or span.start >= line.end or span.end <= line.start:
            return 0, 0
        return self._column_of(line, max(span.start, line.start)), self._column_of(line, min(span.end, line.end))

    def _column_of(self, line: Line, offset: int) -> int:
        block = self.page[line.block]
        hang = 0 if line.part == "first" else self._hang(block)
        return block.indent + self._column_width(block) + hang + self.cells(block.text[line.start : offset])

    def _hang(self, block: Block) -> int:
        return HANG_BELOW_RIGHT if block.right and self.width >= LEAST_LEFT else 0

    def link_at(self, number: int, column: int) -> int | None:
        """Return the index of the link in a cell of a line, or None."""
        for link in range(len(self.links)):
            first, end = self.cells_of_link(link, number)
            if first <= column < end:
                return link
        return None

    def links_between(self, first: int, last: int, *, quiet: bool = False) -> list[int]:
        """Return the indices of the links that begin on the lines from `first` to before `last`.

        Quiet links are returned only with `quiet`, or if there are no others.
        """
        if not self.lines:
            return []
        links = [link for link, line in enumerate(self._lines_of_links) if first <= line < last]
        return links if quiet else [link for link in links if not self.is_quiet(link)] or links

    # -- plain text

    def line_text(self, number: int) -> str:
        """Return a line as plain text."""
        line = self.lines[number]
        if line.block < 0:
            return ""
        before = "".join(piece for piece, _ in self.prefix(line))
        return (before + self.source(line)[line.start : line.end] + self.suffix(line)).rstrip()

    def prefix(self, line: Line) -> list[tuple[str, Role]]:
        """Return the indent, lead and mark before the text of a line, as pieces with their roles."""
        block = self.page[line.block]
        pieces: list[tuple[str, Role]] = [(" " * block.indent, "text")] if block.indent else []
        column = self._column_width(block)
        if line.part == "lead":
            return pieces
        if line.part != "first":
            column += self._hang(block)
            return [*pieces, (" " * column, "text")] if column else pieces
        if not column:
            return pieces
        lead = block.lead if self._lead_fits(block) else ""
        gap = " " * (column - 2 - self.cells(lead))
        return [*pieces, (lead, block.lead_role), (gap, "text"), (block.mark or " ", "doubt"), (" ", "text")]

    def suffix(self, line: Line) -> str:
        """Return what stands right of the text of a line, with the blanks before it."""
        block = self.page[line.block]
        if line.part != "first" or not self._room_for_right(block):
            return ""
        used = self._column_of(line, line.end) + self.cells(block.right)
        return " " * (self.width - used) + block.right

    def _room_for_right(self, block: Block) -> int:
        """Return the cells of a block's lines that its text at the right takes, with two blanks before it."""
        needed = self.cells(block.right) + HANG_BELOW_RIGHT if block.right else 0
        left = self.width - block.indent - self._column_width(block) - needed
        return needed if left >= LEAST_LEFT else 0

    def _column_width(self, block: Block) -> int:
        """Return the cells of the column left of a block's text."""
        if not block.hang:
            return 2 if block.mark else 0
        return max(2, block.hang) if self.width >= (STACKED if block.stacks else NARROW) else 2

    def _lead_fits(self, block: Block) -> bool:
        return self.cells(block.lead) <= self._column_width(block) - 3

    def source(self, line: Line) -> str:
        """Return the text of which a line is a stretch: that of its block, or the lead."""
        block = self.page[line.block]
        return block.lead if line.part == "lead" else block.text


def wrap(
    text: str, width: int, cells: CellLength, urls: Sequence[tuple[int, int]] = (), *, whole_urls: bool = False
) -> Iterable[tuple[int, int]]:
    """Return the stretches of `text` that fill lines of at most `width` cells.

    Lines break at spaces and between East Asian characters, but not before closing punctuation. A word longer than a
    line is cut, after a hyphen if it has one; one of the stretches `urls` at the edge, or not at all with `whole_urls`.
    The spaces at a break belong to no line.
    """
    if urls and whole_urls:
        return _wrap_around(text, width, cells, urls)
    if not text:
        return [(0, 0)]
    widths = {} if text.isascii() else {character: cells(character) for character in set(text)}
    if all(character_width == 1 for character_width in widths.values()):
        return _wrap_narrow(text, width, urls)
    return _wrap_wide(text, width, widths, urls)


def _wrap_around(
    text: str, width: int, cells: CellLength, urls: Sequence[tuple[int, int]]
) -> Iterable[tuple[int, int]]:
    lines = list(wrap(text, width, cells))
    for start, end in urls:
        if not any(start < break_at < end for _, break_at in lines):
            continue
        while start and text[start - 1] in _OPENING:
            start -= 1
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        rest = len(text) - len(text[end:].lstrip(" "))
        after = [(max(0, first - rest), last - rest) for first, last in urls if last > rest]
        lines = list(wrap(text[:start].rstrip(" "), width, cells)) if text[:start].strip(" ") else []
        lines.append((start, end))
        if rest < len(text):
            lines += [
                (first + rest, last + rest) for first, last in wrap(text[rest:], width, cells, after, whole_urls=True)
            ]
        break
    return lines


def _wrap_narrow(text: str, width: int, urls: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    at, length = 0, len(text)
    while length - at > width:
        space = text.rfind(" ", at, at + width + 1)
        end = len(text[at:space].rstrip(" ")) + at if space > at else at
        if end == at:
            end = _cut(text, at, at + width, urls)
            yield at, end
            at = end
        else:
            yield at, end
            at = space + 1
        while at < length and text[at] == " ":
            at += 1
    if at < length:
        yield at, length


_CLOSING = frozenset("、。，．・：；？！）］｝〕〉》」』】〙〗”’»ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々),.;:!?\u00a0")
_OPENING = frozenset("（［｛〔〈《「『【〘〖“‘«(\u00a0")


def _cut(text: str, at: int, end: int, urls: Sequence[tuple[int, int]]) -> int:
    """Return where a word that does not fit between `at` and `end` is cut: after its last hyphen there, or at `end`."""
    hyphen = text.rfind("-", at + 1, end)
    if hyphen < 0 or any(first <= hyphen < last for first, last in urls):
        return end
    return hyphen + 1


def _wrap_wide(
    text: str, width: int, widths: Mapping[str, int], urls: Sequence[tuple[int, int]]
) -> Iterable[tuple[int, int]]:
    begin = used = at = 0  # start and cells of the present line; the next character
    end = after = -1  # the last possible break: end of the present line, start of the next
    while at < len(text):
        character = text[at]
        if character == " ":
            end = at
            while at < len(text) and text[at] == " ":
                at += 1
            after = at
            used += after - end
            continue
        taken = widths[character]
        is_wide = 2 in (taken, widths[text[at - 1]])
        if at > begin and after != at and taken and is_wide and _may_break(text[at - 1], character):
            end = after = at
        if used + taken > width and at > begin:
            if after <= begin:
                end = after = _cut(text, begin, at, urls)
            if end > begin:
                yield begin, end
            begin = at = after
            used, end, after = 0, -1, -1
            continue
        used += taken
        at += 1
    if begin < len(text):
        yield begin, end if after == len(text) else len(text)


def _may_break(before: str, after: str) -> bool:
    return after not in _CLOSING and before not in _OPENING
