"""Escape sequences: keys, in one read or in parts, and what the terminal sends besides keys."""

from __future__ import annotations

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS, IGNORE_SEQUENCE
from textual._xterm_parser import XTermParser

from tui.explorer import sequences
from tui.explorer.sequences import ESC, UNFINISHED, SequenceParser

REPLIES = {
    "OSC 11": "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "OSC 11 with BEL": "\x1b]11;rgb:ffff/ffff/ffff\x07",
    "OSC 52": f"\x1b]52;c;{'QUJD' * 20}\x1b\\",
    "title": "\x1b]lq[]/title 漁業\x1b\\",
    "DA1": "\x1b[?62;22c",
    "long DA1": "\x1b[?61;4;6;7;14;21;22;23;24;28;32;42c",
    "DA2": "\x1b[>41;370;0c",
    "DA3": "\x1bP!|7E565445\x1b\\",
    "XTVERSION": "\x1bP>|xterm(370)\x1b\\",
    "XTGETTCAP": "\x1bP1+r524742=38\x1b\\",
    "DECRQSS": "\x1bP1$r0m\x1b\\",
    "APC": "\x1b_Gi=31;OK\x1b\\",
    "PM": "\x1b^private q\x1b\\",
    "SOS": "\x1bXstring q\x1b\\",
    "size": "\x1b[8;24;80t",
    "ANSI mode": "\x1b[4;2$y",
    "Kitty flags": "\x1b[?1u",
    "unknown CSI": "\x1b[7;7;7z",
    "status": "\x1b[0n",
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a list with the time of the parser in seconds, which only a test changes."""
    now = [100.0]
    monkeypatch.setattr(sequences, "monotonic", lambda: now[0])
    monkeypatch.setattr("textual.constants.ESCAPE_DELAY", 0.25)
    return now


def read(parser: XTermParser, text: str = "") -> list[str]:
    """Return the keys that a parser makes of a text, or of the time that has passed."""
    messages = parser.feed(text) if text else parser.tick()
    return [message.key for message in messages if isinstance(message, events.Key)]


@pytest.mark.parametrize("name", REPLIES)
def test_reply_does_nothing(clock: list[float], name: str) -> None:
    parser = SequenceParser()
    assert read(parser, REPLIES[name]) == []
    assert read(parser, f"a{REPLIES[name]}b{REPLIES[name]}{REPLIES[name]}c") == ["a", "b", "c"]


@pytest.mark.parametrize("pause", [0.0, 0.2, 1.5])
@pytest.mark.parametrize("name", REPLIES)
def test_reply_in_two_parts_does_nothing(clock: list[float], name: str, pause: float) -> None:
    reply = REPLIES[name]
    for cut in range(2, len(reply)):
        parser = SequenceParser()
        keys = read(parser, reply[:cut])
        clock[0] += pause
        keys += read(parser) + read(parser, reply[cut:]) + read(parser, "z")
        assert keys == ["z"], cut


@pytest.mark.parametrize("name", REPLIES)
def test_reply_cut_after_its_first_character_is_at_most_the_escape_key(clock: list[float], name: str) -> None:
    parser = SequenceParser()
    read(parser, ESC)
    clock[0] += 1.5
    assert read(parser) == ["escape"]
    assert read(parser, REPLIES[name][1:]) + read(parser, "z") == ["z"]


@pytest.mark.parametrize("name", REPLIES)
def test_reply_character_by_character_does_nothing(clock: list[float], name: str) -> None:
    parser = SequenceParser()
    for character in REPLIES[name]:
        clock[0] += 0.2
        assert read(parser) + read(parser, character) == []
    assert read(parser, "z") == ["z"]


@pytest.mark.parametrize("name", ["OSC 11", "long DA1", "XTVERSION", "APC"])
def test_keys_act_again_after_an_unfinished_reply(clock: list[float], name: str) -> None:
    for cut in range(2, len(REPLIES[name]) - 1):
        parser = SequenceParser()
        assert read(parser, REPLIES[name][:cut]) == []
        clock[0] += UNFINISHED
        assert all(key.startswith("alt+") for key in read(parser))
        assert read(parser, "z") == ["z"]
        assert read(SequenceParser(), REPLIES[name][:cut] + "\r")[-1:] == ["enter"]


def test_sequences_of_textual_are_keys_in_one_part_and_in_two(clock: list[float]) -> None:
    for sequence, keys in ANSI_SEQUENCES_KEYS.items():
        if not sequence.startswith(ESC) or len(sequence) < 3 or keys is IGNORE_SEQUENCE or isinstance(keys, str):
            continue
        expected = read(XTermParser(), sequence)
        assert read(SequenceParser(), sequence) == expected
        for cut in range(1, len(sequence)):
            parser = SequenceParser()
            first = read(parser, sequence[:cut])
            clock[0] += 0.2
            assert first + read(parser) + read(parser, sequence[cut:]) == expected, (sequence, cut)


def test_arrow_in_two_parts_is_an_arrow(clock: list[float]) -> None:
    for pause in (0.2, 1.5):
        parser = SequenceParser()
        read(parser, "\x1b[")
        clock[0] += pause
        assert read(parser) + read(parser, "A") == ["up"]
        parser = SequenceParser()
        read(parser, ESC)
        clock[0] += pause
        assert (read(parser) + read(parser, "[A"))[-1] == "up"


def test_escape_key_acts_after_the_escape_delay(clock: list[float]) -> None:
    parser = SequenceParser()
    assert read(parser, ESC) == []
    assert parser.seconds_left() == 0.25
    clock[0] += 0.2
    assert read(parser) == []
    clock[0] += 0.05
    assert read(parser) == ["escape"]


def test_key_after_the_escape_key_acts_at_once(clock: list[float]) -> None:
    parser = SequenceParser()
    assert read(parser, ESC) + read(parser, "q") == ["escape", "q"]
    assert read(parser, ESC) + read(parser, ESC) == ["escape"]
    clock[0] += 0.25
    assert read(parser) == ["escape"]
    assert read(parser, ESC) + read(parser, "]") == []
    clock[0] += 0.25
    assert read(parser) == ["escape", "right_square_bracket"]


def test_key_with_alt_is_no_other_key_and_types_nothing(clock: list[float]) -> None:
    parser = SequenceParser()
    for typed, name in (
        ("a", "alt+a"),
        ("Q", "alt+shift+q"),
        (".", "alt+full_stop"),
        ("\r", "alt+enter"),
        ("1", "alt+1"),
    ):
        (key,) = parser.feed(ESC + typed)
        assert isinstance(key, events.Key)
        assert key.key == name
        assert not key.is_printable
    assert read(parser, "\x1bf\x1bb\x1b\x7f") == ["ctrl+right", "ctrl+left", "ctrl+w"]


def test_textual_alone_takes_replies_for_keys() -> None:
    """If this fails, Textual has mended it: `SequenceParser` can be removed, or a part of it."""
    assert len(read(XTermParser(), REPLIES["long DA1"] + "z")) > 1
    assert len(read(XTermParser(), REPLIES["OSC 11"] + REPLIES["OSC 11"])) > 1
