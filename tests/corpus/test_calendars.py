"""Dates as sources write them, read and written."""

from __future__ import annotations

from datetime import date

import pytest
from convertdate import julian
from hypothesis import example, given
from hypothesis import strategies as st
from japanera import EraDate

from tui.corpus import calendars, dates

THIRTEENTH_OF_APRIL = """
13 April 1941|13th April 1941|13th of April 1941|13th of April, 1941|13 Apr 1941|13 Apr. 1941|13-Apr-1941|13 april 1941
April 13, 1941|April 13th, 1941|Apr 13 1941|1941-04-13|1941/4/13|1941.04.13|13.4.1941|13.04.1941|13/4/1941|4/13/1941
13 IV 1941|13.IV.1941|13 апреля 1941|13 апреля 1941 года|13 апреля 1941 г.|13 АПРЕЛЯ 1941 Г.|13-го апреля 1941 года
13 апр. 1941 г.|13.04.1941 г.|1941年4月13日|1941年04月13日|1941年4月13日|昭和16年4月13日|昭和十六年四月十三日
一九四一年四月十三日|13 April Showa 16|13 April Shōwa 16
31 March (13 April) 1941|31 марта (13 апреля) 1941 г.|31 (13) April 1941
"""
APRIL = """
April 1941|Apr 1941|Apr. 1941|April, 1941|апрель 1941|апрель 1941 г.|апреля 1941 года|апреле 1941|1941年4月|昭和16年4月
昭和十六年四月|一九四一年四月|April Showa 16
"""
YEAR = "1941|1941 г.|1941 год|1941年|昭和16年|昭和十六年|一九四一年|千九百四十一年|Showa 16|Shōwa 16"


def spelt(table: str) -> list[str]:
    return [spelling for line in table.strip().split("\n") for spelling in line.split("|")]


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        *((spelling, "1941-04-13") for spelling in spelt(THIRTEENTH_OF_APRIL)),
        *((spelling, "1941-04") for spelling in spelt(APRIL)),
        *((spelling, "1941") for spelling in spelt(YEAR)),
        ("15 (28) July 1907", "1907-07-28"),
        ("15/28 July 1907", "1907-07-28"),
        ("July 15 (28), 1907", "1907-07-28"),
        ("15(28) июля 1907 г.", "1907-07-28"),
        ("25 April (7 May) 1875", "1875-05-07"),
        ("25 April / 7 May 1875", "1875-05-07"),
        ("19 December 1904 (1 January 1905)", "1905-01-01"),
        ("25 (7) December 1917", "1918-01-07"),
        ("25 December 1917 (7 January 1918)", "1918-01-07"),
        ("9 мая 1945", "1945-05-09"),
        ("мае 1945", "1945-05"),
        ("大正十四年一月二十日", "1925-01-20"),
        ("明治38年9月5日", "1905-09-05"),
        ("昭和元年", "1926-12-25/1926-12-31"),
        ("昭和64年", "1989-01-01/1989-01-07"),
    ],
)
def test_date_is_read_in_every_spelling(spelling: str, expected: str) -> None:
    assert calendars.parse(spelling).text == expected


