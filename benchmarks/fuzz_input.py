"""Bytes that a terminal sends, and what the explorer's input makes of them: keys, pastes, replies, damage.

Each case is made from a seed and read by the driver and the parser of the explorer, in reads that end anywhere and with
pauses between them, on a clock of its own. Keys among replies of the terminal must act as they do alone and in one
read; after any other bytes the next key must act. All messages go to an explorer without a terminal, which must go on.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeAlias
from unittest.mock import patch

from textual import constants, events
from textual.app import App
from textual.message import Message
from textual.pilot import Pilot

from benchmarks.fuzz_catalogue import write_store
from tui.catalogue import build
from tui.cli.environment import ESCAPE_DELAY
from tui.explorer import driver, sequences, terminal
from tui.explorer.app import Explorer

Read: TypeAlias = "tuple[bytes, float]"
"""Bytes that are read at once, and the seconds until the next can be read."""

ESC = "\x1b"
KEYS = (
    *("a", "7", "/", "?", "[", "]", "P", "O", "\r", "\t", "\x7f", "й", "業", "é", "\u0301", "👩\u200d👧"),
    *(f"{ESC}[{final}" for final in "ABCDHFZ"),
    *(f"{ESC}[{number}~" for number in (2, 3, 5, 6, 15, 24)),
    *(f"{ESC}O{final}" for final in "ABPQ"),
    *(f"{ESC}[1;{modifier}{final}" for modifier in (2, 3, 5) for final in "ABCD"),
    *(f"{ESC}[27u", f"{ESC}[97;5u", f"{ESC}[1081;1;1081u", f"{ESC}[57414u", f"{ESC}[I", f"{ESC}[O"),
    *(f"{ESC}[<0;9;4M", f"{ESC}[<0;9;4m", f"{ESC}[<35;70;12M", f"{ESC}[<64;9;4M"),
    *(f"{ESC}[200~{text}{ESC}[201~" for text in ("", "条約", "1941\n1945", f"a{ESC}]0;x\x07", "x" * 20_000)),
)
"""Keys, mouse events and pastes that are the same in one read or in several. Keys with alt and ESC alone are not."""
REPLY_TEXTS = ("", "rgb:ffff/0000/0000", "q", "/q?z", "QUJD" * 30, "title 漁業", ">|xterm(370)", "1+r524742=38", "?:[")
SIZES = ("0", "1", "24", "80", "120", "3000", "999999999")
"""Columns, lines and pixels in reports of the terminal's size: no terminal has the last two."""
NUMBERS = ("", "0", "1", "27", "97", "1081", "55296", "1114112", "9" * 20, ":", "-1", "97:65", "57358")
DAMAGED = (
    *(b"\xff", b"\xc3", b"\xe6\xbc", b"\xf0\x9f", b"\xed\xa0\x80", b"\x9b", b"\x90", b"\x00", b"\x1a", b"\x18"),
    *(b"\x1b", b"\x1b\x1b", b"\x1b[", b"\x1b]", b"\x1bP", b"\x1bO", b"\x1b_", b"\x1b[<", b"\x1b[M", b"\x1b[200~"),
    *(b"\x1b[201~", b"\x1b[?", b"\x1b\\", b"\x1b[[", b"\x1b[1;", b"\x1b[M\xff\xff\xff", b"\x1b]8;;http://x\x07"),
)
LAST = (b"z", 0.0)
"""Key that is read last."""
SEARCH_KEYS = {("Key", "slash", "/"), ("Key", "escape", "\x1b")}
"""Keys that open and close the search."""
LONG = 5.0
"""Seconds after which no part of the input is waited for any more."""


class Case(NamedTuple):
    """Input of the explorer. `keys` are the reads that it must be equal to; None for damaged input."""

    description: str
    reads: tuple[Read, ...]
    keys: tuple[Read, ...] | None


def cases(content: bytes, seed: int) -> Iterator[Case]:
    """Yield input, without end. Parts of the content are typed too, cut within characters."""
    random = Random(seed)
    while True:
        yield _sound(random) if random.random() < 0.5 else _damaged(content, random)


# -- making input


