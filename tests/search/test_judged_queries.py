"""Queries that readers type, each with the agreement that it should find, written before they were run.

Where nothing is found, the reader's next step is judged: the first of the suggestions. `weak` says why an agreement is
not
yet found; such a query counts against the number of right answers, and says so when it has been mended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.searching import found, suggestions
from tests.helpers.stores import SHIPPED
from tui.catalogue import build
from tui.search.engine import Searcher, open_searcher

JUDGED = json.loads(Path(__file__).with_name("judged_queries.json").read_text(encoding="utf-8"))
FIRST = 3


@pytest.fixture
def searcher(shipped_file: Path) -> Iterator[Searcher]:
    catalogue = build.open_current(SHIPPED, shipped_file)
    assert catalogue is not None
    searcher = open_searcher(catalogue)
    catalogue.close()
    yield searcher
    searcher.close()


def answers(searcher: Searcher, text: str) -> list[str]:
    ids = found(searcher, text)
    if not ids and (suggested := suggestions(searcher, text)):
        ids = found(searcher, suggested[0].text)
    return ids


def test_the_list_is_long_and_asks_for_agreements_that_there_are(searcher: Searcher) -> None:
    assert len({judged["typed"] for judged in JUDGED}) == len(JUDGED) >= 60
    ids = {id for (id,) in searcher.connection.fetch_all("SELECT id FROM agreement")}
    assert {judged["agreement"] for judged in JUDGED} <= ids


def test_the_right_answer_comes_first_for_most_and_among_the_first_for_all(searcher: Searcher) -> None:
    failed, missed, mended = [], [], []
    for judged in JUDGED:
        ids = answers(searcher, judged["typed"])
        line = f"{judged['typed']!r} should find {judged['agreement']}, found {ids[:FIRST]}"
        if ids[:1] != [judged["agreement"]]:
            failed.append(line)
        near = judged["agreement"] in ids[:FIRST]
        if not near and "weak" not in judged:
            missed.append(line)
        if near and "weak" in judged:
            mended.append(line)
    assert not missed, "\n".join(missed)
    assert not mended, "no longer weak:\n" + "\n".join(mended)
    assert len(failed) <= len(JUDGED) // 10, "\n".join(failed)
