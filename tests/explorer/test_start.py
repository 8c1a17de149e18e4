"""Tests of the first screen: start page, tree, and agreements named on the command line."""

from __future__ import annotations

import json

import pytest

from tests.helpers.explorer import DECLARATION, WIDTHS, Explore
from tui import paths
from tui.actions import ACTIONS, FIRST
from tui.address import Address

STORE = json.loads(paths.shipped_store().read_text("utf-8"))


async def test_start_page_names_corpus_counts_and_six_keys(explore: Explore) -> None:
    async with explore((120, 50)) as reader:
        page = reader.document.page
        assert page[0].text == STORE["corpus"]["1"]["title"]
        for table, noun in (
            ("agreements", "records"),
            ("links", "links"),
            ("claims", "claims"),
            ("sources", "sources"),
        ):
            assert any(f"{len(STORE[table]):,} {noun}" in block.text for block in page)
        keys = [block for block in page if block.lead_role == "key" and block.lead]
        assert len(keys) == len(FIRST) == 6
        words = {action.words for action in ACTIONS}
        assert all(block.text in words for block in keys)
        assert reader.title == "Start"
        assert STORE["corpus"]["1"]["title"] in reader.screen


async def test_start_page_says_what_it_is_and_how_to_begin_without_scrolling_at_80x24(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        shown = " ".join(line[30:].strip("┃│ ") for line in reader.screen.splitlines())
        for words in (
            STORE["corpus"]["1"]["title"],
            STORE["corpus"]["1"]["subtitle"],
            "The Great Soviet Encyclopedia, 3rd edition",
            "What did Molotov sign?",
            "Which sources does all this rest on?",
            *(action.words for action in ACTIONS if action.id in FIRST[:3]),
        ):
            assert words in shown


@pytest.mark.parametrize(
    ("words", "title", "shown"),
    [
        (
            "Where does the encyclopedia differ?",
            "Search for verdict:contradicts OR verdict:differs",
            "Differs from the record",
        ),
        ("2 contradicted", "Search for verdict:contradicts", "Contradicted by the record"),
        ("28 differ", "Search for verdict:differs", "Differs from the record"),
        ("What did Molotov sign?", "Molotov", "Neutrality pact"),
    ],
)
async def test_question_or_verdict_of_the_start_page_opens_its_answer(
    explore: Explore, words: str, title: str, shown: str
) -> None:
    async with explore((120, 50)) as reader:
        (target,) = {
            span.target
            for block in reader.document.page
            for span in block.spans
            if block.text[span.start : span.end] == words
        }
        await reader.press("2")
        while reader.document.selected_target != target:
            await reader.press("right")
        await reader.press("enter")
        assert reader.title == title
        assert shown in reader.screen
        await reader.press("backspace")
        assert reader.title == "Start"


async def test_verdict_in_a_list_of_claims_opens_the_claim(explore: Explore) -> None:
    async with explore((120, 50)) as reader:
        reader.main_screen.addresses.open(Address("search", ("verdict:contradicts",)))
        await reader.press("right", "right")
        assert reader.document.selected_target == "claims:1925-01-20-peking-convention/gse-1-04"
        await reader.press("enter")
        assert "Contradicted by the record" in reader.screen
        assert reader.title == "Peking convention"


async def test_tree_opens_four_eras_and_dims_two_background_ones(explore: Explore) -> None:
    async with explore((120, 120)) as reader:
        eras = sorted(STORE["eras"].values(), key=lambda era: bool(era.get("background")))
        sizes = {
            era["id"]: sum(agreement["era"] == era["id"] for agreement in STORE["agreements"].values()) for era in eras
        }
        years = {era["id"]: f" {era['span'][:4]}–{era['span'][11:15]}" for era in eras if not era.get("background")}
        labels = [f"{era['title']}{years.get(era['id'], '')} {sizes[era['id']]}" for era in eras]
        assert reader.tree_labels() == labels
        branches = reader.tree.branches
        assert [reader.tree.is_open(branch) for branch in branches] == [True] * 4 + [False] * 2
        quiet = reader.tree.role_styles["dim"]
        for branch in branches:
            drawn = [segment for segment in reader.tree_line(branch.label) if branch.label in segment.text]
            assert [segment.style == quiet for segment in drawn] == [branch.background]


HEADINGS = (
    "Interwar 1917–1939  18",
    "War 1939–1945  17",
    "Postwar 1945–1973  18",
    "Détente 1973–1975  16",
    "Before November 1917  10",
    "After July 1975  3",
)


@pytest.mark.parametrize(("size", "open_eras"), [((60, 20), 0), ((80, 24), 0), ((120, 36), 1), ((200, 50), 2)])
async def test_first_screen_shows_every_era_with_years_and_count(
    explore: Explore, size: tuple[int, int], open_eras: int
) -> None:
    async with explore(size) as reader:
        assert reader.title == "Start"
        if not reader.sees("tree"):
            await reader.press("1")
        for number, heading in enumerate(HEADINGS):
            assert f"{'▾' if number < open_eras else '▸'} {heading}" in reader.screen
        assert reader.focus == "tree"
        first = reader.catalogue.agreements("era", "interwar", most=1)[0].id
        assert reader.cursor == (first if open_eras else "Interwar")
        await reader.press("enter")
        assert reader.shown == first
        assert reader.focus == ("document" if open_eras else "tree")


async def test_agreement_of_the_command_line_opens_its_era_before_the_first_ones(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        assert [reader.is_open(number) for number in range(6)] == [False, False, True, False, False, False]
        assert all(heading in reader.screen for heading in HEADINGS)


async def test_footer_shows_the_main_keys(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        footer = reader.screen.splitlines()[-1]
        for action in ACTIONS:
            if action.footer and action.scope in ("reading", "app"):
                assert action.label in footer


@pytest.mark.parametrize("width", WIDTHS)
async def test_first_down_shows_an_agreement_at_every_width(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        before = reader.screen
        await reader.press("down", "down")
        assert reader.screen != before
        assert reader.focus
        assert reader.sees(reader.focus)


async def test_agreement_of_the_command_line_is_shown_and_selected(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        assert reader.shown == DECLARATION
        assert reader.focus == "document"
        assert reader.cursor == DECLARATION
        assert "Joint Declaration · 19 October 1956" in reader.screen
        await reader.press("backspace")
        assert reader.hear() == "This is where you began."


@pytest.mark.parametrize("width", [50, 120])
async def test_unknown_agreement_of_the_command_line_shows_a_notice_and_the_start_page(
    explore: Explore, width: int
) -> None:
    async with explore((width, 24), "no-such-agreement") as reader:
        assert "no-such-agreement" in reader.hear()
        assert reader.title == "Start"
        assert reader.document.page
        await reader.press("right_square_bracket")
        assert reader.shown


async def test_hostile_id_of_the_command_line_cannot_drive_the_terminal(explore: Explore) -> None:
    async with explore((120, 36), "\x1b[2J[/x]\u202e") as reader:
        assert "\x1b" not in reader.screen
        assert "\u202e" not in reader.screen
        assert "[/x]" in reader.screen
