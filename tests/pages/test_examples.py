"""Tests of the examples of queries, and of the list that an empty search shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.lake import LAKE
from tests.helpers.pages import read
from tests.helpers.searching import found
from tests.helpers.stores import hostile_store, unsafe_characters, write_store
from tui.address import parse
from tui.catalogue import build
from tui.catalogue.reader import CatalogueReader
from tui.corpus import cells
from tui.pages.examples import MOST_EARLIER, Example, beginning, examples
from tui.search.engine import open_searcher


@pytest.fixture
def lake(tmp_path: Path) -> CatalogueReader:
    return build.build_catalogue(write_store(tmp_path / "lake.json", LAKE), tmp_path / "cache")


def bare(tmp_path: Path, **fields: Any) -> CatalogueReader:
    """Return a reader of a store with one record."""
    store = write_store(tmp_path / "bare.json", agreements=[{"id": "a", **fields}])
    return build.build_catalogue(store, tmp_path / "cache")


def test_examples_of_the_shipped_corpus_show_every_sort_of_query(shipped: CatalogueReader) -> None:
    assert [example.text for example in examples(shipped)] == [
        "peking convention", '"Peking convention"', "モロトフ", "signed:1925..1930", "person:Molotov",
        "topic:=territory", "verdict:contradicts",
    ]  # fmt: skip


def test_examples_of_another_store_are_made_of_its_records(lake: CatalogueReader) -> None:
    assert [example.text for example in examples(lake)] == [
        "lake treaty", '"Lake treaty"', "person:Doe", 'topic:="Lake  Upper  level"', "verdict:contradicts",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["shipped", "lake"])
def test_every_example_finds_a_record(name: str, request: pytest.FixtureRequest) -> None:
    reader = request.getfixturevalue(name)
    searcher = open_searcher(reader)
    for example in examples(reader):
        assert found(searcher, example.text), example


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["a"]),
        ({"short_title": "北洋漁業条約", "date": "1930-05"}, ["北洋漁業条約", "signed:1930..1935"]),
        ({"short_title": 'Treaty (draft): OR "No" treaty'}, ["treaty draft", '"Treaty (draft): OR"']),
        ({"short_title": "*"}, []),
    ],
    ids=["no title", "Japanese", "operators", "no word"],
)
def test_store_of_one_record_has_examples_that_find_it(
    tmp_path: Path, fields: dict[str, Any], expected: list[str]
) -> None:
    reader = bare(tmp_path, **fields)
    texts = [example.text for example in examples(reader)]
    assert texts == expected
    searcher = open_searcher(reader)
    assert all(found(searcher, text) == ["a"] for text in texts)


def test_empty_store_has_no_examples(tmp_path: Path) -> None:
    reader = build.build_catalogue(write_store(tmp_path / "empty.json"), tmp_path / "cache")
    assert examples(reader) == []
    assert beginning([], []) == ()


def test_earlier_searches_stand_before_the_examples() -> None:
    page = beginning([Example("oil", "this word"), Example("漁業", "fishery")], ["gas", "coal"])
    assert [block.text for block in page] == [
        "Searched before", "gas", "coal", "For example", "oil   this word", "漁業  fishery",
    ]  # fmt: skip
    targets = [block.spans[0].target for block in page if block.spans]
    assert targets == ["search:gas", "search:coal", "search:oil", "search:漁業"]


def test_descriptions_of_examples_begin_in_one_column() -> None:
    words = ["one", "漁業", "longer query"]
    page = beginning([Example(text, "it") for text in words], [])
    assert {cells.length(block.text) for block in page[1:]} == {len("longer query") + len("  it")}


def test_long_earlier_search_is_cut_and_only_the_newest_are_listed() -> None:
    page = beginning([], ["word " * 40, *map(str, range(20))])
    assert len(page) == 1 + MOST_EARLIER
    assert page[1].text.endswith("…")
    assert parse(page[1].spans[0].target).subject == ("word " * 40,)


def test_examples_of_a_hostile_store_are_safe(tmp_path: Path) -> None:
    reader = build.build_catalogue(hostile_store(tmp_path / "store.json"), tmp_path / "cache")
    assert unsafe_characters(read(beginning(examples(reader), ["\x1b[31m\u202e"])), allowed="\n") == []
