"""Widths of text in terminal cells, measured without a terminal library."""

from __future__ import annotations

import unicodedata


def length(text: str) -> int:
    """Return the number of cells that a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
