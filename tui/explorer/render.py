"""Conversion of pages and tree rows to styled text for the screen.

Store text is never markup: it is drawn as the text of a `Segment`; titles, counts and the palette get it as `Content`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise, takewhile
from urllib.parse import quote
from zlib import crc32

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.catalogue.connection import AgreementSummary
from tui.explorer.styles import Styles
from tui.explorer.tree_model import Branch, Row
from tui.pages.blocks import Span
from tui.pages.layout import Layout, Line
from tui.pages.signs import FOLDED, UNCERTAIN_DATE, UNFOLDED


def line_segments(layout: Layout, line: Line, role_styles: Styles, *marked: Sequence[Span]) -> list[Segment]:
    """Return a line of a page as segments. The spans of its block give styles to its text, then those of `marked`.

    Each of `marked` is in order and without overlaps; negative offsets are in the block's lead. A span with the target
    of a web page becomes a hyperlink of the terminal (OSC 8).
    """
    block = layout.page[line.block]
    in_lead = [
        span.moved(len(block.lead)) for spans in marked for span in takewhile(lambda span: span.start < 0, spans)
    ]
    segments: list[Segment] = []
    for text, role in layout.prefix(line):
        hits = in_lead if text == block.lead else ()
        segments += _marked(text, role_styles[role], hits, role_styles) if hits else [Segment(text, role_styles[role])]
    if line.part == "lead":
        here = [span.moved(-line.start) for span in in_lead]
        return [*segments, *_marked(block.lead[line.start : line.end], role_styles[block.lead_role], here, role_styles)]
    spans = [*layout.spans_on(line), *(span for spans in marked for span in _on_line(spans, line))]
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
    if suffix := layout.suffix(line):
        segments.append(Segment(suffix, role_styles["dim"]))
    return segments


def _marked(text: str, style: Style, spans: Sequence[Span], role_styles: Styles) -> list[Segment]:
    """Return a text as segments, with the styles of the spans added."""
    ends = {min(max(0, end), len(text)) for span in spans for end in (span.start, span.end)}
    segments = []
    for start, end in pairwise(sorted({0, len(text), *ends})):
        over = (role_styles[span.role] for span in spans if span.start <= start and span.end >= end)
        segments.append(Segment(text[start:end], sum(over, style)))
    return segments


def _on_line(spans: Sequence[Span], line: Line) -> Sequence[Span]:
    """Return those of spans in order and without overlaps that have text on a line."""
    first = bisect_right(spans, line.start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, line.end, first, key=lambda span: span.start)]


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
    """Return a strip with a letter, or several, in its cells from `column` on."""
    return Strip.join([strip.crop(0, column), Strip([Segment(letter, style)]), strip.crop(column + len(letter))])


def with_corner(strip: Strip, corner: str) -> Strip:
    """Return a line of a border with another character in its last cell."""
    line, last = strip.divide([strip.cell_length - 1, strip.cell_length])
    return Strip([*line, *(Segment(corner, style) for _, style, _ in last)], strip.cell_length)


DATE_WIDTH, NAME_WIDTH, KIND_WIDTH = 12, 20, 19
"""Cells of the columns of a wide tree: the full date with the mark of doubt, the short title, the kind."""


def tree_row(row: Row, is_open: bool, width: int, role_styles: Styles, over: str = "", kind: str = "") -> list[Segment]:
    """Return a row of the tree as segments, `width` cells wide.

    A branch has a sign, a title, its years and its number of agreements; the title alone is cut. An agreement has its
    year, with a mark if the date is uncertain, and its short title; in a wide tree its full date and its kind. `over`
    is a role that replaces all others, such as "cursor".
    """
    indent = min(width, 2 * row.depth)
    parts = (
        _branch_parts(row.entry, is_open, width - indent)
        if isinstance(row.entry, Branch)
        else _agreement_parts(row.entry, width - indent, kind)
    )
    segments = [Segment(" " * indent, role_styles[over or "text"])]
    left = width - indent
    for text, role in parts:
        shown = cut(text, left)
        segments.append(Segment(shown, role_styles[over or role]))
        left -= cell_len(shown)
    segments.append(Segment(" " * left, role_styles[over or "text"]))
    return segments


def _branch_parts(branch: Branch, is_open: bool, width: int) -> list[tuple[str, str]]:
    sign = "  " if not branch.size else f"{UNFOLDED} " if is_open else f"{FOLDED} "
    span = branch.span and f" {branch.span}"
    size = f"  {branch.size:,}"
    role = "dim" if branch.background else "text"
    return [(cut(sign + branch.label, max(3, width - cell_len(span + size))), role), (span, role), (size, "dim")]


def _agreement_parts(agreement: AgreementSummary, width: int, kind: str) -> list[tuple[str, str]]:
    date, year = agreement.date.rstrip("?~%"), "" if agreement.year is None else str(agreement.year)
    mark = UNCERTAIN_DATE if agreement.doubtful or agreement.date[-1:] in ("?", "%") else ""
    if width < DATE_WIDTH + NAME_WIDTH:
        return [(f"{year:4}{mark:1}", "dim"), (f" {agreement.name}", "text")]
    when = (f"{year if '/' in date else date}{mark}".ljust(DATE_WIDTH), "dim")
    kind_width = min(KIND_WIDTH, width - DATE_WIDTH - NAME_WIDTH - 1)
    if kind_width < KIND_WIDTH // 2:
        return [when, (agreement.name, "text")]
    name_width = width - DATE_WIDTH - kind_width - 1
    name = set_cell_size(cut(agreement.name, name_width), name_width + 1)
    return [when, (name, "text"), (kind, "dim")]


def cut(text: str, width: int) -> str:
    """Return a text of at most `width` cells; an ellipsis ends one that is cut."""
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)).rstrip() + "…" * (width > 0)
