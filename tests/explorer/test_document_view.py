"""The borders of the document: the place of the reader, the number of the screenful, the sections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Offset

from tests.helpers.explorer import DECLARATION, Explore, Reader
from tests.helpers.stores import write_store
from tui.pages.outline import outline

SIZES = ((60, 20), (200, 50))


def border(reader: Reader, *, lower: bool = False) -> str:
    """Return the upper or the lower border of the document as it is drawn."""
    region = reader.document.region
    line = reader.screen.splitlines()[region.bottom - 1 if lower else region.y]
    return line[region.x : region.right]


@pytest.mark.parametrize("size", SIZES)
async def test_upper_border_follows_the_scrolling(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size, DECLARATION) as reader:
        assert reader.title == "Joint Declaration · 19 October 1956"
        seen = []
        for _ in range(1000):
            if reader.title not in seen:
                seen.append(reader.title)
            if reader.document.top_line == reader.document.max_scroll_y:
                break
            await reader.press("down")
        assert seen[:4] == [
            "Joint Declaration · 19 October 1956",
            "Joint Declaration › Facts",
            "Joint Declaration › Provisions",
            "Joint Declaration › Provisions › Preamble",
        ]
        await reader.press("home")
        assert reader.title == seen[0]


@pytest.mark.parametrize(("size", "number"), [((80, 24), "2/{}"), ((200, 50), "2 of {} pages")])
async def test_screenfuls_are_counted_at_the_right(explore: Explore, size: tuple[int, int], number: str) -> None:
    async with explore(size, DECLARATION) as reader:
        await reader.press("pagedown")
        turned = 1
        before = border(reader)
        while reader.document.top_line < reader.document.max_scroll_y:
            await reader.press("pagedown")
            turned += 1
        total = turned + 1
        assert before.endswith(f" {number.format(total)} ┯")
        assert border(reader).endswith(f" {number.format(total).replace('2', str(total), 1)} ┯")


async def test_headings_are_reached_both_ways_and_both_ends_show_a_notice(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("left_parenthesis")
        assert reader.hear() == "There is no heading before."
        titles = [heading.title for heading in outline(reader.document.page) if heading.is_section]
        assert len(titles) == 7
        for title in titles:
            await reader.press("right_parenthesis")
            assert reader.title.endswith(f" › {title}")
            assert title == "Facts" or title in reader.screen.split("›", 1)[1]
        await reader.press("right_parenthesis")
        assert reader.hear() == "There is no further heading."
        for title in titles[-2::-1]:
            await reader.press("left_parenthesis")
            assert reader.title.endswith(f" › {title}")


async def test_heading_goes_to_the_section_of_a_provision(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press(*["right_curly_bracket"] * 3, "left_parenthesis")
        assert reader.title == "Joint Declaration › Provisions"


async def test_place_stays_when_the_width_changes(explore: Explore) -> None:
    async with explore((200, 50), f"{DECLARATION}") as reader:
        await reader.press(*["right_curly_bracket"] * 5)
        assert reader.title == "Joint Declaration › Provisions › Point 4"
        await reader.resize(60, 20)
        assert reader.title == "Joint Declaration › Provisions › Point 4"
        await reader.resize(42, 20)
        assert reader.title == "Joint Declaration › Point 4"
        await reader.resize(30, 20)
        assert reader.title.endswith("… › Point 4")


@pytest.mark.parametrize("size", SIZES)
async def test_lower_border_lists_the_sections_with_their_screenfuls(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size, DECLARATION) as reader:
        assert border(reader, lower=True).startswith("─facts 1 · provisions ")
        await reader.press("end")
        assert " · sources " in border(reader, lower=True)


async def test_section_goes_to_its_screenful(explore: Explore) -> None:
    """The number of a section is that of the screenful on which the reader then is."""
    async with explore((200, 50), DECLARATION) as reader:
        for word in ("background", "sources", "provisions"):
            line = border(reader, lower=True)
            number = line.split(f"{word} ")[1].split()[0].rstrip("─┘")
            await reader.click(reader.find_on_screen(f"{word} {number}"))
            assert reader.title.lower().endswith(word)
            assert f" {number} of " in border(reader)


async def test_page_that_fits_has_neither_numbers_nor_a_lower_border(explore: Explore, tmp_path: Path) -> None:
    record = {"id": "a", "provisions": [{"ref": "Art. 1", "text": "word " * 200}]}
    store = write_store(tmp_path / "s.json", agreements=[record])
    async with explore((80, 24), "a", store=store) as reader:
        lines = len(reader.document.page_layout.lines)
        for height, fits in ((lines + 2, True), (lines + 1, False), (lines + 2, True), (lines + 9, True)):
            await reader.resize(80, height)
            assert (reader.document.max_scroll_y == 0) == fits
            assert ("facts 1" in reader.screen) != fits
            assert ("/" in border(reader)) != fits


async def test_click_on_a_border_opens_no_line_beyond_it(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("2", "pagedown", "pagedown")
        view = reader.document
        for link in range(len(view.page_layout.links)):
            line = view.page_layout.line_of_link(link)
            view.scroll_to_line(line + 1)
            await reader.settle()
            if view.top_line == line + 1:
                column = view._margin + view.page_layout.cells_of_link(link, line)[0]
                await reader.click(Offset(view.content_region.x + column, view.region.y))
                assert reader.shown == DECLARATION
                return
        raise AssertionError("no link to try")


async def test_text_of_a_store_is_no_markup_in_the_borders(explore: Explore, tmp_path: Path) -> None:
    hostile = "[@click=app.quit]q[/]"
    record: dict[str, Any] = {
        "id": "a",
        "short_title": hostile,
        "provisions": [{"ref": hostile, "text": "word " * 900}],
        "background": "word " * 900,
    }
    store = write_store(tmp_path / "s.json", agreements=[record])
    async with explore((200, 30), "a", store=store) as reader:
        await reader.press("right_curly_bracket")
        assert border(reader).startswith(f"━{hostile} › Provisions › {hostile}━")
        await reader.click(reader.find_on_screen("q[/]"))
        assert reader.shown == "a"


async def test_long_titles_leave_room_for_the_place(explore: Explore, tmp_path: Path) -> None:
    record = {
        "id": "a",
        "short_title": "条約" * 60,
        "provisions": [{"ref": "第三条" * 40, "text": "word " * 900}, {"ref": "Art. 2", "text": "word " * 900}],
    }
    store = write_store(tmp_path / "s.json", agreements=[record])
    async with explore((80, 24), "a", store=store) as reader:
        await reader.press("right_curly_bracket")
        for place in ("第三条", "Art. 2"):
            assert "… › " in reader.title
            assert place in reader.title
            assert cell_len(reader.title) < reader.document.outer_size.width
            assert border(reader).rstrip("━┯").endswith(" ")
            await reader.press("right_curly_bracket")


async def test_upper_border_names_the_section_of_the_passage(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.search("habomai")
        await reader.press("enter", "n")
        assert border(reader).startswith("━Joint Declara… › Point 9 · passage 2 of 6")


async def test_click_on_a_section_of_a_page_that_was_replaced_does_nothing(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        document = reader.document
        line = document._lines[1]
        document.action_section(1, line + 1)
        assert document.top_line == 0
        document.action_section(1, line)
        assert document.top_line == line
