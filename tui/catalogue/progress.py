"""Progress of compiling a catalogue: the callbacks, and the reporter that calls them at a bounded rate."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from tui.catalogue.summary import CorpusSummary

Progress = Callable[[int, int], None]
"""Callback with the amount of work done and the total amount, in one unit from the first byte read to the last word
indexed. It is called soon after the start, then about twenty times a second, and at the end. An exception that it
raises ends the compilation."""

OnSummary = Callable[[CorpusSummary], None]
"""Callback for the summary of the corpus, called once, before the agreements are read."""

_TOTAL = 1000
_INTERVAL = 0.05


class ProgressReporter:
    """Reports progress to a `Progress` callback, at most every 50 milliseconds."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._due = 0.0
        self._done = self._before = self._share = 0

    def start_part(self, share: int) -> Callable[[int, int], None]:
        """Start the next part of the work and return a function to call with its done and total amounts.

        `share` is the part's share of the whole work in thousandths.
        """
        self._before += self._share
        self._share = share
        return self._advance

    def report(self) -> bool:
        """Report the current state if a report is due. Returns False, so that SQLite goes on when it calls this."""
        if self._progress and monotonic() >= self._due:
            self._due = monotonic() + _INTERVAL
            self._progress(self._done, _TOTAL)
        return False

    def finish(self) -> None:
        """Report that all work is done."""
        if self._progress:
            self._progress(_TOTAL, _TOTAL)

    def _advance(self, done: int, total: int) -> None:
        self._done = self._before + self._share * done // max(total, 1)
        self.report()
