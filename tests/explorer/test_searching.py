"""Tests of the search panel: results while typing, their selection and preview, and earlier queries."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from textual import events

from tests.helpers.explorer import DECLARATION, PACT, WIDTHS, Explore
from tests.helpers.searching import search
from tests.helpers.stores import write_store
from tui.address import parse
from tui.explorer.widgets.search_panel import SearchPanel
from tui.search import parser
from tui.search.engine import Results, open_searcher
from tui.search.stages import SearchAnswer, search_answers
from tui.search.syntax import Query


async def test_results_are_shown_while_typing(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        beginning = (reader.result_summary, reader.found)
        sizes = []
        for letter in "neutrality":
            await reader.type(letter)
            sizes.append(len(reader.found))
        assert sizes[0] > sizes[-1] > 0
        assert reader.found[0] == PACT
        assert f"{sizes[-1]} record" in reader.result_summary
        for _ in "neutrality":
            await reader.press("backspace")
        assert (reader.result_summary, reader.found) == beginning


async def test_answer_to_an_earlier_query_is_dropped(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("neutrality")
        before = (reader.found, reader.shown)
        reader.deliver(SearchAnswer(Results(Query("fish"))))
        await reader.settle()
        assert (reader.found, reader.shown) == before


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
        assert reader.shown == reader.found[0]
        assert reader.document.passages[1] > 0
        assert parsed == ["f"]
        await reader.press("down")
        assert parsed == ["f"]
        await reader.type("i")
        assert parsed == ["f", "fi"]


@pytest.mark.parametrize("seed", range(3))
async def test_fast_typing_ends_with_the_results_of_the_last_query(explore: Explore, seed: int) -> None:
    generator = random.Random(seed)
    words = ["fisheries", "kurils", "peace treaty", "漁業", "нейтралитет"]
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        for _ in range(8):
            word = generator.choice(words)
            reader.query.value = ""
            await reader.burst(*("space" if letter == " " else letter for letter in word))
            assert reader.query.value == word
            expected = search(open_searcher(reader.catalogue), word)
            assert reader.found == [result.summary.id for result in expected.found]


@pytest.mark.parametrize("width", [80, 120])
async def test_keys_that_arrive_together_are_typed_into_the_search(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        await reader.burst("slash", *"fish")
        assert reader.focus == "query"
        assert reader.query.value == "fish"
        assert reader.found


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
        ids = reader.found
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
        ids = reader.found
        if width < 110:
            assert reader.panes == {"search"}
            assert reader.shown == PACT
        else:
            assert {"search", "document"} <= reader.panes
            assert reader.shown == ids[0]
            assert reader.document.passages[0] == 1
            await reader.press("down")
            assert reader.shown == ids[1]
            assert reader.focus == "query"


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
            assert expected in reader.found
            assert reader.shown == reader.found[0]
            await reader.press("escape")


async def test_page_without_results_offers_other_queries(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("zzzz yyyy")
        assert "Nothing matches “zzzz yyyy”: every word must occur in the same record." in reader.screen
        assert len(reader.results.page) > 1
        await reader.press("enter", "down", "up")
        assert reader.focus == "query"
        await reader.press("escape")
        assert reader.title == "Start"


async def test_record_that_lacks_a_word_is_offered_and_opens(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("neutrality quicksilver")
        assert "Records without one of the words" in reader.screen
        assert "  without quicksilver" in reader.screen
        await reader.press("down", "enter")
        assert reader.shown == PACT
        assert reader.document.passages[0] == 1


@pytest.mark.parametrize("width", [60, 120])
async def test_bare_year_offers_what_was_signed_in_it_above_the_first_result(explore: Explore, width: int) -> None:
    async with explore((width, 36)) as reader:
        await reader.search("1956")
        assert "signed in 1956  5 records" in reader.screen
        first = parse(reader.results.selected_target).agreement_id
        assert first
        await reader.press("up")
        assert parse(reader.results.selected_target).subject == ("signed:1956",)
        await reader.press("enter")
        assert "Signed: 1956 ×" in reader.screen
        assert reader.result_summary == "5 records"
        await reader.press("backspace")
        assert "×" not in reader.screen
        await reader.search("1956")
        await reader.press("enter")
        assert reader.shown == first


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
@pytest.mark.parametrize("narrowing", [[], ["f2", "down", "down", "enter"]], ids=["all", "narrowed"])
async def test_later_offer_of_a_year_moves_neither_selection_nor_view(
    explore: Explore, size: tuple[int, int], narrowing: list[str]
) -> None:
    async with explore(size) as reader:
        await reader.search("1956")
        await reader.press(*narrowing)
        panel, list_ = reader.main_screen.query_one(SearchPanel), reader.results
        complete = reader.main_screen._search.session.answer
        assert complete is not None
        assert complete.signed is not None
        first = next(search_answers(open_searcher(reader.catalogue), complete.query.text))._replace(signed=None)
        for steps in (0, 2, 4):
            panel.show_answer(first)
            await reader.press(*["down"] * steps)
            target, top = list_.selected_target, list_.page[list_.top.block].text
            was_at_top = list_.top_line == 0
            panel.show_answer(complete)
            assert list_.selected_target == target
            assert 0 <= list_.page_layout.line_of_link(list_._selected) - list_.top_line < list_.size.height
            assert was_at_top or list_.page[list_.top.block].text == top


async def test_results_in_another_order_are_shown_from_the_first(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("fish")
        await reader.press("pagedown", "pagedown", "f3")
        assert reader.results.selected_target == reader.found[0]
        assert reader.results.top_line == 0


async def test_search_says_by_which_other_forms_of_a_name_it_found(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("karafuto")
        assert "karafuto finds also Sakhalin, サハリン, Сахалин; =karafuto finds just this" in reader.result_summary
        await reader.search("=karafuto")
        assert "finds also" not in reader.result_summary


@pytest.mark.parametrize("width", [60, 120])
async def test_narrowing_shows_chips_that_are_removed_by_key(explore: Explore, width: int) -> None:
    async with explore((width, 36)) as reader:
        await reader.search("fish")
        all_found = reader.found
        await reader.press("f2", "down", "enter")
        assert reader.query.value == "fish"
        assert "Era: War ×" in reader.screen
        narrowed = reader.found[1:]
        assert set(narrowed) < set(all_found)
        assert parse(reader.results.selected_target).agreement_id == narrowed[0]
        await reader.press("f2", "down", "enter")
        assert reader.screen.count(" ×") == 2
        await reader.press("home", "backspace")
        assert reader.found[1:] == narrowed
        await reader.press("up", "enter")
        assert "×" not in reader.screen
        assert reader.found == all_found


async def test_alternatives_stay_as_they_were_typed_while_they_are_narrowed(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("fish OR oil")
        all_found = reader.found
        await reader.press("f2", "down", "enter", "f2", "down", "enter")
        assert reader.screen.count(" ×") == 2
        await reader.press("up", "enter")
        assert reader.screen.count(" ×") == 1
        assert reader.query.value == "fish OR oil"
        narrowed = reader.found
        await reader.press("escape")
        await reader.search("coal")
        await reader.press("up")
        assert (reader.query.value, reader.found) == ("fish OR oil", narrowed)
        await reader.press("home", "backspace")
        assert (reader.query.value, reader.found) == ("fish OR oil", all_found)


@pytest.mark.parametrize("words", ["fish", "漁業"])
@pytest.mark.parametrize("pasted", ["", "a", "coal"])
async def test_query_put_in_place_of_the_last_one_is_not_narrowed(explore: Explore, words: str, pasted: str) -> None:
    async with explore((80, 36)) as reader:
        await reader.search(words)
        await reader.press("f2", "enter", "enter", "slash")
        assert " ×" in reader.screen
        if pasted:
            reader.app.post_message(events.Paste(pasted))
            await reader.settle()
            await reader.settle()
        else:
            await reader.type("coal")
        assert reader.query.value == (pasted or "coal")
        assert " ×" not in reader.screen


async def test_query_stays_narrowed_while_its_words_are_shortened(explore: Explore) -> None:
    async with explore((80, 36)) as reader:
        await reader.search("fish")
        await reader.press("f2", "enter", "home", "right", "ctrl+k")
        assert reader.query.value == "f"
        assert " ×" in reader.screen
        await reader.press("home", "ctrl+k")
        await reader.type("c")
        assert " ×" in reader.screen


@pytest.mark.parametrize("keys", [("enter",), ("enter", "pagedown"), ("enter", "pageup")])
async def test_keys_that_come_before_the_suggestions_leave_the_chips_alone(
    explore: Explore, keys: tuple[str, ...]
) -> None:
    async with explore((80, 36)) as reader:
        await reader.search("fish")
        await reader.press("f2", "enter", "home", "ctrl+k")
        await reader.burst(*"qqqqzzzz", *keys)
        await reader.until("without qqqqzzzz")
        assert " ×" in reader.screen
        if keys == ("enter",):
            await reader.press("enter")
            assert reader.query.value == ""
            assert " ×" in reader.screen


async def test_results_are_narrowed_again_after_going_back(explore: Explore) -> None:
    async with explore((80, 36)) as reader:
        await reader.search("fish")
        await reader.press("f2", "down", "enter")
        found = reader.found
        await reader.press("enter", "backspace")
        assert reader.query.value == "fish"
        assert reader.found == found
        assert "Era: War ×" in reader.screen


async def test_reopened_search_selects_the_last_query_for_replacement(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("kurils")
        await reader.press("enter")
        await reader.press("slash")
        assert reader.query.value == "kurils"
        assert reader.found
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
        assert reader.shown == reader.found[0]
        assert reader.focus == "document"


async def test_fast_typing_over_a_larger_store_ends_with_the_last_answer(explore: Explore, tmp_path: Path) -> None:
    generator = random.Random(7)
    words = ["fisheries", "convention", "protocol", "railway", "neutrality", "trade", "harbour", "credit"]
    records = [
        {
            "id": f"a{number}",
            "short_title": f"Agreement {number}",
            "summary": " ".join(generator.choices(words, k=60)),
            "background": " ".join(generator.choices(words, k=200)),
        }
        for number in range(1500)
    ]
    async with explore((80, 24), store=write_store(tmp_path / "large.json", agreements=records)) as reader:
        await reader.press("slash")
        for word in generator.choices(words, k=12):
            reader.query.value = ""
            await reader.burst(*word)
            assert len(reader.found) == 200


@pytest.mark.parametrize("way", ["escape", "f2"])
async def test_facets_return_to_the_results(explore: Explore, way: str) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("coal")
        ids = reader.found
        await reader.press("f2")
        assert reader.result_summary == "narrow the search to"
        await reader.press(way)
        assert reader.found == ids
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


async def test_new_search_is_sorted_by_relevance(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("fishery")
        await reader.press("f3", "enter")
        await reader.search("neutrality pact")
        assert reader.found[0] == PACT
