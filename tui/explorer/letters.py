"""Letters beside the links of a page: in the blanks before an entry of a list, else in brackets in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from tui.pages.blocks import Block, Page, Span
from tui.pages.layout import Layout

Hit: TypeAlias = tuple[int, int, int]
"""Block, start and end of a hit."""
BLANK = "\N{NO-BREAK SPACE}"
"""Blank after letters in the text, which keeps them on the line of their link."""


class Lettered(NamedTuple):
    """A page with letters in its text, its hits, and by block the spans of the letters."""

    page: Page
    hits: list[Hit]
    spans: dict[int, list[Span]]


def fits_before(layout: Layout, link: int, letters: str) -> bool:
    """Return whether a link begins its block, with blanks before it for its letters and a blank after them."""
    span = layout.links[link].span
    if span.start or not layout.lines:
        return False
    prefix = layout.prefix(layout.lines[layout.line_of_link(link)])
    return "".join(text for text, _ in prefix).endswith(" " * (len(letters) + 1))


def with_letters(layout: Layout, letters: Mapping[int, str], hits: Sequence[Hit]) -> Lettered:
    """Return the page of a layout with letters in the text before links, given by the index of the link."""
    inserted: dict[int, dict[int, str]] = defaultdict(dict)  # by block and offset
    for link, label in letters.items():
        block, span = layout.links[link]
        inserted[block][span.start] = f"[{label}]"
    page = list(layout.page)
    for number, labels in inserted.items():
        page[number] = _insert(page[number], labels)
    moved = [(number, *_moved(start, end, inserted.get(number, {}))) for number, start, end in hits]
    spans = {
        number: [
            Span(start - len(label) - 1, start - 1, "letter")
            for offset, label in sorted(labels.items())
            for start, _ in [_moved(offset, offset, labels)]
        ]
        for number, labels in inserted.items()
    }
    return Lettered(tuple(page), moved, spans)


def _insert(block: Block, labels: Mapping[int, str]) -> Block:
    pieces, at = [], 0
    for offset in sorted(labels):
        pieces += [block.text[at:offset], labels[offset], BLANK]
        at = offset
    spans = []
    for span in block.spans:
        start, end = _moved(span.start, span.end, labels)
        spans.append(span._replace(start=start, end=end))
    return block._replace(text="".join([*pieces, block.text[at:]]), spans=tuple(spans))


def _moved(start: int, end: int, labels: Mapping[int, str]) -> tuple[int, int]:
    """Return where a stretch of text stands behind the letters: those at its start are not part of it."""
    before = sum(len(label) + 1 for offset, label in labels.items() if offset <= start)
    within = sum(len(label) + 1 for offset, label in labels.items() if start < offset < end)
    return start + before, end + before + within
