"""The marks of doubt: what stands beside a statement that was not read in a sound text, and what it means."""

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
"""The mark of each basis, one cell wide in every terminal."""

UNCONFIRMED = "?"
"""The mark of a point that the record itself says nobody could confirm."""

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
    """The mark for a basis; none for a sound one or none at all."""
    return MARKS.get(basis or "", "")
