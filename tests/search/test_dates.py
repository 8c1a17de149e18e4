"""Search for dates as sources write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from convertdate import julian
from japanera import EraDate

from tests.helpers.searching import found
from tui.catalogue.columns import line, name
from tui.search.engine import Searcher

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RUSSIAN_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_GENITIVES = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_KANJI = "〇一二三四五六七八九"


def kanji(number: int) -> str:
    """Return a number from 1 to 99 in kanji."""
    tens, units = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _KANJI[tens] + "十") + (_KANJI[units] if units else "")


def ordinal(day: int) -> str:
    """Return the number of a day with the ending of an English ordinal number."""
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def spellings(day: date) -> Iterator[str]:
    """Yield the ways in which sources write a day, its month, and a year with a word for it."""
    y, m, d = day.year, day.month, day.day
    month, russian, genitive = _MONTHS[m - 1], _RUSSIAN_MONTHS[m - 1], _GENITIVES[m - 1]
    era_date = EraDate.from_date(day)
    era, of_era = era_date.era.kanji, era_date.era.calc_relative_year(day)
    _, old_month, old_day = julian.from_gregorian(y, m, d)
    yield from (f"{d} {month} {y}", f"{ordinal(d)} {month} {y}", f"{ordinal(d)} of {month} {y}", f"{d} {month[:3]} {y}")
    yield from (f"{d} {month[:3]}. {y}", f"{month} {d}, {y}", f"{month} {ordinal(d)}, {y}", f"{month[:3]} {d} {y}")
    yield from (f"{d}-{month[:3]}-{y}", f"{d}.{m}.{y}", f"{d:02}.{m:02}.{y}", f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}")
    yield from (f"{y}.{m:02}.{d:02}", f"{d} {_ROMAN[m - 1]} {y}", f"{d}.{_ROMAN[m - 1]}.{y}")
    yield from (f"{d} {genitive} {y}", f"{d} {genitive} {y} года", f"{d} {genitive} {y} г.", f"{d}-го {genitive} {y}")
    yield from (f"{d:02}.{m:02}.{y} г.", f"{d} {russian[:3]} {y}", f"{d} {russian[:3]}. {y} г.")
    yield from (f"{y}年{m}月{d}日", f"{y}年{m:02}月{d:02}日")
    yield "".join(_KANJI[int(digit)] for digit in str(y)) + f"年{kanji(m)}月{kanji(d)}日"
    yield f"{old_day} {_MONTHS[old_month - 1]} ({d} {month}) {y}"
    yield f"{old_day} {_GENITIVES[old_month - 1]} ({d} {genitive}) {y} г."
    yield from (f"{month} {y}", f"{month[:3]} {y}", f"{russian} {y}", f"{russian} {y} года", f"{genitive} {y} г.")
    yield from (f"{y}年{m}月", f"{y}年", f"{y} г.")
    if y >= 1873:  # the calendar was lunisolar before
        yield from (f"{era}{of_era}年{m}月{d}日", f"{era}{kanji(of_era)}年{kanji(m)}月{kanji(d)}日")
        yield from (f"{era}{of_era}年{m}月", f"{era}{of_era}年", f"{era}{kanji(of_era)}年")


def test_full_day_of_every_record_is_found_in_every_spelling(shipped: Searcher) -> None:
    rows = shipped.connection.fetch_all("SELECT id, date FROM agreement", (name, line))
    dated = {agreement_id: text for agreement_id, text in rows if len(text or "") == 10}
    assert len(dated) > 50
    missing = []
    for agreement_id, text in dated.items():
        written = list(spellings(date.fromisoformat(text)))
        assert len(written) >= 30
        for words in written:
            if agreement_id not in found(shipped, words, order="date", visible=0):
                missing.append((agreement_id, words))
    assert not missing


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("signed:昭和16年", "signed:1941"),
        ("signed:昭和16年..昭和20年", "signed:1941..1945"),
        ('signed:"13 апреля 1941 года"', "signed:1941-04-13"),
        ("signed:13 April 1941", "signed:1941-04-13"),
        ("signed:13 April 1941..15 May 1945", "signed:1941-04-13..1945-05-15"),
        ("signed:昭和元年..昭和16年", "signed:1926-12-25..1941"),
        ("before:13.4.1941", "before:1941-04-13"),
        ("signed:Showa 16 neutrality", "signed:1941 neutrality"),
        ("pact -(13th April 1941)", "pact -1941-04-13"),
    ],
)
def test_dates_of_fields_are_read_as_written(shipped: Searcher, query: str, same: str) -> None:
    assert found(shipped, query) == found(shipped, same) != []


def test_stop_words_beside_a_date_are_ignored(shipped: Searcher) -> None:
    assert found(shipped, "what was signed in April 1941") == found(shipped, "signed April 1941")


def test_date_in_quotation_marks_is_a_phrase(shipped: Searcher) -> None:
    assert found(shipped, '"апрель 1941"') == []
