"""Tests of earlier searches, the screen while compiling, and selected links."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.helpers.explorer import PACT, Explore, drawn_strips, hold_compiling
from tests.helpers.stores import SHIPPED, write_store
from tui.explorer.app import Explorer
from tui.explorer.palette import Actions, Records
from tui.explorer.widgets.page_view import PageView


async def test_earlier_searches_come_back_in_the_order_they_were_made(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        for words in ("fish", "timber", "fish"):
            await reader.search(words)
            await reader.press("enter")
        await reader.press("slash")
        recalled = []
        for _ in range(3):
            await reader.press("up")
            recalled.append(reader.query.value)
        assert recalled == ["timber", "fish", "fish"]


@asynccontextmanager
async def compiling(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pilot[Any]]:
    """Run the explorer while compiling has begun and nothing of the store is known yet."""
    go_on = hold_compiling(monkeypatch)
    app = Explorer(SHIPPED, folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield pilot
        go_on.set()


def lines(pilot: Pilot[Any]) -> list[str]:
    return [strip.text.strip(" │") for strip in drawn_strips(pilot.app)]


async def test_first_lines_name_the_store_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with compiling(tmp_path / "cold", monkeypatch) as pilot:
        shown = lines(pilot)
        at = shown.index("Reading db.json")
        assert shown[at + 1] == ""
        assert shown[at + 2].startswith("The catalogue is compiled once")


async def test_palette_finds_actions_alone_while_compiling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with compiling(tmp_path / "cold", monkeypatch) as pilot:
        assert [hit async for hit in Records(pilot.app.screen).search("treaty")] == []
        listed = [hit.text async for hit in Actions(pilot.app.screen).discover()]
        assert "Quit: leave" in listed
        assert not [line for line in listed if line and line.startswith(("Order", "Palette"))]


def reversed_words(pane: PageView) -> str:
    """Return the texts drawn in reverse: the selected link, and hits."""
    drawn = [segment for y in range(pane.size.height) for segment in pane.render_line(y)]
    return "".join(segment.text for segment in drawn if segment.style and segment.style.reverse)


async def test_selected_link_is_reversed_in_pane_with_focus_only(explore: Explore) -> None:
    async with explore((200, 50), PACT) as reader:
        await reader.press("3", "right")
        assert reversed_words(reader.links)
        await reader.press("2")
        assert not reversed_words(reader.links)


async def test_selected_result_is_reversed_while_query_has_focus(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("neutrality")
        assert reader.focus == "query"
        assert reversed_words(reader.results).startswith("Neutrality pact")


async def test_long_title_in_tree_is_cut_with_an_ellipsis(explore: Explore, tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "short_title": "Pact " * 30, "date": "1930"}])
    async with explore((80, 24), store=store) as reader:
        line = reader.tree_line("1930").text
        assert line.rstrip(" │").endswith("…")
        assert len(line) == reader.tree.line_width + len("│")


async def test_bar_is_drawn_where_lines_are_out_of_view_and_follows_them(explore: Explore) -> None:
    async with explore((80, 24), PACT) as reader:
        view = reader.document
        bar = [view.render_line(y).text[-1] == "┃" for y in range(view.size.height)]
        length = sum(bar)
        assert 0 < length < view.size.height
        assert bar == [True] * length + [False] * (view.size.height - length)
        await reader.press("end")
        bar = [view.render_line(y).text[-1] == "┃" for y in range(view.size.height)]
        assert bar == [False] * (view.size.height - length) + [True] * length


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_edge_of_each_pane_is_one_unbroken_line_with_the_thumb_on_it(
    explore: Explore, size: tuple[int, int]
) -> None:
    async with explore(size, PACT) as reader:
        for _ in range(2):
            strips = drawn_strips(reader.app)
            for name in reader.panes:
                region = reader.pane(name).region if name != "tree" else reader.tree.region
                drawn = strips[region.y : region.bottom]
                edge = "".join(strip.crop(region.right - 1, region.right).text for strip in drawn)
                assert edge[0] in "┬┯"
                assert set(edge[1:].removesuffix("┘")) <= {"│", "┃"}
            await reader.press("end")


async def test_edge_has_the_colour_of_the_border_and_the_thumb_another(explore: Explore) -> None:
    async with explore((80, 24), PACT) as reader:
        view = reader.document
        strips = [view.render_line(y) for y in range(view.size.height)]
        colours = {strip.text[-1]: list(strip)[-1].style.color.name for strip in strips}  # type: ignore[union-attr]
        assert colours["│"] == reader.app.theme_variables["border"]
        assert colours["┃"] != colours["│"]


async def test_page_in_a_frame_has_no_edge_within_it(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("m")
        page = reader.app.screen.query_one("#page", PageView)
        assert not any("│" in page.render_line(y).text for y in range(page.size.height))
