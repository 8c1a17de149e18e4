"""Places within an agreement: the names by which an address points at a provision, a section or an event."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.address import slug
from tui.corpus.numerals import numbers

if TYPE_CHECKING:
    from tui.corpus.records import Agreement

SECTIONS = (".facts", ".provisions", ".outcome", ".background", ".claims", ".unverified", ".sources")
"""The sections of an agreement's page, in order. A slug never begins with a dot."""
PROVISION = ".provision"
"""The place of a provision whose reference has no letter and no digit."""


def provision_places(agreement: Agreement) -> list[str]:
    """Return the place of each provision: the slug of its reference, numbered `.1`, `.2` where several share it."""
    return _numbered([slug(provision.ref) or PROVISION for provision in agreement.provisions], first=".1")


def event_places(agreement: Agreement) -> list[str]:
    """Return the place of each event: a dot and its kind; the second of a kind ends with `.2`."""
    return _numbered([f".{event.kind}" for event in agreement.events], first="")


UNITS = (
    ("article", "articles", "art", "arts", "статья", "статьи", "ст", "條", "条"),
    ("point", "points", "пункт", "пункты", "п", "項", "号"),
    ("paragraph", "paragraphs", "para", "paras", "абзац", "абз", "段"),
    ("protocol", "protocols", "протокол", "議定書"),
    ("note", "notes", "нота", "ноты", "公文"),
)
"""Words for one unit of a text, in the languages in which a reader may ask for it."""


def find_provisions(agreement: Agreement, text: str) -> list[tuple[str, str]]:
    """Return label and place of the provisions that a text asks for by unit and number: "point 9", "ст. III", "第三条".

    A word that is no known unit must stand in the reference or the heading. Without a number nothing is found.
    """
    unit_numbers = numbers(text)
    words = _words(text)
    if not unit_numbers:
        return []
    return [
        (" · ".join(filter(None, (provision.ref, provision.heading))), place)
        for place, provision in zip(provision_places(agreement), agreement.provisions, strict=True)
        if unit_numbers <= numbers(provision.ref)
        and all(_is_named(word, provision.ref, provision.heading) for word in words)
    ]


def _is_named(word: str, reference: str, heading: str) -> bool:
    unit = next((unit for unit in UNITS if word in unit), (word,))
    found = _words(reference)
    return any(name in found for name in unit) or any(other.startswith(word) for other in (*found, *_words(heading)))


def _words(text: str) -> list[str]:
    """Return the words of a text, folded, without its numerals."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("第", " ")
    return [word for word in re.findall(r"[^\W\d_〇一二三四五六七八九十百]+", folded) if not numbers(word)]


def is_provision(anchor: str) -> bool:
    """Return whether an anchor is the place of a provision."""
    return bool(anchor) and (not anchor.startswith(".") or anchor.split(".")[1] == PROVISION[1:])


def is_at(anchor: str, place: str) -> bool:
    """Return whether an anchor is this place, or one of those that share it: `point-6.2` is at `point-6`."""
    shared, dot, number = anchor.rpartition(".")
    return anchor == place or (bool(dot) and number.isdigit() and shared == place)


def _numbered(places: Sequence[str], first: str) -> list[str]:
    total, seen = Counter(places), Counter[str]()
    numbered = []
    for place in places:
        seen[place] += 1
        suffix = "" if total[place] == 1 else first if seen[place] == 1 else f".{seen[place]}"
        numbered.append(place + suffix)
    return numbered
