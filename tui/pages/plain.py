"""A page as plain text, for a pipe, a pager or a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from tui.corpus import cells
from tui.pages.blocks import Page
from tui.pages.layout import Layout


def lines(page: Page, width: int) -> Iterator[str]:
    """Yield the lines of a page at a width in cells. Headings are underlined; web addresses are never broken."""
    layout = Layout(page, width, cells.length, whole_urls=True)
    for number, line in enumerate(layout.lines):
        yield layout.line_text(number)
        block = page[line.block]
        is_last = line.block >= 0 and line.end == len(block.text) and line.part != "lead"
        if is_last and block.target:
            yield " " * (block.indent + 2) + block.target
        if is_last and block.role in ("title", "heading"):
            text = block.text[line.start : line.end]
            yield " " * block.indent + ("=" if block.role == "title" else "-") * cells.length(text)
