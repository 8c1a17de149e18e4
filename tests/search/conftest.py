"""Searchers of the shipped corpus and of small stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.searching import SearcherOfOne, searcher_of
from tests.helpers.stores import SHIPPED
from tui.catalogue import build
from tui.search.engine import Searcher, open_searcher


@pytest.fixture
def shipped(shipped_cache: Path) -> Iterator[Searcher]:
    """Return a searcher of the shipped corpus."""
    catalogue = build.open_current(SHIPPED, shipped_cache)
    assert catalogue is not None
    searcher = open_searcher(catalogue)
    catalogue.close()
    yield searcher
    searcher.connection.close()


@pytest.fixture
def one(tmp_path: Path) -> SearcherOfOne:
    """Return a function that returns a searcher of one agreement with this summary."""

    def compile_one(text: str, names: list[dict[str, Any]] | None = None, **fields: Any) -> Searcher:
        return searcher_of(tmp_path, {"id": "a", "summary": text, **fields}, names=names or [])

    return compile_one


@pytest.fixture
def three(tmp_path: Path) -> Searcher:
    """Return a searcher of a truce, a pact that was in force from 1941 to 1946, and an undated protocol."""
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
