"""Signals that end the program. Its exit code is then 128 and the number of the signal, as shells report it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT")
"""Signals besides SIGINT, of which Python makes KeyboardInterrupt."""
Handler = Callable[[int, "FrameType | None"], None]


class Ended(SystemExit):
    """End of the program by a signal."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.exit_code = 128 + number


def handle(handler: Handler, *names: str) -> dict[int, object]:
    """Set the handler of signals, and return the former ones.

    Signals that this system lacks, and those that the parent process had ignored (as `nohup` does), are left alone. So
    are all in a thread other than the main one, where Python sets no handlers.
    """
    former: dict[int, object] = {}
    for name in names:
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        try:
            former[number] = signal.signal(number, handler)
        except ValueError:
            return {}
    return former


@contextmanager
def handled() -> Iterator[None]:
    """Raise Ended at a signal, so that what is under way is cleaned up. The former handlers come back after it."""
    former = handle(_end, *ENDING)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)  # type: ignore[arg-type]


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise Ended(number)
