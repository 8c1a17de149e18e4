"""Places within an agreement."""

from __future__ import annotations

import msgspec
import pytest

from tests.helpers.stores import SHIPPED, load
from tui.corpus.places import SECTIONS, event_places, is_at, provision_places
from tui.corpus.records import Agreement


def agreement(refs: list[str], kinds: list[str]) -> Agreement:
    fields = {
        "id": "a",
        "provisions": [{"text": "x", "ref": ref} for ref in refs],
        "events": [{"kind": kind} for kind in kinds],
    }
    return msgspec.convert(fields, Agreement)


def test_shared_references_are_numbered_from_the_first() -> None:
    found = provision_places(agreement(["Point 6", "Point 9", "Point 6", "", "…"], []))
    assert found == ["point-6.1", "point-9", "point-6.2", ".provision.1", ".provision.2"]


def test_events_are_numbered_from_the_second() -> None:
    assert event_places(agreement([], ["signed", "ended", "ended"])) == [".signed", ".ended", ".ended.2"]


@pytest.mark.parametrize(
    ("anchor", "place", "expected"),
    [
        *(("point-6.2", "point-6", True), ("point-6.2", "point-6.2", True), ("point-6.2", "point-6.1", False)),
        *(
            ("point-6", "point-6.1", False),
            ("point-61", "point-6", False),
            (".ended.2", ".ended", False),
            ("", "", True),
        ),
    ],
)
def test_shared_place_matches_each_of_its_provisions(anchor: str, place: str, expected: bool) -> None:
    assert is_at(anchor, place) is expected


def test_places_of_the_shipped_store_are_distinct_and_no_section() -> None:
    for record in load(SHIPPED).agreements:
        found = [*provision_places(record), *event_places(record), *SECTIONS]
        assert len(set(found)) == len(found), record.id
