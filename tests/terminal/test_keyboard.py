"""Undecodable bytes, other keyboard layouts and pasting in a pseudo-terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import Start, Terminal

pytestmark = pytest.mark.xdist_group("terminal")

UNDECODABLE = {
    "Latin-1": "é".encode("latin-1"),
    "KOI8-R": "рыба".encode("koi8-r"),
    "EUC-JP": "漁業".encode("euc-jp"),
    "X10 mouse report right of column 95": b"\x1b[M" + bytes((0x20, 0x20 + 100, 0x20 + 5)),
    "cut sequence": "р".encode()[:1],
}


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
    terminal.read(0.3)
    assert terminal.text == before
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
    terminal.wait_for("an action, or an agreement by its title")
    terminal.send("escape", "й")
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
    terminal.wait_for("to quit the app")
    terminal.send("q")
    assert_exit(terminal)


def test_numpad_keys_act_as_what_is_printed_on_them(start: Start) -> None:
    terminal = start(size=(120, 36))
    terminal.wait_for("By era", "Search")
    terminal.send("\x1b[57410;;47u")  # divide
    terminal.wait_for("Search: enter opens")
    terminal.send("\x1b[57401;129;50u", "\x1bOq")  # 2, with num lock, and 1 of the application mode
    terminal.wait_for("21")
    terminal.send("escape", "q")
    assert_exit(terminal)


def test_several_pasted_lines_are_one_query(start: Start) -> None:
    terminal = start(size=(120, 36))
    terminal.wait_for("By era", "Search")
    terminal.send("/")
    terminal.wait_for("Search: enter opens")
    terminal.send(paste("neutra\u00adlity\r\n\u200bpact\x07\r"))
    terminal.wait_for("neutrality pact ", "Neutrality pact  13 April 1941")
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
