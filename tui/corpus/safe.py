"""Makes any string fit to show: what a terminal would obey or hide becomes a visible mark, and nothing is lost.

Control characters become their pictures (ESC is shown as ␛), everything else that is invisible or turns the writing
direction becomes its code point in angle quotes: ‹U+202E›.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# Cc controls, Cf formats (bidi, zero width, soft hyphen, tags), Cs lone surrogates, Co private use, Zl and Zp line and
# paragraph separators, Cn noncharacters and the unassigned; and the fillers that are letters but print nothing.
_UNFIT_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
# Only what needs a closer look: most text is plain letters, and one search over it decides.
_SUSPECT = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\xad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890-\\u0891\\u08e2\\u115f"
    "\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ud800-\\uf8ff\\ufdd0-"
    "\\ufdef\\ufeff\\uffa0\\ufff0-\\uffff\\U0001fffe-\\U0001ffff\\U0002fffe-\\U0002ffff\\U000e0000-\\U000e00ff"
    "\\U000e01f0-\\U0010ffff\\U00013430-\\U00013455\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000110bd"
    "\\U000110cd]"
)


def text(raw: str) -> str:
    """`raw` with every character that a terminal would obey or hide made visible; line feeds stay, tabs are spaces."""
    if raw.isascii() and raw.isprintable():
        return raw
    return _SUSPECT.sub(_mark, raw.replace("\r\n", "\n").replace("\t", "    "))


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


def _mark(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if character in _BLANK_LETTERS or unicodedata.category(character) in _UNFIT_CATEGORIES:
        return f"‹U+{code:04X}›"
    return character
