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
    "unseen": "!",
}
"""Mark of each basis. Every mark is one cell wide in every terminal."""

FOLDED, UNFOLDED = "▸", "▾"
"""Signs of a folded and an unfolded branch of the tree."""

MEANINGS: dict[str, str] = {
    "text": "the instrument’s text was read",
    "secondary": "seen in a sound document about it",
    "partial": "only part of the text was read",
    "inferred": "inferred, or from a document of doubtful quality",
    "article": "only the encyclopedia says so",
    "memory": "from memory; nobody has checked it",
    "unseen": "no text was seen, so no digest is offered",
}

SHORT_MEANINGS: dict[str, str] = {
    "%": "partly read",
    "~": "inferred",
    "*": "only the encyclopedia says so",
    "?": "from memory",
    "!": "no text seen",
}
"""Meaning of each mark in a word or two, for the legend of a page."""


def mark(basis: str | None) -> str:
    """Return the mark of a basis; an empty string for a sound one or None."""
    return MARKS.get(basis or "", "")


class Verdict(NamedTuple):
    """Sign of a verdict, and its words: behind a claim, and behind a number of claims, one or several."""

    sign: str
    words: str
    of_one: str
    of_several: str
    role: Role


VERDICTS: dict[str, Verdict] = {
    "agrees": Verdict("✓", "agrees with the record", "agrees", "agree", "good"),
    "contradicts": Verdict("✗", "contradicted by the record", "contradicted", "contradicted", "bad"),
    "differs": Verdict("⋯", "differs from the record", "differs", "differ", "doubt"),
    "omits": Verdict("⋯", "leaves something out", "leaves something out", "leave something out", "doubt"),
    "unverified": Verdict("⋯", "could not be verified", "could not be verified", "could not be verified", "doubt"),
}


def tally(verdicts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return the verdicts, the most frequent first, each with its number of claims in words, as `61 differ`."""
    found = sorted((verdict for verdict in VERDICTS if verdicts.get(verdict)), key=lambda verdict: -verdicts[verdict])
    return [
        (verdict, f"{number:,} {VERDICTS[verdict].of_one if number == 1 else VERDICTS[verdict].of_several}")
        for verdict in found
        for number in (verdicts[verdict],)
    ]


HIT, UNCERTAIN_DATE = "▎", "~"
"""Sign in the margin of a line with a hit, and behind an uncertain date in the tree."""

SIGNS: dict[str, str] = {
    VERDICTS["agrees"].sign: "a claim that agrees with the record",
    VERDICTS["contradicts"].sign: "a claim that the record contradicts",
    VERDICTS["differs"].sign: "a claim that differs, leaves something out, or could not be verified",
    FOLDED: "a folded branch of the tree",
    UNFOLDED: "an unfolded branch of the tree",
    "1925~": "in the tree: the date is uncertain",
    HIT: "a line with a hit of the search",
    "-": "a point that could not be confirmed",
}
"""Signs besides the marks of doubt, and their meanings."""
