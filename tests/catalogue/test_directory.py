"""Directory of names and sources: which records signed, cite or bear them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.stores import SHIPPED, write_store
from tui.catalogue import build, directory
from tui.catalogue.reader import CatalogueReader

AGREEMENTS = [
    {
        "id": "b",
        "date": "1941",
        "signatories": [{"name": "SATO Naotake"}],
        "sources": ["book", "book"],
        "provisions": [
            {"text": "x", "ref": "Art. I", "sources": ["book"]},
            {"text": "y", "ref": "Art. I", "sources": ["book"]},
        ],
        "outcome": {"text": "z", "sources": ["book"]},
    },
    {
        "id": "a",
        "date": "1925",
        "signatories": [{"name": "Karakhan"}, {"name": "Sato Naotake"}],
        "events": [{"kind": "ended", "sources": ["book"]}, {"kind": "ended", "sources": ["book"]}],
    },
]
NAMES = [
    {"id": "sato", "kind": "person", "name": "Satō Naotake", "forms": {"en": ["Sato Naotake"], "ja": ["佐藤尚武"]}},
    {"id": "karakhan", "kind": "person", "name": "Karakhan", "forms": {"ru": ["Карахан"]}},
    {"id": "karakhan-place", "kind": "place", "name": "karakhan"},
]
CLAIMS = [
    {"id": "c1", "source": "book", "locus": "¶1", "about": "a", "says": "s", "verdict": "agrees", "sources": ["book"]},
    {
        "id": "c2",
        "source": "other",
        "locus": "2",
        "about": "lost",
        "says": "s",
        "verdict": "agrees",
        "sources": ["book"],
    },
]


@pytest.fixture
def small(tmp_path: Path) -> CatalogueReader:
    store = write_store(
        tmp_path / "store.json",
        agreements=AGREEMENTS,
        names=NAMES,
        claims=CLAIMS,
        sources=[{"id": "other", "title": "Other"}, {"id": "book", "title": "Book"}],
    )
    return build.open_or_build(store, tmp_path / "cache")


def test_signed_by_compares_names_without_case(small: CatalogueReader) -> None:
    assert [agreement.id for agreement in directory.signed_by(small, "sato")] == ["a", "b"]
    assert [agreement.id for agreement in directory.signed_by(small, "karakhan")] == ["a"]
    assert directory.signed_by(small, "nobody") == []


def test_form_leads_to_name_only_if_one_name_has_it(small: CatalogueReader) -> None:
    found = directory.names_of_forms(small, ["SATŌ NAOTAKE", "佐藤尚武", "Karakhan", "Карахан", "unknown"])
    assert found == {"SATŌ NAOTAKE": "sato", "佐藤尚武": "sato", "Карахан": "karakhan"}


def test_names_are_narrowed_by_any_form(small: CatalogueReader) -> None:
    assert [entry.id for entry in directory.names(small)] == ["karakhan", "karakhan-place", "sato"]
    assert [entry.id for entry in directory.names(small, " карахан ")] == ["karakhan"]
    assert [entry.id for entry in directory.names(small, "尚武")] == ["sato"]
    assert directory.names(small, "%") == []


def test_name_is_read_whole(small: CatalogueReader) -> None:
    found = directory.name(small, "sato")
    assert found is not None
    assert found.forms == {"en": ("Sato Naotake",), "ja": ("佐藤尚武",)}
    assert directory.name(small, "Sato Naotake") is None


def test_citations_of_a_source_by_role_and_date(small: CatalogueReader) -> None:
    found = [(item.role, item.agreement.id, item.place, item.label) for item in directory.citations(small, "book")]
    assert found == [
        ("listed", "b", "", ""),
        ("provision", "b", "art-i.1", "Art. I"),
        ("provision", "b", "art-i.2", "Art. I"),
        ("event", "a", ".ended", "ended"),
        ("event", "a", ".ended.2", "ended"),
        ("outcome", "b", ".outcome", ""),
        ("claim", "a", "c1", "¶1"),
        ("ground", "a", "c1", "¶1"),
        ("ground", "lost", "c2", "2"),
    ]


def test_every_citation_of_the_shipped_store_is_found(shipped: CatalogueReader) -> None:
    store = json.loads(SHIPPED.read_text(encoding="utf-8"))
    expected = 0
    for record in store["agreements"].values():
        parts = [record, *record.get("provisions", []), *record.get("events", []), record.get("outcome") or {}]
        expected += sum(len(part.get("sources", [])) for part in parts)
    for record in store["claims"].values():
        expected += 1 + len(set(record.get("sources", [])))
    sources = directory.all_sources(shipped)
    assert len(sources) == len(store["sources"]) == 251
    assert sum(len(directory.citations(shipped, source.id)) for source in sources) == expected


def test_folded_forms_are_those_of_the_record_the_shortest_first(small: CatalogueReader) -> None:
    assert directory.folded_forms(small, "sato") == ["佐藤尚武", "sato naotake", "satō naotake"]
    assert directory.folded_forms(small, "nobody") == []
