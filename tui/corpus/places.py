"""Places within an agreement: the names of its provisions, sections and events in an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.address import slug

if TYPE_CHECKING:
    from tui.corpus.records import Agreement

SECTIONS = (".facts", ".provisions", ".outcome", ".background", ".claims", ".unverified", ".sources")
"""The sections of an agreement's page, in order. A slug never begins with a dot."""
PROVISION = ".provision"
"""The place of a provision whose reference has no letter and no digit."""


def provision_places(agreement: Agreement) -> list[str]:
    """Return the place of each provision: the slug of its reference, with `.1`, `.2` if several share it."""
    return _numbered([slug(provision.ref) or PROVISION for provision in agreement.provisions], first=".1")


def event_places(agreement: Agreement) -> list[str]:
    """Return the place of each event: a dot and its kind; the second of a kind ends with `.2`."""
    return _numbered([f".{event.kind}" for event in agreement.events], first="")


def is_provision(anchor: str) -> bool:
    """Return whether an anchor is the place of a provision."""
    return bool(anchor) and (not anchor.startswith(".") or anchor.split(".")[1] == PROVISION[1:])


def is_at(anchor: str, place: str) -> bool:
    """Return whether an anchor is this place, or a provision that shares it: `point-6.2` is at `point-6`."""
    shared, _, number = anchor.rpartition(".")
    return anchor == place or (number.isdigit() and shared == place and is_provision(place))


def _numbered(places: Sequence[str], first: str) -> list[str]:
    total, seen = Counter(places), Counter[str]()
    numbered = []
    for place in places:
        seen[place] += 1
        suffix = "" if total[place] == 1 else first if seen[place] == 1 else f".{seen[place]}"
        numbered.append(place + suffix)
    return numbered
