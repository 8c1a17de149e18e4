"""Parser of the terminal's input, which may hold damaged sequences and pastes without an end."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from time import monotonic

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START
from textual.events import Key, Resize
from textual.keys import Keys
from textual.message import Message

from tui.explorer.sequences import SequenceParser

PASTE_PAUSE = 1.0
"""Seconds without input after which a paste has ended, if the terminal does not say so."""
MAX_PASTE = 10_000
"""Characters of a paste that are kept."""
POSSIBLE_SIZES = range(1, 2_001)
"""Numbers of columns, or lines, that a terminal is believed to have."""


class TolerantParser(SequenceParser):
    """Parser that no sequence ends and no paste blocks.

    - Keys of the Kitty protocol with damaged numbers (`ESC [ 9999999 u`, `ESC [ : u`) are ignored, and so are sizes of
      a window that no terminal has. Textual raises errors, or lays such a screen out.
    - Positions of the mouse count cells where the size in pixels is reported as 0. Textual divides by it:
      https://github.com/Textualize/textual/issues/6706
    - A paste ends after a pause too, and is cut at a length. An escape character in it is dropped: Textual would read
      it, and what follows, as keys. A paste that the terminal does not mark cannot be told from keys typed ahead; its
      line ends are enter keys.
    """

    _paste: str | None = None  # the open paste so far; None outside a paste
    _before = ""  # the last characters read, which may begin a BRACKETED_PASTE_START
    _read_at = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """Return the messages for characters that were read; an empty text is the end of the input."""
        if not data:
            yield from super().feed(data)
        self._read_at = monotonic()
        while data:
            if self._paste is None:
                data = yield from self._feed_keys(data)
            else:
                data = yield from self._feed_paste(self._paste + data)

    def tick(self) -> Iterable[Message]:
        """Return the messages that are due without further characters."""
        if self._paste is not None and monotonic() - self._read_at > PASTE_PAUSE:
            yield from self.feed(BRACKETED_PASTE_END)
        yield from super().tick()

    def _feed_keys(self, data: str) -> Generator[Message, None, str]:
        """Yield the messages up to the begin of a paste. Return the characters after it."""
        seen = self._before + data
        start = seen.find(BRACKETED_PASTE_START)
        end = len(data) if start < 0 else start + len(BRACKETED_PASTE_START) - len(self._before)
        for message in super().feed(data[:end]):
            if not isinstance(message, Resize) or all(side in POSSIBLE_SIZES for side in message.size):
                yield message
        self._before = seen[1 - len(BRACKETED_PASTE_START) :] if start < 0 else ""
        self._paste = None if start < 0 else ""
        return data[end:]

    def _feed_paste(self, seen: str) -> Generator[Message, None, str]:
        """Yield the paste if its end has been seen. Return the characters after it."""
        text, end, rest = seen.partition(BRACKETED_PASTE_END)
        if end:
            self._paste = None
            yield from super().feed(text[:MAX_PASTE].replace("\x1b", "") + end)
        else:
            # the characters at the end may begin a BRACKETED_PASTE_END
            self._paste = text[:MAX_PASTE] + text[MAX_PASTE:][1 - len(BRACKETED_PASTE_END) :]
        return rest

    def parse_mouse_code(self, code: str) -> Message | None:
        """Return the event of the mouse, or None."""
        if not (self.terminal_size and self.terminal_pixel_size):  # a size without an area is false
            self.mouse_pixels = False
        return super().parse_mouse_code(code)

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override]  # cached in the superclass
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):
            return [Key(Keys.Ignore, sequence)]
