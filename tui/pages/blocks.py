"""The parts of a page: blocks of plain text with roles and links on stretches of it, and how they break into lines.

Nothing here knows colours, markup or a terminal. A block's text is data; what a stretch of it is, is said by a span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, TypeAlias

Role: TypeAlias = Literal[
    "text", "title", "subtitle", "heading", "strong", "label", "dim", "link", "doubt", "good", "bad", "hit", "key"
]
CellLength: TypeAlias = Callable[[str], int]
"""How many cells of the terminal a text takes; widths are the caller's, so that they are the terminal library's."""


class Span(NamedTuple):
    """A stretch of a block's text, `start` to before `end` in characters: its role, and where it leads, if anywhere."""

    start: int
    end: int
    role: Role
    target: str = ""


class Block(NamedTuple):
    """A paragraph of a page.

    `lead` hangs in a column of `hang` cells left of the text (a reference, a label) and `mark` stands in that column's
    last cell but one. `above` is the number of blank lines before. `anchor` names the place, for jumps.
    """

    text: str
    role: Role = "text"
    spans: tuple[Span, ...] = ()
    lead: str = ""
    lead_role: Role = "label"
    mark: str = ""
    hang: int = 0
    indent: int = 0
    above: int = 0
    anchor: str = ""


class Line(NamedTuple):
    """One line of a page: the block it belongs to (-1 for a blank one) and the stretch of its text.

    `part` says what else stands on the line: with `first` the lead, where it fits, and the mark. With `lead` the
    stretch is one of the lead, which did not fit.
    """

    block: int
    start: int
    end: int
    part: Literal["", "first", "lead"] = ""


Page: TypeAlias = tuple[Block, ...]

NARROW = 44
"""Below this many cells a page gives up its hanging columns: a lead takes a line of its own."""


def lay_out(page: Page, width: int, cells: CellLength) -> list[Line]:
    """Break a page into lines of at most `width` cells."""
    lines: list[Line] = []
    for index, block in enumerate(page):
        if lines:
            lines.extend([Line(-1, 0, 0)] * block.above)
        hang = hang_of(block, width)
        if block.lead and not lead_fits(block, hang, cells):
            lines += [
                Line(index, start, end, "lead") for start, end in wrap(block.lead, max(1, width - block.indent), cells)
            ]
        part: Literal["", "first"] = "first"
        for start, end in wrap(block.text, max(1, width - block.indent - hang), cells):
            lines.append(Line(index, start, end, part))
            part = ""
    return lines


def hang_of(block: Block, width: int) -> int:
    """The width of the block's hanging column on a page of this width."""
    if not block.hang:
        return 0
    return block.hang if width >= NARROW else 2


def lead_fits(block: Block, hang: int, cells: CellLength) -> bool:
    """Whether the block's lead stands in its hanging column, or needs lines of its own."""
    return cells(block.lead) <= hang - 3


def wrap(text: str, width: int, cells: CellLength) -> Iterable[tuple[int, int]]:
    """The stretches of `text` that fill lines of at most `width` cells.

    Breaks at spaces and between East Asian characters, never before closing punctuation; a word longer than a line is
    cut. The space at a break belongs to no line.
    """
    if not text:
        return [(0, 0)]
    if text.isascii() or all(cells(character) == 1 for character in set(text)):
        return _wrap_narrow(text, width)
    return _wrap_wide(text, width, cells)


def _wrap_narrow(text: str, width: int) -> Iterable[tuple[int, int]]:
    at, length = 0, len(text)
    while length - at > width:
        space = text.rfind(" ", at, at + width + 1)
        end = len(text[at:space].rstrip(" ")) + at if space > at else at
        if end == at:
            yield at, at + width
            at += width
        else:
            yield at, end
            at = space + 1
        while at < length and text[at] == " ":
            at += 1
    if at < length:
        yield at, length


_CLOSING = frozenset("、。，．・：；？！）］｝〕〉》」』】〙〗”’»ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々),.;:!?")
_OPENING = frozenset("（［｛〔〈《「『【〘〖“‘«(")


def _wrap_wide(text: str, width: int, cells: CellLength) -> Iterable[tuple[int, int]]:
    begin = used = at = 0  # of the line: where it begins and how many cells it has; the character in hand
    end = after = -1  # the best place so far to end the line and to begin the next
    while at < len(text):
        character = text[at]
        if character == " ":
            end = at
            while at < len(text) and text[at] == " ":
                at += 1
            after = at
            used += after - end
            continue
        taken = cells(character)
        if at > begin and after != at and taken and _may_break(text[at - 1], character, cells):
            end = after = at
        if used + taken > width and at > begin:
            if after <= begin:
                end = after = at
            if end > begin:
                yield begin, end
            begin = at = after
            used, end, after = 0, -1, -1
            continue
        used += taken
        at += 1
    if begin < len(text):
        yield begin, end if after == len(text) else len(text)


def _may_break(before: str, after: str, cells: CellLength) -> bool:
    if after in _CLOSING or before in _OPENING:
        return False
    return cells(before) == 2 or cells(after) == 2
