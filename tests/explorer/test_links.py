"""Tests of cross-links, history, neighbours and provisions."""

from __future__ import annotations

import pytest

from tests.helpers.explorer import DECLARATION, PACT, WIDTHS, Explore, Reader
from tui.address import Address, agreement
from tui.catalogue.connection import AgreementSummary
from tui.explorer.screens.main import MainScreen
from tui.pages.layout import TOP
from tui.pages.outline import outline


def lettered(reader: Reader) -> dict[str, str]:
    """Return the letters on links in visible panes, and the target of each."""
    return {
        letter: view.target(number)
        for name in ("document", "links", "claims")
        if reader.sees(name)
        for view in [reader.pane(name)]
        for number, letter in view._letters.items()
    }


# -- letters


@pytest.mark.parametrize("width", [120, 200])
async def test_f_labels_every_visible_link_of_all_panes(explore: Explore, width: int) -> None:
    async with explore((width, 36), DECLARATION) as reader:
        await reader.press("f")
        letters = lettered(reader)
        in_view = [
            link
            for name in ("document", "links", "claims")
            if reader.sees(name)
            for link in reader.pane(name).links_in_view()
            if not reader.pane(name).page_layout.is_quiet(link)
        ]
        assert len(letters) == len(in_view) > 3
        drawn = [
            segment.text
            for name in ("document", "links", "claims")
            if reader.sees(name)
            for view in [reader.pane(name)]
            for y in range(view.size.height)
            for segment in view.render_line(y)
            if segment.style and segment.style.bgcolor == view.role_styles["letter"].bgcolor
        ]
        assert sorted(text.strip("[]") for text in drawn) == sorted(letters)


async def page_down_to_a_link(reader: Reader) -> None:
    """Go on until a link in the text is in view, not only quiet ones."""
    layout = reader.document.page_layout
    while not any(not layout.is_quiet(link) for link in reader.document.links_in_view()):
        await reader.press("pagedown")