def _sound(random: Random) -> Case:
    """Return keys among replies, in reads and with pauses that may separate the parts of both."""
    keys = [random.choice(KEYS).encode() for _ in range(random.choice((0, 1, 2, 8)))]
    pieces = [piece for key in keys for piece in (*_replies(random), key)] + _replies(random)
    sent = b"".join(pieces)
    alone = (*((key, 0.0) for key in keys), LAST)
    return Case(f"sound: {sent[:60]!r}", _cut(sent, random, (0.0, 0.0, 0.1, 0.2)), alone)


def _replies(random: Random) -> list[bytes]:
    return [_reply(random).encode() for _ in range(random.choice((0, 1, 1, 2)))]


def _reply(random: Random) -> str:
    """Return a reply of a terminal to a question that the explorer has not asked."""
    text = random.choice(REPLY_TEXTS)
    end = random.choice((f"{ESC}\\", "\x07"))
    numbers = ";".join(str(random.randrange(100)) for _ in range(random.choice((1, 2, 12))))
    return random.choice(
        (
            *(f"{ESC}]{random.choice((0, 4, 11, 52))};{text}{end}", f"{ESC}P{random.choice('01>!')}{text}{end}"),
            *(f"{ESC}{random.choice('_^X')}G{text}{ESC}\\", f"{ESC}[?{numbers}c", f"{ESC}[>{numbers}c"),
            *(f"{ESC}[{numbers}n", f"{ESC}[4;{random.randrange(5)}$y", f"{ESC}[8;24;80t", f"{ESC}[?1u"),
        )
    )


def _damaged(content: bytes, random: Random) -> Case:
    makers: tuple[Callable[[], bytes], ...] = (
        lambda: random.choice(DAMAGED),
        lambda: random.randbytes(random.choice((1, 3, 40))),
        lambda: _part(content, random),
        lambda: _part(random.choice(KEYS).encode(), random),
        lambda: _part(_reply(random).encode(), random),
        lambda: _with_numbers(random).encode(),
    )
    sent = b"".join(random.choice(makers)() for _ in range(random.choice((1, 2, 8))))
    return Case(f"damaged: {sent[:60]!r}", _cut(sent, random, (0.0, 0.1, 0.3, 1.2, 2.5)), None)


def _part(text: bytes, random: Random) -> bytes:
    start = random.randrange(len(text))
    return text[start if random.random() < 0.3 else 0 :][: random.randrange(1, 60)]


def _with_numbers(random: Random) -> str:
    """Return a sequence of the Kitty protocol, the mouse, or a report of a size, with numbers that it cannot have."""
    one, two, three = random.choices(NUMBERS, k=3)
    sizes = ";".join(random.choices(SIZES, k=4))
    return random.choice(
        (
            *(f"{ESC}[{one}u", f"{ESC}[{one};{two}u", f"{ESC}[{one};{two};{three}u", f"{ESC}[{one};{two}~"),
            *(f"{ESC}[<{one};{two};{three}M", f"{ESC}[{one};{two}R", f"{ESC}[?{one};{two}$y"),
            *(f"{ESC}[48;{sizes}t", f"{ESC}[48;{sizes}t{ESC}[<35;10;5M"),
        )
    )


def _cut(sent: bytes, random: Random, pauses: tuple[float, ...]) -> tuple[Read, ...]:
    """Return reads of bytes, which end anywhere, with pauses between them. After a long pause comes the last key."""
    cuts = sorted({0, len(sent), *random.choices(range(len(sent) + 1), k=random.choice((0, 1, 3, 10)))})
    reads = [(sent[start:end], random.choice(pauses)) for start, end in pairwise(cuts)]
    return (*reads[:-1], *((data, LONG) for data, _ in reads[-1:]), LAST)


# -- reading it


class _Clock:
    """Clock and selector of a driver: time passes where a case has a pause, without waiting."""

    def __init__(self) -> None:
        self.now = 100.0
        self.pause = 0.0

    def __enter__(self) -> _Clock:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def register(self, *_: object) -> None:
        """Accept the file descriptor of the terminal."""

    def select(self, timeout: float) -> bool:
        """Return whether something can be read, at the latest after the timeout."""
        if self.pause <= 0:
            return True
        passed = max(min(timeout, self.pause), 1e-6)
        self.now, self.pause = self.now + passed, self.pause - passed
        return False


