"""Tests of the search before anything is typed: what is searched, examples, and earlier searches."""

from __future__ import annotations

import pytest

from tests.helpers.explorer import Explore, Reader
from tui.address import parse

SENTENCE = "Searches texts, names, claims of 82 records."
EXAMPLE = "signed:1925..1930"


async def clear(reader: Reader) -> None:
    """Open the search with an empty line."""
    await reader.press("slash")
    if reader.query.value:
        await reader.press("backspace")


@pytest.mark.parametrize("width", [60, 80, 200])
async def test_empty_search_says_what_is_searched_and_shows_examples(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        before = (reader.title, reader.document.top)
        await reader.press("slash")
        assert reader.result_summary == SENTENCE
        assert EXAMPLE in reader.found
        for words in ("For example", "peking convention", EXAMPLE, "verdict:contradicts"):
            assert words in reader.screen
        assert "Searched before" not in reader.screen
        await reader.press("down", "up", "escape")
        assert (reader.title, reader.document.top) == before


@pytest.mark.parametrize("typed", ["", "  "])
async def test_example_is_chosen_with_arrows_and_enter(explore: Explore, typed: str) -> None:
    async with explore((120, 36)) as reader:
        await reader.press("slash")
        if typed:
            await reader.press(*["space"] * len(typed))
        while parse(reader.results.selected_target).subject != (EXAMPLE,):
            await reader.press("down")
        await reader.press("enter")
        assert reader.query.value == EXAMPLE
        assert reader.found[0].startswith("192")
        assert "records" in reader.result_summary
        assert reader.focus == "query"
        await reader.press("enter")
        assert reader.shown.startswith("192")


async def test_example_is_chosen_with_a_click(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        at = reader.found.index(EXAMPLE)
        region = reader.results.content_region
        await reader.pilot.click(offset=(region.x + 4, region.y + 1 + at))
        await reader.settle()
        assert reader.query.value == EXAMPLE
        assert reader.found[0].startswith("192")


async def test_every_example_is_a_search_with_results(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        examples = reader.found
        for example in examples:
            reader.query.value = example
            await reader.settle()
            assert "Nothing matches" not in reader.screen
            assert reader.found != examples


async def test_earlier_searches_are_listed_the_newest_first_and_run_again(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        for words in ("coal", "fish", "coal", "kurils"):
            await reader.search(words)
            await reader.press("escape" if words == "fish" else "enter")
        await clear(reader)
        assert reader.found[:3] == ["kurils", "coal", "fish"]
        assert reader.found.count("coal") == 1
        lines = [line[:40].strip() for line in reader.screen.splitlines()]
        at = lines.index("Searched before")
        assert lines[at + 1 : at + 4] == ["kurils", "coal", "fish"]
        await reader.press("down", "enter")
        assert reader.query.value == "coal"
        assert reader.found
        assert "records" in reader.result_summary


async def test_cleared_line_lists_the_examples_again(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("fish")
        await reader.press("escape")
        await clear(reader)
        assert reader.result_summary == SENTENCE
        assert reader.found[0] == "fish"
        await reader.type("coal")
        assert reader.result_summary != SENTENCE


@pytest.mark.parametrize("key", ["f2", "f3"])
async def test_empty_search_cannot_be_narrowed_or_sorted(explore: Explore, key: str) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("slash", key)
        assert reader.result_summary == SENTENCE
        assert EXAMPLE in reader.found
