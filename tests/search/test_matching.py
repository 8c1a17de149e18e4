"""Texts that a query matches: spellings, scripts, names, dates, fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.helpers.searching import SearcherOfOne, found, marks, search, searcher_of
from tests.helpers.stores import SHIPPED, load
from tui.corpus import text
from tui.search.engine import Searcher


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("detente", "The years of détente."),
        ("détente", "THE YEARS OF DETENTE."),
        ("DÉTENTE", "the years of de\u0301tente"),
        ("漁業", "日ソ漁業条約"),
        ("漁業条約", "日ソ漁業条約"),
        ("カムチャツカ", "露領カムチャツカの漁業"),
        ("рыболовство", "Договор: РЫБОЛОВСТВО в море"),
        ("Итуруп", "остров итуруп"),
        ("1941", "13 April 1941"),
        ("art. ii", "In Art. II it is said"),
        ("[Signed]", "[Signed] L. Karakhan"),
        ("U.S.S.R.", "the U.S.S.R. and Japan"),
        ("Soviet–Japanese", "a Soviet–Japanese treaty"),
        ("south-sakhalin", "of South Sakhalin"),
        ("Việt", "in Việt Nam"),
        ("Viet", "in Việt Nam"),
        ("ὁμόνοια", "περὶ τῆς ὁμόνοια"),
        ("ΐ", "μαΐου ΐ"),
        ("ǖ", "lǖ ǖ"),
    ],
)
def test_word_is_found_in_any_case_accent_and_script(one: SearcherOfOne, query: str, body: str) -> None:
    assert found(one(body), query) == ["a"]
    assert found(one(body), query + " ") == ["a"]


def test_word_of_shipped_document_finds_it(shipped: Searcher) -> None:
    cut = shipped.connection.tokenize()
    for agreement in load(SHIPPED).agreements[::12]:
        words = {token.word for token in cut(agreement.summary + " " + text.plain(agreement.background))}
        for word in sorted(words)[::12]:
            assert agreement.id in found(shipped, word + " "), word


def test_every_word_must_match(one: SearcherOfOne) -> None:
    searcher = one("fish and timber")
    assert found(searcher, "fish timber") == ["a"]
    assert found(searcher, "timber fish") == ["a"]
    assert found(searcher, "fish coal") == []


def test_adjective_in_ian_and_its_place_find_each_other(one: SearcherOfOne) -> None:
    assert found(one("in Manchuria"), "manchurian ") == found(one("the Manchurian line"), "manchuria ") == ["a"]


@pytest.mark.parametrize("query", ["13 апреля 1941", "1941年4月13日", "1941年4月", "13.04.1941", "April 13, 1941"])
def test_date_is_found_as_readers_write_it(one: SearcherOfOne, query: str) -> None:
    assert found(one("Nothing.", date="1941-04-13"), query) == ["a"]


def test_date_in_december_is_found_in_three_scripts(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "date": "1925-12-15"}, {"id": "b", "date": "1926-01-15"})
    for query in ("15 декабря 1925 ", "1925年12月15日 ", "15 December 1925 ", "15.12.1925 "):
        assert found(searcher, query) == ["a"], query
    for query in ("15 января 1926 ", "1926年1月15日 "):
        assert found(searcher, query) == ["b"], query


@pytest.mark.parametrize("date", ["1941-04?", "1941-99", "/1941-04-13", "1941-04-13/..", "1941-00-00", "soon"])
def test_agreement_with_any_date_is_found(one: SearcherOfOne, date: str) -> None:
    assert found(one("Nothing.", date=date), "nothing ") == ["a"]


@pytest.mark.parametrize(
    ("field", "value", "query"),
    [
        ("titles", {"en": "Quicksilver"}, "quicksilver"),
        ("short_title", "Quicksilver", "quicksilver"),
        ("parties", ["Quicksilver"], "quicksilver"),
        ("place", "Quicksilver", "quicksilver"),
        ("signatories", [{"name": "Quicksilver"}], "quicksilver"),
        ("signatories", [{"name": "x", "capacity": "Quicksilver"}], "quicksilver"),
        ("topics", ["quick-silver"], "quick silver"),
        ("kind", "quicksilver", "quicksilver"),
        ("summary", "Quicksilver", "quicksilver"),
        ("background", "The [[x|Quicksilver]].", "quicksilver"),
        ("provisions", [{"text": "Quicksilver"}], "quicksilver"),
        ("provisions", [{"text": "", "heading": "Quicksilver"}], "quicksilver"),
        ("provisions", [{"text": "", "ref": "Quicksilver"}], "quicksilver"),
        ("outcome", {"text": "Quicksilver"}, "quicksilver"),
        ("events", [{"kind": "signed", "note": "Quicksilver"}], "quicksilver"),
        ("events", [{"kind": "signed", "place": "Quicksilver"}], "quicksilver"),
        ("events", [{"kind": "signed", "date": "1941-04-13"}], "13 April 1941"),
        ("events", [{"kind": "signed", "date": "1941-04-13"}], "1941-04-13"),
        ("date", "1941-04-13", "april 1941"),
        ("references", [{"series": "Quicksilver"}], "quicksilver"),
        ("unverified", ["Quicksilver"], "quicksilver"),
    ],
)
def test_every_field_of_a_page_is_searched(one: SearcherOfOne, field: str, value: Any, query: str) -> None:
    assert found(one("Nothing.", **{field: value}), query) == ["a"]


def test_links_are_searched_by_their_labels(one: SearcherOfOne) -> None:
    searcher = one("Of the [[hidden-target|shown label]].")
    assert found(searcher, "shown label ") == ["a"]
    assert "[[" not in search(searcher, "shown").found[0].snippet


def test_claims_are_searched(tmp_path: Path) -> None:
    claim = {"id": "c", "source": "s", "locus": "1", "about": "a", "says": "Quicksilver", "verdict": "agrees"}
    assert found(searcher_of(tmp_path, {"id": "a"}, claims=[claim]), "quicksilver") == ["a"]


KURILS = {"id": "kurils", "kind": "place", "name": "Kuril Islands", "forms": {"en": ["Kurils"], "ru": ["Курилы"]}}


KURILS["forms"] |= {"ja": ["千島", "千島列島"]}  # type: ignore[operator]


@pytest.mark.parametrize("written", ["Kurils", "Курилы", "千島", "Kuril Islands"])
@pytest.mark.parametrize("query", ["Kurils", "kurils ", "курилы", "千島", "KURIL ISLANDS ", "the Kurils", "Kurils of"])
def test_any_form_of_a_name_finds_every_other(one: SearcherOfOne, query: str, written: str) -> None:
    searcher = one(f"The chain of the {written} today.", [KURILS])
    assert found(searcher, query) == ["a"]
    places = marks(searcher, "Kurils ", f"of {written}.")
    assert places == [(3, 3 + len(written))]


def test_forms_of_shipped_name_find_the_same(shipped: Searcher) -> None:
    ids = {frozenset(found(shipped, query)) for query in ("千島 ", "Kurils ", "Курилы ")}
    assert len(ids) == 1
    assert ids != {frozenset()}


@pytest.mark.parametrize("blank", ["•", "—", "…", "☃"])
def test_form_without_words_matches_nothing(one: SearcherOfOne, blank: str) -> None:
    searcher = one("Of the Kurils and more.", [{**KURILS, "forms": {"x": [blank]}}, {**KURILS, "id": "2", "name": "—"}])
    assert found(searcher, "Kuril Islands ") == []
    places = marks(searcher, "Kuril Islands ", "Some other words, then Kuril Islands.")
    assert (places[0][0], places[-1][1]) == (23, 36)


LETTERS = st.text(st.sampled_from("日ソ漁業条約権ノ年 a1・、"), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=LETTERS, ends=st.tuples(st.integers(0, 11), st.integers(1, 12)))
@example("漁業条約", (1, 3))
@example("漁業条約", (3, 4))
@example("漁 業", (0, 3))
def test_any_run_of_letters_finds_its_text_and_is_marked_in_it(
    tmp_path_factory: pytest.TempPathFactory, text: str, ends: tuple[int, int]
) -> None:
    start, end = min(ends), max(ends)
    sought = text[start:end]
    before, behind = text[start - 1 : start], text[end : end + 1]
    if not sought.strip(" ・、") or any(letter in "a1" for letter in before + behind):
        return
    searcher = searcher_of(tmp_path_factory.mktemp("letters"), {"id": "x", "summary": text})
    assert found(searcher, f'"{sought}"') == ["x"]
    places = marks(searcher, f'"{sought}"', text)
    assert any(text[first:last].strip() in sought for first, last in places)


def test_phrase_of_two_scripts_ends_with_first_letter_of_a_pair(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "Of fish 漁業."})
    assert found(searcher, '"fish 漁" ') == ["a"]
    assert found(searcher, '"fish 業" ') == []


def test_other_forms_of_a_name_are_named_if_they_found_something(shipped: Searcher) -> None:
    def sentence(query: str) -> str:
        names = shipped.other_names(search(shipped, query))
        return names.sentence if names else ""

    assert sentence("karafuto ") == "karafuto finds also Sakhalin, サハリン, Сахалин; =karafuto finds just this"
    assert sentence("千島 ").endswith("; =千島 finds just this")
    assert sentence("=karafuto ") == sentence("expired ") == sentence("") == ""
    assert sentence("japan ") == ""  # each of these records has the form as it was typed
    for written in ('"south sakhalin" ', "south sakhalin ", "“south sakhalin” ", '("south sakhalin") '):
        assert sentence(written).startswith("south sakhalin finds also ")
        assert sentence(written).endswith('; ="south sakhalin" finds just this')
    assert sentence("place:karafuto ") == sentence("text:karafuto ") == ""