class _Driver(driver.TerminalDriver):
    """The explorer's driver, made to take its input from a list and to keep the messages."""

    def __init__(self, app: App[Any], clock: _Clock, reads: Iterable[Read]) -> None:
        super().__init__(app)
        self._clock = clock
        self._left = list(reads)
        self.messages: list[Message] = []

    def _read(self) -> bytes:
        data, self._clock.pause = self._left.pop(0)
        if not self._left:
            self.exit_event.set()
        return data

    def send_message(self, message: Message) -> None:
        self.messages.append(message)


def _read(app: App[Any], reads: Iterable[Read]) -> list[Message]:
    """Return the messages that the driver makes of its input."""
    clock = _Clock()
    with ExitStack() as stack:
        selectors = SimpleNamespace(SelectSelector=lambda: clock, EVENT_READ=1)
        stack.enter_context(patch.object(driver, "selectors", selectors))
        for module in (sequences, terminal):
            stack.enter_context(patch.object(module, "monotonic", lambda: clock.now))
        stack.enter_context(patch.object(constants, "ESCAPE_DELAY", ESCAPE_DELAY / 1000))
        reader = _Driver(app, clock, reads)
        reader.run_input_thread()
    return reader.messages


def _described(messages: Iterable[Message]) -> list[tuple[object, ...]]:
    return [(type(message).__name__, *_details(message)) for message in messages]


def _details(message: Message) -> tuple[object, ...]:
    if isinstance(message, events.Key):
        return message.key, message.character
    if isinstance(message, events.MouseEvent):
        return message.x, message.y, message.button
    return (message.text,) if isinstance(message, events.Paste) else ()


# -- one case


class _Explorer(Explorer):
    """The explorer, which neither ends nor opens a browser."""

    CSS_PATH = Path(driver.__file__).with_name("app.tcss")

    def exit(self, *_: Any, **__: Any) -> None:
        pass

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        pass


class Fuzzer:
    """Runs cases in an explorer on a small store, and counts what becomes of them."""

    def __init__(self, folder: Path) -> None:
        self._store, self._cache = write_store(folder / "store.json"), folder / "cache"
        build.build_catalogue(self._store, self._cache).close()
        self.content = self._store.read_bytes()
        self.outcomes: Counter[str] = Counter()
        self._sent: set[tuple[object, ...]] = set()

    def failures(self, cases: Iterable[Case]) -> Iterator[tuple[Case, Exception]]:
        """Run cases and yield those that fail, with their errors. After a failure the explorer is another one."""
        remaining = iter(cases)
        while failed := asyncio.run(self._first_failure(remaining)):
            yield failed

    async def _first_failure(self, cases: Iterator[Case]) -> tuple[Case, Exception] | None:
        case = None
        try:
            app = _Explorer(self._store, self._cache)
            async with app.run_test(size=(80, 24)) as pilot:
                for case in cases:
                    self.outcomes[await self._outcome(case, app, pilot)] += 1
                await pilot.pause()  # messages that bubble up need the screen
        except Exception as error:
            if case is None:
                raise
            return case, error
        return None

    async def _outcome(self, case: Case, app: Explorer, pilot: Pilot[Any]) -> str:
        """Read a case and hand its messages to the explorer. Return what became of it."""
        messages = _read(app, case.reads)
        found = _described(messages)
        if case.keys is not None:
            expected = _described(_read(app, case.keys))
            assert found == expected, f"{found[:9]} instead of {expected[:9]}"
        assert found[-1] == ("Key", "z", "z"), f"the last key is {found[-1]}"
        await self._hand_over(zip(messages, found, strict=True), app, pilot)
        return "damaged, and keys act" if case.keys is None else "replies do nothing"

    async def _hand_over(
        self, messages: Iterable[tuple[Message, tuple[object, ...]]], app: Explorer, pilot: Pilot[Any]
    ) -> None:
        """Send messages to the explorer. All but the keys of the search are sent only once in a run, to save time."""
        new = [message for message, description in messages if description not in self._sent]
        self._sent |= set(_described(new)) - SEARCH_KEYS
        for message in new:
            app.post_message(message)
        if new:
            await pilot._wait_for_screen()  # `pause` also sleeps
        assert app._exception is None
