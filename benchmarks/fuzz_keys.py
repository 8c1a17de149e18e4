"""Keys, mouse events, pastes and sizes of a terminal in an order that a seed chooses, as a person might press them.

The program must survive them in a pseudo-terminal: a pane has the focus afterwards, and `q` leaves.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple, TypeAlias

from benchmarks import programs
from benchmarks.fuzzer import CaseRunner
from benchmarks.process import Process

SIZES = ((60, 20), (80, 24), (120, 36))
"""Columns and lines of the terminal."""

Action: TypeAlias = "bytes | tuple[int, int]"
"""Bytes that the terminal sends, or its new size."""

ACTIONS = 60
"""Number of actions of a case."""
ESCAPE = b"\x1b[27u"
"""Escape key of the Kitty protocol, which acts without the escape delay."""
LEVELS = 8
"""Number of escape keys that leave every input, modal, drawer and zoom."""

_LETTERS = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789/?:;[](){}<>.,+-*='\" цукенг千島"
"""Letters and signs without `q`, which leaves the program, and `й` in its place."""
_ESCAPES = (
    *(f"\x1b[{final}" for final in "ABCDHFZ"),
    *(f"\x1b[{number}~" for number in (3, 5, 6, 15, 17)),
    *(f"\x1b[1;{modifier}{final}" for modifier in (2, 3, 5) for final in "ABCD"),
    *("\x1bOP", "\x1bOQ", "\x1bOR"),
)
_CONTROLS = "\r\t\x7f\x06\x10\x01\x05\x0b\x15\x17"
_PASTES = ("neutrality", "1941\n1945", "日ソ共同宣言", "\x1b]0;x\x07", "a" * 2000, '"(NEAR -', "")


def actions(seed: int) -> Iterator[Action]:
    """Yield actions without end. The last of a burst of keys is often escape, so that no screen stays for long."""
    random = Random(seed)
    makers: list[Callable[[Random], Action]] = [_letter, _letter, _escape, _escape, _control, _click, _wheel, _drag]
    while True:
        yield random.choice([*makers, _paste, _leave, _leave, _resize])(random)


def _letter(random: Random) -> bytes:
    return random.choice(_LETTERS).encode()


def _escape(random: Random) -> bytes:
    return random.choice(_ESCAPES).encode()


def _control(random: Random) -> bytes:
    return random.choice(_CONTROLS).encode()


def _leave(random: Random) -> bytes:
    return b"\x1b"


def _mouse(random: Random, button: int, final: str = "M") -> bytes:
    return f"\x1b[<{button};{random.randint(1, 120)};{random.randint(1, 36)}{final}".encode()


def _click(random: Random) -> bytes:
    pressed = _mouse(random, random.choice((0, 0, 0, 2)))
    return pressed + pressed[:-1] + b"m"


def _wheel(random: Random) -> bytes:
    return _mouse(random, random.choice((64, 65)))


def _drag(random: Random) -> bytes:
    return _mouse(random, 0) + _mouse(random, 32) + _mouse(random, 32) + _mouse(random, 0, "m")


def _paste(random: Random) -> bytes:
    return f"\x1b[200~{random.choice(_PASTES)}\x1b[201~".encode()


def _resize(random: Random) -> tuple[int, int]:
    return random.choice(SIZES)


# -- one case


class Case(NamedTuple):
    """Actions in a terminal of a size."""

    description: str
    size: tuple[int, int]
    actions: tuple[Action, ...]


def cases(_: object, seed: int) -> Iterator[Case]:
    """Yield a case for each size."""
    for number, size in enumerate(SIZES):
        chosen = tuple(islice(actions(seed * len(SIZES) + number), ACTIONS))
        yield Case(f"{size[0]} by {size[1]}", size, chosen)


class Fuzzer(CaseRunner[Case]):
    """Runs cases in the explorer on the shipped corpus, and counts them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.content = None
        self._environment = {**programs.environment(folder), "BROWSER": "true"}  # links open nothing

    def outcome(self, case: Case) -> str:
        """Do all actions in a new explorer, then leave all inputs and modals, and quit. Return what became of it.

        A click on the footer, or an entry of the palette, may quit before.
        """
        with Process([sys.executable, "-m", "tui"], programs.ROOT, self._environment, case.size) as process:
            process.wait_for(lambda terminal: terminal.contains("Start"))
            pauses = [0.01] * len(case.actions) + [0.05] * LEVELS
            for action, pause in zip((*case.actions, *[ESCAPE] * LEVELS), pauses, strict=True):
                if isinstance(action, tuple):
                    process.resize(*action)
                    process.settle(0.05)  # Textual paints nothing if another size is back before it has read it
                elif process.is_open:
                    process.send(action)
                    process.read_until(monotonic() + pause)
            process.settle(0.2)
            has_quit = not process.is_open
            screen = process.terminal.text
            assert has_quit or "━" in screen, f"no pane has the heavy line of the focus:\n{screen}"
            end = process.quit(b"q")
            assert end.seconds is not None, "q does not leave"
            assert end.code == 0, f"the exit code is {end.code}"
        return "left before the end" if has_quit else "survived"
