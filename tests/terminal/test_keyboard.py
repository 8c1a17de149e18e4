"""Undecodable bytes, other keyboard layouts and pasting in a pseudo-terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start, Terminal

pytestmark = pytest.mark.xdist_group("terminal")

UNDECODABLE = {
    "Latin-1": "é".encode("latin-1"),
    "KOI8-R": "рыба".encode("koi8-r"),
    "EUC-JP": "漁業".encode("euc-jp"),
    "X10 mouse report right of column 95": b"\x1b[M" + bytes((0x20, 0x20 + 100, 0x20 + 5)),
    "cut sequence": "р".encode()[:1],
}


SIGNED = "19 October 1956, Moscow"
"""Text on the first screen of the Joint Declaration."""


def kitty(character: str, modifiers: int = 1, text: bool = True) -> str:
    """Return a key as the Kitty keyboard protocol sends it: code point, modifiers, text."""
    return f"\x1b[{ord(character)};{modifiers}{f';{ord(character)}' if text else ''}u"


def paste(text: str) -> str:
    return f"\x1b[200~{text}\x1b[201~"


def assert_exit(terminal: Terminal) -> None:
    assert terminal.wait_for_exit() == 0
    assert all(terminal.restored_modes.values()), terminal.restored_modes
    assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("name", UNDECODABLE)
def test_undecodable_bytes_do_nothing_outside_an_input_and_are_shown_in_it(start: Start, name: str) -> None:
    terminal = start(size=(120, 36))
    terminal.wait_for("By era", "Search")
    before = terminal.text
    terminal.child.send(UNDECODABLE[name])
    terminal.send("?")
    terminal.wait_for("esc closes")
    terminal.child.send(UNDECODABLE[name])
    terminal.send("q")
    terminal.wait_for(before)
    terminal.send("/")
    terminal.wait_for("Search: enter opens")
    terminal.send("fish")
    terminal.child.send(UNDECODABLE[name])
    terminal.send("ery")
    terminal.wait_for("fishery" if "mouse" in name else "�", "ery")
    terminal.send("escape", "q")
    assert_exit(terminal)


def test_russian_letters_act_as_the_latin_keys_in_their_place(start: Start) -> None:
    terminal = start("1956-10-19-joint-declaration", size=(80, 24))
    terminal.wait_for("By era", "Follow")
    terminal.send(".")
    terminal.wait_for("Search: enter opens")
    terminal.send("нейтралитет")
    terminal.wait_for("нейтралитет", "Neutrality pact")
    terminal.send("escape")
    terminal.wait_for(gone="Search: enter opens")
    terminal.send("я")
    terminal.wait_for("Joint Declaration", gone="By era")
    terminal.send("Ж")
    terminal.wait_for("an action, a page")
    terminal.send("escape")
    terminal.wait_for(gone="an action, a page")
    terminal.send("й")
    assert_exit(terminal)


def test_russian_letters_act_in_modals_and_over_links(start: Start) -> None:
    terminal = start("1956-10-19-joint-declaration", size=(120, 36))
    terminal.wait_for("By era", SIGNED, "Help")
    page = terminal.text
    terminal.send(",")
    terminal.wait_for("Reading", "esc closes")
    terminal.send("й")
    terminal.wait_for(page)
    terminal.send("ь")
    terminal.wait_for("esc closes", "inferred")
    terminal.send("Ь", "ь")
    terminal.wait_for(page)
    terminal.send("а")
    terminal.wait_for(gone=page)  # there are letters
    terminal.send("ф")
    terminal.wait_for(gone=SIGNED)
    terminal.send("Р")
    terminal.wait_for(SIGNED)
    terminal.send("х")
    terminal.wait_for("Matsumoto", gone=SIGNED)
    terminal.send("ъ")
    terminal.wait_for(SIGNED)
    terminal.send("Ъ")
    terminal.wait_for(gone=SIGNED)
    terminal.send("п")
    terminal.wait_for(SIGNED)
    terminal.send("q")
    assert_exit(terminal)


def test_full_width_letters_act_as_plain_ones(start: Start) -> None:
    terminal = start(size=(120, 36))
    terminal.wait_for("By era", "Search")
    terminal.send("？")
    terminal.wait_for("esc closes")
    terminal.send("ｑ")
    terminal.wait_for(gone="esc closes")
    terminal.send("／")
    terminal.wait_for("Search: enter opens")
    terminal.send("escape")
    terminal.wait_for(gone="Search: enter opens")
    terminal.send("ｑ")
    assert_exit(terminal)


def test_alt_acts_on_the_russian_layout(start: Start, tmp_path: Path) -> None:
    keymap = tmp_path / "soviet-japanese-agreements" / "keymap.json"
    keymap.parent.mkdir()
    keymap.write_text('{"help": "alt+w", "quit": "alt+q"}', encoding="utf-8")
    terminal = start(XDG_CONFIG_HOME=str(tmp_path))
    terminal.wait_for("By era", "Search")
    terminal.send(kitty("ц", 3, text=False))
    terminal.wait_for("esc closes")
    terminal.send("escape")
    terminal.wait_for(gone="esc closes")
    terminal.send("\x1bй")
    assert_exit(terminal)


@pytest.mark.parametrize(
    "keys",
    [
        [kitty("й")],
        [kitty("й", text=False)],
        [kitty("й", 5, text=False)],
        [kitty("."), kitty("й", 5, text=False)],
        [kitty("ｑ")],
    ],
    ids=["q", "q without text", "control", "control in an input", "full width"],
)
def test_kitty_protocol_has_a_way_out_on_other_layouts(start: Start, keys: list[str]) -> None:
    terminal = start()
    terminal.wait_for("By era", "Search")
    terminal.send(*keys)
    assert_exit(terminal)


def test_control_c_on_the_russian_layout_says_how_to_quit(start: Start) -> None:
    terminal = start()
    terminal.wait_for("By era", "Search")
    terminal.send(kitty("с", 5, text=False))
    terminal.wait_for("q leaves.")
    terminal.send("q")
    assert_exit(terminal)


def test_numpad_keys_act_as_what_is_printed_on_them(start: Start) -> None:
    terminal = start(size=(120, 36))
    terminal.wait_for("By era", "Search")
    terminal.send("\x1b[57410;;47u")  # divide
    terminal.wait_for("Search: enter opens")
    digits = [f"\x1b[{code};129;{code - 57399 + 48}u" for code in range(57399, 57409)]  # with num lock
    terminal.send(*digits, *(f"\x1bO{letter}" for letter in "pqrstuvwxyjkmno"))  # those of the application mode too
    terminal.wait_for("01234567890123456789*+-./")
    terminal.send("escape")
    terminal.wait_for(gone="Search: enter opens")
    terminal.send("\x1bOo")
    terminal.wait_for("Search: enter opens")
    terminal.send("escape", "q")
    assert_exit(terminal)


INPUTS = (
    {"/": "Search: enter opens"},
    {"\x06": "find in this"},
    {":": "an action, a page"},
    {":": "an action, a page", "list the names": "Names: list", "enter": "Names that hold"},
)
"""Keys that open search, find bar, palette and prompt, each with what is on the screen then."""


def test_pasted_lines_become_one_in_every_input_and_do_nothing_elsewhere(start: Start) -> None:
    terminal = start("1956-10-19-joint-declaration", size=(120, 36))
    terminal.wait_for("By era", SIGNED, "Help")
    before = terminal.text
    terminal.send(paste("q\r\x1bq\r/fishery\r"), "?")
    terminal.wait_for("esc closes")
    terminal.send("escape")
    terminal.wait_for(before)
    for opening in INPUTS:
        for key, shown in opening.items():
            terminal.send(key)
            terminal.wait_for(shown)
        terminal.send(paste("neutra\u00adlity\r\n\u200b pa\x1bqct\x07\tsi\u0438\u0306gn\r"))
        terminal.wait_for("neutrality paqct siйgn")
        terminal.send("!")
        terminal.wait_for("neutrality paqct siйgn!")
        terminal.send("escape")
        terminal.wait_for(gone="neutrality")
    terminal.send("q")
    assert_exit(terminal)


def test_keys_act_again_after_a_paste_without_an_end_and_a_very_long_one(start: Start) -> None:
    terminal = start(size=(120, 36))
    terminal.wait_for("By era", "Search")
    terminal.send("/")
    terminal.wait_for("Search: enter opens")
    terminal.send("\x1b[200~neutrality\rpact")
    terminal.wait_for("neutrality pact ", " Neutrality pact  ", " 13 April 1941")
    terminal.child.send("\x15" + paste("coal\r" * 50_000))
    terminal.wait_for("coal coal coal", "Coal concession")
    terminal.send("escape", "q")
    assert_exit(terminal)


def test_mouse_of_a_terminal_without_a_size_in_pixels(start: Start) -> None:
    terminal = start(size=(80, 24))
    terminal.wait_for("By era", "Search")
    terminal.send("\x1b[48;24;80;0;0t", "\x1b[<35;70;10M", "\x1b[<0;70;10M", "\x1b[<0;70;10m", "?")
    terminal.wait_for("esc closes")
    terminal.send("escape", "q")
    assert_exit(terminal)


@pytest.mark.parametrize("word", ["японский", "ソヴィエト"])
def test_decomposed_text_is_found(start: Start, word: str) -> None:
    decomposed = unicodedata.normalize("NFD", word)
    assert decomposed != word
    for arguments in (["search", decomposed], ["list", "--ids", decomposed]):
        printed = start(*arguments)
        assert printed.wait_for_exit() == 0
        assert printed.raw.strip()