async def test_f_labels_links_of_the_document(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await page_down_to_a_link(reader)
        await reader.press("f")
        letters = lettered(reader)
        assert letters
        letter, target = next(iter(letters.items()))
        await reader.press(letter)
        assert reader.shown == target


async def test_letter_follows_its_link_and_back_returns_to_the_same_line(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("pagedown")
        line = reader.document.top_line
        await reader.press("f")
        letter, target = list(lettered(reader).items())[-1]
        await reader.press(*letter)
        assert reader.shown == reader.cursor == target
        assert reader.focus == "document"
        assert not lettered(reader)
        await reader.press("backspace")
        assert (reader.shown, reader.document.top_line) == (DECLARATION, line)


async def test_other_key_only_removes_the_letters(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("2")
        before = reader.screen
        for key in ("escape", "1", "f1", "ctrl+d"):
            await reader.press("f")
            assert reader.screen != before
            await reader.press(key)
            assert reader.screen == before
            assert reader.shown == DECLARATION


async def test_resize_while_links_have_letters_does_not_crash(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("f")
        await reader.resize(50, 20)
        await reader.resize(200, 50)
        await reader.press("escape")
        assert not lettered(reader)
        assert reader.shown == DECLARATION


async def test_f_without_a_visible_link_shows_a_notice(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        reader.main_screen.addresses.open(Address("marks"))
        await reader.press("f")
        assert reader.hear() == "There is no link in view."


# -- selected links and the mouse


async def test_right_selects_a_link_and_enter_follows_it(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("right")
        while not reader.document.selected_target:
            await reader.press("pagedown", "right")
        first = reader.document.selected_target
        await reader.press("l")
        second = reader.document.selected_target
        await reader.press("h")
        assert reader.document.selected_target == first
        await reader.press("l", "enter")
        assert reader.main_screen.visit.address.text() == second
        assert reader.focus == "document"


@pytest.mark.parametrize("keys", [("right", "left"), ("l", "h")])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_left_goes_back_to_where_right_came_from(
    explore: Explore, size: tuple[int, int], keys: tuple[str, str]
) -> None:
    right, left = keys
    async with explore(size, PACT) as reader:
        await reader.press("1", right)
        assert (reader.focus, reader.document.top_line) == ("document", 0)
        while reader.focus == "document" and not reader.hear():
            assert reader.document.top_line == 0
            await reader.press(right)
        assert reader.focus == ("links" if reader.sees("links") else "document")
        if reader.focus == "document":
            assert reader.hear() == "There is no further link in view."
        else:
            await reader.press(left)
        assert reader.focus == "document"
        while reader.focus == "document":
            await reader.press(left)
        assert reader.focus == "tree"
        assert reader.document.top_line == 0
        assert reader.shown == PACT


async def test_left_of_the_claims_is_the_document(explore: Explore) -> None:
    async with explore((200, 50), PACT) as reader:
        await reader.press("4", "left")
        assert reader.focus == "document"


async def test_down_selects_links_of_the_links_pane_and_enter_follows(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("3")
        targets = []
        for _ in range(4):
            targets.append(reader.links.selected_target)
            await reader.press("down")
        assert len(set(targets)) == 4
        await reader.press("end")
        last = reader.links.selected_target
        assert len(reader.links.page_layout.links) - 1 == reader.links._selected
        await reader.press("enter")
        assert reader.shown == last


async def test_down_shows_every_line_of_the_links_pane(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("3")
        seen: set[int] = set()
        for _ in range(14):
            top = reader.links.top_line
            seen.update(range(top, top + reader.links.size.height))
            await reader.press(*["down"] * 2)
        assert seen >= set(range(len(reader.links.page_layout.lines)))


async def test_enter_with_no_link_selected_does_nothing(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("enter")
        assert reader.shown == DECLARATION


async def test_click_on_a_link_follows_it_and_beside_it_does_not(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        number = reader.links.links_in_view()[1]
        target = reader.links.target(number)
        y = reader.links.page_layout.line_of_link(number) - reader.links.top_line
        content = reader.links.content_region
        await reader.pilot.click(offset=(content.x + 30, content.y + y + 1))  # the reason below it
        await reader.settle()
        assert reader.shown == DECLARATION
        assert reader.links.selected_target == target
        await reader.pilot.click(offset=(content.x + 4, content.y + y))
        await reader.settle()
        assert reader.shown == target
        assert reader.focus == "document"


async def test_click_in_a_scrolled_document_follows_the_link_under_the_pointer(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await page_down_to_a_link(reader)
        number = reader.document.links_in_view()[0]
        view, place = reader.document, reader.document.page_layout.links[number]
        line = view.page_layout.line_of_link(number)
        x = view.content_region.x + view._margin + view.page_layout.cells_of_link(number, line)[0]
        await reader.pilot.click(offset=(x, view.content_region.y + line - view.top_line))
        await reader.settle()
        assert reader.shown == place.span.target


async def test_wheel_scrolls_the_pane_under_the_pointer(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        from textual import events

        region = reader.document.region
        for kind in (events.MouseScrollDown, events.MouseScrollDown):
            reader.app.post_message(
                kind(None, region.x + 5, region.y + 5, 0, 1, 0, False, False, False, region.x + 5, region.y + 5)
            )
        await reader.settle()
        assert reader.document.top_line > 0
        assert reader.links.top_line == 0
        assert reader.shown == DECLARATION


# -- the way back


async def test_back_and_forward_restore_agreement_and_line(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("pagedown", "down", "down")
        first = (reader.shown, reader.document.top_line)
        await reader.press("3", "enter", "pagedown")
        second = (reader.shown, reader.document.top_line)
        assert first[1] > 0
        assert second[0] != first[0]
        await reader.press("right_square_bracket")
        third = (reader.shown, reader.document.top_line)
        for back, forward in (("backspace", "L"), ("H", "alt+right"), ("alt+left", "L")):
            await reader.press(back)
            assert (reader.shown, reader.document.top_line) == second
            await reader.press(back)
            assert (reader.shown, reader.document.top_line) == first
            assert reader.cursor == first[0]
            await reader.press(back)
            assert reader.hear() == "This is where you began."
            await reader.press(forward, forward)
            assert (reader.shown, reader.document.top_line) == third
            assert reader.cursor == third[0]
            await reader.press(forward)
            assert reader.hear() == "There is nothing further ahead."


async def test_back_returns_to_the_line_of_the_start_page(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("2", "pagedown")
        line = reader.document.top_line
        assert line > 0
        await reader.press("right_square_bracket")
        shown = reader.shown
        assert shown
        await reader.press("backspace")
        assert reader.title == "Start › To begin with"
        assert reader.document.top_line == line
        await reader.press("L")
        assert reader.shown == shown
        await reader.press("0")
        assert reader.title == "Start"
        await reader.press("backspace")
        assert reader.shown == shown


async def test_going_to_a_new_agreement_clears_the_forward_history(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("right_square_bracket", "right_square_bracket", "backspace", "left_square_bracket")
        await reader.press("L")
        assert reader.hear() == "There is nothing further ahead."


async def test_settled_previews_are_in_the_history(explore: Explore) -> None:
    async with explore() as reader:
        seen = []
        await reader.press("down")
        for _ in range(4):
            await reader.rest()
            seen.append(reader.shown)
            await reader.press("down")
        while seen:
            await reader.press("backspace")
            assert reader.shown == reader.cursor == seen.pop()
            assert reader.focus == "tree"
        await reader.press("backspace")
        assert reader.title == "Start"


async def test_history_holds_a_visit_once_after_a_preview_returns_to_it(
    explore: Explore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Back leads from it to the visit before, not to itself again; its line is the one seen last."""
    async with explore() as reader:
        await reader.press("down")
        await reader.rest()
        place = reader.shown
        assert place
        monkeypatch.setattr(MainScreen, "REST", 60)
        await reader.press("down", "up")  # to its neighbour and back, too fast to settle
        assert reader.shown == place
        await reader.press("2", "pagedown")
        top = reader.document.top
        assert top > TOP
        await reader.press("right_square_bracket")
        assert reader.shown not in ("", place)
        await reader.press("backspace")
        assert (reader.shown, reader.document.top) == (place, top)
        await reader.press("backspace")
        assert reader.title == "Start"


async def test_history_skips_previews_of_a_held_key(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    async with explore() as reader:
        monkeypatch.setattr(MainScreen, "REST", 60)
        await reader.press("down")
        assert reader.shown
        for _ in range(6):
            await reader.press("down")
        await reader.press("enter", "right_square_bracket")
        after = reader.shown
        await reader.press("backspace")
        assert reader.shown not in ("", after)  # the agreement opened with enter is in the history
        await reader.press("backspace")
        assert reader.title == "Start"


async def test_start_page_is_kept_after_skipped_previews(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    async with explore() as reader:
        monkeypatch.setattr(MainScreen, "REST", 60)
        await reader.press("down", "backspace")
        assert reader.title == "Start"
        await reader.press("down", "backspace")
        assert reader.title == "Start"


@pytest.mark.parametrize("steps", [2, 7])
async def test_fast_steps_to_neighbours_are_all_in_the_history(explore: Explore, steps: int) -> None:
    async with explore((120, 36), PACT) as reader:
        await reader.burst(*["right_square_bracket"] * steps)
        end = reader.shown
        assert reader.cursor == end
        back = []
        for _ in range(steps):
            await reader.press("backspace")
            back.append(reader.shown)
        assert back[-1] == PACT
        assert len(set(back)) == steps
        await reader.burst(*["L"] * steps)
        assert reader.shown == reader.cursor == end


@pytest.mark.parametrize("width", WIDTHS)
async def test_back_from_an_open_drawer_restores_the_line(explore: Explore, width: int) -> None:
    async with explore((width, 24), DECLARATION) as reader:
        await reader.press("pagedown", "pagedown")
        line = reader.document.top_line
        await reader.press("3", "enter")
        assert reader.shown != DECLARATION
        await reader.press("3", "backspace", "escape")
        assert reader.shown == DECLARATION
        await reader.press("2")
        assert abs(reader.document.top_line - line) <= (2 if width < 110 else 0)


# -- neighbours and provisions


async def test_neighbours_cover_the_whole_tree_and_both_ends_show_a_notice(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("right_square_bracket")
        first = reader.shown
        await reader.press("left_square_bracket")
        assert reader.hear() == "This is the first record."
        assert reader.shown == first
        await reader.burst(*["right_square_bracket"] * 81)
        last = reader.shown
        assert "This is the last record." not in reader.notices
        assert last.startswith("1991")
        await reader.press("right_square_bracket")
        assert reader.hear() == "This is the last record."
        assert reader.shown == reader.cursor == last
        await reader.burst(*["left_square_bracket"] * 81)
        assert reader.shown == reader.cursor == first


async def test_previous_at_the_start_page_shows_a_notice(explore: Explore) -> None:
    async with explore() as reader:
        await reader.press("left_square_bracket")
        assert reader.hear()
        assert reader.title == "Start"


async def test_provisions_are_reached_both_ways_and_both_ends_show_a_notice(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        view = reader.document
        provisions = [heading for heading in outline(view.page) if not heading.is_section]
        starts = [view.page_layout.line_at(heading.position) for heading in provisions]
        assert len(starts) > 5
        await reader.press("left_curly_bracket")
        assert reader.hear() == "There is no provision before."
        for start in starts:
            await reader.press("right_curly_bracket")
            assert view.top_line == min(start, view.max_scroll_y)
        await reader.press("right_curly_bracket")
        assert reader.hear() == "There is no further provision."
        await reader.press("left_curly_bracket")
        assert view.top_line == starts[-2]


async def test_letters_stay_when_the_nearest_agreements_come_after_f(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        nearest = [AgreementSummary("x", "Nearest agreement", "", None, "", False)]
        await reader.press("f")
        before = lettered(reader)
        reader.main_screen._presenter.add_nearest(agreement(DECLARATION), nearest)
        await reader.settle()
        assert lettered(reader) == before != {}


async def test_letter_sent_together_with_f_follows_its_link(explore: Explore) -> None:
    async with explore((120, 24), DECLARATION) as reader:
        await reader.burst("f", "a")
        assert reader.shown != DECLARATION
        assert "follows the link" not in reader.screen


async def test_f_without_a_visible_link_says_where_the_cross_links_are(explore: Explore) -> None:
    async with explore((80, 10), DECLARATION) as reader:
        while reader.document.links_in_view():
            await reader.press("down")
        await reader.press("f")
        assert reader.hear() == "There is no link in view; 3 has the cross-links."
