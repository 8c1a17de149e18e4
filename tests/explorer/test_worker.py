"""Tests of the search worker: a new query replaces the one before, and none delays quitting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import apsw
import pytest
from textual.worker import WorkerFailed

from tests.helpers.explorer import Explore
from tests.helpers.searching import search
from tui.catalogue.columns import count
from tui.corpus.file import StoreError
from tui.search.engine import Searcher

LONG = (
    "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 100000000) "
    "SELECT count(*) FROM number"
)
"""Statement that takes longer than any test waits, but ends, so that a failing test does not hang."""


def slow(searcher: Searcher) -> Iterator[Any]:
    yield "begun"
    yield searcher.connection.fetch_all(LONG, (count,))


def failing(error: Exception) -> Callable[[Searcher], Iterator[Any]]:
    """Return a query that raises an error."""

    def query(searcher: Searcher) -> Iterator[Any]:
        raise error
        yield

    return query


async def begin(reader: Any) -> list[Any]:
    """Submit a slow query and return the list that its answers are added to."""
    answers: list[Any] = []
    reader.search_worker("test").submit(slow, answers.append)
    while not answers:
        await asyncio.sleep(0.01)
    return answers


async def test_slow_query_is_interrupted_by_the_next(explore: Explore) -> None:
    async with explore() as reader:
        answers = await begin(reader)
        reader.search_worker("test").submit(lambda searcher: iter([search(searcher, "coal").total]), answers.append)
        await asyncio.wait_for(reader.settle(), 5)
        assert answers[0] == "begun"
        assert answers[1:] == [answers[1]] > [0]


async def test_answer_to_a_superseded_query_is_not_delivered(explore: Explore) -> None:
    """A query that cannot be interrupted answers after the next one has been submitted."""
    begun, go_on = Event(), Event()

    def superseded(searcher: Searcher) -> Iterator[str]:
        begun.set()
        go_on.wait(10)
        yield "superseded"

    async with explore() as reader:
        answers: list[str] = []
        worker = reader.search_worker("test")
        worker.submit(superseded, answers.append)
        assert await asyncio.to_thread(begun.wait, 5)
        worker.submit(lambda searcher: iter(["latest"]), answers.append)
        go_on.set()
        await asyncio.wait_for(reader.settle(), 5)
        assert answers == ["latest"]


async def test_answer_to_a_cancelled_query_is_not_delivered(explore: Explore) -> None:
    begun, go_on = Event(), Event()

    def dropped(searcher: Searcher) -> Iterator[str]:
        begun.set()
        go_on.wait(10)
        yield "dropped"

    async with explore() as reader:
        answers: list[str] = []
        worker = reader.search_worker("test")
        worker.submit(dropped, answers.append)
        assert await asyncio.to_thread(begun.wait, 5)
        worker.cancel()
        go_on.set()
        assert await asyncio.to_thread(worker._lock.acquire, timeout=5)  # its thread has ended
        worker._lock.release()
        await reader.settle()
        assert answers == []


async def test_slow_query_does_not_delay_quitting(explore: Explore) -> None:
    async with explore() as reader:
        await begin(reader)
        worker = reader.search_worker("test")
        await asyncio.wait_for(reader.app._shutdown(), 5)
        assert worker._lock.acquire(timeout=3)  # its thread has ended


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (apsw.SQLError("no such table: word"), "The search failed: no such table: word."),
        (apsw.IOError("disk I/O error\x1b[2J"), "The search failed: disk I/O error␛[2J."),
        (OSError("Stale file handle"), "The search failed: Stale file handle."),
        (StoreError("There is no store at a.json."), "There is no store at a.json."),
    ],
)
async def test_failed_query_shows_a_sentence(explore: Explore, error: Exception, sentence: str) -> None:
    async with explore() as reader:
        reader.search_worker("test").submit(failing(error), print)
        await reader.settle()
        await reader.settle()
        assert reader.hear() == sentence


@pytest.mark.parametrize("error", [TypeError("not a query"), apsw.BindingsError("too few values")])
async def test_programming_error_in_a_query_is_not_hidden(explore: Explore, error: Exception) -> None:
    async def run() -> None:
        async with explore() as reader:
            reader.search_worker("test").submit(failing(error), print)
            await reader.settle()

    with pytest.raises(WorkerFailed) as caught:
        await run()
    assert caught.value.error is error
