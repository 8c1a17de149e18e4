"""Input of the terminal, which may hold bytes that are not UTF-8 and damaged escape sequences."""

from __future__ import annotations

import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from functools import partial

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.events import Key
from textual.keys import Keys


def tolerate_any_input(driver: type[Driver]) -> None:
    """Make a driver read U+FFFD for bytes that are not UTF-8, and ignore key sequences without a valid number.

    In Textual 8.2.8 either raises an error in the input thread (`run_input_thread` of textual/drivers/linux_driver.py),
    which ends the application: https://github.com/Textualize/textual/issues/6456
    """
    module = sys.modules[driver.__module__]
    for name, tolerant in (("getincrementaldecoder", _replacing_decoder), ("XTermParser", _TolerantParser)):
        if hasattr(module, name):
            setattr(module, name, tolerant)


def _replacing_decoder(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")


class _TolerantParser(XTermParser):
    """Parser that ignores keys of the Kitty protocol whose numbers are damaged: `ESC [ 9999999 u`, `ESC [ : u`."""

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override]  # cached in the superclass
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):
            return [Key(Keys.Ignore, sequence)]
