"""Parsing, order and wording of historical dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.corpus import dates
from tui.corpus.dates import HistoricalDate

points = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
).flatmap(lambda point: st.sampled_from([point, point + "~", point + "?", point + "%"]))
sides = st.one_of(points, st.sampled_from(["", ".."]))
dateish = st.one_of(st.text(), st.text("0123456789-/~?%. "), points, st.tuples(sides, sides).map("/".join))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1941", date(1941, 1, 1), date(1941, 12, 31)),
        ("1941-04", date(1941, 4, 1), date(1941, 4, 30)),
        ("1940-02", date(1940, 2, 1), date(1940, 2, 29)),
        ("1941-12", date(1941, 12, 1), date(1941, 12, 31)),
        ("1941-04-13", date(1941, 4, 13), date(1941, 4, 13)),
        ("1941-04-13?", date(1941, 4, 13), date(1941, 4, 13)),
        ("1966/1970", date(1966, 1, 1), date(1970, 12, 31)),
        ("1925-04~/1925-05", date(1925, 4, 1), date(1925, 5, 31)),
        ("1928-01-23/", date(1928, 1, 23), date.max),
        ("/1925-04-04", date.min, date(1925, 4, 4)),
        ("../1917-11-07", date.min, date(1917, 11, 7)),
        ("1991/..", date(1991, 1, 1), date.max),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("193X", date(1930, 1, 1), date(1939, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("1964-05-XX", date(1964, 5, 1), date(1964, 5, 31)),
        ("1964-XX", date(1964, 1, 1), date(1964, 12, 31)),
        ("1964-XX-XX?", date(1964, 1, 1), date(1964, 12, 31)),
        ("1941-21", date(1941, 3, 1), date(1941, 5, 31)),
        ("1941-22/1941-23", date(1941, 6, 1), date(1941, 11, 30)),
        ("1940-24", date(1940, 1, 1), date(1941, 2, 28)),
    ],
)
def test_date_spans_all_its_possible_days(text: str, earliest: date, latest: date) -> None:
    assert dates.parse(text) == HistoricalDate(earliest, latest, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000",
        "41",
        "1941-4-13",
        "1941-13",
        "1941-00",
        "1941-02-30",
        "1941-04-13 ",
        " 1941",
        "1941/1940",
        "1/2/3",
        *("XXXX", "19X1", "193X-05", "1964-XX-13", "1941-25", "1941-21-01", "00XX", "9999-24"),
        "1941-04-13T00:00",
        "１９４１",
        "１９４１-04",
        "1941\n",
        "unknown",
        "13 April 1941",
    ],
)
def test_invalid_date_raises_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|interval") as refused:
        dates.parse(text)
    assert "\n" not in str(refused.value)
    assert dates.read(text) is None
    assert dates.words(text) == text


def test_missing_date_has_no_words() -> None:
    assert dates.read(None) is None
    assert dates.words(None) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1941-04-13", "13 April 1941"),
        ("1974-07", "July 1974"),
        ("1941-04-03", "3 April 1941"),
        ("0988", "988"),
        ("193X", "some year of the 1930s"),
        ("19XX", "some year of 1900 to 1999"),
        ("1964-05-XX", "a day in May 1964"),
        ("1964-XX", "a month of 1964"),
        ("1941-21?", "perhaps spring 1941"),
        ("1925~", "about 1925"),
        ("1925?", "perhaps 1925"),
        ("1925%", "perhaps about 1925"),
        ("1966/1970", "1966 to 1970"),
        ("1928-01-23/", "from 23 January 1928"),
        ("1928-01-23/..", "from 23 January 1928"),
        ("/1925-04-04", "by 4 April 1925"),
        ("../1917-11-07", "until 7 November 1917"),
        ("../..", "at an unknown date"),
        ("/", "at an unknown date"),
    ],
)
def test_date_in_english(text: str, words: str) -> None:
    assert dates.words(text) == words


def test_dates_sort_by_first_then_last_day() -> None:
    written = ["1974-01-02", "1974", "1973", "1974-01-01", "1974-02", "/1960", "1974/1975"]
    assert [found.text for found in sorted(map(dates.parse, written))] == [
        "/1960",
        "1973",
        "1974-01-01",
        "1974",
        "1974/1975",
        "1974-01-02",
        "1974-02",
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1940", "1941", True),
        ("1941-04-12", "1941-04-13", True),
        ("1941", "1941-12-31", False),
        ("1941-04", "1941-04-13", False),
        ("1941", "1940", False),
        ("1940/", "1950", False),
        ("/1940", "1941", True),
    ],
)
def test_surely_before_compares_all_possible_days(one: str, other: str, expected: bool) -> None:
    assert dates.parse(one).surely_before(dates.parse(other)) is expected


@pytest.mark.parametrize(
    ("text", "year"),
    [("1941-04-13", 1941), ("/1925-04-04", 1925), ("1928/", 1928), ("../1917", 1917), ("/", None), ("../..", None)],
)
def test_year_is_the_known_one(text: str, year: int | None) -> None:
    assert dates.parse(text).year == year


@given(dateish)
@example("1941-04-31")
@example("//")
def test_any_text_parses_or_raises_value_error(text: str) -> None:
    try:
        found = dates.parse(text)
    except ValueError:
        assert dates.read(text) is None
    else:
        assert found.earliest <= found.latest
        assert found.text == text


@given(st.one_of(st.none(), dateish))
def test_words_and_years_never_raise(text: str | None) -> None:
    assert isinstance(dates.words(text), str)
    found = dates.read(text)
    assert found is None or found.year is None or 1 <= found.year <= 9999


@given(points, points)
def test_two_dates_are_not_surely_before_each_other(one: str, other: str) -> None:
    first, second = dates.parse(one), dates.parse(other)
    assert not (first.surely_before(second) and second.surely_before(first))
    if first.surely_before(second):
        assert first < second


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1939-09-01/1945-09-02", "1939–1945"),
        ("1941-04", "1941"),
        ("1928/", "1928–"),
        ("../1917-11-07", "–1917"),
        ("193X", "1930–1939"),
        ("../", ""),
    ],
)
def test_years_of_a_date_have_no_number_on_an_open_side(text: str, years: str) -> None:
    assert dates.parse(text).years == years
