"""Stores in which one list of one record, or one table, has any length. The record with the list has the id `a`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Tables = dict[str, list[dict[str, Any]]]

_KINDS = ("signed", "ratified", "in-force", "notice", "ended", "occurred")


def agreement(**fields: Any) -> dict[str, Any]:
    """Return an agreement with these fields."""
    return {"id": "a", "short_title": "A", "date": "1941-04-13", "summary": "Fish. Coal.", **fields}


def source(source_id: str) -> dict[str, Any]:
    """Return a source."""
    return {"id": source_id, "title": f"Book {source_id}"}


def name(name_id: str, *forms: str) -> dict[str, Any]:
    """Return a name with forms besides its id."""
    return {"id": name_id, "kind": "person", "name": name_id, "forms": {"en": list(forms)}}


def _events(length: int, **fields: Any) -> Tables:
    return {
        "agreements": [
            agreement(
                events=[
                    {"kind": _KINDS[number % 6], "date": f"{1900 + number % 60}-05", "note": f"event {number}"}
                    | {field: value.format(number % 50) for field, value in fields.items()}
                    for number in range(length)
                ]
            )
        ]
    }


LONG: dict[str, Callable[[int], Tables]] = {
    "events": _events,
    "events with readings": lambda length: _events(length, reading="reading {}"),
    "ends of one date": lambda length: {
        "agreements": [agreement(events=[{"kind": "ended", "date": "1941", "note": f"{at}"} for at in range(length)])]
    },
    "ends of many dates": lambda length: {
        "agreements": [agreement(events=[{"kind": "ended", "date": f"1900/19{at % 90 + 10}"} for at in range(length)])]
    },
    "sources of an event": lambda length: {
        "agreements": [agreement(events=[{"kind": "ended", "sources": [f"s{at}" for at in range(length)]}])],
        "sources": [source(f"s{at}") for at in range(length)],
    },
    "provisions": lambda length: {
        "agreements": [agreement(provisions=[{"ref": f"Art. {at}", "text": "Fish."} for at in range(length)])]
    },
    "provisions of one reference": lambda length: {
        "agreements": [agreement(provisions=[{"ref": "Note", "text": f"Text {at}."} for at in range(length)])]
    },
    "words": lambda length: {
        "agreements": [agreement(provisions=[{"text": " ".join(f"w{at}" for at in range(length))}]), agreement(id="b")]
    },
    "signatories": lambda length: {
        "agreements": [agreement(signatories=[{"name": f"who {at}"} for at in range(length)])],
        "names": [name(f"who {at}") for at in range(length)],
    },
    "parties": lambda length: {
        "agreements": [agreement(parties=[f"state {at}" for at in range(length)])],
        "names": [name(f"state {at}") for at in range(length)],
    },
    "titles": lambda length: {"agreements": [agreement(titles={f"l{at}": f"Title {at}" for at in range(length)})]},
    "topics": lambda length: {"agreements": [agreement(topics=[f"topic-{at}" for at in range(length)])]},
    "references": lambda length: {
        "agreements": [agreement(references=[{"series": f"LNTS {at}"} for at in range(length)])]
    },
    "points not confirmed": lambda length: {
        "agreements": [agreement(unverified=[f"Point {at}." for at in range(length)])]
    },
    "links in a text": lambda length: {
        "agreements": [agreement(summary="[[b|bee]] and " * length, background="[[c]]\n\n" * length)]
    },
    "cross-links": lambda length: {
        "agreements": [agreement(), agreement(id="b")],
        "links": [{"from": "a", "to": "b", "type": "cites", "reason": f"Reason {at}."} for at in range(length)],
    },
    "claims": lambda length: {
        "agreements": [agreement()],
        "claims": [
            {"id": f"c{at}", "source": f"s{at}", "locus": "¶1", "about": "a", "says": "It says.", "verdict": "agrees"}
            for at in range(length)
        ],
        "sources": [source(f"s{at}") for at in range(length)],
    },
    "names of one form": lambda length: {
        "agreements": [agreement(signatories=[{"name": "who"}])],
        "names": [name(f"n{at}", "who", f"form {at}") for at in range(length)],
    },
    "forms of a name": lambda length: {
        "agreements": [agreement()],
        "names": [name("n", *(f"form{at}" for at in range(length)))],
    },
    "sources": lambda length: {"agreements": [agreement()], "sources": [source(f"s{at}") for at in range(length)]},
    "eras": lambda length: {
        "agreements": [agreement()],
        "eras": [{"id": f"e{at}", "title": f"Era {at}", "span": "1941/1945"} for at in range(length)],
    },
    "records without an era": lambda length: {"agreements": [agreement(id=f"a{at}", era="e") for at in range(length)]},
    "records of one id": lambda length: {"agreements": [agreement() for _ in range(length)]},
    "unreadable records": lambda length: {"agreements": [agreement(), *({"id": at} for at in range(length))]},
    "unknown fields": lambda length: {"agreements": [agreement(**{f"field{at}": 1 for at in range(length)})]},
}
"""Stores by what they have many of, made for a length."""
