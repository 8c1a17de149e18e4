"""Content of a page: blocks of plain text, with roles and links on stretches of the text.

Nothing here knows colours, markup or a terminal. `tui.pages.layout` breaks a page into lines.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Role: TypeAlias = Literal[
    "text",
    "title",
    "subtitle",
    "heading",
    "strong",
    "label",
    "dim",
    "link",
    "quiet",
    "url",
    "identifier",
    "doubt",
    "good",
    "bad",
    "hit",
    "current",
    "key",
    "letter",
]
"""Role of a text, which decides its style.

A link with the role "quiet" looks like text and comes after all others. A "url" is the address of a page on the web.
Neither it nor an "identifier" is prose, in which words are found.
Of the hits, the "current" one is that last gone to. "letter" is for the keys of links while one of them is chosen.
"""


class Span(NamedTuple):
    """A stretch of a block's text with a role and, if it is a link, a target.

    `start` and `end` count characters; `end` is excluded.
    """

    start: int
    end: int
    role: Role
    target: str = ""

    def moved(self, distance: int) -> Span:
        """Return the span of the same text behind `distance` more characters."""
        return self._replace(start=self.start + distance, end=self.end + distance)


class Block(NamedTuple):
    """A paragraph of a page.

    The text is right of a column of `hang` cells, which contains `lead` (a reference, a label) and, in its last cell
    but one, `mark`. A mark without a column gets one of two cells. `above` is the number of blank lines before the
    block. On a narrow page a block that `stacks` has its lead above its text, and no wider column than for a mark.
    `right` stands dim at the right end of the first line, unless it leaves too little of the line, and the lines below
    hang. `anchor` is the name of the place, such as `point-9` or `.facts`. `target` is the address of an entry of a
    list, which plain output adds, since no link can be followed there. `spans` are in the order of their starts.
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
    target: str = ""
    stacks: bool = False
    right: str = ""


Page: TypeAlias = tuple[Block, ...]
