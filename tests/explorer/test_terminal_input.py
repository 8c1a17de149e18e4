"""Tests of terminal input that Textual's driver cannot read by itself."""

from __future__ import annotations

import codecs
import os
from threading import Event

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

linux_driver = pytest.importorskip("textual.drivers.linux_driver")

from tui.explorer.terminal import tolerate_any_input  # noqa: E402

UNDECODABLE = [b"\xe9", b"\xca", b"\xb5\xb2", b"\xd0q", b"\xff"]
DAMAGED = [b"\x1b[9999999u", b"\x1b[:u", b"\x1b[1081::113;5u", b"\x1b[99999999999999;5u"]


class PipeDriver(linux_driver.LinuxDriver):  # type: ignore[misc, name-defined]
    """Driver that reads bytes from a pipe and keeps the messages."""

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


def keys(data: bytes) -> list[str]:
    """Return the keys that the driver reads, up to z."""
    driver = PipeDriver(data + b"z")
    try:
        driver.run_input_thread()
    finally:
        os.close(driver.fileno)
    return [message.key for message in driver.messages if isinstance(message, events.Key)]


@pytest.mark.parametrize("data", UNDECODABLE)
def test_undecodable_bytes_are_replaced(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "getincrementaldecoder", codecs.getincrementaldecoder)
    tolerate_any_input(linux_driver.LinuxDriver)
    read = keys(data)
    assert read[0] == "replacement_character"
    assert read[-1] == "z"


@pytest.mark.parametrize("data", DAMAGED)
def test_damaged_keys_of_the_kitty_protocol_are_ignored(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "XTermParser", XTermParser)
    tolerate_any_input(linux_driver.LinuxDriver)
    assert keys(data) == ["z"]


@pytest.mark.parametrize("data", [UNDECODABLE[0], DAMAGED[0]])
def test_textual_alone_does_not_survive_them(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, Textual has mended it: remove that part of `tolerate_any_input`."""
    monkeypatch.setattr(linux_driver, "getincrementaldecoder", codecs.getincrementaldecoder)
    monkeypatch.setattr(linux_driver, "XTermParser", XTermParser)
    with pytest.raises((ValueError, OverflowError)):
        keys(data)
