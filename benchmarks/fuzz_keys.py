"""Keys, mouse events, pastes and sizes of a terminal in an order that a seed chooses, as a person might press them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import TypeAlias

SIZES = ((60, 20), (80, 24), (120, 36))
"""Columns and lines of the terminal."""

Action: TypeAlias = "bytes | tuple[int, int]"
"""Bytes that the terminal sends, or its new size."""

_LETTERS = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789/?:;[](){}<>.,+-*='\" йцукенг千島"
"""Letters and signs without `q`, which leaves the program."""
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
