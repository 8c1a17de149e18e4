"""Tests of escape from the search: it restores what the screen showed before."""

from __future__ import annotations

import pytest

from tests.helpers.explorer import DECLARATION, Explore


@pytest.mark.parametrize("width", [50, 120, 200])
async def test_escape_from_search_restores_position_and_focus(explore: Explore, width: int) -> None:
    failures = []
    async with explore((width, 24), DECLARATION) as reader:
        for pane, words in (("1", "joint declaration"), ("2", "fisheries"), ("3", "zzzz")):
            await reader.press("2")
            reader.document.scroll_to(y=21, animate=False)
            await reader.press(pane)
            before = (reader.shown, reader.document.top_line, reader.focus, reader.panes, reader.cursor)
            await reader.search(words)
            await reader.press("down", "escape")
            after = (reader.shown, reader.document.top_line, reader.focus, reader.panes, reader.cursor)
            if after != before:
                failures.append(f"{pane} / {words}: from {before} to {after}")
        await reader.press("backspace")
        assert reader.hear() == "This is where you began."
    assert not failures, "\n".join(failures)


async def test_escape_from_search_restores_focus_on_the_claims(explore: Explore) -> None:
    async with explore((200, 50), DECLARATION) as reader:
        await reader.press("3", "tab")
        assert reader.focus == "claims"
        await reader.search("fish")
        await reader.press("escape")
        assert reader.focus == "claims"


async def test_escape_from_search_restores_the_line_of_the_start_page(explore: Explore) -> None:
    async with explore((120, 24)) as reader:
        await reader.press("2", "pagedown", "down", "down")
        line = reader.document.top_line
        assert line
        assert reader.document.page_layout.lines[line].block >= 0  # a blank line would become the next with text
        await reader.search("fish")
        assert reader.shown
        await reader.press("escape")
        assert reader.title.startswith("Start › ")
        assert reader.document.top_line == line
        assert reader.focus == "document"


async def test_escape_from_a_second_search_restores_the_hits_of_the_first(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("fisheries")
        await reader.press("enter", "n", "n")
        before = (reader.shown, reader.document.passages, reader.document.top_line)
        await reader.search("kurils")
        await reader.press("escape")
        assert (reader.shown, reader.document.passages, reader.document.top_line) == before


async def test_abandoned_search_is_among_the_earlier_queries(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("kurils")
        await reader.press("escape", "slash")
        reader.query.value = ""
        await reader.settle()
        await reader.press("up")
        assert reader.query.value == "kurils"


async def test_abandoned_search_restores_the_results_of_n(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("fisheries")
        ids = reader.found
        await reader.press("enter")
        await reader.search("soviet")
        await reader.press("escape")
        while reader.document.passages[0] < reader.document.passages[1]:
            await reader.press("n")
        await reader.press("n")
        assert reader.shown == ids[1]
        assert f"result 2 of {len(ids)}" in reader.hear()
