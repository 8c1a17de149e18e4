"""What the fuzzers have in common: they run cases and count the outcomes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

C = TypeVar("C")


class CaseRunner(ABC, Generic[C]):
    """Runs cases, and counts what becomes of them."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()

    def failures(self, cases: Iterable[C]) -> Iterator[tuple[C, Exception]]:
        """Run cases and yield those that fail, with their errors."""
        for case in cases:
            try:
                self.outcomes[self.outcome(case)] += 1
            except Exception as error:
                yield case, error

    @abstractmethod
    def outcome(self, case: C) -> str:
        """Run a case. Return what became of it; any error is a failure."""
