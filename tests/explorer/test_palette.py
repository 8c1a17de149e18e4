"""Tests of the palette: what it offers, in which order, and how its box is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from tests.helpers.explorer import DECLARATION, PACT, Explore, Reader
from tests.helpers.stores import write_store
from tui import paths
from tui.actions import ACTIONS, shown_keys
from tui.explorer.palette import NOT_LISTED, Commands, Entry
from tui.explorer.screens.modal import PageModal
from tui.explorer.screens.palette import Palette
from tui.explorer.widgets.page_view import PageView

RENEWALS = [f"Fishery renewal {number}" for number in range(1, 9)]


async def offered(reader: Reader, words: str) -> list[tuple[str, str]]:
    """Open the palette, type, and return texts and remarks of its entries."""
    await reader.press("colon")
    await reader.type(words)
    return entries(reader)


def entries(reader: Reader) -> list[tuple[str, str]]:
    """Return texts and remarks of the entries of the open palette."""
    assert isinstance(reader.app.screen, Palette)
    hits = [getattr(option, "hit", None) for option in reader.app.screen.query_one(OptionList).options]
    return [(str(hit.text), hit.remark) for hit in hits if isinstance(hit, Entry)]


def box(reader: Reader) -> list[str]:
    """Return the lines inside the frame of the palette."""
    lines = reader.screen.splitlines()
    top = next(number for number, line in enumerate(lines) if "╭" in line)
    left, right = lines[top].index("╭"), lines[top].index("╮")
    bottom = next(number for number, line in enumerate(lines) if "╰" in line)
    assert (left + right + 1) // 2 in (reader.app.size.width // 2, (reader.app.size.width - 1) // 2)
    assert abs(top - (len(lines) - 1 - bottom)) <= 1
    return [line[left + 1 : right] for line in lines[top + 1 : bottom]]


# -- what is offered


async def test_action_is_run(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        assert ("Marks: explain the marks of doubt", "m") in await offered(reader, "explain the marks")
        await reader.press("enter")
        assert isinstance(reader.app.screen, PageModal)
        assert reader.app.screen.query_one(PageView).page[0].text == "Marks and signs"


async def test_record_is_opened(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        assert ("Neutrality pact", "13 April 1941") in await offered(reader, "neutrality pact")
        await reader.press("enter")
        assert reader.shown == reader.cursor == PACT
        assert reader.focus == "document"
        await reader.press("backspace")
        assert reader.title == "Start"


async def test_entry_is_opened_by_a_click(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await offered(reader, "neutrality")
        y = next(number for number, line in enumerate(reader.screen.splitlines()) if "Neutrality pact  " in line)
        await reader.pilot.click(offset=(60, y))
        await reader.settle()
        assert reader.shown == PACT


async def test_enter_right_after_letters_runs_what_they_find(explore: Explore) -> None:
    async with explore((120, 36), PACT) as reader:
        await reader.press("colon")
        await reader.burst(*"life", "enter")
        await reader.settle()
        assert reader.main_screen.visit.address.text() == f"life:{PACT}"


async def test_empty_palette_lists_every_action_with_its_keys(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        found = await offered(reader, "")
        for action in ACTIONS:
            if action.scope in ("reading", "app") and action.id not in NOT_LISTED:
                assert (f"{action.label}: {action.words}", shown_keys(action)) in found
        assert found[0] == ("Search: search the full text", "/")


async def test_keys_are_those_of_the_keymap(explore: Explore) -> None:
    file = paths.keymap_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"search": "ctrl+s,/"}', encoding="utf-8")
    async with explore((80, 24)) as reader:
        assert (await offered(reader, ""))[0] == ("Search: search the full text", "ctrl+s /")


async def test_records_that_answer_equally_well_are_listed_by_date(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        found = [text for text, _ in await offered(reader, "fishery renewal")]
        assert found[: len(RENEWALS)] == RENEWALS
        await reader.press("escape")
        found = [text for text, _ in await offered(reader, "fisher")]
        assert [text for text in found if text in RENEWALS] == RENEWALS


async def test_title_that_begins_with_the_words_goes_before_an_older_record(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        found = [text for text, _ in await offered(reader, "coal")]
        assert found[0] == "Coal concession"
        await reader.press("escape")
        found = [text for text, _ in await offered(reader, "日ソ共同宣言")]
        assert found[0] == "Joint Declaration"


async def test_page_keys_do_nothing_while_the_list_has_no_height(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("colon")
        entry_list = reader.app.screen.query_one(OptionList)
        entry_list.styles.height = 0  # as before the first layout
        await reader.settle()
        await reader.press("pagedown", "pageup")
        assert entry_list.highlighted == 0


async def test_escape_changes_nothing(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await offered(reader, "fish")
        await reader.press("escape")
        assert not isinstance(reader.app.screen, Palette)
        assert (reader.shown, reader.focus) == (DECLARATION, "document")


async def test_control_characters_are_shown_as_marks_in_the_input(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("colon")
        reader.app.screen.query_one(Input).value = "pact\x1b[2J\u202e"
        assert reader.app.screen.query_one(Input).value == "pact␛[2J‹U+202E›"


# -- themes


@pytest.mark.parametrize(
    ("words", "first"),
    [("light", "archive-light"), ("dark", "archive-dark"), ("nord", "nord"), ("archive light", "archive-light")],
)
async def test_theme_is_found_by_its_name(explore: Explore, words: str, first: str) -> None:
    async with explore((80, 24)) as reader:
        found = [text for text, _ in await offered(reader, words)]
        assert found[0] == f"Theme: {first}"
        await reader.press("enter")
        assert reader.app.theme == first


async def test_beginning_of_a_theme_does_not_go_before_records(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        found = [text for text, _ in await offered(reader, "sol")]
        assert "Theme: solarized-dark" in found
        found = [text for text, _ in [entry async for entry in by_score(reader, "so")]]
        assert found.index("Soviet disclaimer") < found.index("Theme: solarized-dark")


async def by_score(reader: Reader, query: str):  # type: ignore[no-untyped-def]
    """Yield texts and remarks of what is found, the best first."""
    hits = [hit async for hit in Commands(reader.main_screen).search(query)]
    for hit in sorted(hits, key=lambda hit: hit.score, reverse=True):
        yield str(hit.text), hit.score


async def test_list_of_themes_opens_on_the_one_in_use(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        reader.app.theme = "nord"
        await reader.app.run_action("app.change_theme")
        await reader.settle()
        found = entries(reader)
        assert found[0] == ("Theme: nord", "in use")
        assert [remark for _, remark in found].count("in use") == 1
        assert sorted(text for text, _ in found) == sorted(f"Theme: {name}" for name in reader.app.available_themes)
        await reader.press("enter")
        assert reader.app.theme == "nord"


# -- how it is drawn


@pytest.mark.parametrize(("size", "width"), [((60, 20), 60), ((80, 24), 72), ((120, 36), 72), ((200, 50), 72)])
async def test_box_stands_in_the_middle_with_one_line_for_an_entry(
    explore: Explore, size: tuple[int, int], width: int
) -> None:
    async with explore(size) as reader:
        found = await offered(reader, "")
        lines = box(reader)
        assert {len(line) for line in lines} == {width - 2}
        assert len(lines) == 14
        for line, (text, keys) in zip(lines[2:], found, strict=False):
            assert line[:-2].endswith(f"  {keys}")  # the scrollbar is behind them
            assert text.startswith(line[1 : -2 - len(keys)].rstrip(" …"))


async def test_long_title_is_cut_before_its_date(explore: Explore, tmp_path: Path) -> None:
    title = "漁業 [b]pact[/b] " * 10
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "short_title": title, "date": "1930-05-01"}])
    for size in ((60, 20), (120, 36)):
        async with explore(size, store=store) as reader:
            await offered(reader, "pact")
            line = box(reader)[2]
            assert line.strip().startswith("漁業 [b]pact[/b] 漁業")
            assert line.rstrip(" │").endswith("…  1 May 1930")
            assert not box(reader)[3].strip(" │")


async def test_box_follows_the_size_of_the_screen(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await offered(reader, "")
        for width, height in ((50, 14), (200, 50)):
            await reader.resize(width, height)
            lines = box(reader)
            assert {len(line) for line in lines} == {min(width, 72) - 2}
            assert len(lines) == min(height, 16) - 2
            assert lines[2][:-1].split()[-1] == "/"
