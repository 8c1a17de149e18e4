"""Addresses of everything the program can show.

    address = ["sja:"] ( id | view ":" [ subject *( "," subject ) ] ) [ "/" place ] [ "@" day ] [ "#" check ]

An agreement is addressed by its id alone, everything else by the name of its view: `start:`, `era:interwar`,
`1956-10-19-joint-declaration/point-9@1957-01-01#4f1c09ab`. docs/guide.md shows more examples.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

AGREEMENT = "agreement"
"""View of an address that names no view."""
SCHEME = "sja:"
"""Prefix of an address in a citation."""

_VIEW = "[a-z]+"
_DAY = "([0-9]{4})-([0-9]{2})-([0-9]{2})"
_CHECK = "[0-9a-f]{8}"
_ESCAPES = "(?:%[0-9A-Fa-f]{2})+"
_MAX_REFERENCE = 200
"""Characters of a reference that its place is made of."""
_RESERVED = frozenset("%/:,@#")


class AddressError(ValueError):
    """A text that is not an address; the message is the reason, without the text."""


@dataclass(frozen=True, slots=True)
class Address:
    """Address of a view, of a place on its page, or of an agreement as it stood on a day.

    `subject` is what the view is about, as the store writes it; `place` the anchor of a block; `day` is YYYY-MM-DD;
    `check` is eight hexadecimal digits in lower case, as CatalogueReader.checksum returns them.
    """

    view: str = AGREEMENT
    subject: tuple[str, ...] = ()
    place: str = ""
    day: str = ""
    check: str = ""

    @property
    def agreement_id(self) -> str:
        """The id of the agreement; empty if another view is addressed."""
        return self.subject[0] if self.view == AGREEMENT and self.subject else ""

    @property
    def page(self) -> Address:
        """The address of the whole page: without place and check."""
        return replace(self, place="", check="")

    def at(self, place: str) -> Address:
        """Return the address of a place on the same page."""
        return replace(self, place=place, check="")

    def on(self, day: str) -> Address:
        """Return the same address with this day set; with none, the day is cleared."""
        return replace(self, day=day)

    def text(self) -> str:
        """Return the address as text, without the scheme. `parse` reads it back unchanged."""
        subjects = ",".join(map(_encode, self.subject))
        text = subjects if self.view == AGREEMENT and len(self.subject) == 1 else f"{self.view}:{subjects}"
        for sign, part in (("/", _encode(self.place)), ("@", self.day), ("#", self.check)):
            text += sign + part if part else ""
        return text

    def __str__(self) -> str:
        return self.text()


def agreement(agreement_id: str, place: str = "") -> Address:
    """Return the address of an agreement."""
    return Address(AGREEMENT, (agreement_id,), place)


def parse(text: str) -> Address:
    """Read an address. Raises AddressError."""
    rest = text.removeprefix(SCHEME)
    rest, check = _split_at(rest, "#")
    rest, day = _split_at(rest, "@")
    rest, place = _split_at(rest, "/")
    for sign in "/@#":
        if sign in rest + (place or "") + (day or "") + (check or ""):
            raise AddressError(f"“{sign}” stands twice or out of order; write it as %{ord(sign):02X}")
    view, colon, subjects = rest.partition(":")
    if not colon:
        view, subjects = AGREEMENT, view
    elif not re.fullmatch(_VIEW, view) or f"{view}:" == SCHEME:
        raise AddressError("what stands before “:” is no view; in an id write “:” as %3A")
    if place and ":" in place:
        raise AddressError("in a place write “:” as %3A")
    subject = tuple(_decode(part) for part in subjects.split(",")) if subjects else ()
    if not all(subject) or (view == AGREEMENT and not subject):
        raise AddressError("it names nothing before or between its signs")
    if "" in (place, day, check):
        raise AddressError("nothing follows its last sign")
    return Address(view, subject, _decode(place or ""), _day(day), _checksum(check))


def slug(reference: str) -> str:
    """Return the place of a provision with this reference: `Art. II` is `art-ii`, `第三条` stays as it is.

    NFKC, case folded; letters, marks and digits of any script are kept, everything else is one hyphen.
    """
    reference = reference[:_MAX_REFERENCE]
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", reference).casefold())
    kept = (character if unicodedata.category(character)[0] in "LMN" else " " for character in folded)
    return "-".join("".join(kept).split())


def _encode(part: str) -> str:
    return "".join(
        "".join(f"%{byte:02X}" for byte in character.encode())
        if character in _RESERVED or (character == "-" and not index) or _is_blank(character)
        else character
        for index, character in enumerate(part)
    )


def _is_blank(character: str) -> bool:
    """Return whether a character is white space, or a control character that UTF-8 can encode."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")


def _decode(part: str) -> str:
    try:
        return re.sub(_ESCAPES, lambda match: bytes.fromhex(match[0].replace("%", "")).decode(), part)
    except UnicodeDecodeError:
        raise AddressError("what follows its % signs is not UTF-8") from None


def _split_at(text: str, sign: str) -> tuple[str, str | None]:
    """Return the parts before and after the first of these signs. The second is None without a sign."""
    head, found, tail = text.partition(sign)
    return head, tail if found else None


def _day(text: str | None) -> str:
    if text is None:
        return ""
    match = re.fullmatch(_DAY, text)
    try:
        if match is None:
            raise ValueError
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise AddressError("what follows “@” is no day of the calendar; write 1945-08-08") from None
    return text


def _checksum(text: str | None) -> str:
    if text is None:
        return ""
    if not re.fullmatch(_CHECK, text.lower()):
        raise AddressError("after # stand eight hexadecimal digits")
    return text.lower()
