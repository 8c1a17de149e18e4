"""Reading a catalogue: groups in every ordering, neighbours, links, claims, problems, unknown ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from tests.helpers.searching import search
from tests.helpers.stores import SHIPPED, load, write_store
from tui.catalogue import build, schema
from tui.catalogue.reader import CatalogueReader
from tui.corpus.records import LinkType
from tui.corpus.relations import RELATIONS, Relation
from tui.search.engine import open_searcher

UNKNOWN = ["", "no-such-id", "'; DROP TABLE agreement; --", "%", "\x00", "漁業", "\ud800", "x" * 100_000]


def built(tmp_path: Path, **tables: list[dict[str, Any]]) -> CatalogueReader:
    return build.build_catalogue(write_store(tmp_path / "s.json", **tables), tmp_path / "cache")


@pytest.fixture
def small(tmp_path: Path) -> CatalogueReader:
    """Return six agreements on two topics: one without a date, one of an unknown era, an era without agreements."""
    return built(
        tmp_path,
        eras=[
            {"id": "before", "title": "Before", "background": True},
            {"id": "late", "title": "Late"},
            {"id": "early", "title": "Early"},
            {"id": "none", "title": "None yet"},
        ],
        agreements=[
            {
                "id": "c",
                "era": "late",
                "date": "1951",
                "topics": ["fish", "peace"],
                "kind": "treaty",
                "place": "Moscow",
            },
            {"id": "b", "era": "late", "date": "1950-02", "topics": ["peace"], "kind": "exchange-of-notes"},
            {"id": "a", "era": "late", "date": "1950-01-01", "topics": ["fish"], "kind": "treaty", "place": "Tokyo"},
            {"id": "undated", "era": "late"},
            {"id": "lost", "era": "no such era", "date": "not a date"},
            {"id": "old", "era": "before", "date": "/1855", "date_basis": "memory"},
        ],
    )


# -- the tree


def test_eras_are_in_store_order_with_background_last(small: CatalogueReader) -> None:
    assert [(group.key, group.size, group.background) for group in small.groups("era")] == [
        ("late", 4, False),
        ("early", 0, False),
        ("none", 0, False),
        ("before", 1, True),
        ("", 1, False),
    ]
    assert [(era.title, era.background) for era in small.eras()] == [
        ("Late", False),
        ("Early", False),
        ("None yet", False),
        ("Before", True),
    ]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("topic", [("Fish", ["a", "c"]), ("Peace", ["b", "c"]), ("No topic given", ["old", "lost", "undated"])]),
        ("kind", [("Exchange of notes", ["b"]), ("Treaty", ["a", "c"]), ("No kind given", ["old", "lost", "undated"])]),
        ("place", [("Moscow", ["c"]), ("Tokyo", ["a"]), ("No place given", ["old", "b", "lost", "undated"])]),
    ],
)
def test_groups_are_by_name_and_their_agreements_by_date(
    small: CatalogueReader, ordering: str, expected: list[tuple[str, list[str]]]
) -> None:
    found = [
        (group.label, [summary.id for summary in small.agreements(ordering, group.key)])
        for group in small.groups(ordering)
    ]
    assert found == expected
    assert [group.size for group in small.groups(ordering)] == [len(ids) for _, ids in expected]


def test_records_are_grouped_by_the_verdicts_on_their_claims(tmp_path: Path) -> None:
    verdicts = [("a", "agrees"), ("a", "contradicts"), ("a", "agrees"), ("b", "agrees"), ("lost", "differs")]
    catalogue = built(
        tmp_path,
        agreements=[{"id": "b", "date": "1940"}, {"id": "a", "date": "1941"}, {"id": "c"}],
        claims=[
            {"id": f"c{n}", "about": about, "verdict": verdict, "source": "s", "locus": "¶1", "says": "It says."}
            for n, (about, verdict) in enumerate(verdicts)
        ],
    )
    found = [
        (group.label, [summary.id for summary in catalogue.agreements("verdict", group.key)])
        for group in catalogue.groups("verdict")
    ]
    assert found == [("Contradicted", ["a"]), ("Agrees", ["b", "a"]), ("No claim about it", ["c"])]


def test_years_of_a_group_and_their_agreements(small: CatalogueReader) -> None:
    assert small.years("era", "late") == [(1950, 2), (1951, 1), (None, 1)]
    assert [summary.id for summary in small.agreements("era", "late", 1950)] == ["a", "b"]
    assert [summary.id for summary in small.agreements("era", "late", None)] == ["undated"]
    assert small.years("era", "before") == [(1855, 1)]
    assert small.years("era", "no such era") == []
    assert small.agreements("no such order", "late") == []


def test_kinds_of_a_group_and_of_one_of_its_years(small: CatalogueReader) -> None:
    assert small.kinds("era", "late") == {"a": "Treaty", "b": "Exchange of notes", "c": "Treaty"}
    assert small.kinds("topic", "peace") == {"b": "Exchange of notes", "c": "Treaty"}
    assert small.kinds("era", "late", 1951) == {"c": "Treaty"}
    assert small.kinds("kind", "treaty", 1950) == {"a": "Treaty"}
    assert small.kinds("era", "late", None) == small.kinds("no such order", "late") == {}


def test_summary_marks_a_doubtful_date(small: CatalogueReader) -> None:
    assert {summary.id: summary.doubtful for summary in small.all_agreements()}["old"] is True
    assert {summary.id: summary.doubtful for summary in small.all_agreements()}["a"] is False


def test_group_and_year_of_an_agreement(small: CatalogueReader) -> None:
    assert small.group_of("era", "a") == ("late", 1950)
    assert small.group_of("era", "undated") == ("late", None)
    assert small.group_of("topic", "c") == ("fish", 1951)
    assert small.group_of("era", "lost") == ("", None)


def test_era_with_id_unfiled_is_an_ordinary_era(tmp_path: Path) -> None:
    catalogue = built(
        tmp_path,
        eras=[{"id": "unfiled", "title": "An era of that name"}],
        agreements=[{"id": "in", "era": "unfiled"}, {"id": "out", "era": "no such era"}],
    )
    keys = [group.key for group in catalogue.groups("era")]
    assert [[summary.id for summary in catalogue.agreements("era", key)] for key in keys] == [["in"], ["out"]]


def test_labels_are_those_of_one_ordering(tmp_path: Path) -> None:
    catalogue = built(
        tmp_path,
        corpus=[{"labels": {"class": "Class of treaties"}}],
        agreements=[{"id": "a", "kind": "class", "topics": ["fish"]}, {"id": "b"}],
    )
    assert catalogue.labels("kind") == {"class": "Class of treaties", "": "No kind given"}
    assert catalogue.labels("topic") == {"fish": "Fish", "": "No topic given"}


# -- neighbours


def walk(catalogue: CatalogueReader, ordering: str, first: str, step: int) -> list[str]:
    ids: list[str] = []
    at: str | None = first
    while at is not None and len(ids) <= 200:
        ids.append(at)
        at = catalogue.neighbour(ordering, at, step)
    return ids


def test_neighbours_visit_the_whole_tree_and_stop_at_its_ends(small: CatalogueReader) -> None:
    order = [summary.id for summary in small.all_agreements()]
    assert walk(small, "era", order[0], 1) == order
    assert walk(small, "era", order[-1], -1) == order[::-1]


def test_neighbours_visit_the_whole_shipped_corpus(shipped: CatalogueReader) -> None:
    order = [summary.id for summary in shipped.all_agreements()]
    assert len(order) == 82
    assert walk(shipped, "era", order[0], 1) == order


def test_neighbour_depends_on_the_group_of_an_agreement_in_two(small: CatalogueReader) -> None:
    assert small.neighbour("topic", "c", 1, "fish") == "b"
    assert small.neighbour("topic", "c", -1, "fish") == "a"
    assert small.neighbour("topic", "c", -1, "peace") == "b"
    assert small.neighbour("topic", "c", 1, "peace") == "old"


def test_agreement_in_two_groups_is_not_its_own_neighbour(tmp_path: Path) -> None:
    only = built(tmp_path, agreements=[{"id": "a", "topics": ["x", "y"]}])
    assert only.neighbour("topic", "a", 1) is None
    assert only.neighbour("topic", "a", -1) is None


@pytest.mark.parametrize("ordering", schema.ORDERINGS)
def test_every_ordering_contains_every_shipped_agreement(shipped: CatalogueReader, ordering: str) -> None:
    standing = {summary.id for group in shipped.groups(ordering) for summary in shipped.agreements(ordering, group.key)}
    assert len(standing) == 82
    for group in shipped.groups(ordering):
        years = shipped.years(ordering, group.key)
        assert sum(size for _, size in years) == group.size
        by_year = [summary for year, _ in years for summary in shipped.agreements(ordering, group.key, year)]
        assert by_year == shipped.agreements(ordering, group.key)


def test_shipped_eras_are_in_order_of_time(shipped: CatalogueReader) -> None:
    keys = [group.key for group in shipped.groups("era")]
    assert keys == ["interwar", "war", "postwar", "detente", "antecedents", "aftermath"]


# -- links


@pytest.mark.parametrize("kind", get_args(LinkType))
def test_link_is_worded_for_both_ends(tmp_path: Path, kind: str) -> None:
    catalogue = built(
        tmp_path,
        agreements=[{"id": "a", "short_title": "A"}, {"id": "b", "date": "1951"}],
        links=[{"from": "a", "to": "b", "type": kind, "reason": "So it was.", "basis": "memory"}],
    )
    (here,), (there,) = catalogue.links("a"), catalogue.links("b")
    assert Relation(here.relation, there.relation) == RELATIONS[kind]
    assert (here.other.id, here.other.date, there.other.id, there.other.name) == ("b", "1951", "a", "A")
    assert {(link.reason, link.basis) for link in (here, there)} == {("So it was.", "memory")}


def test_links_are_grouped_by_relation_and_ordered_by_date(tmp_path: Path) -> None:
    def link(source: str, kind: str, target: str) -> dict[str, str]:
        return {"from": source, "to": target, "type": kind, "reason": "r"}

    catalogue = built(
        tmp_path,
        agreements=[{"id": "a"}, {"id": "late", "date": "1960"}, {"id": "early", "date": "1950"}],
        links=[
            link("a", "related", "late"),
            link("a", "cites", "late"),
            link("early", "related", "a"),
            link("a", "cites", "early"),
            link("late", "renews", "a"),
            link("early", "cites", "a"),
            link("a", "renews", "early"),
        ],
    )
    assert [(found.relation, found.other.id) for found in catalogue.links("a")] == [
        ("Renews", "early"),
        ("Renewed by", "late"),
        ("Cites", "early"),
        ("Cites", "late"),
        ("Cited in", "early"),
        ("Related", "early"),
        ("Related", "late"),
    ]


def test_link_to_an_agreement_outside_the_store_has_no_name(tmp_path: Path) -> None:
    catalogue = built(
        tmp_path, agreements=[{"id": "a"}], links=[{"from": "a", "to": "gone", "type": "cites", "reason": "r"}]
    )
    (link,) = catalogue.links("a")
    assert (link.other.id, link.other.name) == ("gone", "")


def test_shipped_links_are_found_from_both_ends(shipped: CatalogueReader) -> None:
    for link in load(SHIPPED).links:
        assert link.target in [found.other.id for found in shipped.links(link.source)]
        assert link.source in [found.other.id for found in shipped.links(link.target)]


# -- records


def test_records_are_read_unchanged(shipped: CatalogueReader) -> None:
    corpus = load(SHIPPED)
    assert [shipped.agreement(agreement.id) for agreement in corpus.agreements] == list(corpus.agreements)
    for field, words in shipped.description()._asdict().items():
        assert words == getattr(corpus.about, field)
    for summary, era in zip(shipped.eras(), corpus.eras, strict=True):
        assert tuple(summary) == (era.id, era.title, era.span, era.summary, era.background)
    assert shipped.sources(source.id for source in corpus.sources) == {source.id: source for source in corpus.sources}
    assert [claim for a in corpus.agreements for claim in shipped.claims(a.id)] == [
        claim for a in corpus.agreements for claim in corpus.claims if claim.about == a.id
    ]
    assert shipped.counts() == {
        "agreement": 82,
        "link": len(corpus.links),
        "claim": len(corpus.claims),
        "source": len(corpus.sources),
    }


def test_claims_are_in_store_order(tmp_path: Path) -> None:
    ids = ["c10", "z", "c9", "a"]
    claims = [{"id": id, "source": "s", "locus": "1", "about": "x", "says": ".", "verdict": "agrees"} for id in ids]
    assert [claim.id for claim in built(tmp_path, agreements=[{"id": "x"}], claims=claims).claims("x")] == ids


@pytest.mark.parametrize("unknown", UNKNOWN, ids=lambda value: repr(value)[:20])
def test_unknown_id_finds_nothing(shipped: CatalogueReader, unknown: str) -> None:
    assert shipped.agreement(unknown) is None
    assert shipped.summary(unknown) is None
    assert shipped.links(unknown) == []
    assert shipped.claims(unknown) == []
    assert shipped.sources([unknown]) == {}
    assert shipped.group_of("era", unknown) is None
    assert unknown == "" or shipped.neighbour("era", unknown, 1) is None
    assert len(shipped.similar_ids(unknown)) <= 5


def test_neighbour_of_no_agreement_is_the_first(shipped: CatalogueReader) -> None:
    first = next(group for group in shipped.groups("era") if group.size)
    assert shipped.neighbour("era", "", 1) == shipped.agreements("era", first.key)[0].id
    assert shipped.neighbour("era", "", -1) is None


def test_similar_ids_list_those_with_the_same_beginning_first(shipped: CatalogueReader) -> None:
    found = shipped.similar_ids("1941-04-13")
    assert "1941-04-13-neutrality-pact" in found
    assert all(id.startswith("1941-04-13") for id in found)
    assert "1941-04-13-neutrality-pact" in shipped.similar_ids("NEUTRALITY")
    assert shipped.similar_ids("no such words at all") == []
    assert len(shipped.similar_ids("19", most=3)) == 3


def test_problems_are_in_order_of_lines(tmp_path: Path) -> None:
    catalogue = built(
        tmp_path, agreements=[{"id": 4}, {"id": "a"}, {}], eras=[{"id": "e"}], links=[{"from": "a"}], names=[{}]
    )
    found = catalogue.problems()
    assert catalogue.problem_count() == len(found) == 5
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert {problem.table for problem in found} == {"agreements", "eras", "links", "names"}


def test_empty_store_gives_an_empty_catalogue(tmp_path: Path) -> None:
    catalogue = built(tmp_path)
    assert catalogue.all_agreements() == []
    assert catalogue.groups("era") == []
    assert search(open_searcher(catalogue), "anything").found == ()
    assert set(catalogue.counts().values()) == {0}


@pytest.mark.parametrize("in_memory", [False, True])
def test_clone_survives_closing_the_original(tmp_path: Path, in_memory: bool) -> None:
    folder = tmp_path / "cache"
    if in_memory:
        folder.write_text("a file where the folder should be")
    first = build.build_catalogue(write_store(tmp_path / "s.json", agreements=[{"id": "a", "summary": "fish"}]), folder)
    second = first.clone(CatalogueReader)
    first.close()
    assert search(open_searcher(second), "fish").total == 1
    second.close()


@pytest.mark.parametrize("number", ["123456789012345678901234567890", "-99999999999999999999", "18446744073709551616"])
def test_huge_year_of_a_source_does_not_affect_other_records(tmp_path: Path, number: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(
        '{"agreements": {"1": {"id": "a"}}, "sources": {"1": {"id": "s", "title": "t", "issued": {"date-parts": [['
        + number
        + "]]}}}}"
    )
    catalogue = build.build_catalogue(path, tmp_path / "cache")
    assert [summary.id for summary in catalogue.all_agreements()] == ["a"]
    assert set(catalogue.sources(["s"])) <= {"s"}
