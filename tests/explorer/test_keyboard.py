"""Tests of keys on other layouts, of pasting, and of bytes that are no key."""

from __future__ import annotations

import unicodedata

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

from tests.helpers.explorer import DECLARATION, Explore, Reader
from tui import paths
from tui.actions import ACTIONS
from tui.explorer.keyboard import key_name, latin_key
from tui.explorer.palette import Records

RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,№"
LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?#"


@pytest.mark.parametrize(("russian", "latin"), list(zip(RUSSIAN, LATIN, strict=True)))
def test_russian_key_is_the_latin_key_in_its_place(russian: str, latin: str) -> None:
    assert latin_key(_character_to_key(russian)) == _character_to_key(latin)


@pytest.mark.parametrize("wide", ["\u3000", *map(chr, range(0xFF01, 0xFF5F))])
def test_full_width_key_is_its_compatibility_form(wide: str) -> None:
    assert latin_key(_character_to_key(wide)) == _character_to_key(unicodedata.normalize("NFKC", wide))


@pytest.mark.parametrize(
    ("key", "latin"),
    [
        ("ctrl+й", "ctrl+q"),
        ("ctrl+с", "ctrl+c"),
        ("alt+shift+й", "alt+shift+q"),
        ("ctrl+ｆ", "ctrl+f"),
        ("divide", "slash"),
        ("multiply", "asterisk"),
        ("decimal", "full_stop"),
        ("q", "q"),
        ("pageup", "pageup"),
        ("ctrl+plus", "ctrl+plus"),
        ("漁", "漁"),
        ("replacement_character", "replacement_character"),
    ],
)
def test_modifiers_and_other_keys_stay(key: str, latin: str) -> None:
    assert latin_key(key) == latin


def test_names_of_keys_are_those_of_textual() -> None:
    characters = [chr(code) for code in range(0x20, 0x7F)]
    assert [key_name(character) for character in characters] == [
        _character_to_key(character) for character in characters
    ]


def test_no_action_has_a_key_that_another_layout_types() -> None:
    """Such a key would do one thing on the Latin layout and another on the Russian one."""
    keys = {key for action in ACTIONS for key in action.keys.split(",")}
    assert {key for key in keys if latin_key(key) != key} == set()


async def paste(reader: Reader, text: str) -> None:
    reader.app.post_message(events.Paste(text))
    await reader.settle()
    await reader.settle()


async def test_russian_and_full_width_keys_act_as_latin_ones(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("я")
        assert reader.panes == {"document"}
        await reader.press("ｚ")
        assert "tree" in reader.panes
        await reader.press("ъ")
        after = reader.shown
        assert after != DECLARATION
        await reader.press("Р")
        assert reader.shown == DECLARATION
        await reader.press("Д")
        assert reader.shown == after
        await reader.press("ctrl+а")
        assert reader.focus == "find"


@pytest.mark.parametrize("key", ["full_stop", "divide", "fullwidth_solidus"])
async def test_key_of_the_solidus_opens_the_search(explore: Explore, key: str) -> None:
    async with explore((80, 24)) as reader:
        await reader.press(key)
        assert reader.focus == "query"


async def test_key_of_the_keymap_goes_before_its_place_on_another_layout(explore: Explore) -> None:
    file = paths.keymap_file()
    file.parent.mkdir(parents=True)
    file.write_text('{"find": "."}', encoding="utf-8")
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("full_stop")
        assert reader.focus == "find"


async def test_typed_text_stays_as_it_is_typed(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("й. ｑ")
        assert reader.query.value == "й. ｑ"
        await reader.press("escape")
        await reader.burst("slash", "к", "у")
        assert reader.query.value.endswith("ку")


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        (("c", "o", "a", "k", "backspace", "l"), "coal"),
        (("o", "i", "l", "ctrl+u", "g", "a", "s"), "gas"),
        (("o", "i", "l", "ctrl+г", "g", "a", "s"), "gas"),
        (("o", "l", "left", "i", "end", "s"), "oils"),
    ],
)
async def test_keys_that_come_together_edit_in_their_order(explore: Explore, keys: tuple[str, ...], typed: str) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        for opening, name in (("slash", "query"), ("ctrl+f", "find")):
            await reader.press(opening, "ctrl+u")
            await reader.burst(*keys)
            assert reader.main_screen.query_one(f"#{name}", Input).value == typed
            await reader.press("escape", "escape")


async def test_letter_without_text_is_no_command_in_an_input(explore: Explore) -> None:
    """Some terminals with the Kitty protocol report a Cyrillic letter without its text."""
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        reader.app.post_message(events.Key("й", None))
        await reader.settle()
        assert reader.app.return_code is None
        assert reader.focus == "query"


async def test_control_keys_work_in_an_input_on_the_russian_layout(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.search("coal oil")
        await reader.press("ctrl+г")
        assert reader.query.value == ""
        assert reader.app.return_code is None
        await reader.press("ctrl+й")
        assert reader.app.return_code == 0


async def test_link_letters_are_taken_from_the_russian_layout(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("а")
        letters = reader.app.screen
        assert letters is not reader.main_screen
        await reader.burst("\ufffd")
        assert reader.app.screen is letters
        await reader.press("Ф")
        assert reader.app.screen is reader.main_screen
        assert reader.shown != DECLARATION


async def test_undecodable_byte_is_shown_in_an_input_and_ignored_elsewhere(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        before = reader.screen
        await reader.burst("\ufffd")
        assert reader.screen == before
        await reader.press("slash")
        await reader.burst("a", "\ufffd", "b")
        assert reader.query.value == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("coal\noil\r\n\n\tgas\n", "coal oil gas"),
        ("co\u00adal\u200b \u202eoil\ufeff\x1b[2J\x07", "coal oil[2J"),
        ("\u0438\u0306\u0304 \u304b\u3099", "й\u0304 が"),
        (" oil ", " oil "),
        ("\n", ""),
    ],
)
async def test_pasted_text_becomes_one_visible_line(explore: Explore, text: str, shown: str) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("slash")
        await paste(reader, text)
        assert reader.query.value == shown


async def test_paste_replaces_the_selection_and_is_inserted_at_the_cursor(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("ctrl+f")
        await paste(reader, "peace\ntreaty")
        await reader.press("home")
        await paste(reader, "the ")
        find = reader.main_screen.query_one("#find")
        assert find.value == "the peace treaty"  # type: ignore[attr-defined]
        find.select_all()  # type: ignore[attr-defined]
        await paste(reader, "war")
        assert find.value == "war"  # type: ignore[attr-defined]


async def test_paste_into_the_palette_is_one_line(explore: Explore) -> None:
    async with explore((80, 24)) as reader:
        await reader.press("colon")
        await paste(reader, "neutrality\r\npact\r\n")
        assert reader.app.screen.query_one(Input).value == "neutrality pact"


async def test_decomposed_text_is_found(explore: Explore) -> None:
    async with explore((120, 36), "1956-10-19-trade-protocol") as reader:
        found = []
        for form in ("NFC", "NFD"):
            await reader.search(unicodedata.normalize(form, "японский"))
            results = reader.found
            await reader.press("escape", "ctrl+f", "ctrl+u")
            await reader.type(unicodedata.normalize(form, "Японией"))
            _, hits = reader.document.passages
            await reader.press("escape")
            offered = Records(reader.main_screen).search(unicodedata.normalize(form, "Китай"))
            found.append((results, hits, [hit.text async for hit in offered]))  # type: ignore[union-attr]
        assert found[0] == found[1]
        assert all(found[0])
