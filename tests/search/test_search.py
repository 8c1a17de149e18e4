"""The reader's words: nothing typed is an error, three scripts and all forms of a name are found, hits lie exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.helpers.searching import count, facets, found, marks, search, searcher_of, suggestions
from tests.helpers.stores import HOSTILE, SHIPPED, load, unsafe_characters
from tui.catalogue import build
from tui.catalogue.connection import CatalogueConnection
from tui.corpus import safe, text
from tui.corpus.records import Agreement, Claim
from tui.pages import agreement as agreement_page
from tui.pages.search import narrowing
from tui.search import engine as searching
from tui.search import parser, rewrite, syntax
from tui.search import sql as statements
from tui.search.engine import Interrupted, Searcher, open_searcher

SIGNS = [
    *("fish", "timber", "漁業", "рыба", "Kurils", "1941", "détente", "\u200b", "\x00"),
    *(" ", " ", " ", '"', "*", "(", ")", "-", "=", ":", "^", "{", "'", "..", ", 3)", "/", "~"),
    *("AND ", "OR ", "NOT ", "NEAR(", "title:", "text:", "kind:", "era:=", "signed:", "on:", "before:", "verdict:"),
]

NEVER_AN_ERROR = [
    "",
    " ",
    "\t\n",
    '"',
    '""',
    '"fish',
    'fish"',
    "*",
    "fis*",
    "*fish",
    "(",
    ")",
    "()",
    "(fish",
    "-",
    "-fish",
    "--",
    "^fish",
    "+",
    "fish + timber",
    ":",
    "title:fish",
    "title : fish",
    "{title}: fish",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "fish AND",
    "AND fish",
    "fish NOT",
    "NEAR(fish timber, 2)",
    "'",
    "''",
    "fish's",
    ";",
    "\\",
    "%",
    "_",
    "?1",
    "\x00",
    "fish\x00timber",
    "\x02fish\x03",
    "\ud800",
    "fish\udfff",
    "\u202efish",
    "\U0010ffff",
    "👩\u200d👧",
    'צה"ל',
    "text:",
    "text:(fish",
    "text:-fish",
    "text:text:fish",
    'text:"fish',
    "kind:=",
    'kind:="fish',
    "nonsense:fish",
    "http://example.com/a:b",
    "signed:",
    "signed:yesterday",
    "signed:..",
    "signed:1941..",
    "signed:1941..1925",
    "before:0000",
    "on:1944-13",
    "after:9999-12-31",
    "fish OR",
    "OR fish OR OR",
    "fish AND AND timber",
    "NOT",
    "NOT NOT NOT fish",
    "- - fish",
    "(((((((((((((((fish)))))))))))))))",
    "(" * 500,
    "-(" * 300,
    "NEAR(",
    'NEAR(0"A',
    "NEAR(fish timber",
    "NEAR(fish)",
    "NEAR(fish timber, 99999999999)",
    "NEAR(fish* timber* 0)",
    "NEAR(NEAR(fish timber) x)",
    "=",
    '=""',
    "=fish*",
    "*" * 500,
    "a* " * 40,
    "signed:1941 " * 100,
    "fish OR " * 150,
    "x" * 10_000,
    "x " * 5_000,
    '"' * 10_000,
    "漁" * 10_000,
    "\ud800" * 10_000,
    HOSTILE,
]


@pytest.fixture
def shipped(shipped_file: Path) -> Iterator[Searcher]:
    """A way to search the shipped corpus."""
    catalogue = build.open_current(SHIPPED, shipped_file)
    assert catalogue is not None
    searcher = open_searcher(catalogue)
    catalogue.close()
    yield searcher
    searcher.close()


One = Callable[..., Searcher]


@pytest.fixture
def one(tmp_path: Path) -> One:
    """A function that compiles one agreement with this summary, and names, and gives a way to search it."""

    def build(words: str, names: list[dict[str, Any]] | None = None, **fields: Any) -> Searcher:
        return searcher_of(tmp_path, {"id": "a", "summary": words, **fields}, names=names or [])

    return build


# -- nothing typed is wrong


@pytest.mark.parametrize("typed", NEVER_AN_ERROR, ids=lambda typed: repr(typed)[:24])
def test_nothing_typed_is_an_error(shipped: Searcher, typed: str) -> None:
    results = search(shipped, typed)
    assert results.total >= len(results.found)
    assert unsafe_characters(results.note) == []
    assert all(isinstance(offer.size, int) for offer in suggestions(shipped, typed))
    assert isinstance(facets(shipped, typed), dict)
    assert len(shipped.titled(typed)) <= 20
    for body in (typed.encode("utf-8", "replace").decode(), "fish", "漁業 рыба", ""):
        marks(shipped, typed, body)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.one_of(
        st.text(st.characters(exclude_categories=[])),
        st.lists(st.sampled_from(SIGNS), max_size=14).map("".join),
    ),
    body=st.text(),
)
@example("1", "¹½ﬁ")
def test_any_text_may_be_typed_and_any_text_marked(shipped: Searcher, typed: str, body: str) -> None:
    for result in search(shipped, typed, most=5).found:
        for start, end in result.marks:
            assert 0 <= start < end <= len(result.snippet)
    places = marks(shipped, typed, body)
    flat = [edge for place in places for edge in place]
    assert flat == sorted(flat)
    assert all(start < end <= len(body) for start, end in places)


def test_a_long_question_says_that_only_its_beginning_is_searched(shipped: Searcher) -> None:
    assert str(parser.MAX_WORDS) in search(shipped, "fish " * 100).note
    assert search(shipped, "fish timber").note == ""
    assert search(shipped, "fish " * 100).total > 0


# -- what is found


@pytest.mark.parametrize(
    ("typed", "body"),
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
def test_a_word_is_found_in_any_case_accent_and_script(one: One, typed: str, body: str) -> None:
    assert found(one(body), typed) == ["a"]
    assert found(one(body), typed + " ") == ["a"]


def test_a_word_copied_from_any_shipped_document_finds_it(shipped: Searcher) -> None:
    cut = shipped.connection.tokenize()
    for agreement in load(SHIPPED).agreements[::12]:
        words = {token.word for token in cut(agreement.summary + " " + text.plain(agreement.background))}
        for word in sorted(words)[::12]:
            assert agreement.id in found(shipped, word + " "), word


def test_every_word_must_match(one: One) -> None:
    searcher = one("fish and timber")
    assert found(searcher, "fish timber") == ["a"]
    assert found(searcher, "timber fish") == ["a"]
    assert found(searcher, "fish coal") == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("who made fish of timber", []),
        ("who did fish with timber", ["a"]),
        ("кто fish где timber ", ["a"]),
        ("=who fish timber", []),
        ('"who" fish timber', []),
        ("who fish ", []),
        ("fish timber who", []),
    ],
)
def test_small_words_are_passed_over_beside_two_others(one: One, typed: str, expected: list[str]) -> None:
    assert found(one("fish and timber"), typed) == expected


def test_a_word_in_ian_finds_the_place_and_the_place_finds_it(one: One) -> None:
    assert found(one("in Manchuria"), "manchurian ") == found(one("the Manchurian line"), "manchuria ") == ["a"]


@pytest.mark.parametrize("typed", ["13 апреля 1941", "1941年4月13日", "1941年4月", "13.04.1941", "April 13, 1941"])
def test_the_date_of_an_agreement_is_found_as_readers_write_it(one: One, typed: str) -> None:
    assert found(one("Nothing.", date="1941-04-13"), typed) == ["a"]


@pytest.mark.parametrize("date", ["1941-04?", "1941-99", "/1941-04-13", "1941-04-13/..", "1941-00-00", "soon"])
def test_a_date_of_any_kind_is_indexed(one: One, date: str) -> None:
    assert found(one("Nothing.", date=date), "nothing ") == ["a"]


def test_only_the_last_word_may_be_a_beginning_and_only_while_it_is_typed(one: One) -> None:
    searcher = one("concession for timber")
    assert found(searcher, "conc") == ["a"]
    assert found(searcher, "conc ") == []
    assert found(searcher, "conc timber") == []
    assert found(searcher, "concession timb") == ["a"]
    assert found(searcher, "concession timb ") == []
    assert found(searcher, "ession") == []
    assert found(one("Договор: рыболовство в море"), "договор рыбол") == ["a"]


@pytest.mark.parametrize(
    ("field", "value", "typed"),
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
def test_every_field_that_a_page_shows_is_searched(one: One, field: str, value: Any, typed: str) -> None:
    assert found(one("Nothing.", **{field: value}), typed) == ["a"]


def test_links_are_searched_as_they_read(one: One) -> None:
    searcher = one("Of the [[hidden-target|shown label]].")
    assert found(searcher, "shown label ") == ["a"]
    assert "[[" not in search(searcher, "shown").found[0].snippet


def test_what_a_source_claims_is_searched(tmp_path: Path) -> None:
    claim = {"id": "c", "source": "s", "locus": "1", "about": "a", "says": "Quicksilver", "verdict": "agrees"}
    assert found(searcher_of(tmp_path, {"id": "a"}, claims=[claim]), "quicksilver") == ["a"]


# -- names

KURILS = {"id": "kurils", "kind": "place", "name": "Kuril Islands", "forms": {"en": ["Kurils"], "ru": ["Курилы"]}}
KURILS["forms"] |= {"ja": ["千島", "千島列島"]}  # type: ignore[operator]


@pytest.mark.parametrize("written", ["Kurils", "Курилы", "千島", "Kuril Islands"])
@pytest.mark.parametrize("typed", ["Kurils", "kurils ", "курилы", "千島", "KURIL ISLANDS ", "the Kurils", "Kurils of"])
def test_any_form_of_a_name_finds_every_other(one: One, typed: str, written: str) -> None:
    searcher = one(f"The chain of the {written} today.", [KURILS])
    assert found(searcher, typed) == ["a"]
    places = marks(searcher, "Kurils ", f"of {written}.")
    assert places == [(3, 3 + len(written))]


def test_the_shipped_names_find_each_other(shipped: Searcher) -> None:
    ids = {frozenset(found(shipped, typed)) for typed in ("千島 ", "Kurils ", "Курилы ")}
    assert len(ids) == 1
    assert ids != {frozenset()}


@pytest.mark.parametrize("blank", ["•", "—", "…", "☃"])
def test_a_form_without_a_word_in_it_matches_nothing(one: One, blank: str) -> None:
    searcher = one("Of the Kurils and more.", [{**KURILS, "forms": {"x": [blank]}}, {**KURILS, "id": "2", "name": "—"}])
    assert found(searcher, "Kuril Islands ") == []
    places = marks(searcher, "Kuril Islands ", "Some other words, then Kuril Islands.")
    assert (places[0][0], places[-1][1]) == (23, 36)


# -- East Asian words

LETTERS = st.text(st.sampled_from("日ソ漁業条約権ノ年 a1・、"), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=LETTERS, ends=st.tuples(st.integers(0, 11), st.integers(1, 12)))
@example("漁業条約", (1, 3))
@example("漁業条約", (3, 4))
@example("漁 業", (0, 3))
def test_any_stretch_of_letters_finds_the_text_and_is_marked_in_it(
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


# -- marks


@pytest.mark.parametrize(
    ("typed", "body", "marked"),
    [
        ("fish", "Fish, fishing; no goldfish.", ["Fish", "fishing"]),
        ("fish ", "Fish, fishing; no goldfish.", ["Fish"]),
        ("fish coal", "Coal and fish; coals", ["Coal", "fish", "coals"]),
        ("漁業 ", "日ソ漁業条約と漁業権", ["漁業", "漁業"]),
        ("条約 ", "é漁業条約", ["条約"]),
        ("рыба ", "Одна РЫБА, две рыбы", ["РЫБА"]),
        ("detente ", "😀 De\u0301tente, détente", ["De\u0301tente", "détente"]),
        ("fish ", "漁業 fish рыба fish", ["fish", "fish"]),
        ("x ", "", []),
    ],
)
def test_marks_are_the_words_and_nothing_but_the_words(one: One, typed: str, body: str, marked: list[str]) -> None:
    searcher = one("x")
    places = marks(searcher, typed, body)
    assert [body[start:end] for start, end in places] == marked


@pytest.mark.parametrize("typed", ["fish ", "漁業 ", "между ", "neutrality ", "Kurils ", "japan 1941 "])
def test_the_marks_of_a_snippet_are_hits(shipped: Searcher, typed: str) -> None:
    results = shipped.complete(search(shipped, typed))
    assert results.found
    for result in results.found:
        assert result.marks
        assert "\n" not in result.snippet
        assert unsafe_characters(result.snippet, allowed="") == []
        places = marks(shipped, typed, result.snippet)
        assert list(result.marks) == places


def test_marks_take_text_with_lone_surrogates_and_nul(one: One) -> None:
    searcher = one("x")
    body = "\ud800 fish \x00fish"
    places = marks(searcher, "fish ", body)
    assert [body[start:end] for start, end in places] == ["fish", "fish"]


# -- order


@pytest.mark.parametrize("times", [1, 5, 40])
def test_a_title_ranks_above_a_text_that_says_it_often(tmp_path: Path, times: int) -> None:
    others = [{"id": f"other{number}", "short_title": "Other", "summary": "Of coal. " * 40} for number in range(9)]
    searcher = searcher_of(
        tmp_path,
        {"id": "body", "short_title": "Another", "summary": "Timber. " * times + "Of wood. " * (40 - times)},
        {"id": "titled", "short_title": "Timber agreement", "summary": "Of wood. " * 40},
        *others,
    )
    assert found(searcher, "timber") == ["titled", "body"]


def test_a_rare_word_tells_more_than_a_common_one_and_a_short_text_more_than_a_long_one(tmp_path: Path) -> None:
    searcher = searcher_of(
        tmp_path,
        {"id": "common", "summary": "Timber."},
        {"id": "rare", "summary": "Amber."},
        {"id": "long", "summary": "Amber. " + "Of wood. " * 90},
        *({"id": f"other{number}", "summary": "Timber."} for number in range(9)),
    )
    assert found(searcher, "timber OR amber")[:3] == ["rare", "long", "common"]


def test_what_the_summary_answers_comes_before_what_only_the_body_does(tmp_path: Path) -> None:
    provision = {"ref": "1", "basis": "text"}
    searcher = searcher_of(
        tmp_path,
        {"id": "body", "summary": "Timber.", "provisions": [{**provision, "text": "Amber, amber, timber. " * 9}]},
        {"id": "brief", "summary": "Timber and amber.", "provisions": [{**provision, "text": "Of wood. " * 90}]},
    )
    assert found(searcher, "timber amber") == ["brief", "body"]
    assert found(searcher, "NEAR(timber amber, 2)") == ["brief", "body"]
    assert found(searcher, "(timber OR iron) (amber OR steel)") == ["brief", "body"]


@pytest.mark.parametrize("first", [(), (1, 2, 3), (1, 10, 20)])
def test_few_are_ranked_however_close_the_first_of_them_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: tuple[int, ...]
) -> None:
    monkeypatch.setattr(statements, "MANY", 8)
    monkeypatch.setattr(searching, "SAMPLE_RATIO", 4)
    searcher = searcher_of(
        tmp_path,
        *(
            {"id": f"{year}", "date": f"{1900 + year}", "short_title": "Timber" if year == 38 else "A pact"}
            | ({"summary": "Timber. " * year} if year in first or year in (30, 35) else {})
            for year in range(1, 40)
        ),
    )
    for typed in ("timber ", "timber after:1900"):
        expected = ["38", *map(str, sorted((*first, 30, 35), reverse=True))]
        assert found(searcher, typed)[0] == "38"
        assert sorted(found(searcher, typed)) == sorted(expected)


@pytest.mark.parametrize("most", [0, 1, 8])
@pytest.mark.parametrize("typed", ["fishe", "fishe*", '"of fishe"*', "-fishe", "zzzzz", "coal OR fishe"])
def test_a_beginning_finds_the_same_whether_or_not_its_words_are_written_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, most: int
) -> None:
    summaries = ["Of fishers.", "Of fishermen.", "A fishery.", "Of fish.", "Coal."]
    searcher = searcher_of(tmp_path, *({"id": summary, "summary": summary} for summary in summaries))
    expected = set(found(searcher, typed))
    monkeypatch.setattr(rewrite, "MAX_EXPANSION", most)
    assert set(found(searcher, typed)) == expected
    assert count(searcher, typed).agreements == len(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("-oak", ["1931", "1932", "1933"]),
        ("-oak -elm", ["1932", "1933"]),
        ("-oak before:1933", ["1931", "1932"]),
        ("-(oak OR fir)", ["1931", "1933"]),
        ("-tree*", []),
    ],
)
def test_what_is_only_denied_leaves_all_others_by_date(tmp_path: Path, typed: str, expected: list[str]) -> None:
    trees = {"1930": "oak", "1931": "elm", "1932": "fir", "1933": "yew"}
    searcher = searcher_of(
        tmp_path, *({"id": id, "date": id, "summary": f"Tree, {tree}"} for id, tree in trees.items())
    )
    results = search(searcher, typed)
    assert [result.summary.id for result in results.found] == expected
    assert count(searcher, typed).agreements == results.total == len(expected)


def test_words_that_most_hold_are_passed_over_in_a_long_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MANY", 1)
    others = ({"id": f"other{number}", "summary": "Japan and soviet."} for number in range(4))
    searcher = searcher_of(
        tmp_path, {"id": "both", "summary": "Soviet coal and oil."}, {"id": "coal", "summary": "Japan, coal."}, *others
    )
    results = search(searcher, "japan soviet coal oil ")
    assert [result.summary.id for result in results.found] == ["both"]
    assert results.note
    assert found(searcher, "japan coal oil ") == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [("neutrality pact", "1941-04-13-neutrality-pact"), ("peking convention", "1925-01-20-peking-convention")],
)
def test_an_agreement_called_by_its_name_comes_first(shipped: Searcher, typed: str, first: str) -> None:
    assert found(shipped, typed)[0] == first


def test_the_total_counts_more_than_are_listed(shipped: Searcher) -> None:
    results = search(shipped, "japan", most=5)
    assert len(results.found) == 5
    assert results.total == search(shipped, "japan").total > 5


def test_results_carry_the_title_of_their_era(shipped: Searcher) -> None:
    titles = {era.id: era.title for era in load(SHIPPED).eras}
    for result in search(shipped, "fish").found:
        assert result.era == titles[result.summary.era]


def test_typed_controls_are_words_like_any_other(shipped: Searcher) -> None:
    assert shipped.parse("fi\x1bsh").nodes == shipped.parse(safe.line("fi\x1bsh")).nodes


# -- the query language


@pytest.fixture
def three(tmp_path: Path) -> Searcher:
    """A truce, a pact that was in force from 1941 to 1946, an undated protocol."""
    return searcher_of(
        tmp_path,
        {
            "id": "truce",
            "titles": {"en": "Truce"},
            "kind": "truce",
            "era": "interwar",
            "date": "1938-08-10",
            "place": "Moscow",
            "summary": "Fighting stopped at the lake. Timber is not spoken of.",
            "signatories": [{"name": "Litvinov"}],
        },
        {
            "id": "pact",
            "titles": {"en": "Pact"},
            "kind": "pact",
            "era": "war",
            "date": "1941-04-13",
            "topics": ["timber-trade"],
            "place": "Moscow",
            "summary": "Peace of five years. The lake has no part in the fighting. Fisheries are left out.",
            "events": [{"kind": "in-force", "date": "1941-04-25"}, {"kind": "ended", "date": "1946-04-24"}],
        },
        {"id": "protocol", "kind": "truce-protocol", "summary": "Pact and truce are named in it."},
        eras=[{"id": "interwar", "title": "Between the wars"}, {"id": "war", "title": "The war"}],
        claims=[{"id": "c", "source": "s", "locus": "1", "about": "pact", "says": "Broken.", "verdict": "contradicts"}],
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lake ", {"truce", "pact"}),
        ('"fighting stopped"', {"truce"}),
        ('"stopped fighting"', set()),
        ("lake -stopped", {"pact"}),
        ("lake NOT stopped ", {"pact"}),
        ("stopped OR named ", {"truce", "protocol"}),
        ("(stopped OR years) lake ", {"truce", "pact"}),
        ("-lake", {"protocol"}),
        ("stop* ", {"truce"}),
        ("fishery ", {"pact"}),
        ("=fishery ", set()),
        ("=fisheries ", {"pact"}),
        ("NEAR(fighting lake, 3)", {"truce"}),
        ("NEAR(fighting lake, 10)", {"truce", "pact"}),
        ("title:pact ", {"pact"}),
        ("text:pact ", {"protocol"}),
        ("person:litvinov ", {"truce"}),
        ("place:moscow ", {"truce", "pact"}),
        ("topic:timber ", {"pact"}),
        ("text:timber ", {"truce"}),
        ("kind:truce ", {"truce", "protocol"}),
        ("kind:=truce ", {"truce"}),
        ('era:="The war" ', {"pact"}),
        ("era:war ", {"truce", "pact"}),
        ("claim:broken ", {"pact"}),
        ("verdict:contradicts ", {"pact"}),
        ("signed:1941", {"pact"}),
        ("signed:1938..1941", {"truce", "pact"}),
        ("signed:..1940", {"truce"}),
        ("before:1941", {"truce"}),
        ("after:1938", {"pact"}),
        ("after:1941-04-13", set()),
        ("on:1944-03-01", {"pact"}),
        ("on:1941-04-24", set()),
        ("on:1946-04-24", {"pact"}),
        ("on:1946-04-25", set()),
        ("lake signed:1941 ", {"pact"}),
        ("lake -signed:1941 ", {"truce"}),
        ("signed:1941 OR text:named ", {"pact", "protocol"}),
        ("lake AND stopped ", {"truce"}),
        ("and ", {"protocol"}),
    ],
)
def test_the_query_language(three: Searcher, typed: str, expected: set[str]) -> None:
    results = search(three, typed)
    assert {result.summary.id for result in results.found} == expected
    assert results.total == len(expected)
    assert results.note == ""


@pytest.mark.parametrize(
    ("date", "typed", "expected"),
    [
        ("1941-04/1941-06", "before:1941-05", []),
        ("1941-04/1941-06", "before:1941-06-30", []),
        ("1941-04/1941-06", "before:1941-07", ["a"]),
        ("1941-04/1941-06", "before:1941-05 paper ", []),
        ("1941-04/1941-06", "before:1941-07 paper ", ["a"]),
        ("1941", "before:1941-06", []),
        ("1941", "before:1942", ["a"]),
        ("1941-04/", "before:1942", []),
    ],
)
def test_before_excludes_dates_that_may_end_later(one: One, date: str, typed: str, expected: list[str]) -> None:
    assert found(one("A paper.", date=date), typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("(-stopped lake) ", {"pact"}),
        ("(lake -stopped) ", {"pact"}),
        ("moscow (-stopped)", {"pact"}),
        ("(-stopped)", {"pact", "protocol"}),
        ("named OR (-stopped lake) ", {"pact", "protocol"}),
    ],
)
def test_minus_after_opening_bracket_negates(three: Searcher, typed: str, expected: set[str]) -> None:
    results = search(three, typed)
    assert ({result.summary.id for result in results.found}, results.note) == (expected, "")


@pytest.mark.parametrize("typed", ["text:-pact ", "text:-stopped ", "lake text:-stopped "])
def test_minus_after_colon_is_read_as_plain_words_with_reason(three: Searcher, typed: str) -> None:
    assert search(three, typed).note == "Read as plain words: text: wants a word or a phrase."


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("fighting-stopped ", ["truce"]),
        ('"fighting"-stopped ', ["truce"]),
        ("(fighting)-stopped ", ["truce"]),
    ],
)
def test_minus_directly_behind_something_does_not_negate(three: Searcher, typed: str, expected: list[str]) -> None:
    assert found(three, typed) == expected


@pytest.mark.parametrize(
    "typed", ["stopped)", "nonsense:stopped", "signed:soon", "OR stopped", "stopped OR OR truce", "NEAR(stopped)"]
)
def test_what_is_no_query_is_read_as_words_with_a_reason(three: Searcher, typed: str) -> None:
    assert search(three, typed).note.startswith("Read as plain words: ")


def test_words_of_the_language_are_words_while_they_are_typed(three: Searcher) -> None:
    assert search(three, "named AND").note == search(three, "named OR").note == search(three, "named NOT").note == ""


def test_titles_alone_can_be_searched_by_their_beginnings(three: Searcher) -> None:
    assert [summary.id for summary in three.titled("pac")] == ["pact"]
    assert [summary.id for summary in three.titled("1938-08")] == ["truce"]
    assert not three.titled("lake")
    assert not three.titled("")


def test_results_stand_by_date_or_by_era_where_asked(three: Searcher) -> None:
    assert found(three, "lake ", order="date") == ["truce", "pact"]
    assert found(three, "truce ", order="date") == ["truce", "protocol"]
    assert found(three, "lake ", order="era") == ["truce", "pact"]


def test_excluded_words_are_not_marked(three: Searcher) -> None:
    assert marks(three, "lake -stopped ", "The lake stopped.") == [(4, 8)]


def test_facets_count_the_answers_in_every_order(three: Searcher) -> None:
    groups = facets(three, "lake ")
    assert groups["era"] == [("interwar", "Between the wars", 1), ("war", "The war", 1)]
    assert groups["place"] == [("Moscow", "Moscow", 2)]
    assert facets(three, "") == {}


def test_offers_lead_to_answers(three: Searcher) -> None:
    offers = suggestions(three, "lake quicksilver ")
    assert offers
    for offer in [*offers, *suggestions(three, "fightng ")]:
        assert search(three, offer.text).total == offer.size > 0
    assert any("fighting" in offer.text for offer in suggestions(three, "fightng "))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("fightng laek ", "fighting lake"),
        ("fighting quicksilver xyzzy ", "fighting"),
        ("title:pakt lake ", "title:pact lake"),
        ("years stopped named ", "years OR stopped OR named"),
        ('"lake fighting stopped"', 'lake "fighting stopped"'),
    ],
)
def test_the_first_offer_mends_all_that_nothing_answers(three: Searcher, typed: str, first: str) -> None:
    assert search(three, typed).total == 0
    assert suggestions(three, typed)[0].text == first


def test_a_long_word_of_characters_is_taken_to_pieces(one: One) -> None:
    assert [offer.text for offer in suggestions(one("渡り鳥の保護に関する条約"), "渡り鳥条約")] == ["渡り鳥 条約"]


@pytest.mark.parametrize("linked", ["a", "b"])
def test_of_equals_the_one_that_others_lead_to_comes_first(tmp_path: Path, linked: str) -> None:
    same = [{"id": id, "short_title": "Timber", "date": "1941"} for id in "ab"]
    links = [{"from": "c", "to": linked, "type": "cites", "reason": "x"}]
    searcher = searcher_of(tmp_path, *same, {"id": "c", "short_title": "Other"}, links=links)
    assert found(searcher, "timber")[0] == linked


def test_what_the_heading_answers_comes_before_what_the_text_does(tmp_path: Path) -> None:
    often = {"id": "often", "short_title": "Coal", "summary": "Of 1928 and coal. " * 40}
    searcher = searcher_of(tmp_path, often, {"id": "dated", "short_title": "A coal paper", "date": "1928-01-23"})
    assert found(searcher, "coal 1928") == ["dated", "often"]


def test_the_nearest_of_a_shipped_agreement_are_others(shipped: Searcher) -> None:
    near = shipped.nearest("1941-04-13-neutrality-pact")
    assert near
    assert "1941-04-13-neutrality-pact" not in [summary.id for summary in near]
    assert shipped.nearest("no-such-id") == shipped.key_terms("no-such-id") == []


# -- many answers


@pytest.fixture
def crowd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Searcher:
    """Nine agreements on timber, three of them by title, where more than four are many."""
    monkeypatch.setattr(statements, "MANY", 4)
    return searcher_of(
        tmp_path,
        *(
            {
                "id": f"{year}",
                "short_title": "Timber" if year % 3 == 0 else "Paper",
                "date": f"{year}",
                "era": "late" if year % 2 else "early",
                "summary": "Timber, timber.",
            }
            for year in range(1930, 1939)
        ),
        eras=[{"id": "late", "title": "Late"}, {"id": "early", "title": "Early"}],
    )


def test_of_many_answers_no_more_are_counted_than_can_be_ranked(crowd: Searcher) -> None:
    results = search(crowd, "timber ")
    assert (results.total, results.more, results.size) == (4, True, "more than 4 agreements")
    assert search(crowd, "paper signed:1930..1935 ").size == "4 agreements"
    assert search(crowd, "signed:1931 ").size == "1 agreement"


def test_many_stand_by_their_headings_and_then_by_date(crowd: Searcher) -> None:
    assert found(crowd, "timber ") == ["1932", "1935", "1938", "1930", "1931", "1933", "1934", "1936", "1937"]
    assert found(crowd, "timber ", most=5) == ["1932", "1935", "1938", "1930", "1931"]
    assert found(crowd, "timber ", order="date") == [str(year) for year in range(1930, 1939)]
    assert found(crowd, "timber ", most=2) == ["1932", "1935"]
    assert found(crowd, "after:1930 ", most=5) == ["1931", "1932", "1933", "1934", "1935"]


def test_what_is_denied_is_denied_in_the_text_where_the_heading_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MANY", 1)
    agreements = [{"id": id, "short_title": "Timber", "summary": id} for id in ("oak", "elm", "fir")]
    searcher = searcher_of(tmp_path, *agreements, {"id": "yew", "short_title": "Other", "summary": "Timber"})
    assert found(searcher, "timber -elm ") == ["fir", "oak", "yew"]
    assert found(searcher, "timber -elm ", order="date") == ["fir", "oak", "yew"]


@pytest.mark.parametrize("typed", ["timber ", "after:1929", "timber -signed:1940 "])
def test_many_stand_by_era_in_full(crowd: Searcher, typed: str) -> None:
    by_era = ["1931", "1933", "1935", "1937", "1930", "1932", "1934", "1936", "1938"]
    assert found(crowd, typed, order="era") == by_era
    assert found(crowd, typed, order="era", most=5) == by_era[:5]


def test_a_tally_counts_all_agreements_and_all_hits(crowd: Searcher) -> None:
    assert count(crowd, "timber ") == (9, 9 * 2 + 3)
    assert count(crowd, "timber signed:1930 ") == (1, 2)
    assert count(crowd, "signed:1930..1936") == (7, 0)
    assert count(crowd, "") == count(crowd, "quicksilver ") == (0, 0)


def test_the_passages_further_down_are_made_when_they_are_asked_for(shipped: Searcher) -> None:
    first = search(shipped, "japan ", visible=3)
    assert [bool(result.snippet) for result in first.found[:5]] == [True, True, True, False, False]
    whole = shipped.complete(first)
    assert all(result.marks for result in whole.found)
    assert whole.found[:3] == first.found[:3]
    assert [result.summary for result in whole.found] == [result.summary for result in first.found]


@pytest.mark.parametrize("field", ["summary", "background"])
@pytest.mark.parametrize(
    ("typed", "written"), [("detente ", "d\u00e9tente"), ("detente ", "de\u0301tente"), ("viet ", "Vi\u1ec7t")]
)
def test_passage_shows_word_written_with_accents(tmp_path: Path, field: str, typed: str, written: str) -> None:
    texts = {"summary": "The summary says nothing of it.", field: f"Something else.\nThe {written} came late."}
    (result,) = search(searcher_of(tmp_path, {"id": "a", **texts}), typed).found
    assert [result.snippet[start:end] for start, end in result.marks] == [written]


@pytest.mark.parametrize("verdict", ["omits", "unverified"])
def test_tally_counts_only_hits_that_page_marks(tmp_path: Path, verdict: str) -> None:
    agreement = {"id": "a", "short_title": "Pact", "summary": f"What it {verdict} stands here."}
    claim = {"id": "c", "source": "s", "locus": "1", "about": "a", "says": "Broken.", "verdict": verdict}
    searcher = searcher_of(tmp_path, agreement, claims=[claim])
    subject = agreement_page.AgreementPageData(msgspec.convert(agreement, Agreement), (msgspec.convert(claim, Claim),))
    texts = [block.text for block in agreement_page.document(subject)]
    marked = sum(len(marks(searcher, f"{verdict} ", text)) for text in texts)
    assert count(searcher, f"{verdict} ") == (1, marked)
    assert marked == 1


def test_of_a_long_question_that_few_answer_one_word_may_be_wanting(tmp_path: Path) -> None:
    summaries = {"all": "coal oil timber fish crab", "four": "coal oil timber fish", "three": "coal oil timber"}
    searcher = searcher_of(tmp_path, *({"id": id, "summary": summary} for id, summary in summaries.items()))
    results = search(searcher, "coal oil timber fish crab ")
    assert {result.summary.id for result in results.found} == {"all", "four"}
    assert results.note
    assert count(searcher, "coal oil timber fish crab ").agreements == results.total == 2
    assert found(searcher, "coal oil timber crab ") == ["all"]


@pytest.mark.parametrize(
    "key", ['a "grand" pact', '"', "pact (old)", "a b", 'both "of (them', "条約", "pact:old", "-x"]
)
def test_what_narrows_a_search_finds_as_many_as_it_says(tmp_path: Path, key: str) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "kind": key, "summary": "fish"}, {"id": "b", "summary": "fish"})
    (size,) = [size for found_key, _, size in facets(searcher, "fish ")["kind"] if found_key == key]
    block = next(
        block for block in narrowing("fish ", facets(searcher, "fish ")) if block.spans and block.spans[0].target
    )
    target = block.spans[0].target
    assert target is not None
    assert search(searcher, target).total == size == 1


@pytest.mark.parametrize(
    ("phrases", "kept"),
    [
        (["japan", "empire of japan"], {"japan"}),
        (["fish*", "fish", "fishery", "the fish"], {"fish*"}),
        (["peace treaty", "peace"], {"peace"}),
        (["peace treaty", "treaty of peace"], {"peace treaty", "treaty of peace"}),
        (["japan*", "japan trade"], {"japan*"}),
        (["trade*", "japan trade*"], {"trade*"}),
        (["trade", "japan trade*"], {"trade", "japan trade*"}),
    ],
)
def test_what_holds_another_phrase_need_not_be_looked_for(phrases: list[str], kept: set[str]) -> None:
    asked = tuple(syntax.Phrase(tuple(phrase.rstrip("*").split()), phrase.endswith("*")) for phrase in phrases)
    assert {" ".join(phrase.words) + "*" * phrase.prefix for phrase in statements.minimal_phrases(asked)} == kept


# -- interrupted

QUESTIONS: dict[str, Callable[[Searcher], object]] = {
    "search": lambda searcher: search(searcher, "japan neutrality "),
    "by era": lambda searcher: search(searcher, "japan ", order="era"),
    "offers": lambda searcher: suggestions(searcher, "fishereis otterz "),
    "query": lambda searcher: searcher.parse("Kurils sea of okhotsk"),
    "facets": lambda searcher: facets(searcher, "japan "),
    "tally": lambda searcher: count(searcher, "japan "),
    "titled": lambda searcher: searcher.titled("treaty"),
    "nearest": lambda searcher: searcher.nearest("1941-04-13-neutrality-pact"),
    "complete": lambda searcher: searcher.complete(search(searcher, "japan ", visible=0)),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_stopped_within_and_between_its_statements(
    shipped: Searcher, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = QUESTIONS[question]
    answer = put(shipped)

    def stop() -> bool:
        shipped.interrupt()
        return False

    shipped.connection.connection.set_progress_handler(stop, 20)
    with pytest.raises(Interrupted):
        put(shipped)
    shipped.connection.connection.set_progress_handler(None)
    asked = CatalogueConnection.fetch_all
    for last in range(1000):
        left = [last]

        def ask(self: CatalogueConnection, *arguments: Any, left: list[int] = left) -> Any:
            if not left[0]:
                self.interrupt()
            left[0] -= 1
            return asked(self, *arguments)

        with monkeypatch.context() as patched:
            patched.setattr(CatalogueConnection, "fetch_all", ask)
            try:
                put(shipped)
            except Interrupted:
                continue
        break
    assert last > 0
    assert left[0] >= 0  # no statement was left to be stopped
    assert put(shipped) == answer


def test_a_search_may_be_interrupted_between_questions(shipped: Searcher) -> None:
    shipped.interrupt()
    assert search(shipped, "fish ").total > 0
