"""Historical dates in a subset of EDTF (ISO 8601-2): parsing, comparison, wording.

A date is a year, a season, a month or a day (`1925`, `1941-21`, `1974-07`, `1928-01-23`), of which the last digits or
parts may be unspecified (`193X`, `1964-05-XX`, `1964-XX-XX`), each with an optional qualifier: `~` about, `?`
uncertain, `%` both; or an interval of two such dates (`1966/1970`), where an empty side is unknown and `..` is open
(`1928-01-23/`, `/1925-04-04`, `../1917-11-07`).

The seasons 21 to 24 are spring (from March), summer, autumn and winter. A winter may be named by the year of its first
or of its last months, so its days are those from January of the year to February of the next.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tui.corpus.safe import quoted

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SEASONS = ("spring", "summer", "autumn", "winter")
_POINT = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")
_FIRST_SEASON = 21
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

    @property
    def years(self) -> str:
        """First and last year, `1941–1945`, or the one year; without a number on an open or unknown side."""
        first = str(self.earliest.year) if self.earliest != date.min else ""
        last = str(self.latest.year) if self.latest != date.max else ""
        return first if first == last else f"{first}–{last}"

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
            raise ValueError(f"the interval {quoted(text)!r} ends before it begins")
    else:
        raise ValueError(f"{quoted(text)!r} is not a date: an interval has two sides")
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
        raise ValueError(f"{quoted(whole)!r} is not a date: write 1941, 1941-04, 1941-04-13 or an interval of two")
    year, month, day, _ = match.groups()
    if ("X" in year and month) or (month == "XX" and day not in (None, "XX")):
        raise ValueError(f"{quoted(whole)!r} is not a date: only its last parts may be unspecified")
    try:
        if day and day != "XX":
            exact = date(int(year), int(month), int(day))
            return exact, exact
        earliest, latest = int(year.replace("X", "0")), int(year.replace("X", "9"))
        season = int(month) - _FIRST_SEASON if month and month != "XX" else -1
        if season in range(len(SEASONS)) and not day:
            return _season_days(earliest, season)
        if month is None or month == "XX":
            return date(earliest, 1, 1), date(latest, 12, 31)
        return date(earliest, int(month), 1), _last_day(earliest, int(month))
    except ValueError as error:
        raise ValueError(f"{quoted(whole)!r} is not a date: {error}") from None


def _season_days(year: int, season: int) -> tuple[date, date]:
    if SEASONS[season] == "winter":
        return date(year, 1, 1), _last_day(year + 1, 2)
    return date(year, 3 * season + 3, 1), _last_day(year, 3 * season + 5)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _point_words(point: str) -> str:
    match = _POINT.fullmatch(point)
    if match is None:
        return point
    year, month, day, qualifier = match.groups()
    if "X" in year:
        parts = ["some year of", f"the {year[:3]}0s" if year[2] != "X" else f"{year[:2]}00 to {year[:2]}99"]
    elif "XX" in (month, day):
        parts = ["a day in" if day else "a month of"]
        parts += [MONTHS[int(month) - 1]] if month != "XX" else []
        parts.append(str(int(year)))
    else:
        parts = [str(int(day))] if day else []
        parts += [_month_words(int(month))] if month else []
        parts.append(str(int(year)))
    prefix = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(qualifier, "")
    return prefix + " ".join(parts)


def _month_words(month: int) -> str:
    return MONTHS[month - 1] if month < _FIRST_SEASON else SEASONS[month - _FIRST_SEASON]
