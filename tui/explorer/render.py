"""The one place where pages and records become styled text for the screen.

Store text is never markup: it is drawn as the text of a `Segment`; titles, counts and the palette get it as `Content`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.explorer.styles import Styles
from tui.explorer.tree_model import Branch, Row
from tui.pages.blocks import Block, Line, Span, hang_of, lead_fits


def line_segments(
    block: Block, line: Line, width: int, role_styles: Styles, extra: Sequence[Span] = ()
) -> list[Segment]:
    """One line of a block as segments: indent, hanging column, text with the styles of its spans, then of `extra`."""
    base = role_styles[block.role]
    segments: list[Segment] = []
    if block.indent:
        segments.append(Segment(" " * block.indent, role_styles["text"]))
    if line.part == "lead":
        segments.append(Segment(block.lead[line.start : line.end], role_styles[block.lead_role]))
        return segments
    hang = hang_of(block, width)
    if hang:
        segments += _hanging(block, hang, line.part == "first", role_styles)
    elif line.part == "first" and block.mark:
        segments.append(Segment(block.mark + " ", role_styles["doubt"]))
    spans = [span for span in (*block.spans, *extra) if span.start < line.end and span.end > line.start]
    edges = sorted(
        {
            line.start,
            line.end,
            *(max(span.start, line.start) for span in spans),
            *(min(span.end, line.end) for span in spans),
        }
    )
    for start, end in pairwise(edges):
        style = base
        for span in spans:
            if span.start <= start and span.end >= end:
                style = style + role_styles[span.role]
        segments.append(Segment(block.text[start:end], style))
    return segments


def _hanging(block: Block, hang: int, first: bool, role_styles: Styles) -> list[Segment]:
    if not first:
        return [Segment(" " * hang, role_styles["text"])]
    lead = block.lead if lead_fits(block, hang, cell_len) else ""
    return [
        Segment(lead, role_styles[block.lead_role]),
        Segment(" " * (hang - 2 - cell_len(lead)), role_styles["text"]),
        Segment(block.mark or " ", role_styles["doubt"]),
        Segment(" ", role_styles["text"]),
    ]


def tree_row(row: Row, is_open: bool, width: int, role_styles: Styles, over: str = "") -> list[Segment]:
    """A line of the tree, `width` cells wide: its words, or all of it in the role `over`, a cursor's.

    A branch has its sign, its title and, quietly, how many agreements it holds; an agreement quietly its year, with a
    mark where the date is in doubt, and its short title.
    """
    entry = row.entry
    if isinstance(entry, Branch):
        sign = "  " if not entry.size else "- " if is_open else "+ "
        parts = [(sign + entry.label, "dim" if entry.background else "text"), (f" {entry.size}", "dim")]
    else:
        doubt = entry.doubtful or entry.date[-1:] in ("?", "%")
        year = "    " if entry.year is None else f"{entry.year:4}"
        parts = [(f"{year}{'?' if doubt else ' '}", "dim"), (f" {entry.name}", "text")]
    indent = min(width, 2 * row.depth)
    segments = [Segment(" " * indent, role_styles[over or "text"])]
    left = width - indent
    for text, role in parts:
        shown = text if cell_len(text) <= left else set_cell_size(text, max(0, left - 1)) + "…" * (left > 0)
        segments.append(Segment(shown, role_styles[over or role]))
        left -= cell_len(shown)
    segments.append(Segment(" " * left, role_styles[over or "text"]))
    return segments
