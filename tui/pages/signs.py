"""Marks of doubt beside statements that were not read in a sound text, and the words for verdicts on claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tui.pages.blocks import Role

MARKS: dict[str, str] = {
    "text": "",
    "secondary": "",
    "partial": "%",
    "inferred": "~",
    "article": "*",
    "memory": "?",
    "unseen": "?",
}
"""Mark of each basis. Every mark is one cell wide in every terminal."""

FOLDED, UNFOLDED = "▸", "▾"
"""Signs of a folded and an unfolded branch of the tree."""

UNCONFIRMED = "?"
"""Mark of a point that could not be confirmed according to the record."""

MEANINGS: dict[str, str] = {
    "text": "the instrument’s text was read",
    "secondary": "seen in a sound document about it",
    "partial": "only part of the text was read",
    "inferred": "inferred, or from a document of doubtful quality",
    "article": "only the encyclopedia says so",
    "memory": "from memory; nobody has checked it",
    "unseen": "no text was seen, so no digest is offered",
}


def mark(basis: str | None) -> str:
    """Return the mark of a basis; an empty string for a sound one or None."""
    return MARKS.get(basis or "", "")


class Verdict(NamedTuple):
    """Words for a verdict: behind a claim, and behind the number of claims, if it is one and if it is another."""

    words: str
    of_one: str
    of_several: str
    role: Role


VERDICTS: dict[str, Verdict] = {
    "agrees": Verdict("agrees with the record", "agrees", "agree", "good"),
    "contradicts": Verdict("contradicted by the record", "contradicted", "contradicted", "bad"),
    "differs": Verdict("differs from the record", "differs", "differ", "doubt"),
    "omits": Verdict("leaves something out", "leaves something out", "leave something out", "doubt"),
    "unverified": Verdict("could not be verified", "could not be verified", "could not be verified", "doubt"),
}


def tally(verdicts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return the verdicts, the most frequent first, each with its number of claims in words, as `61 differ`."""
    found = sorted((verdict for verdict in VERDICTS if verdicts.get(verdict)), key=lambda verdict: -verdicts[verdict])
    return [
        (verdict, f"{number:,} {VERDICTS[verdict].of_one if number == 1 else VERDICTS[verdict].of_several}")
        for verdict in found
        for number in (verdicts[verdict],)
    ]
