"""Tests of terminal input that Textual's driver cannot read by itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Event

import pytest
from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.geometry import Size
from textual.message import Message

linux_driver = pytest.importorskip("textual.drivers.linux_driver")

from tui.explorer import terminal  # noqa: E402
from tui.explorer.driver import TerminalDriver  # noqa: E402
from tui.explorer.terminal import TolerantParser  # noqa: E402

UNDECODABLE = [b"\xe9", b"\xca", b"\xb5\xb2", b"\xd0q", b"\xff"]
DAMAGED = [b"\x1b[9999999u", b"\x1b[:u", b"\x1b[1081::113;5u", b"\x1b[99999999999999;5u"]
WITHOUT_PIXELS = b"\x1b[48;24;80;0;0t\x1b[<35;10;5M"


class PipeDriver(linux_driver.LinuxDriver):  # type: ignore[misc, name-defined]
    """Textual's driver, made to read bytes from a pipe and to keep the messages."""

    def __init__(self, data: bytes) -> None:
        reading, writing = os.pipe()
        os.write(writing, data)
        os.close(writing)
        self.fileno = reading
        self._debug = False
        self.exit_event = Event()
        self.messages: list[Message] = []

    def process_message(self, message: Message) -> None:
        self.messages.append(message)
        if isinstance(message, events.Key) and message.key == "z":
            self.exit_event.set()


class OurPipeDriver(PipeDriver, TerminalDriver):
    """Our driver, made so."""


def keys(data: bytes, driver_class: type[PipeDriver] = OurPipeDriver) -> list[str]:
    """Return the keys that the driver reads, up to z."""
    driver = driver_class(data + b"z")
    try:
        driver.run_input_thread()
    finally:
        os.close(driver.fileno)
    return [message.key for message in driver.messages if isinstance(message, events.Key)]


@pytest.mark.parametrize("data", UNDECODABLE)
def test_undecodable_bytes_are_replaced(data: bytes) -> None:
    read = keys(data)
    assert read[0] == "replacement_character"
    assert read[-1] == "z"


@pytest.mark.parametrize("data", DAMAGED)
def test_damaged_keys_of_the_kitty_protocol_are_ignored(data: bytes) -> None:
    assert keys(data) == ["z"]


@pytest.mark.parametrize("data", [UNDECODABLE[0], DAMAGED[0], WITHOUT_PIXELS])
def test_textual_alone_does_not_survive_them(data: bytes) -> None:
    """If this fails, Textual has mended it: remove that part of `TerminalDriver` or `TolerantParser`."""
    with pytest.raises((ValueError, OverflowError, ZeroDivisionError)):
        keys(data, PipeDriver)


# -- the parser alone


def described(messages: Iterator[Message]) -> list[object]:
    """Return the keys by name, the pastes by text, and the mouse by cell."""
    return [
        message.key
        if isinstance(message, events.Key)
        else {"pasted": message.text}
        if isinstance(message, events.Paste)
        else (message.x, message.y)
        if isinstance(message, events.MouseEvent)
        else message
        for message in messages
    ]


def parsed(*reads: str, parser: XTermParser | None = None) -> list[object]:
    """Return what a parser makes of these texts, each read at once."""
    parser = parser or TolerantParser()
    return described(message for read in reads for message in parser.feed(read))


def test_mouse_without_a_size_in_pixels_counts_cells() -> None:
    resize, move = parsed(WITHOUT_PIXELS.decode())
    assert isinstance(resize, events.Resize)
    assert move == (9, 4)
    assert parsed("\x1b[48;24;80;480;800t\x1b[<35;95;85M")[1] == (9, 4)


@pytest.mark.parametrize(("lines", "columns"), [(0, 0), (0, 80), (24, 99_999_999), (99_999_999, 80)])
def test_size_that_no_terminal_has_is_ignored(lines: int, columns: int) -> None:
    assert parsed(f"\x1b[48;{lines};{columns};1;1tz") == ["z"]
    (resize,) = parsed("\x1b[48;24;80;1;1t")
    assert isinstance(resize, events.Resize)
    assert resize.size == Size(80, 24)


PASTE = (
    f"a{BRACKETED_PASTE_START}one\x1b[A\x1bq\x1b[20\ntwo{BRACKETED_PASTE_END}"
    f"b{BRACKETED_PASTE_START}{BRACKETED_PASTE_END}c"
)


def test_paste_is_one_message_wherever_the_reads_end() -> None:
    expected = ["a", {"pasted": "one[Aq[20\ntwo"}, "b", {"pasted": ""}, "c"]
    assert parsed(*PASTE) == expected
    for first in range(len(PASTE)):
        for second in range(first, len(PASTE), 5):
            reads = PASTE[:first], PASTE[first:second], PASTE[second:]
            assert parsed(*filter(None, reads)) == expected


def test_textual_alone_takes_a_part_of_such_a_paste_for_keys() -> None:
    """If this fails, Textual has mended it: `TolerantParser` need not handle pastes for this."""
    assert "q" in parsed(PASTE, parser=XTermParser())


def test_paste_without_an_end_ends_after_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(terminal, "monotonic", lambda: now)
    parser = TolerantParser()
    assert parsed(BRACKETED_PASTE_START, "neutra", parser=parser) == []
    now += terminal.PASTE_PAUSE
    assert parsed("lity", parser=parser) == []
    now += terminal.PASTE_PAUSE
    assert described(parser.tick()) == []
    now += 0.1
    assert described(parser.tick()) == [{"pasted": "neutrality"}]
    assert parsed("q", BRACKETED_PASTE_END, "z", parser=parser) == ["q", "z"]


def test_long_paste_is_cut_and_ends_where_it_ends() -> None:
    for size in (terminal.MAX_PASTE - 3, 3 * terminal.MAX_PASTE):
        text = "x" * size
        pasted, key = parsed(
            BRACKETED_PASTE_START,
            *[text[at : at + 4096] for at in range(0, size, 4096)],
            BRACKETED_PASTE_END[:3],
            BRACKETED_PASTE_END[3:] + "q",
        )
        assert pasted == {"pasted": text[: terminal.MAX_PASTE]}
        assert key == "q"