@pytest.mark.parametrize(
    "text",
    [
        *("5/4/1941", "0 April 1941", "13.00.1941", "31.02.1941", "昭和65年", "昭和元年1月1日", "大正15年12月26日"),
        *(
            "25 December (7 January) 1917",
            "明治5年",
            "明治5年3月1日",
            "十百年",
            "13 April 41",
            "13 April",
            "apr",
            "12345.6.1941",
            "x13.4.1941",
            "",
        ),
    ],
)
def test_no_part_of_a_date_is_invented(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        calendars.parse(text)


def test_days_of_two_styles_that_do_not_fit_each_other_are_no_date() -> None:
    assert [found.when.text for found in calendars.find("15 (29) July 1907")] == ["1907-07"]


def test_dates_are_found_in_a_text_with_their_places() -> None:
    text = "Signed on 20 January 1925 in Peking, ratified 26 февраля 1925 г., lapsed in 1945."
    assert [(found.when.text, text[found.start : found.end]) for found in calendars.find(text)] == [
        ("1925-01-20", "20 January 1925"),
        ("1925-02-26", "26 февраля 1925 г."),
    ]


days = st.dates(date(1873, 1, 1), date(2030, 12, 31))


@given(days, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
@example(date(1926, 12, 25), "%Y-%m-%d")
@example(date(1912, 7, 30), "%Y-%m")
def test_every_spelling_that_is_written_is_read_as_the_same_date(day: date, form: str) -> None:
    when = calendars.parse(day.strftime(form))
    for spelling in calendars.spellings(when):
        read = calendars.parse(spelling)
        assert when.earliest <= read.earliest <= read.latest <= when.latest, spelling
        assert form != "%Y-%m-%d" or read == when


@given(days)
@example(date(1926, 12, 24))
@example(date(1989, 1, 8))
@example(date(2019, 5, 1))
def test_japanese_eras_agree_with_japanera(day: date) -> None:
    era_date = EraDate.from_date(day)
    year = era_date.era.calc_relative_year(day)
    assert calendars.parse(f"{era_date.era.kanji}{year}年{day.month}月{day.day}日").earliest == day
    assert f"{era_date.era.kanji}{year if year > 1 else '元'}年{day.month}月{day.day}日" in calendars.spellings(
        calendars.parse(day.isoformat())
    )


@given(st.dates(date(1800, 1, 1), date(2100, 1, 1)))
@example(date(1900, 3, 1))
@example(date(1917, 11, 7))
def test_old_style_agrees_with_convertdate(day: date) -> None:
    old_year, old_month, old_day = julian.from_gregorian(day.year, day.month, day.day)
    months = [date(2000, number, 1).strftime("%B") for number in (old_month, day.month)]
    year = f" {old_year}" if old_year != day.year else ""
    written = f"{old_day} {months[0]}{year} ({day.day} {months[1]}) {day.year}"
    assert calendars.parse(written).earliest == day


@given(st.text(), st.text("0123456789./()- 年月日昭和元十aApriljulyмайгодV"))
@example("", "1" * 2000)
def test_any_text_is_searched_for_dates(text: str, dateish: str) -> None:
    for found in calendars.find(text + dateish):
        assert 0 <= found.start < found.end <= len(text + dateish)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (text, "1925~")
            for text in ("c. 1925", "c 1925", "ca. 1925", "ca 1925", "circa 1925", "около 1925 г.", "1925年頃")
        ),
        *((text, "1925/1926") for text in ("1925/26", "1925-26", "1925–1926", "1925 to 1926", "1925—1926 гг.")),
        *((text, "1925/1926") for text in ("from 1925 to 1926", "between 1925 and 1926", "с 1925 по 1926 г.")),
        *((text, "192X") for text in ("1920s", "the 1920s", "1920-е годы", "1920年代")),
        *((text, "1941-21") for text in ("spring 1941", "Spring of 1941", "весна 1941 г.", "1941年春")),
        *((text, "") for text in ("n.d.", "s.d.", "no date", "undated", "б. г.", "日付なし", "?")),
        *((text, None) for text in ("some day", "5/4/1941", "1925 to 1924", "c. n.d.", "c. c. 1925")),
        ("23.01.1928", "1928-01-23"),
        ("1941/4/13", "1941-04-13"),
        ("13 April 1941?", "1941-04-13?"),
        ("perhaps April 1941", "1941-04?"),
        ("13 April 1941 – 25 April 1946", "1941-04-13/1946-04-25"),
        ("from 23 January 1928", "1928-01-23/"),
        ("until 1945", "../1945"),
    ],
)
def test_edtf_form_of_what_people_write_is_proposed(text: str, expected: str | None) -> None:
    assert calendars.edtf(text) == expected


@given(st.text(), st.text("0123456789./()-–?~ c.andtoXсг年代頃春spring"))
def test_proposed_form_is_valid_edtf(text: str, dateish: str) -> None:
    for proposal in filter(None, (calendars.edtf(text), calendars.edtf(dateish))):
        assert dates.read(proposal), proposal
