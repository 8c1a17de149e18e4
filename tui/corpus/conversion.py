"""Conversion of JSON to records with safe strings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from tui.corpus import safe
from tui.corpus.records import PARAGRAPHS, Record

R = TypeVar("R", bound=Record)


def convert(document: dict[str, Any], record: type[R]) -> R:
    """Return the document as a record with safe strings. Raises msgspec.ValidationError, RecursionError."""
    try:
        found = msgspec.convert(document, record)
        if is_safe(found, _encode(found)):
            return found
    except (msgspec.ValidationError, UnicodeEncodeError):
        pass  # convert the safe document instead: validation errors quote it, and msgspec rejects lone surrogates
    return msgspec.convert(safe.value(document, PARAGRAPHS), record)


def decode(raw: bytes, record: type[R]) -> R | None:
    """Return the record decoded directly from its bytes, or None if it is invalid or has an unsafe string."""
    try:
        found = msgspec.json.decode(raw, type=record)
        return found if is_safe(found, _encode(found)) else None
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None


def is_safe(record: Record, text: str) -> bool:
    """Return whether `safe.value` would not change a record. `text` is its JSON as msgspec encodes it.

    All strings are checked at once in the JSON, which is faster than one by one.
    """
    if safe.line(text) != text:
        return False
    if "\\" not in text:
        return True
    escapes = text.replace("\\\\", "").replace('\\"', "")
    breaks = escapes.count("\\n")
    return breaks == escapes.count("\\") and breaks == sum(part.count("\n") for part in _paragraphs(record))


def _paragraphs(record: Record) -> Iterator[str]:
    """Yield the strings of a record that may hold line feeds."""
    for path in PARAGRAPHS:
        field, _, inner = path.partition(".")
        value = getattr(record, field, None) or ()
        if inner:
            yield from (getattr(part, inner) for part in (value if isinstance(value, tuple) else (value,)))
        elif isinstance(value, str):
            yield value


def _encode(record: Record) -> str:
    """Return a record as JSON. Raises UnicodeEncodeError for a lone surrogate."""
    return msgspec.json.encode(record).decode()
