"""Outline of a page: its sections and provisions, and the numbers of its screenfuls."""

from __future__ import annotations

from typing import NamedTuple

from tui.corpus.places import is_provision
from tui.pages.blocks import Page
from tui.pages.layout import TextPosition

_SHORT = {
    "What became of it": "became",
    "What the encyclopedia says": "encyclopedia",
    "What the sources say": "claims",
    "Not confirmed": "unsure",
}
_SHORT |= {title: title.lower() for title in ("Facts", "Provisions", "Background", "Sources")}
"""Words for the sections of a record in a line of contents. Other sections have their titles there."""


class Heading(NamedTuple):
    """Title of a section, or reference of a provision or claim, if it has one, and its position on the page."""

    title: str
    position: TextPosition
    is_section: bool

    @property
    def short(self) -> str:
        """Title for a line of contents."""
        return _SHORT.get(self.title, self.title)


def outline(page: Page) -> list[Heading]:
    """Return the sections, provisions and claims of a page in their order."""
    found = []
    for number, block in enumerate(page):
        is_section = block.role == "heading" or block.anchor == ".facts"
        if is_section or is_provision(block.anchor):
            title = (block.text or "Facts") if is_section else block.lead or block.text * (block.role == "strong")
            found.append(Heading(title, TextPosition(number, -len(block.lead)), is_section))
    return found


class Paging(NamedTuple):
    """Screenfuls of a page: its lines, the height of the pane, and the lines by which one screenful moves on."""

    lines: int
    height: int
    step: int

    @property
    def total(self) -> int:
        """Number of screenfuls."""
        return 1 + -(-max(0, self.lines - self.height) // self.step)

    def number(self, top: int) -> int:
        """Return the number, from 1, of the screenful that begins with this line; the last one holds the end."""
        return self.total if top >= self.lines - self.height else 1 + top // self.step
