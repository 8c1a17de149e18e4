"""Marks of doubt beside statements that were not read in a sound text, and their meanings."""

from __future__ import annotations

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
