"""A page as plain text, for a pipe, a pager or a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from tui.pages import cells
from tui.pages.blocks import Page, hang_of, lay_out, lead_fits


def lines(page: Page, width: int) -> Iterator[str]:
    """The page's lines, wrapped to `width` cells; headings are underlined."""
    for line in lay_out(page, width, cells.length):
        if line.block < 0:
            yield ""
            continue
        block = page[line.block]
        left = " " * block.indent
        if line.part == "lead":
            yield left + block.lead[line.start : line.end]
            continue
        hang = hang_of(block, width)
        if line.part == "first" and hang:
            lead = block.lead if lead_fits(block, hang, cells.length) else ""
            lead += " " * (hang - 2 - cells.length(lead))
            column = f"{lead}{block.mark or ' '} "
        else:
            column = " " * hang
        text = block.text[line.start : line.end]
        yield (left + column + text).rstrip()
        if block.role in ("title", "heading") and line.end == len(block.text):
            yield left + ("=" if block.role == "title" else "-") * cells.length(text)
