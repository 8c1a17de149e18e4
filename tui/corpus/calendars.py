"""Dates as sources write them, in English, Russian and Japanese: a reader and a writer.

The reader understands days, months and years in words (`13th April 1941`, `апрель 1941 г.`, `昭和十六年四月`), in
numbers (`13.4.1941`, `1941/4/13`, `13.IV.1941`), by Japanese eras in kanji or Latin letters (`Showa 16`), and days
given in Old and New Style (`15 (28) July 1907`), of which the New Style is the date. A part that is not written is not
filled in. A text that can be read in two ways (`5/4/1941`), or whose two styles do not fit each other, is not a date.
Neither is a date by a Japanese era before 1873, when the calendar was lunisolar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from tui.corpus import dates
from tui.corpus.dates import MONTHS, HistoricalDate

_RUSSIAN_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NUMERALS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "零": 0, "元": 1}
_TENS = {"十": 10, "百": 100, "千": 1000}

ERAS = (
    ("令和", "reiwa", date(2019, 5, 1), date.max),
    ("平成", "heisei", date(1989, 1, 8), date(2019, 4, 30)),
    ("昭和", "showa", date(1926, 12, 25), date(1989, 1, 7)),
    ("大正", "taisho", date(1912, 7, 30), date(1926, 12, 25)),
    ("明治", "meiji", date(1868, 1, 25), date(1912, 7, 30)),
)
"""Japanese eras: in kanji, in Latin letters, first and last day. The day of a change belongs to both until 1926."""

_MAX_LENGTH = 80
"""Characters of the longest text that may be one date."""
_SOLAR_SINCE = 1873
"""Year from which Japanese years, months and days are those of the Gregorian calendar."""


class WrittenDate(NamedTuple):
    """A date found in a text, from `start` to before `end`."""

    when: HistoricalDate
    start: int
    end: int


def find(text: str) -> Iterator[WrittenDate]:
    """Yield the dates in a text, in order; of two that overlap the longer one. A bare year is not found."""
    folded = _folded(text)
    if not _HAS_NUMBER.search(folded):
        return
    found = [
        WrittenDate(when, *match.span())
        for pattern in _patterns()
        for match in pattern.finditer(folded)
        if (when := _value(match.groupdict()))
    ]
    end = 0
    for written in sorted(found, key=lambda written: (written.start, -written.end)):
        if written.start >= end:
            end = written.end
            yield written


def parse(text: str) -> HistoricalDate:
    """Return the date that a whole text is, also a bare year or another EDTF date. Raises ValueError if it is none."""
    whole = (found.when for found in find(text) if found.end - found.start == len(text))
    return next(whole, None) or dates.parse(text)


@lru_cache(maxsize=4096)  # nested forms share their parts: without it the work doubles with each sign of `~~~???`
def edtf(text: str) -> str | None:
    """Return the EDTF form of a date as people write it: `c. 1925`, `1925/26`, `spring of 1941`, `the 1920s`.

    An empty string stands for a note that there is no date (`n.d.`); None for a text that is not understood.
    """
    if len(text) > _MAX_LENGTH:
        return None
    text = _folded(text.strip())
    if _NO_DATE.fullmatch(text):
        return ""
    try:
        return parse(text).text
    except ValueError:
        forms = (form(*match.groups()) for pattern, form in _edtf_forms() if (match := pattern.fullmatch(text)))
        return next(filter(None, forms), None)


def _qualified(text: str, qualifier: str) -> str | None:
    form = edtf(text)
    return f"{form}{qualifier}" if form and "/" not in form and form[-1] not in "~?%" else None


def _season(name: str, year: str) -> str:
    return f"{year}-{next(number for number, names in _SEASONS.items() if name in names)}"


def _interval(start: str, end: str) -> str | None:
    if len(end) == 2 and end.isdigit():
        end = start[:2] + end
    sides = edtf(start), edtf(end)
    form = f"{sides[0]}/{sides[1]}"
    return form if all(sides) and dates.read(form) else None


def _side(text: str, form: str) -> str | None:
    side = edtf(text)
    return form.format(side) if side and "/" not in side else None


@lru_cache(maxsize=1)
def _edtf_forms() -> tuple[tuple[re.Pattern[str], Callable[..., str | None]], ...]:
    """Return patterns of dates as people write them, each with a function of its groups that returns the EDTF form."""
    return (
        (
            re.compile(r"(?:circa|ca?(?:\.|(?=[ 0-9]))|about|approximately|approx\.?|ок\.|около|~) ?(.+)"),
            partial(_qualified, qualifier="~"),
        ),
        (re.compile("(.+?)(?:頃|ごろ)"), partial(_qualified, qualifier="~")),
        (re.compile(r"(.+?) ?(?:\?|\(\?\))|perhaps (.+)"), lambda *texts: _qualified(texts[0] or texts[1], "?")),
        (re.compile(r"\[(.+)\]"), edtf),
        (re.compile(r"(?:the )?([0-9]{3})0(?:['’]?s|-е(?: гг?\.| годы)?|年代)"), "{}X".format),
        (re.compile(rf"({_SEASON})(?: of|,)? ([0-9]{{4}})(?: ?года| ?г\.?)?"), _season),
        (re.compile(rf"([0-9]{{4}})年の?({_SEASON})"), lambda year, name: _season(name, year)),
        (re.compile(r"(?:from|since|с) (.+)|(.+)から"), lambda *texts: _side(texts[0] or texts[1], "{}/")),
        (re.compile(r"(?:until|till|to|до|по) (.+)|(.+)まで"), lambda *texts: _side(texts[0] or texts[1], "../{}")),
        (re.compile(r"(?:between |from |с )?(.+?)(?: ?[/–—~〜] ?| - | to | and | по )(.+?)(?: гг?\.)?"), _interval),
        (re.compile(r"([0-9]{4})-([0-9]{2}|[0-9]{4})"), _interval),
    )


def spellings(when: HistoricalDate) -> list[str]:
    """Return the usual spellings of a day, month or year in three languages; of a part of a year its Japanese year."""
    match = _PLAIN_DATE.fullmatch(when.text)
    if match is None:
        return _japanese_years(when) if when.earliest.year == when.latest.year else []
    year, month = match["year"], int(match["month"] or 0)
    japanese_years = [f"{year}年", *_japanese_years(when)]
    if not month:
        return [year, *japanese_years]
    name, genitive = MONTHS[month - 1], russian_genitive(month)
    if not match["day"]:
        return [
            *(f"{name} {year}", f"{genitive} {year}", f"{_RUSSIAN_MONTHS[month - 1]} {year}", f"{year}-{month:02}"),
            *(f"{era}{month}月" for era in japanese_years),
        ]
    day = int(match["day"])
    return [
        *(f"{day} {name} {year}", f"{name} {day}, {year}", f"{day} {genitive} {year}", when.text),
        *(f"{day}.{month:02}.{year}", f"{day}.{month}.{year}", f"{day:02}.{month:02}.{year}"),
        *(f"{era}{month}月{day}日" for era in japanese_years),
    ]


def russian_genitive(month: int) -> str:
    """Return the Russian name of a month from 1 to 12 as it stands behind a day."""
    name = _RUSSIAN_MONTHS[month - 1]
    return name + "а" if name[-1] == "т" else name[:-1] + "я"


def _japanese_years(when: HistoricalDate) -> list[str]:
    """Return the year of a date within one year by the Japanese eras in which it may lie."""
    year = when.earliest.year
    return [
        f"{kanji}{year - first.year + 1 if year > first.year else '元'}年"
        for kanji, _, first, last in ERAS
        if year >= _SOLAR_SINCE and first <= when.latest and when.earliest <= last
    ]


def _folded(text: str) -> str:
    """Return the text in small letters and narrow digits, each character in its place."""
    return "".join(_fold_character(character) for character in text)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    import unicodedata

    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def _month_names() -> dict[str, int]:
    """Return the spellings of the months in small letters, with their numbers."""
    names: dict[str, int] = {}
    for number, (english, russian) in enumerate(zip(MONTHS, _RUSSIAN_MONTHS, strict=True), 1):
        stem = russian[:-1] if russian[-1] in "ьй" else russian
        spelt = (english.lower(), english[:3].lower(), russian, russian_genitive(number), stem + "е", russian[:3])
        names |= dict.fromkeys(spelt, number)
    return names | {"sept": 9, "сент": 9, "нояб": 11, "мая": 5, "мае": 5}


_MONTH_NAMES = _month_names()
_SEASONS = {
    21: ("spring", "весна", "весной", "весны", "春"),
    22: ("summer", "лето", "летом", "лета", "夏"),
    23: ("autumn", "fall", "осень", "осенью", "осени", "秋"),
    24: ("winter", "зима", "зимой", "зимы", "冬"),
}
_SEASON = "|".join(name for names in _SEASONS.values() for name in names)
_NO_DATE = re.compile(r"n\.? ?d\.?|s\.? ?d\.?|no date|undated|unknown|б\. ?[гд]\.|без даты|日付なし|不明|-+|\?+")
_PLAIN_DATE = re.compile("(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_KANJI = "〇零元一二三四五六七八九十百千"
_HAS_NUMBER = re.compile(f"[0-9{_KANJI}]")


@lru_cache(maxsize=1)
def _patterns() -> list[re.Pattern[str]]:
    """Return the patterns of dates in a folded text."""
    names = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
    roman = "|".join(sorted(_ROMAN, key=len, reverse=True))
    era = "|".join((*(kanji for kanji, *_ in ERAS), "reiwa", "heisei", "sh[oō]wa", "taish[oō]", "meiji"))
    number, japanese = "[0-9]{1,2}", f"(?:[0-9]{{1,2}}|[{_KANJI}]+)"
    ordinal = r"(?:st|nd|rd|th|-?го|-?е)?"
    old_day = f"(?P<day>{number}){ordinal}"
    new_day = rf"\s?[(/]\s?(?P<new>{number}){ordinal}"
    day = rf"{old_day}(?:{new_day}\s?\)?)?"
    month = rf"(?P<month>{names})\.?"
    russian_year = r"\s?(?:года|году|год|г\.|г(?!\w))"
    year = rf"(?:(?P<era>{era})\s?(?P<of_era>{number})|(?P<year>[0-9]{{4}}))(?:{russian_year})?"
    alternatives = (
        rf"{day}(?:\sof)?[\s-]{month}[\s,-]{{1,2}}{year}",
        rf"{day}[\s.](?P<month>{roman})[\s.]{year}",
        rf"{old_day}\s{month}(?:,?\s(?P<old_year>[0-9]{{4}}))?{new_day}\s(?P<new_month>{names})\.?\s?\)?,?\s{year}\)?",
        rf"{month}\s{day},?\s{year}",
        rf"{month},?(?:\sof)?\s{year}",
        r"(?P<year>[0-9]{4})(?P<sign>[-./])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})",
        rf"{day}\.\s?(?P<month>{number})\.\s?{year}",
        rf"(?P<first>{number})(?P<sign>[-/])(?P<second>{number})(?P=sign)(?P<year>[0-9]{{4}})",
        rf"(?:(?P<era>{era})\s?(?P<of_era>{japanese})|(?P<year>[0-9]{{4}}|[{_KANJI}]{{4,7}}))\s?年"
        rf"(?:\s?(?P<month>{japanese})\s?月(?:\s?(?P<day>{japanese})\s?日)?)?",
        rf"(?P<era>{era})\s?(?P<of_era>{number})(?!\s?年)",
        rf"(?P<year>[0-9]{{4}}){russian_year}",
    )
    return [re.compile(rf"(?:(?<![\w.])|(?<=\.\.))(?:{alternative})(?![0-9a-zа-яё])") for alternative in alternatives]


def _value(groups: dict[str, str | None]) -> HistoricalDate | None:
    """Return the date of the groups of a match, or None if its numbers are none."""
    part = {name: text for name, text in groups.items() if text}
    if "first" in part:
        first, second = int(part["first"]), int(part["second"])
        if first != second and max(first, second) <= 12:
            return None  # day and month, or month and day
        part["day"], part["month"] = str(max(first, second)), str(min(first, second))
    year, era = _year(part)
    month, day = _month(part.get("month", "")), _number(part.get("day", ""))
    if year is None or (era and year < _SOLAR_SINCE) or ("month" in part and not month) or ("day" in part and not day):
        return None
    if "new" in part:
        new_month = _month(part.get("new_month", ""))
        if new_month < month and new_month and "old_year" not in part:
            return None  # 25 December (7 January) 1917: of the one year or of the other
        return _new_style(year, month, day, new_month, int(part["new"]))
    when = dates.read("-".join((f"{year:04}", *(f"{number:02}" for number in (month, day) if number))))
    return _within(when, era) if when and era else when


def _year(part: dict[str, str]) -> tuple[int | None, tuple[date, date] | None]:
    """Return the year, and the first and last day of its era if it is given by one."""
    if "era" not in part:
        return _number(part["year"]), None
    name, number = part["era"].replace("ō", "o"), _number(part["of_era"])
    first, last = next((first, last) for kanji, latin, first, last in ERAS if name in (kanji, latin))
    return (first.year + number - 1 if number else None), (first, last)


def _month(text: str) -> int:
    """Return the number of a month given by name, Roman or other number; 0 if it is not given."""
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    return _MONTH_NAMES.get(text) or _number(text) or 0


def _number(text: str) -> int | None:
    """Return a number in digits or kanji; None if there is none or it is not well formed."""
    if not text or text.isascii():
        return int(text) if text else None
    return kanji_number(text)


def kanji_number(text: str) -> int | None:
    """Return the number that kanji stand for, digit by digit (一九四一) or with units (十六); None if for none."""
    if all(character in _NUMERALS for character in text):
        return int("".join(str(_NUMERALS[character]) for character in text))
    total = digit = 0
    least = 10_000
    for character in text:
        unit = _TENS.get(character)
        if unit is None:
            if digit:
                return None
            digit = _NUMERALS[character]
        elif unit >= least:
            return None
        else:
            total, digit, least = total + (digit or 1) * unit, 0, unit
    return total + digit


def _within(when: HistoricalDate, era: tuple[date, date]) -> HistoricalDate | None:
    """Return the part of a date that lies in an era, or None."""
    first, last = max(when.earliest, era[0]), min(when.latest, era[1])
    if first > last:
        return None
    if (first, last) == (when.earliest, when.latest):
        return when
    return dates.parse(f"{first}/{last}" if first < last else f"{first}")


def _new_style(year: int, month: int, old_day: int | None, new_month: int, new_day: int) -> HistoricalDate | None:
    """Return the New Style day of a pair of days, or None if they are not the same day in both calendars.

    `year` and `month` are those written once for both, so either may be of one style only: of 25 October (7 November)
    1917 the month is the old one; of 31 (13) January 1905 the old day lies in the month before.
    """
    months = [(year, new_month)] if new_month else [(year, month), (year + month // 12, month % 12 + 1)]
    for new_year, number in months:
        when = dates.read(f"{new_year:04}-{number:02}-{new_day:02}")
        if when and old_day and _julian(when.earliest) in {(month, old_day), ((month - 2) % 12 + 1, old_day)}:
            return when
    return None


def _julian(day: date) -> tuple[int, int]:
    """Return month and day in the Julian calendar (Richards, in: Explanatory Supplement, 3rd ed., 2013, ch. 15)."""
    number = day.toordinal() + 1_721_425 + 1401
    rest = 4 * number + 3
    part = 5 * (rest % 1461 // 4) + 2
    return (part // 153 + 2) % 12 + 1, part % 153 // 5 + 1
