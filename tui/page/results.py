"""The pages of a search: the list of results, and what to say when there are none."""

from __future__ import annotations

from collections.abc import Sequence

from tui.catalogue.searcher import Result
from tui.corpus import dates
from tui.page.blocks import Block, Page, Span


def result_list(results: Sequence[Result], *, ids: bool = False) -> Page:
    """Two blocks a result: title with its date and era, then the best passage with the hits marked.

    `ids` adds the identifier, for plain output.
    """
    blocks: list[Block] = []
    for number, result in enumerate(results):
        leaf = result.leaf
        detail = " · ".join(filter(None, (dates.words(leaf.date), result.era)))
        line = f"{leaf.name}  {detail}"
        spans = (Span(0, len(leaf.name), "link", leaf.id), Span(len(leaf.name), len(line), "dim"))
        blocks.append(Block(line, spans=spans, above=1 if number else 0))
        if ids:
            blocks.append(Block(leaf.id, indent=2))
        blocks.append(
            Block(result.snippet, "dim", tuple(Span(start, end, "hit") for start, end in result.marks), indent=2)
        )
    return tuple(blocks)


def nothing_found(typed: str, searched: str) -> Page:
    """What was looked for and where; every word must match, so what to try is fewer or shorter ones."""
    words = typed.split()
    advice = (
        "Every word must occur in the same agreement: take one away."
        if len(words) > 1
        else "Try the beginning of the word, or its form in another script."
    )
    shown = typed if len(typed) <= 60 else typed[:59] + "…"
    return (
        Block(f"Nothing matches “{shown}”.", "strong"),
        Block(f"Looked in {searched}.", "dim", above=1),
        Block(advice, above=1),
    )
