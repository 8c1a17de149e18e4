"""Tests of the highlights of a catalogue: main source, most linked record, person who signed most; and of verdicts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.helpers.stores import hostile_store, unsafe_characters, write_store
from tui.catalogue import build
from tui.catalogue.highlights import Highlight, highlights, verdicts
from tui.catalogue.reader import CatalogueReader

Built: TypeAlias = Callable[..., CatalogueReader]


@pytest.fixture
def built(tmp_path: Path) -> Built:
    def build_store(**tables: Any) -> CatalogueReader:
        return build.build_catalogue(write_store(tmp_path / "store.json", tables), tmp_path / "cache")

    return build_store


def claims(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {"id": f"c{number}", "source": source, "locus": "1", "about": "a", "says": ".", "verdict": verdict}
        for number, (source, verdict) in enumerate(pairs)
    ]


def test_main_source_makes_most_claims(built: Built) -> None:
    catalogue = built(
        agreements=[{"id": "a"}],
        claims=claims(("book", "agrees"), ("work", "agrees"), ("work", "omits"), ("lost", "omits"), ("lost", "omits")),
        sources=[
            {"id": "book", "title": "Book"},
            {"id": "work", "title": "Entry", "type": "entry-encyclopedia", "container-title": "The work"},
        ],
    )
    assert highlights(catalogue) == {"encyclopedia": Highlight("encyclopedia", "work", "The work", 2)}
    assert verdicts(catalogue) == {"agrees": 2, "omits": 3}


def test_source_without_a_container_has_its_own_title(built: Built) -> None:
    catalogue = built(claims=claims(("book", "agrees")), sources=[{"id": "book", "title": "Book"}])
    assert highlights(catalogue)["source"].name == "Book"


def test_most_linked_record_says_what_became_of_it(built: Built) -> None:
    ended = {"outcome": {"text": "It ended."}}
    catalogue = built(
        agreements=[{"id": "a"}, {"id": "b", **ended}, {"id": "c", **ended}, {"id": "d"}],
        links=[{"from": "a", "to": other, "type": "cites", "reason": "."} for other in "bccddd"],
    )
    assert highlights(catalogue) == {"record": Highlight("record", "c", "c", 2)}


def test_person_who_signed_most_is_counted_once_a_record_in_any_form(built: Built) -> None:
    catalogue = built(
        agreements=[
            {"id": "a", "signatories": [{"name": "DOE"}, {"name": "J. Doe"}, {"name": "Roe"}]},
            {"id": "b", "signatories": [{"name": "j. doe"}, {"name": "Place"}]},
            {"id": "c", "signatories": [{"name": "Place"}, {"name": "Unknown"}]},
            {"id": "d", "signatories": [{"name": "Place"}, {"name": "Unknown"}]},
        ],
        names=[
            {"id": "roe", "kind": "person", "name": "Roe"},
            {"id": "doe", "kind": "person", "name": "Doe", "forms": {"en": ["J. Doe"]}},
            {"id": "place", "kind": "place", "name": "Place"},
        ],
    )
    assert highlights(catalogue) == {"person": Highlight("person", "doe", "Doe", 2)}


def test_store_without_claims_links_and_names_has_no_highlights(built: Built) -> None:
    catalogue = built(agreements=[{"id": "a", "signatories": [{"name": "Doe"}], "sources": ["book"]}])
    assert highlights(catalogue) == {}
    assert verdicts(catalogue) == {}


def test_highlights_of_a_hostile_store_are_safe(tmp_path: Path) -> None:
    catalogue = build.build_catalogue(hostile_store(tmp_path / "store.json"), tmp_path / "cache")
    found = highlights(catalogue)
    assert "source" in found
    assert not any(unsafe_characters(highlight.name, allowed="") for highlight in found.values())
