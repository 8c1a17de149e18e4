"""The one place where pages and records become styled text for the screen.

Store text is never markup: it enters Rich and Textual only as plain `Text` or `Segment` text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from tui.catalogue.catalogue import Division, Leaf
from tui.page.blocks import Block, Line, Role, Span, hang_of, lead_fits

Styles = Mapping[str, Style]

ROLES: tuple[Role, ...] = (
    "text",
    "title",
    "subtitle",
    "heading",
    "strong",
    "label",
    "dim",
    "link",
    "doubt",
    "good",
    "bad",
    "hit",
    "key",
)


def line_segments(block: Block, line: Line, width: int, styles: Styles, extra: Sequence[Span] = ()) -> list[Segment]:
    """One line of a block as segments: indent, hanging column, text with the styles of its spans, then of `extra`."""
    base = styles[block.role]
    segments: list[Segment] = []
    if block.indent:
        segments.append(Segment(" " * block.indent, styles["text"]))
    if line.part == "lead":
        segments.append(Segment(block.lead[line.start : line.end], styles[block.lead_role]))
        return segments
    hang = hang_of(block, width)
    if hang:
        segments += _hanging(block, hang, line.part == "first", styles)
    elif line.part == "first" and block.mark:
        segments.append(Segment(block.mark + " ", styles["doubt"]))
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
                style = style + styles[span.role]
        segments.append(Segment(block.text[start:end], style))
    return segments


def _hanging(block: Block, hang: int, first: bool, styles: Styles) -> list[Segment]:
    if not first:
        return [Segment(" " * hang, styles["text"])]
    lead = block.lead if lead_fits(block, hang, cell_len) else ""
    return [
        Segment(lead, styles[block.lead_role]),
        Segment(" " * (hang - 2 - cell_len(lead)), styles["text"]),
        Segment(block.mark or " ", styles["doubt"]),
        Segment(" ", styles["text"]),
    ]


def tree_division(division: Division) -> Text:
    """A division's line in the tree: its title and how many agreements it holds."""
    return Text(f"{division.label} {division.size}", no_wrap=True, end="")


def tree_year(year: int | None, size: int) -> Text:
    """A year's line in the tree."""
    return Text(f"{year or 'No date'} {size}", no_wrap=True, end="")


def tree_leaf(leaf: Leaf) -> Text:
    """An agreement's line in the tree: the year, with a mark where the date is in doubt, and the short title."""
    doubt = leaf.doubtful or leaf.date[-1:] in ("?", "%")
    year = "    " if leaf.year is None else f"{leaf.year:4}"
    return Text(f"{year}{'?' if doubt else ' '} {leaf.name}", no_wrap=True, end="")


def quiet_part(line: str, is_leaf: bool) -> tuple[int, int]:
    """The stretch of a tree line that is said more quietly: an agreement's year, a branch's number."""
    return (0, 5) if is_leaf else (line.rfind(" "), len(line))
