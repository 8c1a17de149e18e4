"""Replaces characters that a terminal would obey or hide with visible marks.

Control characters become their pictures (ESC is shown as ␛). Other invisible characters and those that change the
writing direction become their code point in angle quotes: ‹U+202E›. So do code points that this Python's Unicode data
does not define, since their width is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# Letters without a glyph, although str.isprintable() accepts them. It rejects Cc controls, Cf formats (bidi, zero
# width, soft hyphen, tags), Cs lone surrogates, Co private use, Cn unassigned, Zl and Zp separators, and Zs spaces.
# All of these are unsafe but Zs.
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800"

_LINE_BREAK = re.compile("[\\n\\r\\t\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]")

MAX_QUOTED = 80
"""Characters of a text that a message quotes."""
MAX_TYPED = 2_000
"""Characters of a query or of pasted text that are read. Normal forms take quadratic time for runs of marks."""


def text(raw: str) -> str:
    """Return `raw` with unsafe characters made visible; line feeds stay, tabs become spaces."""
    if raw.isprintable() and (raw.isascii() or not any(letter in raw for letter in _BLANK_LETTERS)):
        return raw
    raw = raw.replace("\r\n", "\n").replace("\t", "    ")
    marks = {ord(character): _mark(character) for character in set(raw) if not _is_safe(character)}
    return raw.translate(marks) if marks else raw


def line(raw: str) -> str:
    """Return `raw` as one safe line: like `text`, but line feeds become visible marks too."""
    return text(raw).replace("\n", "␊")


def query(raw: str) -> str:
    """Return the text of a search as one safe line in normal form C, in which stores are written.

    Some keyboards and file names give й and が as a letter and a combining mark. Line breaks part words.
    """
    return line(unicodedata.normalize("NFC", _LINE_BREAK.sub(" ", raw[:MAX_TYPED])))


def pasted(raw: str) -> str:
    """Return pasted text as one line in normal form C: white space becomes single spaces, invisible characters go."""
    kept = "".join(character for character in raw[:MAX_TYPED] if character.isspace() or not _is_invisible(character))
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", kept.strip("\r\n")))


def quoted(raw: str, most: int = MAX_QUOTED) -> str:
    """Return `raw` as one safe line of at most `most` characters, for a message that quotes it."""
    shown = line(raw[: most + 1])
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def value(raw: Any, paragraphs: frozenset[str] = frozenset(), field: str = "") -> Any:
    """Return a JSON value with every string in it made safe, keys included.

    Strings in a field whose path is in `paragraphs` (`provisions.text`, without list positions) may hold line feeds;
    all others become one line. `field` is the path of `raw` itself.
    """
    if isinstance(raw, str):
        return text(raw) if field in paragraphs else line(raw)
    if isinstance(raw, list):
        return [value(item, paragraphs, field) for item in raw]
    if isinstance(raw, dict):
        return {line(key): value(item, paragraphs, f"{field}.{key}" if field else key) for key, item in raw.items()}
    return raw


def _is_safe(character: str) -> bool:
    if character.isprintable():
        return character not in _BLANK_LETTERS
    return character == "\n" or unicodedata.category(character) == "Zs"


def _is_invisible(character: str) -> bool:
    return character in _BLANK_LETTERS or unicodedata.category(character) in ("Cc", "Cf")


def _mark(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"‹U+{code:04X}›"
