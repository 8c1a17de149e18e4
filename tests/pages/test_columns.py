"""Pages set in two columns: nothing is lost, nothing too wide, and a section stays in one column."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from tui.actions import ACTIONS
from tui.corpus.cells import length
from tui.pages import help as help_page
from tui.pages.blocks import Block, Page, Span
from tui.pages.columns import GAP, in_columns

HELP = help_page.compose(help_page.of_actions(ACTIONS))


def texts(page: Page, role: str) -> list[str]:
    """Return the stretches of the page's text that have a role."""
    return [block.text[span.start : span.end] for block in page for span in block.spans if span.role == role]


@pytest.mark.parametrize("width", [92, 99, 112])
def test_every_word_of_the_page_is_in_a_column(width: int) -> None:
    page = in_columns(HELP, width, length)
    before = " ".join(f"{block.lead} {block.text}" for block in HELP).split()
    after = " ".join(block.text for block in page).split()
    assert sorted(after) == sorted(before)


@pytest.mark.parametrize("width", [92, 99, 112])
def test_no_line_is_wider_than_both_columns(width: int) -> None:
    assert max(length(block.text) for block in in_columns(HELP, width, length)) <= width


def test_titles_stay_over_both_columns_and_the_columns_begin_on_one_line() -> None:
    page = in_columns(HELP, 112, length)
    assert page[:2] == HELP[:2]
    first = page[2].text
    assert first.startswith("Reading")
    assert first[(112 - GAP) // 2 + GAP :] in [block.text for block in HELP if block.role == "heading"]


def test_columns_differ_by_less_than_a_section() -> None:
    lines = [block.text for block in in_columns(HELP, 112, length)]
    column = (112 - GAP) // 2
    left = max(number for number, line in enumerate(lines) if line[:column].strip())
    right = max(number for number, line in enumerate(lines) if line[column:].strip())
    assert abs(left - right) < 10


def test_headings_and_keys_keep_their_roles() -> None:
    page = in_columns(HELP, 112, length)
    assert sorted(texts(page, "heading")) == sorted(block.text for block in HELP if block.role == "heading")
    assert set(texts(page, "key")) == {block.lead for block in HELP if block.lead}


def test_links_keep_their_targets_on_every_line_they_are_broken_over() -> None:
    words = "see the convention of Peking and what became of it"
    link = Span(4, len(words), "link", "1925-01-20-convention")
    page = (Block("One", "heading"), Block(words, spans=(link,)), Block("Two", "heading"), Block("漁業条約" * 9))
    columns = in_columns(page, 44, length)
    linked = [block.text[span.start : span.end] for block in columns for span in block.spans if span.target]
    assert " ".join(linked) == words[4:]
    assert len(linked) > 1
    japanese = [re.split("([漁業条約])", block.text, maxsplit=1) for block in columns]
    assert {cell_len(parts[0]) for parts in japanese if len(parts) > 1} == {24}


def test_page_with_one_section_has_no_columns() -> None:
    page = (Block("Title", "title"), Block("Only", "heading"), Block("text"))
    assert in_columns(page, 100, length) == page
