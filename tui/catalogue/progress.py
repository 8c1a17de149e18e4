"""What is told of a catalogue while it is compiled: first what the corpus is, then how far the work has come."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, NamedTuple

from tui.catalogue.reader import CorpusDescription, EraSummary

Progress = Callable[[int, int], None]
"""Called with how much of the work is done and how much there is, in one measure from the first byte read to the last
word indexed: soon after the start, then some twenty times a second, and when all is done. What it raises ends the work.
"""


class CorpusSummary(NamedTuple):
    """What the start page says of a corpus, known before its agreements are read.

    `sizes` has how many agreements, links, claims and sources the store holds, sound or not; `eras` are in the order
    of the tree.
    """

    description: CorpusDescription
    eras: list[EraSummary]
    sizes: dict[str, int]

    @classmethod
    def of(cls, told: list[Any]) -> CorpusSummary:
        """What JSON has made of one, as it was."""
        description, eras, sizes = told
        return cls(CorpusDescription(*description), [EraSummary(*era) for era in eras], sizes)


Begin = Callable[[CorpusSummary], None]
"""Called once, when the store has been surveyed."""

_ALL = 1000
_EVERY = 0.05


class Work:
    """Tells a Progress how far the work has come, as often as is worth showing."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._due = 0.0
        self._told = self._before = self._share = 0

    def part(self, share: int) -> Callable[[int, int], None]:
        """The next part of the work, so many thousandths of all; returns what is called with its done and its total."""
        self._before += self._share
        self._share = share
        return self._step

    def beat(self) -> bool:
        """Tell again what was told last, where it is time to: for stretches in which nothing can be counted."""
        if self._progress and monotonic() >= self._due:
            self._due = monotonic() + _EVERY
            self._progress(self._told, _ALL)
        return False

    def end(self) -> None:
        """All is done."""
        if self._progress:
            self._progress(_ALL, _ALL)

    def _step(self, done: int, total: int) -> None:
        self._told = self._before + self._share * done // max(total, 1)
        self.beat()
