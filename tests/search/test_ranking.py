"""Order of the results by relevance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.searching import found, searcher_of
from tui.catalogue.columns import line
from tui.search import engine as searching
from tui.search import sql as statements
from tui.search.engine import Searcher


@pytest.mark.parametrize("times", [1, 5, 40])
def test_title_ranks_above_frequent_word_in_text(tmp_path: Path, times: int) -> None:
    others = [{"id": f"other{number}", "short_title": "Other", "summary": "Of coal. " * 40} for number in range(9)]
    searcher = searcher_of(
        tmp_path,
        {"id": "body", "short_title": "Another", "summary": "Timber. " * times + "Of wood. " * (40 - times)},
        {"id": "titled", "short_title": "Timber agreement", "summary": "Of wood. " * 40},
        *others,
    )
    assert found(searcher, "timber") == ["titled", "body"]


def test_title_ranks_above_date_above_person_above_place_above_text(tmp_path: Path) -> None:
    searcher = searcher_of(
        tmp_path,
        {"id": "text", "summary": "Of 1941."},
        {"id": "place", "place": "1941"},
        {"id": "person", "signatories": [{"name": "1941"}]},
        {"id": "date", "date": "1941"},
        {"id": "title", "short_title": "1941", "date": "1900"},
        *({"id": f"other{number}", "short_title": "Other"} for number in range(9)),
    )
    assert found(searcher, "1941 ") == ["title", "date", "person", "place", "text"]


def test_rare_word_and_short_text_rank_first(tmp_path: Path) -> None:
    searcher = searcher_of(
        tmp_path,
        {"id": "common", "summary": "Timber."},
        {"id": "rare", "summary": "Amber."},
        {"id": "long", "summary": "Amber. " + "Of wood. " * 90},
        *({"id": f"other{number}", "summary": "Timber."} for number in range(9)),
    )
    assert found(searcher, "timber OR amber")[:3] == ["rare", "long", "common"]


def test_match_in_summary_ranks_above_match_in_body(tmp_path: Path) -> None:
    provision = {"ref": "1", "basis": "text"}
    searcher = searcher_of(
        tmp_path,
        {"id": "body", "summary": "Timber.", "provisions": [{**provision, "text": "Amber, amber, timber. " * 9}]},
        {"id": "brief", "summary": "Timber and amber.", "provisions": [{**provision, "text": "Of wood. " * 90}]},
    )
    assert found(searcher, "timber amber") == ["brief", "body"]
    assert found(searcher, "NEAR(timber amber, 2)") == ["brief", "body"]
    assert found(searcher, "(timber OR iron) (amber OR steel)") == ["brief", "body"]


def test_match_in_heading_ranks_above_frequent_words_in_text(tmp_path: Path) -> None:
    often = {"id": "often", "short_title": "Coal", "summary": "Of 1928 and coal. " * 40}
    searcher = searcher_of(tmp_path, often, {"id": "dated", "short_title": "A coal paper", "date": "1928-01-23"})
    assert found(searcher, "coal 1928") == ["dated", "often"]


def test_heading_with_one_word_of_a_group_is_no_full_match(tmp_path: Path) -> None:
    searcher = searcher_of(
        tmp_path,
        {"id": "body", "short_title": "Fish", "background": "Timber and fish, fish and timber."},
        {"id": "heading", "short_title": "Coal"},
        *({"id": f"other-{number}", "short_title": f"Other {number}"} for number in range(20)),
    )
    assert found(searcher, "(fish timber) OR coal ") == ["heading", "body"]


@pytest.mark.parametrize("first", [(), (1, 2, 3), (1, 10, 20)])
def test_small_result_is_ranked_wherever_its_first_matches_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: tuple[int, ...]
) -> None:
    monkeypatch.setattr(statements, "MAX_RANKED", 8)
    monkeypatch.setattr(searching, "SAMPLE_RATIO", 4)
    searcher = searcher_of(
        tmp_path,
        *(
            {"id": f"{year}", "date": f"{1900 + year}", "short_title": "Timber" if year == 38 else "A pact"}
            | ({"summary": "Timber. " * year} if year in first or year in (30, 35) else {})
            for year in range(1, 40)
        ),
    )
    for query in ("timber ", "timber after:1900"):
        expected = ["38", *map(str, sorted((*first, 30, 35), reverse=True))]
        assert found(searcher, query)[0] == "38"
        assert sorted(found(searcher, query)) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "first"),
    [("neutrality pact", "1941-04-13-neutrality-pact"), ("peking convention", "1925-01-20-peking-convention")],
)
def test_agreement_comes_first_for_its_name(shipped: Searcher, query: str, first: str) -> None:
    assert found(shipped, query)[0] == first


@pytest.mark.parametrize("linked", ["a", "b"])
def test_cited_agreement_comes_first_among_equals(tmp_path: Path, linked: str) -> None:
    same = [{"id": id, "short_title": "Timber", "date": "1941"} for id in "ab"]
    links = [{"from": "c", "to": linked, "type": "cites", "reason": "x"}]
    searcher = searcher_of(tmp_path, *same, {"id": "c", "short_title": "Other"}, links=links)
    assert found(searcher, "timber")[0] == linked


def test_record_whose_name_or_title_was_typed_comes_first(shipped: Searcher) -> None:
    rows = shipped.connection.fetch_all("SELECT record FROM record", (line,))
    ids: dict[str, set[str]] = {}
    for (text,) in rows:
        record = json.loads(text)
        for title in filter(None, (record.get("short_title"), *record.get("titles", {}).values())):
            ids.setdefault(title, set()).add(record["id"])
    assert len(ids) > 250
    assert [title for title in ids if found(shipped, title, visible=0)[0] not in ids[title]] == []
    assert found(shipped, "air ")[0] == "1966-01-21-air-services-agreement"


def test_title_beats_citations_and_case_and_punctuation_do_not_matter(tmp_path: Path) -> None:
    links = [{"from": "far", "to": "long", "type": "cites", "reason": "x"}]
    searcher = searcher_of(
        tmp_path,
        {"id": "long", "short_title": "Timber: trade and amber", "date": "1900"},
        {"id": "short", "titles": {"en": "Timber, (Trade)!"}, "date": "1950"},
        {"id": "far", "summary": "Timber trade."},
        links=links,
    )
    assert found(searcher, "timber TRADE") == ["short", "long", "far"]


def test_records_with_a_name_as_typed_come_before_those_with_its_other_forms(tmp_path: Path) -> None:
    names = [{"id": "n", "kind": "place", "name": "Sakhalin", "forms": {"ja": ["樺太"], "en": ["Karafuto"]}}]
    searcher = searcher_of(
        tmp_path,
        {"id": "other", "short_title": "Sakhalin", "date": "1900"},
        {"id": "typed", "short_title": "Coal", "summary": "In Karafuto.", "date": "1950"},
        names=names,
    )
    assert found(searcher, "karafuto") == [*found(searcher, "karaf"), "other"] == ["typed", "other"]
    assert found(searcher, "sakhalin") == ["other", "typed"]
    assert found(searcher, "樺太") == ["other", "typed"]


def test_records_whose_titles_match_go_by_date(shipped: Searcher) -> None:
    ids = found(shipped, "fishery renewal")
    assert ids[:8] == sorted(ids[:8])


@pytest.mark.parametrize("query", ["verdict:differs ", "topic:fisheries ", "kind:treaty OR kind:protocol "])
def test_records_that_meet_a_condition_on_their_groups_go_by_date(shipped: Searcher, query: str) -> None:
    ids = found(shipped, query)
    assert len(ids) > 5
    assert ids == found(shipped, query, order="date")
