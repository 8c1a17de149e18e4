"""Makes any string fit to show: what a terminal would obey or hide becomes a visible mark, and nothing is lost.

Control characters become their pictures (ESC is shown as ␛), everything else that is invisible or turns the writing
direction becomes its code point in angle quotes: ‹U+202E›. So does what this Python's Unicode does not know yet, since
nobody could say how wide it is.
"""

from __future__ import annotations

import unicodedata
from typing import Any

# Letters that print nothing. All else that is unfit is not printable in Python's sense, which is Cc controls, Cf
# formats (bidi, zero width, soft hyphen, tags), Cs lone surrogates, Co private use, Cn unassigned and noncharacters, Zl
# and Zp line and paragraph separators; and Zs, the spaces, which are fit.
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800"


def text(raw: str) -> str:
    """`raw` with every character that a terminal would obey or hide made visible; line feeds stay, tabs are spaces."""
    if raw.isprintable() and (raw.isascii() or not any(letter in raw for letter in _BLANK_LETTERS)):
        return raw
    raw = raw.replace("\r\n", "\n").replace("\t", "    ")
    marks = {ord(character): _mark(character) for character in set(raw) if not _is_fit(character)}
    return raw.translate(marks) if marks else raw


def line(raw: str) -> str:
    """Like `text`, for one line: line feeds too become visible."""
    return text(raw).replace("\n", "␊")


def value(raw: Any, paragraphs: frozenset[str] = frozenset(), field: str = "") -> Any:
    """A JSON value with every string in it fit to show, keys included.

    What stands in a field whose path is in `paragraphs` (`provisions.text`, positions in lists left out) may hold line
    feeds; all else is of one line.
    """
    if isinstance(raw, str):
        return text(raw) if field in paragraphs else line(raw)
    if isinstance(raw, list):
        return [value(item, paragraphs, field) for item in raw]
    if isinstance(raw, dict):
        return {line(key): value(item, paragraphs, f"{field}.{key}" if field else key) for key, item in raw.items()}
    return raw


def _is_fit(character: str) -> bool:
    if character.isprintable():
        return character not in _BLANK_LETTERS
    return character == "\n" or unicodedata.category(character) == "Zs"


def _mark(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"‹U+{code:04X}›"
