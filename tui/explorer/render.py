"""Conversion of pages and tree rows to styled text for the screen.

Store text is never markup: it is drawn as the text of a `Segment`; titles, counts and the palette get it as `Content`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import quote
from zlib import crc32

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.explorer.styles import Styles
from tui.explorer.tree_model import Branch, Row
from tui.pages.blocks import Span
from tui.pages.layout import Layout, Line


def line_segments(layout: Layout, line: Line, role_styles: Styles, extra: Sequence[Span] = ()) -> list[Segment]:
    """Return a line of a page as segments. The spans of its block give styles to its text, then those of `extra`.

    A span with the target of a web page becomes a hyperlink of the terminal (OSC 8).
    """
    block = layout.page[line.block]
    segments = [Segment(text, role_styles[role]) for text, role in layout.prefix(line)]
    if line.part == "lead":
        return [*segments, Segment(block.lead[line.start : line.end], role_styles[block.lead_role])]
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
        style, web_target = role_styles[block.role], ""
        for span in spans:
            if span.start <= start and span.end >= end:
                style = style + role_styles[span.role]
                web_target = span.target if span.target.startswith(("http://", "https://")) else web_target
        if web_target:
            style = style.update_link(quote(web_target, safe="!#$%&'()*+,/:;=?@[]~"))
        segments.append(Segment(block.text[start:end], style))
    return segments


def unite_hyperlinks(strip: Strip) -> None:
    """Give all segments with the same hyperlink the same id, so that terminals take a wrapped one for one link.

    Rich gives another id to each copy of a style, so this is for a finished strip.
    """
    for segment in strip:
        if segment.style is not None and segment.style.link:
            segment.style._link_id = f"{crc32(segment.style.link.encode()):x}"


def restyled(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """Return a strip with a style added to the cells from `start` to before `end`."""
    if start >= end:
        return strip
    middle = Strip(Segment(text, (own or Style()) + style, control) for text, own, control in strip.crop(start, end))
    return Strip.join([strip.crop(0, start), middle, strip.crop(end)])


def with_letter(strip: Strip, column: int, letter: str, style: Style) -> Strip:
    """Return a strip with a letter over its cells from `column` on."""
    return Strip.join([strip.crop(0, column), Strip([Segment(letter, style)]), strip.crop(column + len(letter))])


def tree_row(row: Row, is_open: bool, width: int, role_styles: Styles, over: str = "") -> list[Segment]:
    """Return a row of the tree as segments, `width` cells wide.

    A branch has a sign, a title and its number of agreements; an agreement has its year, with a mark if the date is
    uncertain, and its short title. `over` is a role that replaces all others, such as "cursor".
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
