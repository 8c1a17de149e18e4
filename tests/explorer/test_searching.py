"""Tests of searching and finding: results while typing, hits, and what escape restores."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from textual import events

from tests.helpers.explorer import DECLARATION, PACT, WIDTHS, Explore, Reader
from tests.helpers.searching import search
from tests.helpers.stores import HOSTILE, hostile_store, write_store
from tui.pages.layout import TextPosition
from tui.search import parser
from tui.search.engine import Results, open_searcher
from tui.search.stages import SearchAnswer
from tui.search.syntax import Query


def found(reader: Reader) -> list[str]:
    return [block.spans[0].target for block in reader.results.page if block.spans and block.spans[0].target]


def count(reader: Reader) -> str:
    return str(reader.main_screen.query_one("#count").render())


async def test_results_are_shown_while_typing(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        assert "of them with provisions: titles" in count(reader)
        assert not found(reader)
        sizes = []
        for letter in "neutrality":
            await reader.type(letter)
            sizes.append(len(found(reader)))
        assert sizes[0] > sizes[-1] > 0
        assert found(reader)[0] == PACT
        assert f"{sizes[-1]} agreement" in count(reader)
        for _ in "neutrality":
            await reader.press("backspace")
        assert not found(reader)
        assert "of them with provisions: titles" in count(reader)


async def test_answer_to_an_earlier_query_is_dropped(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("neutrality")
        before = (found(reader), reader.shown)
        reader.deliver(SearchAnswer(Results(Query("fish"))))
        await reader.settle()
        assert (found(reader), reader.shown) == before


async def test_typed_letter_is_parsed_once(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = parser.parse

    def counted(text: str, *arguments: Any) -> Query:
        parsed.append(text)
        return parse(text, *arguments)

    monkeypatch.setattr(parser, "parse", counted)
    async with explore((120, 36)) as reader:
        await reader.press("slash")
        await reader.type("f")
        assert reader.shown == found(reader)[0]
        assert reader.document.hits[1] > 0
        assert parsed == ["f"]
        await reader.press("down")
        assert parsed == ["f"]
        await reader.type("i")
        assert parsed == ["f", "fi"]


@pytest.mark.parametrize("seed", range(3))
async def test_fast_typing_ends_with_the_results_of_the_last_query(explore: Explore, seed: int) -> None:
    dice = random.Random(seed)
    words = ["fisheries", "kurils", "peace treaty", "漁業", "нейтралитет"]
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        for _ in range(8):
            word = dice.choice(words)
            reader.query.value = ""
            await reader.burst(*("space" if letter == " " else letter for letter in word))
            assert reader.query.value == word
            expected = search(open_searcher(reader.catalogue), word)
            assert found(reader) == [result.summary.id for result in expected.found]


@pytest.mark.parametrize("width", [80, 120])
async def test_keys_that_arrive_together_are_typed_into_the_search(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        await reader.burst("slash", *"fish")
        assert reader.focus == "query"
        assert reader.query.value == "fish"
        assert found(reader)


@pytest.mark.parametrize("width", [80, 120])
async def test_enter_before_the_answer_opens_the_first_result_once_it_comes(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        await reader.press("slash")
        await reader.burst(*"neutrality", "enter")
        assert reader.shown == PACT
        assert reader.focus == "document"
        assert "search" not in reader.panes


async def test_arrow_keys_select_results_while_typing(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("fish")
        ids = found(reader)
        assert reader.results.selected_target == ids[0]
        await reader.press("down", "down")
        assert reader.results.selected_target == ids[2]
        await reader.press("up")
        assert reader.results.selected_target == ids[1]
        await reader.press("pagedown")
        assert ids.index(reader.results.selected_target) > 3
        assert reader.focus == "query"
        await reader.type("eries")
        assert reader.query.value == "fisheries"


@pytest.mark.parametrize("width", WIDTHS)
async def test_wide_screens_preview_the_selected_result(explore: Explore, width: int) -> None:
    async with explore((width, 36), PACT) as reader:
        await reader.search("fisheries")
        ids = found(reader)
        if width < 110:
            assert reader.panes == {"search"}
            assert reader.shown == PACT
        else:
            assert {"search", "document"} <= reader.panes
            assert reader.shown == ids[0]
            assert reader.document.hits[0] == 1
            await reader.press("down")
            assert reader.shown == ids[1]
            assert reader.focus == "query"


@pytest.mark.parametrize("width", WIDTHS)
async def test_enter_opens_a_result_at_its_first_hit_with_all_hits_marked(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        await reader.search("fisheries")
        await reader.press("down", "enter")
        assert reader.focus == "document"
        assert reader.sees("document")
        assert "search" not in reader.panes
        assert reader.shown == reader.cursor == found(reader)[1]
        at, total = reader.document.hits
        words = [reader.document.page[block].text[start:end].lower() for block, start, end in reader.document._hits]
        assert at == 1
        assert total == len(words) > 3
        assert "fisheries" in words
        assert f"hit 1 of {total}" in reader.title
        await reader.press("backspace")
        assert reader.title == "Start"


async def test_all_visible_hits_are_marked_and_the_selected_one_differs(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("fisheries")
        await reader.press("enter")
        view = reader.document
        top, height = view.top_line, view.size.height
        expected = sum(
            top <= view.page_layout.line_at(TextPosition(block, start)) < top + height for block, start, _ in view._hits
        )
        drawn = [s for y in range(height) for s in view.render_line(y) if s.style and s.style.reverse]
        assert len(drawn) >= expected > 0
        assert len({str(segment.style.color) for segment in drawn if segment.style}) == 2


async def test_n_and_N_reach_every_hit_and_both_ends_show_a_notice(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("fisheries")
        await reader.press("enter")
        total = reader.document.hits[1]
        await reader.press("N")
        assert reader.hear() == "This is the first hit."
        assert reader.document.hits[0] == 1
        for number in range(2, total + 1):
            await reader.press("n")
            assert reader.document.hits == (number, total)
            block, start, _ = reader.document._hits[number - 1]
            line = reader.document.page_layout.line_at(TextPosition(block, start))
            assert 0 <= line - reader.document.top_line < reader.document.size.height
        await reader.press("n")
        assert reader.hear().startswith("On to ")
        assert reader.shown == found(reader)[1]
        await reader.press("escape")
        assert reader.document.hits == (0, 0)
        await reader.press("n")
        assert reader.hear() == "Search first: press /."


async def test_back_returns_from_the_next_result_to_the_one_before(explore: Explore) -> None:
    """n after the last hit and N before the first keep the visit, with its line, in the history."""
    async with explore((80, 24)) as reader:
        await reader.search("fisheries")
        ids = found(reader)
        await reader.press("down", "enter")
        while reader.document.hits[0] < reader.document.hits[1]:
            await reader.press("n")
        last = (ids[1], reader.document.top_line)
        assert last[1] > 0
        await reader.press("n")
        assert reader.shown == ids[2]
        await reader.press("backspace")
        assert (reader.shown, reader.document.top_line) == last
        await reader.press("L")
        assert reader.shown == reader.cursor == ids[2]
        await reader.press("n", "N")
        assert reader.shown == ids[1]
        await reader.press("backspace")
        assert reader.shown == ids[2]


@pytest.mark.parametrize("width", [50, 120, 200])
async def test_escape_from_search_restores_position_and_focus(explore: Explore, width: int) -> None:
    astray = []
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
                astray.append(f"{pane} / {words}: from {before} to {after}")
        await reader.press("backspace")
        assert reader.hear() == "This is where you began."
    assert not astray, "\n".join(astray)


async def test_escape_from_search_restores_focus_on_the_claims(explore: Explore) -> None:
    async with explore((200, 50), DECLARATION) as reader:
        await reader.press("3", "tab")
        assert reader.focus == "claims"
        await reader.search("fish")
        await reader.press("escape")
        assert reader.focus == "claims"


async def test_escape_from_search_restores_the_line_of_the_start_page(explore: Explore) -> None:
    async with explore((120, 24)) as reader:
        await reader.press("2", "pagedown")
        line = reader.document.top_line
        assert line
        await reader.search("fish")
        assert reader.shown
        await reader.press("escape")
        assert reader.title == "Start"
        assert reader.document.top_line == line
        assert reader.focus == "document"


async def test_escape_from_a_second_search_restores_the_hits_of_the_first(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("fisheries")
        await reader.press("enter", "n", "n")
        before = (reader.shown, reader.document.hits, reader.document.top_line)
        await reader.search("kurils")
        await reader.press("escape")
        assert (reader.shown, reader.document.hits, reader.document.top_line) == before


async def test_words_in_three_scripts_and_with_accents_are_found(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        for words, expected in (
            ("千島", "1875-05-07-st-petersburg-treaty"),
            ("中立条約", PACT),
            ("Курилы", "1875-05-07-st-petersburg-treaty"),
            ("нейтралитете", PACT),
            ("communique", "1973-10-10-joint-communique"),
            ("COMMUNIQUÉ", "1973-10-10-joint-communique"),
            ("共同宣言", DECLARATION),
        ):
            await reader.search(words)
            assert reader.query.value == words
            assert expected in found(reader)
            assert reader.shown == found(reader)[0]
            await reader.press("escape")


SIGNS = [
    '"',
    "'",
    "*",
    "[/x]",
    "[@click=app.quit]",
    "(",
    "NEAR(",
    "AND OR NOT",
    "a:b",
    "-",
    "^",
    "\\",
    "%s{0}",
    "'; DROP",
]
ODD = [
    "\u202efish",
    "fish\u200b",
    "x" * 500,
    "fish " * 80,
    "👩\u200d👧",
    "\U000e0001",
    "\u3000",
    "fi\u0301sh",
    "\ud800",
    "\x00",
]


@pytest.mark.parametrize("inputs", [SIGNS, ODD])
async def test_no_typed_or_pasted_text_is_an_error(explore: Explore, inputs: list[str]) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        for words in inputs:
            await reader.press("slash")
            reader.query.value = ""
            reader.app.post_message(events.Paste(words))
            await reader.settle()
            await reader.press("enter", "escape")
            assert reader.app.is_running
            assert reader.focus
            assert reader.sees(reader.focus)


async def test_pasted_text_cannot_drive_the_terminal(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.press("slash")
        reader.app.post_message(events.Paste("\x1b[2J\x9b31mzzzz\u202e"))
        await reader.settle()
        assert not {"\x1b", "\x9b", "\u202e"} & set(reader.screen)


async def test_page_without_results_offers_other_queries(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("zzzz yyyy")
        assert "Nothing matches “zzzz yyyy”." in reader.screen
        assert len(reader.results.page) > 1
        await reader.press("enter", "down", "up")
        assert reader.focus == "query"
        await reader.press("escape")
        assert reader.title == "Start"


async def test_query_without_results_clears_the_hits_of_the_document(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.search("fisheries")
        assert reader.document.hits[1]
        await reader.type("zzzz")
        assert not found(reader)
        assert reader.document.hits == (0, 0)


async def test_reopened_search_selects_the_last_query_for_replacement(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("kurils")
        await reader.press("enter")
        await reader.press("slash")
        assert reader.query.value == "kurils"
        assert found(reader)
        await reader.type("fish")
        assert reader.query.value == "fish"


async def test_letters_with_bindings_are_typed_into_the_query(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("qfoz123nNHL?:/!")
        assert reader.query.value == "qfoz123nNHL?:/!"
        assert reader.app.is_running


async def test_click_on_a_result_opens_it(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("fisheries")
        region = reader.results.content_region
        await reader.pilot.click(offset=(region.x + 3, region.y))
        await reader.settle()
        assert reader.shown == found(reader)[0]
        assert reader.focus == "document"


async def test_fast_typing_over_a_larger_store_ends_with_the_last_answer(explore: Explore, tmp_path: Path) -> None:
    dice = random.Random(7)
    words = ["fisheries", "convention", "protocol", "railway", "neutrality", "trade", "harbour", "credit"]
    records = [
        {
            "id": f"a{number}",
            "short_title": f"Agreement {number}",
            "summary": " ".join(dice.choices(words, k=60)),
            "background": " ".join(dice.choices(words, k=200)),
        }
        for number in range(1500)
    ]
    async with explore((80, 24), store=write_store(tmp_path / "large.json", agreements=records)) as reader:
        await reader.press("slash")
        for word in dice.choices(words, k=12):
            reader.query.value = ""
            await reader.burst(*word)
            assert len(found(reader)) == 200


async def test_hostile_store_is_searched_and_shown_without_harm(explore: Explore, tmp_path: Path) -> None:
    async with explore((120, 36), store=hostile_store(tmp_path / "hostile.json")) as reader:
        for words in ("bold", "Signed", HOSTILE[:200]):
            await reader.press("slash")
            reader.query.value = words
            await reader.settle()
            await reader.press("enter", "n", "n", "N")
        assert reader.app.is_running


# -- what newcomers stumbled over


@pytest.mark.parametrize("width", [80, 120])
async def test_tab_finds_the_query_in_the_selected_agreement(explore: Explore, width: int) -> None:
    async with explore((width, 36)) as reader:
        await reader.search("kurils")
        await reader.press("down")
        second = found(reader)[1]
        await reader.press("tab")
        assert reader.shown == reader.cursor == second
        assert reader.focus == "find"
        assert reader.document.hits[0] == 1
        await reader.press("enter", "n")
        assert reader.document.hits[0] == 2


@pytest.mark.parametrize("way", ["escape", "f2"])
async def test_facets_return_to_the_results(explore: Explore, way: str) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("coal")
        ids = found(reader)
        await reader.press("f2")
        assert count(reader) == "narrow the search to"
        await reader.press(way)
        assert found(reader) == ids
        assert "search" in reader.panes


async def test_up_cycles_earlier_queries_and_keeps_the_draft(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        for words in ("fishery", "oil"):
            await reader.search(words)
            await reader.press("enter")
        await reader.search("draft not opened")
        seen = []
        for _ in range(4):
            await reader.press("up")
            seen.append(reader.query.value)
        assert seen == ["oil", "fishery", "draft not opened", "oil"]


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
        ids = found(reader)
        await reader.press("enter")
        await reader.search("soviet")
        await reader.press("escape")
        while reader.document.hits[0] < reader.document.hits[1]:
            await reader.press("n")
        await reader.press("n")
        assert reader.shown == ids[1]
        assert f"result 2 of {len(ids)}" in reader.hear()


async def test_new_search_is_sorted_by_relevance(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("fishery")
        await reader.press("f3", "enter")
        await reader.search("neutrality pact")
        assert found(reader)[0] == PACT


@pytest.mark.parametrize("words", ["peace", "zzzz", "zz"])
async def test_escape_from_find_bar_restores_the_position(explore: Explore, words: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("pagedown", "pagedown", "pagedown")
        line = reader.document.top_line
        assert line
        await reader.press("ctrl+f")
        assert reader.sees("find")
        await reader.type(words)
        await reader.press("escape")
        assert not reader.sees("find")
        assert reader.document.top_line == line
        assert reader.document.hits == (0, 0)


async def test_arrow_keys_step_through_hits_and_reopened_find_bar_finds_its_words(
    explore: Explore,
) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("ctrl+f")
        await reader.type("peace")
        await reader.press("down", "down", "up")
        assert reader.document.hits[0] == 2
        hits = reader.document.hits[1]
        await reader.press("escape", "ctrl+f")
        assert reader.document.hits == (1, hits)


async def test_number_of_the_hit_is_never_cut_off(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("ctrl+f")
        await reader.type("the")
        for width in (120, 60, 40, 24):
            await reader.resize(width, 24)
            assert "hit 1 of " in reader.title
            assert len(reader.title) <= width
            assert "hit 1 of" in reader.screen.splitlines()[0]


async def test_match_by_a_date_in_other_words_counts_no_hits(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("1956年10月19日 ")
        assert "hit" not in count(reader)
        assert DECLARATION in found(reader)
        await reader.press("enter")
        assert "no hits in the text" in reader.title


async def test_notice_is_dismissed_with_its_page(explore: Explore) -> None:
    async with explore((120, 36), PACT) as reader:
        await reader.press("N")
        assert reader.hear()
        await reader.press("right_square_bracket")
        assert not reader.hear()
