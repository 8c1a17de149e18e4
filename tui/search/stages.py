"""What a search comes to, step by step: the first results, then their passages and numbers, or what to ask instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.search.engine import Offer, Results, Searcher, Tally

SORTS = ("relevance", "date", "era")
"""The orders in which results can stand."""


class Finding(NamedTuple):
    """As much as is known of the answer to what was typed; `tally` and `offers` are None until they are."""

    typed: str
    results: Results
    order: str = SORTS[0]
    tally: Tally | None = None
    offers: tuple[Offer, ...] | None = None


def findings(searcher: Searcher, typed: str, order: str = SORTS[0]) -> Iterator[Finding]:
    """The answer at once, then all of it. Raises Interrupted where another thread said so."""
    first = Finding(typed, searcher.search(typed, order=order), order)
    yield first
    if first.results.found:
        complete = first._replace(results=searcher.complete(typed, first.results))
        yield complete
        yield complete._replace(tally=searcher.tally(typed))
    else:
        yield first._replace(offers=tuple(searcher.offers(typed)))
