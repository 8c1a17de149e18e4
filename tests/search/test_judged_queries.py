"""Queries of readers, each with the agreement that it should find; they were written before they were first run.

If nothing is found, the results of the first suggestion are judged. `weak` gives the reason why an agreement is not
found yet. Such a query counts as wrong; a test fails when it finds its agreement.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.helpers.searching import found, suggestions
from tui.catalogue.columns import name
from tui.search.engine import Searcher

JUDGED = json.loads(Path(__file__).with_name("judged_queries.json").read_text(encoding="utf-8"))
FIRST = 3


def answers(searcher: Searcher, text: str) -> list[str]:
    """Return the ids of the results, or if there are none those of the first suggestion."""
    ids = found(searcher, text)
    if not ids and (suggested := suggestions(searcher, text)):
        ids = found(searcher, suggested[0].text)
    return ids


def test_queries_are_many_and_their_agreements_exist(shipped: Searcher) -> None:
    assert len({judged["query"] for judged in JUDGED}) == len(JUDGED) >= 60
    ids = {agreement_id for (agreement_id,) in shipped.connection.fetch_all("SELECT id FROM agreement", (name,))}
    assert {judged["agreement"] for judged in JUDGED} <= ids


def test_right_agreement_is_first_for_most_queries_and_among_first_three_for_all(shipped: Searcher) -> None:
    failed, missed, found_by_now = [], [], []
    for judged in JUDGED:
        ids = answers(shipped, judged["query"])
        line = f"{judged['query']!r} should find {judged['agreement']}, found {ids[:FIRST]}"
        if ids[:1] != [judged["agreement"]]:
            failed.append(line)
        near = judged["agreement"] in ids[:FIRST]
        if not near and "weak" not in judged:
            missed.append(line)
        if near and "weak" in judged:
            found_by_now.append(line)
    assert not missed, "\n".join(missed)
    assert not found_by_now, "no longer weak:\n" + "\n".join(found_by_now)
    assert len(failed) <= len(JUDGED) // 10, "\n".join(failed)
