"""Environment of the explorer: checks of the terminal, and the variables that Textual reads when it is imported."""

from __future__ import annotations

import codecs
import os
import sys

from tui.cli.program import program

ESCAPE_DELAY = 250
"""Milliseconds after which an ESC byte alone counts as the escape key. Over a slow line an arrow comes in two parts."""

NUMBERS = {
    "ESCDELAY": (range(1, 10_001), ESCAPE_DELAY),
    "TEXTUAL_FPS": (range(1, 1_001), 240),  # a key is painted within 4 ms; nothing moves that no key has moved
    "TEXTUAL_DIM_FACTOR": (range(101), 66),
    "TEXTUAL_SMOOTH_SCROLL": (range(2), 1),
}
"""Allowed numbers and default of each numeric variable."""
COLOR_SYSTEMS = ("auto", "standard", "256", "truecolor")
KEPT = (
    *NUMBERS,
    "TEXTUAL_ALLOW_SIGNALS",
    "TEXTUAL_ANIMATIONS",
    "TEXTUAL_COLOR_SYSTEM",
    "TEXTUAL_DISABLE_KITTY_KEY",
    "TEXTUAL_FILTERS",
    "TEXTUAL_THEME",
)
"""Variables of Textual that keep their values. The others are for developers: they write files, press keys, open
sockets, or import drivers."""


def clean() -> None:
    """Remove Textual's variables for developers, and replace wrong values by defaults.

    Call it before Textual is imported. COLUMNS and LINES are removed too, because the terminal reports its size.
    """
    for name in [*os.environ]:
        if name in ("COLUMNS", "LINES") or (name.startswith("TEXTUAL") and name not in KEPT):
            del os.environ[name]
    for name, (allowed, default) in NUMBERS.items():
        text = os.environ.get(name, "").strip()
        is_number = text.isascii() and text.isdigit() and len(text) < 6
        os.environ[name] = str(int(text) if is_number and int(text) in allowed else default)
    if os.environ.get("TEXTUAL_COLOR_SYSTEM", "auto") not in COLOR_SYSTEMS:
        del os.environ["TEXTUAL_COLOR_SYSTEM"]


def has_mouse() -> bool:
    """Return whether the explorer should use the mouse.

    Not under GNU Screen: while a program uses the mouse, Screen 4.9 takes each ESC for the start of a mouse event and
    holds it back until the next key, however long that takes. Its `maptimeout` limits only the wait for function keys.
    """
    return not os.environ.get("STY")


def terminal_fault() -> str:
    """Return a sentence about why the explorer cannot run on this terminal, or an empty string."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
        return f"The explorer needs a terminal. Without one: {_commands()}."
    if os.environ.get("TERM") in ("dumb", "unknown"):
        return f"This terminal cannot place text on a screen (TERM is {os.environ['TERM']}). Use {_commands()}."
    if not _is_drawable(sys.__stderr__.encoding):
        return (
            f"The explorer cannot be drawn in the encoding {sys.__stderr__.encoding}. If the terminal reads UTF-8, "
            f"set PYTHONIOENCODING=utf-8; if not, use {_commands()}."
        )
    return ""


def _is_drawable(encoding: str) -> bool:
    """Return whether an encoding is UTF-8, or extends ASCII with one byte a character."""
    sample = "\x1b[0m ─éя漢"
    encoded = sample.encode(encoding, "ignore")
    return codecs.lookup(encoding).name == "utf-8" or (encoded[:5] == b"\x1b[0m " and len(encoded) <= len(sample))


def _commands() -> str:
    return f"{program()} show ADDRESS, list, search WORDS, links ID or check"
