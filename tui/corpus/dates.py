"""Historical dates: the part of EDTF (ISO 8601-2) that a corpus of treaties needs, to be sorted, compared and read.

A date is a year, a month or a day (`1925`, `1974-07`, `1928-01-23`), each with an optional qualifier: `~` about,
`?` uncertain, `%` both; or an interval of two such dates (`1966/1970`), where an empty side is not known and `..` is
open (`1928-01-23/`, `/1925-04-04`, `../1917-11-07`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_OPEN = ("", "..")


class HistoricalDate(NamedTuple):
    """A date as written, with the first and the last day that it can mean (both included).

    Dates order by their first day, then by their last: 1974 stands before 2 January 1974.
    """

    earliest: date
    latest: date
    text: str

    @property
    def begins(self) -> date:
        """Where it stands in a list: its first day, or its last where the beginning is not known."""
        return self.earliest if self.earliest != date.min else self.latest

    @property
    def year(self) -> int | None:
        """The year it begins in, or ends in where the beginning is open."""
        return self.begins.year if self.begins != date.max else None

    def surely_before(self, other: HistoricalDate) -> bool:
        """Whether every day that this can mean lies before every day that `other` can mean."""
        return self.latest < other.earliest

    def words(self) -> str:
        """The date for a reader: `13 April 1941`, `July 1974`, `about 1925`, `from 23 January 1928`."""
        if "/" not in self.text:
            return _point_words(self.text)
        start, end = self.text.split("/")
        if start in _OPEN and end in _OPEN:
            return "at an unknown date"
        if start in _OPEN:
            return f"by {_point_words(end)}" if start == "" else f"until {_point_words(end)}"
        if end in _OPEN:
            return f"from {_point_words(start)}"
        return f"{_point_words(start)} to {_point_words(end)}"


@lru_cache(maxsize=512)
def parse(text: str) -> HistoricalDate:
    """Read an EDTF date of the subset above. Raises ValueError with one plain sentence."""
    sides = text.split("/")
    if len(sides) == 1:
        earliest, latest = _span(text, text)
    elif len(sides) == 2:
        earliest = date.min if sides[0] in _OPEN else _span(sides[0], text)[0]
        latest = date.max if sides[1] in _OPEN else _span(sides[1], text)[1]
        if earliest > latest:
            raise ValueError(f"the interval {text!r} ends before it begins")
    else:
        raise ValueError(f"{text!r} is not a date: an interval has two sides")
    return HistoricalDate(earliest, latest, text)


def read(text: str | None) -> HistoricalDate | None:
    """The date, or None where there is none or it cannot be read."""
    if not text:
        return None
    try:
        return parse(text)
    except ValueError:
        return None


def words(text: str | None) -> str:
    """The date for a reader; what cannot be read as a date is shown as it is written."""
    when = read(text)
    return when.words() if when else text or ""


def _span(point: str, whole: str) -> tuple[date, date]:
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(f"{whole!r} is not a date: write 1941, 1941-04, 1941-04-13 or an interval of two")
    year, month, day, _ = match.groups()
    try:
        if day:
            only = date(int(year), int(month), int(day))
            return only, only
        first = date(int(year), int(month or 1), 1)
    except ValueError as error:
        raise ValueError(f"{whole!r} is not a date: {error}") from None
    if month is None or first.month == 12:
        return first, date(first.year, 12, 31)
    return first, date(first.year, first.month + 1, 1) - timedelta(days=1)


def _point_words(point: str) -> str:
    match = _POINT.fullmatch(point)
    if match is None:
        return point
    year, month, day, qualifier = match.groups()
    parts = [str(int(day))] if day else []
    if month:
        parts.append(MONTHS[int(month) - 1])
    parts.append(str(int(year)))
    lead = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(qualifier, "")
    return lead + " ".join(parts)
