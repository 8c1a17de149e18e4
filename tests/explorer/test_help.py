"""Tests of help, legend and guide, and of how keys are spelled in them."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from string import punctuation

import pytest
from textual.keys import _character_to_key

from tests.helpers.explorer import DECLARATION, Explore, Reader
from tests.helpers.stores import ROOT
from tui import paths
from tui.actions import ACTIONS, Action, shown_keys, spelled
from tui.address import parse
from tui.cli import main
from tui.explorer.bindings import bindings
from tui.explorer.screens.modal import PageModal
from tui.explorer.widgets.page_view import PageView
from tui.pages import help as help_page
from tui.pages.help import SECTIONS
from tui.pages.signs import MARKS, MEANINGS

GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
NAMES = {
    "escape": "esc",
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "exclamation_mark": "!",
    "asterisk": "*",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_curly_bracket": "{",
}


def modal_text(reader: Reader) -> str:
    """Return the whole text of the page in the modal."""
    screen = reader.app.screen
    assert isinstance(screen, PageModal)
    layout = screen.query_one(PageView).page_layout
    return "\n".join(map(layout.line_text, range(len(layout.lines))))


# -- the list of actions


def test_actions_have_unique_ids_and_words() -> None:
    assert [id for id, number in Counter(action.id for action in ACTIONS).items() if number > 1] == []
    for action in ACTIONS:
        assert action.words == action.words.strip() != ""
        assert action.label


@pytest.mark.parametrize("scopes", [("reading", "app", "movement", "page"), ("reading", "app", "movement", "tree")])
def test_no_key_has_two_actions_in_one_scope(scopes: tuple[str, ...]) -> None:
    keys = [key for action in ACTIONS if action.scope in scopes for key in action.keys.split(",") if key]
    assert [key for key, number in Counter(keys).items() if number > 1] == []


def test_every_action_has_an_id_for_the_keymap_and_a_tooltip() -> None:
    for binding in bindings("reading", "movement", "tree", "page", "app"):
        assert binding.id
        assert binding.description
        assert binding.tooltip


@pytest.mark.parametrize("action", [action for action in ACTIONS if action.keys], ids=lambda action: action.id)
def test_guide_lists_every_key(action: Action) -> None:
    keys_section = GUIDE.split("## Keys")[1].split("\n## ")[0]
    listed = set(re.findall(r"`([^`]+)`", keys_section))
    assert {NAMES.get(key, key) for key in action.keys.split(",")} <= listed


def test_guide_lists_no_unknown_key() -> None:
    table = [line for line in GUIDE.split("## Keys")[1].split("\n## ")[0].splitlines() if line.startswith("| `")]
    listed = {key for line in table for key in re.findall(r"`([^`]+)`", line.split("|")[1])}
    known = {NAMES.get(key, key) for action in ACTIONS for key in action.keys.split(",")}
    assert listed == known - {""}


def test_guide_explains_every_mark() -> None:
    for mark in filter(None, MARKS.values()):
        assert f"| `{mark}` |" in GUIDE


# -- spelling of keys


@pytest.mark.parametrize("character", punctuation)
def test_punctuation_key_is_spelled_as_its_character(character: str) -> None:
    assert spelled(_character_to_key(character)) == character


@pytest.mark.parametrize(
    "key",
    ["ctrl+p", "alt+left", "f1", "shift+tab", "backspace", "enter", "pagedown", "home", "space", "delete", "H", "й"],
)
def test_other_key_is_spelled_by_its_name(key: str) -> None:
    assert spelled(key) == key


def test_escape_is_spelled_esc() -> None:
    assert [spelled("escape"), spelled("alt+escape")] == ["esc", "alt+esc"]


GLYPHS = re.compile(r"[←→↑↓↵⏎⇥⇧⌃⌥⌫␣]|\^[a-z]\b|\bF\d|\b(PgUp|PgDn|pgup|pgdn|Esc)\b|`escape`")
"""Other spellings of keys."""


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/guide.md"])
def test_document_spells_keys_by_name(name: str) -> None:
    assert GLYPHS.findall((ROOT / name).read_text("utf-8")) == []


def test_help_on_the_command_line_spells_keys_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    assert main(["--help"]) == 0
    assert GLYPHS.findall(capsys.readouterr().out) == []


async def footer_with(reader: Reader, key: str) -> str:
    """Return the footer once it has a key; it follows the focus a little later."""
    for _ in range(100):
        if key in reader.screen.splitlines()[-1]:
            break
        await asyncio.sleep(0.01)
        await reader.settle()
    return reader.screen.splitlines()[-1]


async def test_footer_spells_keys_by_name(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.keys_named()
        footer = reader.screen.splitlines()[-1]
        assert "backspace Back" in footer
        await reader.press("slash")
        footer = await footer_with(reader, "down Next")
        for key in ("down Next", "up Previous", "f2 Narrow", "esc Close", "alt+left Back", "ctrl+p Palette", "f1 Help"):
            assert key in footer
        await reader.press("escape", "ctrl+f")
        footer = await footer_with(reader, "tab In all")
        for key in ("down Next", "tab In all", "enter Keep", "esc Close"):
            assert key in footer


# -- help


async def test_help_lists_every_action_with_its_keys(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("question_mark")
        flat = " ".join(modal_text(reader).split())
        for action in ACTIONS:
            if action.keys:
                assert f"{shown_keys(action)} {action.words}" in flat


def test_help_shows_all_keys_of_an_action() -> None:
    for action in ACTIONS:
        assert shown_keys(action).split() == [NAMES.get(key, key) for key in action.keys.split(",") if key]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ("1", "In the tree"),
        ("2", "In the document"),
        ("3", "In the document"),
        ("slash", "In the search"),
        ("ctrl+f", "While finding words"),
    ],
)
async def test_help_opens_at_the_section_about_the_focused_pane(
    explore: Explore, size: tuple[int, int], keys: str, title: str
) -> None:
    async with explore(size, DECLARATION) as reader:
        await reader.press(keys)
        focus = reader.focus
        await reader.press("f1")
        lines = [line for line in modal_text(reader).splitlines() if line]
        assert title in lines[2] or title in lines[3]
        assert title in reader.screen
        await reader.press("escape")
        assert not isinstance(reader.app.screen, PageModal)
        assert reader.focus == focus


@pytest.mark.parametrize(("width", "columns"), [(60, 1), (80, 1), (99, 1), (100, 2), (120, 2), (200, 2)])
async def test_help_has_two_columns_from_100_cells_on(explore: Explore, width: int, columns: int) -> None:
    async with explore((width, 30)) as reader:
        await reader.press("question_mark")
        assert headings_beside_each_other(reader) == columns


async def test_help_follows_the_width_of_the_screen(explore: Explore) -> None:
    async with explore((120, 30)) as reader:
        await reader.press("question_mark")
        for width, columns in ((80, 1), (100, 2), (60, 1), (200, 2)):
            await reader.resize(width, 30)
            assert headings_beside_each_other(reader) == columns


def headings_beside_each_other(reader: Reader) -> int:
    """Return how many headings of sections stand on the first line that has one."""
    titles = [title for title, _ in SECTIONS.values()]
    line = next(line for line in modal_text(reader).splitlines() if any(title in line for title in titles))
    return sum(title in line for title in titles) + ("Views, for" in line)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (120, 36)])
async def test_all_of_the_help_can_be_scrolled_into_view(explore: Explore, size: tuple[int, int]) -> None:
    async with explore(size) as reader:
        await reader.press("question_mark")
        whole = modal_text(reader).splitlines()
        seen: set[str] = set()
        for _ in range(20):
            seen |= {line for line in whole if line in reader.screen}
            await reader.press("pagedown")
        assert seen == set(whole)
        assert "list the sources" in reader.screen
        await reader.press("home")
        assert all(line in reader.screen for line in whole[:8])


def test_help_tells_marks_of_doubt_from_keys() -> None:
    page = help_page.compose(help_page.of_actions(ACTIONS))
    assert [block.text for block in page if "marks of doubt, not keys" in block.text]


@pytest.mark.parametrize("place", [*SECTIONS, "views"])
def test_section_of_the_help_is_printed_alone(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", f"help:/{place}"]) == 0
    printed = capsys.readouterr().out
    titles = {**{place: title for place, (title, _) in SECTIONS.items()}, "views": "Views, for the palette"}
    assert [other for other in titles if f"\n{titles[other]}" in printed] == [place]


async def test_section_of_the_help_is_opened_as_an_address(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        reader.main_screen.addresses.open(parse("help:/search"))
        await reader.settle()
        assert "In the search" in reader.screen.splitlines()[1]


# -- leaving


async def test_ctrl_c_says_how_to_leave(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("ctrl+c")
        assert reader.hear() == "q leaves."
        await reader.press("slash", "ctrl+c")
        assert reader.hear() == "ctrl+q leaves."
        assert reader.app.is_running


async def test_ctrl_c_names_the_key_of_the_keymap(explore: Explore) -> None:
    file = paths.keymap_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"quit": "x", "quit-anywhere": "f9"}', encoding="utf-8")
    async with explore((80, 24)) as reader:
        await reader.press("ctrl+c")
        assert reader.hear() == "x leaves."
        await reader.press("slash", "ctrl+c")
        assert reader.hear() == "f9 leaves."
        await reader.press("f9")
        assert reader.app.return_code == 0


@pytest.mark.parametrize("keys", ["", "slash", "ctrl+f", "question_mark", "colon", "f"])
async def test_ctrl_q_leaves_from_anywhere(explore: Explore, keys: str) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press(*keys.split())
        assert reader.app.return_code is None
        await reader.press("ctrl+q")
        assert reader.app.return_code == 0


async def test_modal_closes_by_each_of_its_keys(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        before = reader.screen
        for key in ("escape", "q", "question_mark", "m", "enter"):
            await reader.press("question_mark")
            assert reader.screen != before
            await reader.press(key)
            assert reader.screen == before, key
            assert reader.app.is_running


async def test_help_opened_twice_is_one_modal(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.press("f1", "f1", "escape")
        assert not isinstance(reader.app.screen, PageModal)


async def test_m_explains_the_marks(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.press("m")
        text = " ".join(modal_text(reader).split())
        for basis, mark in MARKS.items():
            if mark:
                assert f"{mark} {MEANINGS[basis]}" in text


async def test_list_without_damaged_records_says_so(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        assert "could not be read" not in reader.screen
        await reader.press("exclamation_mark")
        assert "There are none" in modal_text(reader)
