"""Search workers: queries that may take longer than a frame run in a thread, and a new one replaces the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from threading import Lock
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message
from textual.worker import get_current_worker

from tui.catalogue.connection import CATALOGUE_ERRORS, Interrupted
from tui.catalogue.reader import CatalogueReader
from tui.corpus import safe
from tui.corpus.file import StoreError

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.search.engine import Searcher

T = TypeVar("T")
ANSWER_DELAY = 0.03
"""Seconds between two answers to a query, so that the first can be painted."""


FAILURES = (StoreError, *CATALOGUE_ERRORS)
"""Errors for which there is no answer: a damaged catalogue that could not be compiled again, and those of reading."""


def failure(error: Exception) -> str:
    """Return the sentence about one of FAILURES."""
    return str(error) if isinstance(error, StoreError) else f"The search failed: {safe.line(str(error))}."


class SearchWorker:
    """Runs one query at a time and posts its answers one by one, until another query is submitted."""

    class Answered(Message):
        """An answer to a query, and the callback that takes it."""

        def __init__(self, callback: Callable[[Any], None], answer: Any) -> None:
            super().__init__()
            self.callback = callback
            self.answer = answer

    class Failed(Message):
        """A query failed; the sentence says why."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, screen: Screen[Any], searcher: Searcher, name: str) -> None:
        self._screen = screen
        self._searcher = searcher
        self._name = name
        self._lock = Lock()

    def submit(self, query: Callable[[Searcher], Iterator[T]], callback: Callable[[T], None]) -> None:
        """Run a query in place of the one before. `callback` gets each answer on the UI thread."""
        self.cancel()
        run = partial(self._run, query, callback)
        self._screen.run_worker(run, thread=True, exclusive=True, group=self._name)

    def cancel(self) -> None:
        """Cancel the query under way."""
        self._screen.workers.cancel_group(self._screen, self._name)
        self._searcher.interrupt()  # after that, so that the interrupted thread sees that it is cancelled

    def _run(self, query: Callable[[Searcher], Iterator[T]], callback: Callable[[T], None]) -> None:
        worker = get_current_worker()
        with self._lock:  # a query that waited for the one before may have been cancelled meanwhile
            if worker.is_cancelled:
                return
            try:
                for answer in query(self._searcher):
                    if worker.is_cancelled:
                        return
                    self._screen.post_message(self.Answered(callback, answer))
                    sleep(ANSWER_DELAY)
                    if worker.is_cancelled:
                        return
            except Interrupted:
                return
            except FAILURES as error:
                self._screen.post_message(self.Failed(failure(error)))


class SearchWorkers:
    """Search workers of a screen by name. Each has a connection of its own, made when the worker is first used."""

    def __init__(self, screen: Screen[Any], catalogue: CatalogueReader) -> None:
        self._screen = screen
        self._catalogue = catalogue
        self._by_name: dict[str, SearchWorker] = {}

    def get(self, name: str) -> SearchWorker:
        """Return the worker of this name. Call it on the UI thread, to which the catalogue's connection belongs."""
        from tui.search.engine import open_searcher

        if name not in self._by_name:
            self._by_name[name] = SearchWorker(self._screen, open_searcher(self._catalogue), name)
        return self._by_name[name]

    def cancel_all(self) -> None:
        """Cancel every query."""
        for worker in self._by_name.values():
            worker.cancel()
