"""Store of an invented corpus, with kinds, topics, eras and a source of its own."""

from __future__ import annotations

from typing import Any

LAKE: dict[str, list[dict[str, Any]]] = {
    "corpus": [{"title": "Lake and harbour", "labels": {"un": "UN resolution", "minutes": "Agreed minutes"}}],
    "eras": [
        {"id": "old", "title": "Old", "span": "1900/1950", "background": True},
        {"id": "new", "title": "New (era)"},
    ],
    "agreements": [
        {"id": "a", "era": "old", "kind": "treaty"},
        {"id": "b", "era": "old", "kind": "treaty", "short_title": "Lake treaty", "outcome": {"text": "It ended."}},
        {"id": "c", "era": "new", "kind": "un", "topics": ['Lake "Upper" level'], "signatories": [{"name": "J. Doe"}]},
        {"id": "d", "era": "old", "kind": "minutes"},
        {"id": "e", "era": "old"},
    ],
    "links": [{"from": "a", "to": other, "type": "cites", "reason": "."} for other in "bcc"],
    "names": [{"id": "doe", "kind": "person", "name": "Doe", "forms": {"en": ["J. Doe"]}}],
    "claims": [
        {"id": "c1", "source": "book", "locus": "1", "about": "a", "says": "One.", "verdict": "contradicts"},
        {"id": "c2", "source": "book", "locus": "2", "about": "b", "says": "Two.", "verdict": "agrees"},
    ],
    "sources": [{"id": "book", "title": "A history of the lake", "type": "book"}],
}  # fmt: skip
"""Records of each table of the store."""
