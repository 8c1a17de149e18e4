"""Tests of hits: marked in the document, walked by passages with n and N, and found with the find bar."""

from __future__ import annotations

import pytest

from tests.helpers.explorer import DECLARATION, PACT, WIDTHS, Explore
from tui.pages.layout import TOP, TextPosition


@pytest.mark.parametrize("width", WIDTHS)
async def test_enter_opens_a_result_at_its_first_hit_with_all_hits_marked(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        await reader.search("fisheries")
        await reader.press("down", "enter")
        assert reader.focus == "document"
        assert reader.sees("document")
        assert "search" not in reader.panes
        assert reader.shown == reader.cursor == reader.found[1]
        at, total = reader.document.passages
        words = [reader.document.page[block].text[start:end].lower() for block, start, end in reader.document._hits]
        assert at == 1
        assert len(words) > total == len({block for block, *_ in reader.document._hits}) > 3
        assert "fisheries" in words
        assert f"passage 1 of {total}" in reader.title
        await reader.press("backspace", "backspace")  # by the results
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
        marked = [view.role_styles[role].bgcolor for role in ("hit", "current")]
        drawn = [s.style.bgcolor for y in range(height) for s in view.render_line(y) if s.style]
        hit, current = (drawn.count(background) for background in marked)
        assert hit + current >= expected > current > 0


async def test_n_and_N_reach_every_passage_and_both_ends_show_a_notice(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("fisheries")
        await reader.press("enter")
        total = reader.document.passages[1]
        await reader.press("N")
        assert reader.hear() == "This is the first passage."
        assert reader.document.passages[0] == 1
        for number in range(2, total + 1):
            await reader.press("n")
            assert reader.document.passages == (number, total)
            block = sorted({block for block, *_ in reader.document._hits})[number - 1]
            start = min(start for in_block, start, _ in reader.document._hits if in_block == block)
            line = reader.document.page_layout.line_at(TextPosition(block, start))
            assert 0 <= line - reader.document.top_line < reader.document.size.height
        await reader.press("n")
        assert reader.hear().startswith("On to ")
        assert reader.shown == reader.found[1]
        await reader.press("escape")
        assert reader.document.passages == (0, 0)
        await reader.press("n")
        assert reader.hear() == "Search first: press /."


async def test_back_returns_from_the_next_result_to_the_one_before(explore: Explore) -> None:
    """n after the last passage and N before the first keep the visit, with its line, in the history."""
    async with explore((80, 24)) as reader:
        await reader.search("fisheries")
        ids = reader.found
        await reader.press("down", "enter")
        while reader.document.passages[0] < reader.document.passages[1]:
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


async def test_words_of_one_paragraph_are_one_passage(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search('"one side cannot change"')
        await reader.press("enter", "escape", "ctrl+f")
        await reader.type("one side cannot change")
        view = reader.document
        blocks = {block for block, *_ in view._hits}
        assert len(view._hits) > len(blocks) == view.passages[1] > 1
        current = [span for spans in view._hit_spans.values() for span in spans if span.role == "current"]
        assert len(current) == sum(block == min(blocks) for block, *_ in view._hits)


async def test_query_without_results_clears_the_hits_of_the_document(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.search("fisheries")
        assert reader.document.passages[1]
        await reader.type("zzzz")
        assert not reader.found
        assert reader.document.passages == (0, 0)


async def test_date_in_other_words_hits_the_date_as_the_document_writes_it(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("1956年10月19日 ")
        assert DECLARATION in reader.found
        await reader.press("enter")
        assert "passage 1 of" in reader.title
        hits = {reader.document.page[block].text[start:end] for block, start, end in reader.document._hits}
        assert hits == {"19 October 1956"}


@pytest.mark.parametrize("width", [80, 120])
async def test_tab_finds_the_query_in_the_selected_agreement(explore: Explore, width: int) -> None:
    async with explore((width, 36)) as reader:
        await reader.search("kurils")
        await reader.press("down")
        second = reader.found[1]
        await reader.press("tab")
        assert reader.shown == reader.cursor == second
        assert reader.focus == "find"
        assert reader.document.passages[0] == 1
        await reader.press("enter", "n")
        assert reader.document.passages[0] == 2


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
        assert reader.document.passages == (0, 0)


async def test_arrow_keys_step_through_passages_and_reopened_find_bar_finds_its_words(
    explore: Explore,
) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("ctrl+f")
        await reader.type("peace")
        await reader.press("down", "down", "up")
        assert reader.document.passages[0] == 2
        hits = reader.document.passages[1]
        await reader.press("escape", "ctrl+f")
        assert reader.document.passages == (1, hits)


async def test_number_of_the_passage_is_never_cut_off(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("ctrl+f")
        await reader.type("the")
        for width in (120, 60, 40, 24):
            await reader.resize(width, 24)
            assert "passage 1 of " in reader.title
            assert len(reader.title) <= width
            assert "passage 1 of" in reader.screen.splitlines()[0]


async def test_notice_is_dismissed_with_its_page(explore: Explore) -> None:
    async with explore((120, 36), PACT) as reader:
        await reader.press("N")
        assert reader.hear()
        await reader.press("right_square_bracket")
        assert not reader.hear()


@pytest.mark.parametrize("words", ["ended", "contradicts", "not known", "identifier"])
async def test_all_words_on_the_page_are_found_in_the_record(explore: Explore, words: str) -> None:
    async with explore((120, 36), "1925-01-20-peking-convention") as reader:
        await reader.press("ctrl+f")
        await reader.type(words)
        assert reader.document.passages[0] == 1
        drawn = [
            segment.text.lower()
            for y in range(reader.document.size.height)
            for segment in reader.document.render_line(y)
            if segment.style and segment.style.bgcolor == reader.document.role_styles["current"].bgcolor
        ]
        assert any(words.split()[0][:9] in text for text in drawn)


async def test_search_over_all_records_marks_no_labels(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("ended peking")
        await reader.press("enter")
        assert all(start >= 0 for _, start, _ in reader.document._hits)


async def test_record_opens_at_the_claim_with_the_verdict_asked_for(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.search("verdict:contradicts")
        await reader.press("enter")
        view = reader.document
        assert view.passages == (1, 1)
        ((block, start, end),) = view._hits
        assert view.page[block].text[start:end] == "Contradicted by the record"
        line = view.page_layout.line_at(TextPosition(block, start))
        assert view.top_line < line < view.top_line + view.size.height


async def test_word_within_a_marked_verdict_is_marked_once(explore: Explore) -> None:
    async with explore((60, 20), "1925-01-20-peking-convention") as reader:
        await reader.search("verdict:contradicts by")
        await reader.press("enter")
        for hits in reader.document._hit_spans.values():
            ends = [hit.end for hit in hits if hit.role == "hit"]
            starts = [hit.start for hit in hits if hit.role == "hit"]
            assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
        assert any(hit.end - hit.start > 10 for hits in reader.document._hit_spans.values() for hit in hits)


async def test_passage_that_waits_for_a_hidden_document_gives_way_to_a_later_place(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.search("habomai")
        await reader.press("enter", "1", "z")
        assert not reader.sees("document")
        assert reader.document.go_to_passage(3)
        reader.document.go_to(TOP)
        await reader.press("z")
        assert reader.sees("document")
        assert reader.document.top_line == 0
