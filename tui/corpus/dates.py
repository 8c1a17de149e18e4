"""Historical dates in a subset of EDTF (ISO 8601-2): parsing, comparison, wording.

A date is a year, a month or a day (`1925`, `1974-07`, `1928-01-23`), each with an optional qualifier: `~` about,
`?` uncertain, `%` both; or an interval of two such dates (`1966/1970`), where an empty side is unknown and `..` is
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

    Dates sort by first day, then by last day: 1974 comes before 2 January 1974.
    """

    earliest: date
    latest: date
    text: str

    @property
    def begins(self) -> date:
        """The first day, or the last day if the beginning is unknown. Used as the sort position in lists."""
        return self.earliest if self.earliest != date.min else self.latest

    @property
    def year(self) -> int | None:
        """The year of `begins`, or None if both sides are open."""
        return self.begins.year if self.begins != date.max else None

    def surely_before(self, other: HistoricalDate) -> bool:
        """Return whether every possible day of this date precedes every possible day of `other`."""
        return self.latest < other.earliest

    def words(self) -> str:
        """Return the date in English: `13 April 1941`, `July 1974`, `about 1925`, `from 23 January 1928`."""
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
    """Parse a date of the EDTF subset above. Raises ValueError with one plain sentence."""
    sides = text.split("/")
    if len(sides) == 1:
        earliest, latest = _point_days(text, text)
    elif len(sides) == 2:
        earliest = date.min if sides[0] in _OPEN else _point_days(sides[0], text)[0]
        latest = date.max if sides[1] in _OPEN else _point_days(sides[1], text)[1]
        if earliest > latest:
            raise ValueError(f"the interval {text!r} ends before it begins")
    else:
        raise ValueError(f"{text!r} is not a date: an interval has two sides")
    return HistoricalDate(earliest, latest, text)


def read(text: str | None) -> HistoricalDate | None:
    """Return the parsed date, or None if the text is missing, empty or invalid."""
    if not text:
        return None
    try:
        return parse(text)
    except ValueError:
        return None


def words(text: str | None) -> str:
    """Return the date in English, or the text unchanged if it is not a valid date."""
    when = read(text)
    return when.words() if when else text or ""


def _point_days(point: str, whole: str) -> tuple[date, date]:
    """Return the first and last day of a date without interval. `whole` is quoted in the error."""
    match = _POINT.fullmatch(point)
    if match is None:
        raise ValueError(f"{whole!r} is not a date: write 1941, 1941-04, 1941-04-13 or an interval of two")
    year, month, day, _ = match.groups()
    try:
        if day:
            exact = date(int(year), int(month), int(day))
            return exact, exact
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
    prefix = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(qualifier, "")
    return prefix + " ".join(parts)
