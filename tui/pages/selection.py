"""Text of a page between two places of its lines, and the places of characters, words and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from tui.pages.layout import Layout

Place: TypeAlias = tuple[int, int]
"""Number of a line, and the index of a character in the line as plain text."""
Stretch: TypeAlias = tuple[Place, Place]
"""Begin and end of a selected text; the end is excluded."""

_WORD = r"[\w\u0300-\u036f\u3099\u309a]+(?:[-'’][\w\u0300-\u036f]+)*"
"""Pattern of a word with its combining characters, hyphens and apostrophes."""
_LINES_OF_WORD = 20
"""Lines above and below one that are looked at for the rest of a word. A paragraph may have thousands."""


def text_between(layout: Layout, first: Place, last: Place) -> str:
    """Return the text from one place to before another.

    Lines of one paragraph are joined by what stood between them before they were wrapped. A label and its text stand as
    in plain output, and so does a text at the right of a single line; blanks before a label, a mark, or text without
    either are left out.
    """
    return "".join(
        text[max(0, first[1] - start) if line == first[0] else 0 : max(0, last[1] - start) if line == last[0] else None]
        for text, line, start in _pieces(layout, first[0], min(last[0], len(layout.lines) - 1))
    )


def text_start(layout: Layout, number: int) -> int:
    """Return how many blanks a line has before its label, mark or text."""
    line = layout.lines[number]
    before = "".join(piece for piece, _ in layout.prefix(line)) if line.block >= 0 else ""
    return len(before) - len(before.lstrip())


def character_at(layout: Layout, number: int, column: int) -> Stretch:
    """Return the place of the character in a cell of a line; right of the text, the end of the line."""
    text, start, end = layout.line_text(number), 0, 0
    while end < len(text) and column >= 0:
        start, end = end, end + 1
        while end < len(text) and not layout.cells(text[end]):
            end += 1  # a combining character
        column -= layout.cells(text[start:end])
    return (number, start if column < 0 else end), (number, end)


def word_at(layout: Layout, number: int, column: int) -> Stretch | None:
    """Return the place of the word in a cell of a line, which may go on in other lines; None beside words."""
    paragraph = paragraph_at(layout, number)
    if paragraph is None:
        return None
    first, last = max(paragraph[0][0], number - _LINES_OF_WORD), min(paragraph[1][0], number + _LINES_OF_WORD)
    pieces = list(_pieces(layout, first, last))
    places = [(line, start + offset) for text, line, start in pieces for offset in range(len(text))]
    here, _ = character_at(layout, number, column)
    for word in re.finditer(_WORD, "".join(text for text, _, _ in pieces)):
        if here in places[word.start() : word.end()]:
            line, offset = places[word.end() - 1]
            return places[word.start()], (line, offset + 1)
    return None


def paragraph_at(layout: Layout, number: int) -> Stretch | None:
    """Return the place of the block of a line; None for a blank line."""
    lines, first, last = layout.lines, number, number
    if lines[number].block < 0:
        return None
    while first and lines[first - 1].block == lines[number].block:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].block == lines[number].block:
        last += 1
    return (first, 0), (last, len(layout.line_text(last)))


def _pieces(layout: Layout, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """Yield the texts of lines and what stands between them, each with its place."""
    for number in range(first, last + 1):
        text, start = layout.line_text(number), text_start(layout, number)
        between = _between(layout, number) if number < last else ""
        line = layout.lines[number]
        if between != "\n" and number < last and line.block >= 0:
            text = text.removesuffix(layout.suffix(line))
        yield text[start:], number, start
        if number < last:
            yield between, number, len(text)


def _between(layout: Layout, number: int) -> str:
    """Return what stands between a line and the next: a line feed if they do not belong to one paragraph."""
    line, after = layout.lines[number : number + 2]
    is_wrapped = line.block == after.block >= 0 and after.part in ("", line.part)
    return layout.source(line)[line.end : after.start] if is_wrapped else "\n"
