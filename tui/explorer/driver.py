"""Driver of the terminal: survives any input, and ends the explorer when the terminal is gone or a signal comes."""

from __future__ import annotations

import os
import selectors
import signal
import sys
import termios
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from textual.drivers.linux_driver import LinuxDriver

from tui import signals
from tui.explorer.terminal import TolerantParser

if TYPE_CHECKING:
    from textual.app import App

SECONDS_TO_END = 2
"""Time that the explorer has to end after a signal; then the process ends without it."""


class TerminalDriver(LinuxDriver):
    """Textual's driver for Linux and macOS, with an input thread and an output of its own.

    Textual 8.2.8 does not end when its terminal is gone. At the end of the input its input thread loops without a pause
    (https://github.com/Textualize/textual/pull/6690). At the first write that fails its writer thread ends; nothing
    empties the queue any more, which holds 30 writes, and the UI thread waits in `Queue.put` for ever
    (https://github.com/terok-ai/terok/issues/1187 has the same wait after a suspension; Textual has no issue about it).
    """

    def __init__(self, app: App[Any], **settings: Any) -> None:
        super().__init__(app, **settings)
        self._file: TextIO = _Output(sys.__stderr__, self._lose_terminal)  # type: ignore[assignment]
        self._exit_code = 0

    def start_application_mode(self) -> None:
        """Handle the signals that end the program, then take the terminal."""
        signals.handle(self._end_at_signal, "SIGINT", *signals.ENDING)
        signal.signal(signal.SIGALRM, self._end_at_once)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _end_at_signal(self, number: int, _: FrameType | None) -> None:
        """Exit the application. It restores the terminal and keeps the state, in a limited time.

        Called by signals in the UI thread, which may be waiting for a terminal that reads nothing.
        """
        self._exit_code = self._exit_code or 128 + number
        signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_END)
        with suppress(RuntimeError):  # the event loop has ended
            self._loop.call_soon_threadsafe(partial(self._app.exit, return_code=self._exit_code))

    def _lose_terminal(self) -> None:
        """Exit the application since its terminal is gone, even if the signal for that did not come."""
        self._end_at_signal(signal.SIGHUP, None)

    def _end_at_once(self, *_: object) -> None:
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        os._exit(self._exit_code)

    def run_input_thread(self) -> None:
        """Read keys until the application ends or the terminal is gone.

        Bytes that the encoding of the terminal does not have are U+FFFD. In Textual 8.2.8 they end the application:
        https://github.com/Textualize/textual/issues/6456
        """
        decode = _replacing_decoder().decode
        parser = TolerantParser(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(min(0.1, parser.seconds_left())):
                    messages = parser.tick()  # only where nothing waits to be read, however late this thread is
                elif data := self._read():
                    messages = parser.feed(text) if (text := decode(data)) else ()
                else:
                    self._lose_terminal()
                    return
                for message in messages:
                    self.process_message(message)

    def _read(self) -> bytes:
        """Return what was typed, or nothing if the terminal is gone."""
        with suppress(OSError):
            return os.read(self.fileno, 4096)
        return b""


def _replacing_decoder() -> IncrementalDecoder:
    encoding = sys.__stdin__.encoding if sys.__stdin__ else "utf-8"
    return getincrementaldecoder(encoding)(errors="replace")


class _Output:
    """Output to the terminal. Once that is gone, all output is discarded, so that no writer waits or fails."""

    def __init__(self, file: TextIO | None, lost: Callable[[], None]) -> None:
        self._file = file
        self._lost = lost

    def write(self, text: str) -> int:
        """Write a text."""
        if self._file:
            try:
                return self._file.write(text)
            except OSError:
                self._lose()
        return len(text)

    def flush(self) -> None:
        """Write what is buffered."""
        if self._file:
            try:
                self._file.flush()
            except OSError:
                self._lose()

    def fileno(self) -> int:
        """Return the file descriptor of the terminal."""
        return sys.__stderr__.fileno() if sys.__stderr__ else -1

    def _lose(self) -> None:
        self._file = None
        self._lost()
