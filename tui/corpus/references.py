"""References of provisions: their numerals, and the provisions that a unit and a number name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tui.corpus import calendars
from tui.corpus.places import provision_places

if TYPE_CHECKING:
    from tui.corpus.records import Agreement

MAX_LENGTH = 200
"""Characters of a reference or a heading that are read."""
MAX_RANGE = 200
"""Longest range that is read as such."""

_ROMAN = re.compile("(?=[ivxlc])(c{0,3})(x[cl]|l?x{0,3})(i[xv]|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_KANJI = "〇一二三四五六七八九十百"
_WORD = rf"[^\W\d_{_KANJI}]+"
_TOKEN = re.compile(rf"[0-9]+|[{_KANJI}]+|{_WORD}|[–—-]")

UNITS = (
    ("article", "articles", "art", "arts", "статья", "статьи", "ст", "條", "条"),
    ("point", "points", "пункт", "пункты", "п", "項", "号"),
    ("paragraph", "paragraphs", "para", "paras", "абзац", "абз", "段"),
    ("protocol", "protocols", "протокол", "議定書"),
    ("note", "notes", "нота", "ноты", "公文"),
)
"""Synonyms for each unit of a text, in several languages."""


def find_provisions(agreement: Agreement, text: str) -> list[tuple[str, str]]:
    """Return label and place of the provisions that a text names by unit and number: "point 9", "ст. III", "第三条".

    A word that is not a known unit must be in the reference or the heading. A text without a number names nothing.
    """
    unit_numbers = numbers(text)
    words = _words(text)
    if not unit_numbers:
        return []
    found = [
        (len(numbers(provision.ref)), " · ".join(filter(None, (provision.ref, provision.heading))), place)
        for place, provision in zip(provision_places(agreement), agreement.provisions, strict=True)
        if unit_numbers <= numbers(provision.ref)
        and all(_is_named(word, provision.ref, provision.heading) for word in words)
    ]
    return [(label, place) for _, label, place in sorted(found, key=lambda provision: provision[0])]


def _is_named(word: str, reference: str, heading: str) -> bool:
    unit = next((unit for unit in UNITS if word in unit), (word,))
    found = _words(reference)
    return any(name in found for name in unit) or any(other.startswith(word) for other in (*found, *_words(heading)))


def _words(text: str) -> list[str]:
    """Return the words of a text, folded, without its numerals."""
    folded = unicodedata.normalize("NFKC", text[:MAX_LENGTH]).casefold().replace("第", " ")
    return [word for word in re.findall(_WORD, folded) if not numbers(word)]


def numbers(text: str) -> set[int]:
    """Return the numbers that a reference names: `Arts 4–6` names 4, 5 and 6; 3, III, 三 and 第三条 are one number."""
    found: set[int] = set()
    previous: int | None = None
    range_start: int | None = None
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", text[:MAX_LENGTH])):
        number = _number(token)
        if number is not None:
            if range_start is not None and range_start < number <= range_start + MAX_RANGE:
                found.update(range(range_start, number))
            found.add(number)
        range_start = previous if token in "–—-" else None
        previous = number
    return found


def _number(token: str) -> int | None:
    if token.isascii() and token.isdigit():
        return int(token[:9])
    if token[0] in _KANJI:
        return calendars.kanji_number(token[:9])
    return _roman_number(token.lower()) if _ROMAN.fullmatch(token) else None


def _roman_number(token: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in token]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
