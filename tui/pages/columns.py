"""Pages set in two columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from tui.pages.blocks import Block, Page, Span
from tui.pages.layout import CellLength, Layout, Line

GAP = 4
"""Cells between the columns."""


def in_columns(page: Page, width: int, cells: CellLength) -> Page:
    """Return a page set in two columns that together are `width` cells wide. Each line of them is a block.

    What stands before the first heading stays over both. A column ends before a heading, where they are most equal.
    """
    headings = [number for number, block in enumerate(page) if block.role == "heading"]
    if len(headings) < 2:
        return page
    column = (width - GAP) // 2

    def halves(middle: int) -> tuple[Layout, Layout]:
        return Layout(page[headings[0] : middle], column, cells), Layout(page[middle:], column, cells)

    left, right = min(map(halves, headings[1:]), key=lambda pair: max(len(half.lines) for half in pair))
    pairs = zip_longest(_lines(left), _lines(right), fillvalue=Block(""))
    lines = [_joined(one, other, column + GAP, cells) for one, other in pairs]
    return (*page[: headings[0]], lines[0]._replace(above=1), *lines[1:])


def _lines(layout: Layout) -> Iterator[Block]:
    """Yield each line of a layout as a block of its own."""
    for line in layout.lines:
        yield _line(layout, line) if line.block >= 0 else Block("")


def _line(layout: Layout, line: Line) -> Block:
    block = layout.page[line.block]
    text, spans = "", []
    for piece, role in layout.prefix(line):
        if piece and role != "text":
            spans.append(Span(len(text), len(text) + len(piece), role))
        text += piece
    before = len(text) - line.start
    is_lead = line.part == "lead"
    spans.append(Span(before + line.start, before + line.end, block.lead_role if is_lead else block.role))
    spans += [
        span._replace(start=max(span.start, line.start) + before, end=min(span.end, line.end) + before)
        for span in (() if is_lead else block.spans)
        if span.start < line.end and span.end > line.start
    ]
    return Block(text + (block.lead if is_lead else block.text)[line.start : line.end], spans=tuple(spans))


def _joined(left: Block, right: Block, column: int, cells: CellLength) -> Block:
    """Return a line of both columns, of which the right one begins after `column` cells."""
    if not right.text:
        return left
    text = left.text + " " * (column - cells(left.text))
    moved = (span._replace(start=span.start + len(text), end=span.end + len(text)) for span in right.spans)
    return Block(text + right.text, spans=(*left.spans, *moved))
