"""Searches of a text in one call, and searchers of small stores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from tests.helpers.stores import write_store
from tui.catalogue import build
from tui.search.engine import Results, Searcher, open_searcher
from tui.search.facets import Facets
from tui.search.suggestions import Suggestion

SearcherOfOne: TypeAlias = Callable[..., Searcher]
"""Function that compiles one agreement with this summary, names and other fields."""


def searcher_of(folder: Path, *agreements: dict[str, Any], **tables: Any) -> Searcher:
    """Return a searcher of a store with these agreements."""
    path = write_store(folder / "s.json", agreements=agreements, **tables)
    return open_searcher(build.build_catalogue(path, folder / "cache"))


def search(searcher: Searcher, text: str, **options: Any) -> Results:
    """Return the results of the query in a text."""
    return searcher.search(searcher.parse(text), **options)


def found(searcher: Searcher, text: str, **options: Any) -> list[str]:
    """Return the ids of the results of the query in a text."""
    return [result.summary.id for result in search(searcher, text, **options).found]


def marks(searcher: Searcher, text: str, body: str) -> list[tuple[int, int]]:
    """Return the ranges in a body that hold hits of the query in a text."""
    return searcher.highlighter(searcher.parse(text)).marks(body)


def suggestions(searcher: Searcher, text: str) -> list[Suggestion]:
    """Return the suggestions for the query in a text."""
    return searcher.suggestions(searcher.parse(text))


def count(searcher: Searcher, text: str) -> int:
    """Return the number of records that match the query in a text."""
    return searcher.count_matches(searcher.parse(text))


def facets(searcher: Searcher, text: str) -> Facets:
    """Return the facets of the query in a text."""
    return searcher.facets(searcher.parse(text))
