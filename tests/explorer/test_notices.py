"""Tests of notices: where they stand, how long, and what they leave in view."""

from __future__ import annotations

import pytest

from tests.helpers.explorer import DECLARATION, WIDTHS, Explore
from tui.explorer.notices import Notices
from tui.pages.layout import TextPosition


@pytest.mark.parametrize("width", WIDTHS)
async def test_notice_covers_nothing_but_the_keys(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        await reader.keys_named()
        *before, keys = reader.screen.splitlines()
        await reader.press("left_curly_bracket")
        *panes, notice = reader.screen.splitlines()
        assert notice.strip() == "There is no provision before."
        assert panes == before
        await reader.press("z", "z")
        assert reader.screen.splitlines() == [*before, keys]


async def test_last_passage_is_in_view_beside_its_notice(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("ctrl+f")
        await reader.type("memorandum")
        await reader.press("enter")
        await reader.press(*["n"] * reader.document.passages[1])
        assert reader.hear() == "This is the last passage."
        block, start, _ = reader.document._hits[-1]
        line = reader.document.page_layout.line_at(TextPosition(block, start))
        shown = reader.screen.splitlines()[reader.document.content_region.y + line - reader.document.top_line]
        assert reader.document.page_layout.line_text(line).strip() in shown


async def test_long_notice_is_whole_and_makes_the_panes_shorter(explore: Explore) -> None:
    async with explore((60, 20), DECLARATION) as reader:
        height = reader.document.size.height
        sentence = "There is no agreement 1925-01-20-convention; near it are " + "1925-01-20-peking-convention, " * 4
        reader.main_screen._notices.show(sentence)
        await reader.settle()
        lines = reader.screen.splitlines()
        rows = height + 1 - reader.document.size.height
        assert rows > 1
        assert " ".join(" ".join(lines[-rows:]).split()) == sentence.strip()
        await reader.press("down")
        assert reader.document.size.height == height


@pytest.mark.parametrize("key", ["down", "f1", "slash", "escape"])
async def test_notice_is_gone_with_the_next_key(explore: Explore, key: str) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("N")
        assert reader.hear()
        await reader.press(key)
        assert not reader.hear()


async def test_notice_is_gone_with_the_next_letter_of_a_query(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        reader.main_screen._notices.show("The index is damaged.")
        await reader.type("k")
        assert not reader.hear()


async def test_notice_is_gone_with_a_press_of_the_mouse(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("N")
        assert reader.hear()
        await reader.pilot.mouse_down("#document", offset=(5, 5))
        await reader.settle()
        assert not reader.hear()


async def test_notice_is_gone_after_the_time_it_takes_to_read(
    explore: Explore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("N")
        assert reader.hear()
        monkeypatch.setattr(Notices, "SECONDS", 0)
        monkeypatch.setattr(Notices, "CHARACTERS_PER_SECOND", 10_000)
        await reader.press("N")
        for _ in range(200):
            if not reader.hear():
                break
            await reader.pilot.pause(0.01)
        assert not reader.hear()


async def test_notifications_of_others_stay(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        reader.app.notify("There is no theme of that name.")
        await reader.press("N", "N", "down", "right_square_bracket")
        assert reader.notices == ["There is no theme of that name."]


async def test_notifications_of_textual_shorten_the_panes_and_cover_no_text(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        before = reader.screen.replace("┃", " ").replace("│", " ").splitlines()
        reader.app.notify("There is no theme of that name.")
        await reader.settle()
        *panes, said, keys = reader.screen.replace("┃", " ").replace("│", " ").splitlines()
        assert "There is no theme of that name." in said
        assert keys == before[-1]
        height = 1 + reader.document.size.height
        assert [line.rstrip() for line in panes[1:height]] == [line.rstrip() for line in before[1:height]]
        assert "─facts 1" in panes[height]
        assert not "".join(panes[height + 1 :]).strip()
