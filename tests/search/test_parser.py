"""The query language, and texts that are no query."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.helpers.searching import SearcherOfOne, facets, found, marks, search, suggestions
from tests.helpers.stores import HOSTILE, unsafe_characters
from tui.corpus import safe
from tui.pages.search import narrowed
from tui.search import parser
from tui.search.engine import Searcher

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


@pytest.mark.parametrize("query", NEVER_AN_ERROR, ids=lambda query: repr(query)[:24])
def test_no_text_is_an_error(shipped: Searcher, query: str) -> None:
    results = search(shipped, query)
    assert results.total >= len(results.found)
    assert unsafe_characters(results.note) == []
    assert all(isinstance(suggestion.size, int) for suggestion in suggestions(shipped, query))
    assert isinstance(facets(shipped, query), dict)
    assert len(shipped.titled(query)) <= 20
    for body in (query.encode("utf-8", "replace").decode(), "fish", "漁業 рыба", ""):
        marks(shipped, query, body)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.text(st.characters(exclude_categories=[])),
        st.lists(st.sampled_from(SIGNS), max_size=14).map("".join),
    ),
    body=st.text(),
)
@example("1", "¹½ﬁ")
def test_any_text_can_be_searched_and_any_text_marked(shipped: Searcher, query: str, body: str) -> None:
    for result in search(shipped, query, most=5).found:
        for start, end in result.marks:
            assert 0 <= start < end <= len(result.snippet)
    places = marks(shipped, query, body)
    flat = [edge for place in places for edge in place]
    assert flat == sorted(flat)
    assert all(start < end <= len(body) for start, end in places)


def test_note_on_long_query_says_how_many_words_are_searched(shipped: Searcher) -> None:
    assert str(parser.MAX_WORDS) in search(shipped, "fish " * 100).note
    assert search(shipped, "fish timber").note == ""
    assert search(shipped, "fish " * 100).total > 0


@pytest.mark.parametrize(
    ("query", "expected"),
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
def test_stop_words_are_ignored_beside_two_others(one: SearcherOfOne, query: str, expected: list[str]) -> None:
    assert found(one("fish and timber"), query) == expected


def test_only_unfinished_last_word_is_a_prefix(one: SearcherOfOne) -> None:
    searcher = one("concession for timber")
    assert found(searcher, "conc") == ["a"]
    assert found(searcher, "conc ") == []
    assert found(searcher, "conc timber") == []
    assert found(searcher, "concession timb") == ["a"]
    assert found(searcher, "concession timb ") == []
    assert found(searcher, "ession") == []
    assert found(one("Договор: рыболовство в море"), "договор рыбол") == ["a"]


def test_control_characters_are_parsed_as_their_visible_marks(shipped: Searcher) -> None:
    assert shipped.parse("fi\x1bsh").nodes == shipped.parse(safe.line("fi\x1bsh")).nodes


@pytest.mark.parametrize("text", ["японский", "title:ソヴィエト", '"détente"'])
def test_decomposed_text_is_parsed_as_composed(shipped: Searcher, text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert shipped.parse(decomposed).nodes == shipped.parse(text).nodes


def test_decomposed_title_is_found(shipped: Searcher) -> None:
    decomposed = unicodedata.normalize("NFD", "ソヴィエト")
    assert shipped.titled(decomposed) == shipped.titled("ソヴィエト") != []


@pytest.mark.parametrize(
    ("query", "expected"),
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
def test_query_language(three: Searcher, query: str, expected: set[str]) -> None:
    results = search(three, query)
    assert {result.summary.id for result in results.found} == expected
    assert results.total == len(expected)
    assert results.note == ""


@pytest.mark.parametrize(
    ("date", "query", "expected"),
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
def test_before_excludes_dates_that_may_end_later(
    one: SearcherOfOne, date: str, query: str, expected: list[str]
) -> None:
    assert found(one("A paper.", date=date), query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("(-stopped lake) ", {"pact"}),
        ("(lake -stopped) ", {"pact"}),
        ("moscow (-stopped)", {"pact"}),
        ("(-stopped)", {"pact", "protocol"}),
        ("named OR (-stopped lake) ", {"pact", "protocol"}),
    ],
)
def test_minus_after_opening_bracket_negates(three: Searcher, query: str, expected: set[str]) -> None:
    results = search(three, query)
    assert ({result.summary.id for result in results.found}, results.note) == (expected, "")


@pytest.mark.parametrize("query", ["text:-pact ", "text:-stopped ", "lake text:-stopped "])
def test_minus_after_colon_is_read_as_plain_words_with_reason(three: Searcher, query: str) -> None:
    assert search(three, query).note == "Read as plain words: text: wants a word or a phrase."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("fighting-stopped ", ["truce"]),
        ('"fighting"-stopped ', ["truce"]),
        ("(fighting)-stopped ", ["truce"]),
    ],
)
def test_minus_without_space_before_it_does_not_negate(three: Searcher, query: str, expected: list[str]) -> None:
    assert found(three, query) == expected


@pytest.mark.parametrize(
    "query", ["stopped)", "nonsense:stopped", "signed:soon", "OR stopped", "stopped OR OR truce", "NEAR(stopped)"]
)
def test_text_that_cannot_be_parsed_is_read_as_words_with_reason(three: Searcher, query: str) -> None:
    assert search(three, query).note.startswith("Read as plain words: ")


@pytest.mark.parametrize("words", ["in:force fish", "fish) agreement", "fish) OR (force", "force OR fish)", "OR fish"])
@pytest.mark.parametrize("conditions", [["era:=war"], ["after:1930", "era:=war"], ["verdict:=omits"]])
def test_text_read_as_plain_words_stays_so_when_narrowed(shipped: Searcher, words: str, conditions: list[str]) -> None:
    plain, narrow = search(shipped, words, most=None), search(shipped, narrowed(words, conditions), most=None)
    meeting = set(found(shipped, " ".join(conditions), most=None))
    expected = {result.summary.id for result in plain.found} & meeting
    assert {result.summary.id for result in narrow.found} == expected != set()
    assert narrow.note.startswith("Read as plain words: ")


def test_unfinished_alternative_is_completed_when_narrowed(shipped: Searcher) -> None:
    assert found(shipped, narrowed("nothing-such OR neutr", ["era:=war"])) == found(shipped, "era:=war neutr") != []


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("signed: 1941", "signed:1941"),
        ("title: neutrality", "title:neutrality"),
        ("before: 1930", "before:1930"),
        ("person:  molotov", "person:molotov"),
        ("kind:= agreement", "kind:=agreement"),
        ("Person: molotov", "person:molotov"),
        ("neutrality | salmon", "neutrality OR salmon"),
        ("NEAR(coal oil,10)", "NEAR(coal oil, 10)"),
        ("coal\noil", "coal oil"),
        ("coal\r\n\u2028oil", "coal oil"),
        ("agreements signed in 1956", "signed:1956"),
        ("what was Signed in 1956?", "signed:1956"),
        ("signed 13 April 1941", "signed:1941-04-13"),
        ("подписаны в 1956 г.", "signed:1956"),
        ("fishery documents signed in January 1928 ", "fishery signed:1928-01"),
    ],
)
def test_query_is_understood_as_it_is_meant(shipped: Searcher, query: str, same: str) -> None:
    assert found(shipped, query) == found(shipped, same) != []


def test_date_of_signing_in_words_is_said(shipped: Searcher) -> None:
    assert search(shipped, "agreements signed in 1956").note == "signed in 1956"
    assert search(shipped, "signed and sealed in 1956").note == ""


def test_word_for_any_record_is_ignored_beside_another(shipped: Searcher) -> None:
    assert found(shipped, "1956 agreements") == found(shipped, "1956")
    assert len(found(shipped, "agreements")) < 82
    assert found(shipped, '1956 "agreements"') != found(shipped, "1956")


def test_distance_of_near_that_is_no_number_is_reported(shipped: Searcher) -> None:
    note = "Read as plain words: the second part of NEAR is a number of words."
    assert search(shipped, "NEAR(coal oil,x)").note == note


def test_unfinished_operator_is_a_word(three: Searcher) -> None:
    assert search(three, "named AND").note == search(three, "named OR").note == search(three, "named NOT").note == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("(topic:=fisheries coal) x ", ("topic:=fisheries", "coal", "x")),
        ('(title:"coal mine" -oil) x ', ('title:"coal mine"', "-oil", "x")),
        ("((signed:1941 coal) oil) x ", ("signed:1941", "coal", "oil", "x")),
        ("(coal OR oil) x ", ("(coal OR oil)", "x")),
    ],
)
def test_conditions_in_brackets_keep_their_fields(one: SearcherOfOne, text: str, parts: tuple[str, ...]) -> None:
    assert one("x").parse(text).parts == parts
