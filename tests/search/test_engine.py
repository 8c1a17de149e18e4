"""Results, counts and facets of a query, large result sets, and interrupts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.searching import count, facets, found, search, searcher_of, suggestions
from tests.helpers.stores import SHIPPED, load
from tui.address import parse
from tui.catalogue import columns
from tui.catalogue.connection import CatalogueConnection, Interrupted
from tui.pages.search import facet_list, narrowed
from tui.search import engine
from tui.search import facets as facets_module
from tui.search import sql as statements
from tui.search.engine import Searcher


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("-oak", ["1931", "1932", "1933"]),
        ("-oak -elm", ["1932", "1933"]),
        ("-oak before:1933", ["1931", "1932"]),
        ("-(oak OR fir)", ["1931", "1933"]),
        ("-tree*", []),
    ],
)
def test_query_of_exclusions_finds_all_others_by_date(tmp_path: Path, query: str, expected: list[str]) -> None:
    trees = {"1930": "oak", "1931": "elm", "1932": "fir", "1933": "yew"}
    searcher = searcher_of(
        tmp_path, *({"id": id, "date": id, "summary": f"Tree, {tree}"} for id, tree in trees.items())
    )
    results = search(searcher, query)
    assert [result.summary.id for result in results.found] == expected
    assert count(searcher, query) == results.total == len(expected)


def test_total_counts_more_than_are_listed(shipped: Searcher) -> None:
    results = search(shipped, "japan", most=5)
    assert len(results.found) == 5
    assert results.total == search(shipped, "japan").total > 5


def test_results_have_title_of_their_era(shipped: Searcher) -> None:
    titles = {era.id: era.title for era in load(SHIPPED).eras}
    for result in search(shipped, "fish").found:
        assert result.era == titles[result.summary.era]


def test_titled_matches_prefixes_in_titles_and_dates(three: Searcher) -> None:
    assert [summary.id for summary in three.titled("pac")] == ["pact"]
    assert [summary.id for summary in three.titled("1938-08")] == ["truce"]
    assert not three.titled("lake")
    assert not three.titled("")


def test_results_are_sorted_by_date_or_era(three: Searcher) -> None:
    assert found(three, "lake ", order="date") == ["truce", "pact"]
    assert found(three, "truce ", order="date") == ["truce", "protocol"]
    assert found(three, "lake ", order="era") == ["truce", "pact"]


def test_facets_count_results_in_every_ordering(three: Searcher) -> None:
    groups = facets(three, "lake ")
    assert groups["era"] == [("interwar", "Between the wars", 1), ("war", "The war", 1)]
    assert groups["kind"] == [("pact", "Pact", 1), ("truce", "Truce", 1)]
    assert facets(three, "") == {}


def test_group_of_all_results_is_left_out_of_the_facets(three: Searcher) -> None:
    assert facets(three, "lake ")["place"] == []
    assert facets(three, "truce ")["place"] == [("Moscow", "Moscow", 1)]


def test_groups_of_one_record_and_of_many_are_counted_exactly(tmp_path: Path) -> None:
    records = [
        {"id": f"r{n:03}", "summary": "Lake." if n % 3 else "Sea.", "kind": "treaty" if n % 2 else f"kind{n}"}
        | {"place": f"Place {n // 5}", "topics": [f"topic{n % 7}", f"rare{n % 90}"]}
        for n in range(200)
    ]
    expected: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "place", "topic")}
    for record in records:
        if record["summary"] == "Lake.":
            expected["kind"][record["kind"]] += 1
            expected["place"][record["place"]] += 1
            expected["topic"].update(record["topics"])
    found = facets(searcher_of(tmp_path, *records), "lake ")
    assert {name: {key: size for key, _, size in found[name]} for name in ("kind", "place")} == {
        name: dict(sorted(expected[name].items(), key=lambda item: -item[1])) for name in ("kind", "place")
    }
    sizes = [size for _, _, size in found["topic"]]
    assert sizes == sorted(expected["topic"].values(), reverse=True)[: len(sizes)]
    assert all(expected["topic"][key] == size for key, _, size in found["topic"])


def test_eras_of_facets_go_by_time_and_other_groups_by_size(tmp_path: Path) -> None:
    searcher = searcher_of(
        tmp_path,
        *(
            {"id": f"a{n}", "era": "late" if n else "early", "topics": ["b"] * (n > 0) + ["a"] * (n < 2)}
            for n in range(4)
        ),
        eras=[{"id": "early", "title": "Early"}, {"id": "late", "title": "Late"}],
    )
    groups = facets(searcher, "after:1000 OR -nothing")
    assert [key for key, _, _ in groups["era"]] == ["early", "late"]
    assert [(key, size) for key, _, size in groups["topic"]] == [("b", 3), ("a", 2)]


def test_only_largest_groups_of_an_ordering_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets_module, "MAX_GROUPS", 2)
    agreements = [{"id": f"a{number}", "place": "ABBCC"[number], "summary": "fish"} for number in range(5)]
    searcher = searcher_of(tmp_path, *agreements)
    assert [key for key, _, _ in facets(searcher, "fish ")["place"]] == ["B", "C"]


@pytest.mark.parametrize(
    "key", ['a "grand" pact', '"', "pact (old)", "a b", 'both "of (them', "条約", "pact:old", "-x"]
)
def test_narrowed_query_finds_as_many_as_its_facet_counts(tmp_path: Path, key: str) -> None:
    searcher = searcher_of(tmp_path, {"id": "a", "kind": key, "summary": "fish"}, {"id": "b", "summary": "fish"})
    (size,) = [size for found_key, _, size in facets(searcher, "fish ")["kind"] if found_key == key]
    block = next(block for block in facet_list(facets(searcher, "fish ")) if block.spans and block.spans[0].target)
    assert search(searcher, narrowed("fish ", parse(block.spans[0].target).subject)).total == size == 1


@pytest.fixture
def crowd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Searcher:
    """Return a searcher of nine agreements on timber, three of them by title, that ranks no more than four."""
    monkeypatch.setattr(statements, "MAX_RANKED", 4)
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


def test_total_of_large_result_is_its_lower_bound(crowd: Searcher) -> None:
    results = search(crowd, "timber ")
    assert (results.total, results.more, results.count_phrase) == (4, True, "more than 4 records")
    assert search(crowd, "paper signed:1930..1935 ").count_phrase == "4 records"
    assert search(crowd, "signed:1931 ").count_phrase == "1 record"


def test_large_result_has_heading_matches_first_then_oldest(crowd: Searcher) -> None:
    assert found(crowd, "timber ") == ["1932", "1935", "1938", "1930", "1931", "1933", "1934", "1936", "1937"]
    assert found(crowd, "timber ", most=5) == ["1932", "1935", "1938", "1930", "1931"]
    assert found(crowd, "timber ", order="date") == [str(year) for year in range(1930, 1939)]
    assert found(crowd, "timber ", most=2) == ["1932", "1935"]
    assert found(crowd, "after:1930 ", most=5) == ["1931", "1932", "1933", "1934", "1935"]


def test_fewer_results_are_the_first_of_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MAX_RANKED", 1)
    monkeypatch.setattr(engine, "DEFAULT_LIMIT", 3)
    titles = {"1930": "Timber, oil, coal, fish", "1931": "Timber, oil, coal", "1932": "Timber, oil", "1933": "Timber"}
    searcher = searcher_of(tmp_path, *({"id": year, "date": year, "short_title": titles[year]} for year in titles))
    everything = found(searcher, "timber ", most=None)
    assert sorted(everything) == sorted(titles)
    for most in range(1, 6):
        assert found(searcher, "timber ", most=most) == everything[:most]


def test_heading_matches_are_excluded_by_words_in_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MAX_RANKED", 1)
    agreements = [{"id": id, "short_title": "Timber", "summary": id} for id in ("oak", "elm", "fir")]
    searcher = searcher_of(tmp_path, *agreements, {"id": "yew", "short_title": "Other", "summary": "Timber"})
    assert found(searcher, "timber -elm ") == ["fir", "oak", "yew"]
    assert found(searcher, "timber -elm ", order="date") == ["fir", "oak", "yew"]


@pytest.mark.parametrize("query", ["timber ", "after:1929", "timber -signed:1940 "])
def test_large_result_is_sorted_by_era_in_full(crowd: Searcher, query: str) -> None:
    by_era = ["1931", "1933", "1935", "1937", "1930", "1932", "1934", "1936", "1938"]
    assert found(crowd, query, order="era") == by_era
    assert found(crowd, query, order="era", most=5) == by_era[:5]


def test_count_is_of_all_agreements(crowd: Searcher) -> None:
    assert count(crowd, "timber ") == 9
    assert count(crowd, "timber signed:1930 ") == 1
    assert count(crowd, "signed:1930..1936") == 7
    assert count(crowd, "") == count(crowd, "quicksilver ") == 0


OPERATIONS: dict[str, Callable[[Searcher], object]] = {
    "search": lambda searcher: search(searcher, "japan neutrality "),
    "by era": lambda searcher: search(searcher, "japan ", order="era"),
    "suggestions": lambda searcher: suggestions(searcher, "fishereis otterz "),
    "parse": lambda searcher: searcher.parse("Kurils sea of okhotsk"),
    "facets": lambda searcher: facets(searcher, "japan "),
    "counts": lambda searcher: count(searcher, "japan "),
    "titled": lambda searcher: searcher.titled("treaty"),
    "nearest": lambda searcher: searcher.nearest("1941-04-13-neutrality-pact"),
    "complete": lambda searcher: searcher.complete(search(searcher, "japan ", visible=0)),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_interrupted_within_and_between_its_statements(
    shipped: Searcher, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = OPERATIONS[name]
    answer = operation(shipped)

    def stop() -> bool:
        shipped.interrupt()
        return False

    shipped.connection.connection.set_progress_handler(stop, 20)
    with pytest.raises(Interrupted):
        operation(shipped)
    assert shipped.connection.fetch_all("SELECT 1", (columns.count,)) == [(1,)]
    shipped.connection.connection.set_progress_handler(None)
    fetch_all = CatalogueConnection.fetch_all
    for last in range(1000):
        left = [last]

        def fetch(self: CatalogueConnection, *arguments: Any, left: list[int] = left) -> Any:
            if not left[0]:
                self.interrupt()
            left[0] -= 1
            return fetch_all(self, *arguments)

        with monkeypatch.context() as patched:
            patched.setattr(CatalogueConnection, "fetch_all", fetch)
            try:
                operation(shipped)
            except Interrupted:
                continue
        break
    assert last > 0
    assert left[0] >= 0  # the interrupt would have come after the last statement
    assert operation(shipped) == answer


def test_interrupt_between_operations_stops_no_later_one(shipped: Searcher) -> None:
    shipped.interrupt()
    assert search(shipped, "fish ").total > 0


def partial(searcher: Searcher, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the ids of the partial answers to a query, each with the words that it lacks."""
    return [(answer.result.summary.id, answer.missing) for answer in searcher.partial_answers(searcher.parse(text))]


def test_partial_answers_lack_as_few_words_as_possible_and_name_them(three: Searcher) -> None:
    assert partial(three, "fighting quicksilver ") == [("truce", ("quicksilver",)), ("pact", ("quicksilver",))]
    assert partial(three, "fisheries stopped ") == [("pact", ("stopped",)), ("truce", ("fisheries",))]
    assert partial(three, "lake fighting stopped xyzzy quux ") == [("truce", ("xyzzy", "quux"))]
    assert partial(three, '"fighting lake" fisheries ') == [("pact", ('"fighting lake"',))]


def test_partial_answers_meet_the_other_conditions_and_hold_a_word(three: Searcher) -> None:
    assert partial(three, "fighting quicksilver signed:1941 ") == [("pact", ("quicksilver",))]
    assert (
        partial(three, "quicksilver signed:1941 ") == partial(three, "quicksilver xyzzy ") == partial(three, "") == []
    )


def test_snippet_of_a_partial_answer_marks_the_words_that_it_has(three: Searcher) -> None:
    (answer, *_) = three.partial_answers(three.parse("fisheries quicksilver "))
    assert [answer.result.snippet[start:end] for start, end in answer.result.marks] == ["Fisheries"]
