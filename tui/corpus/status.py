"""Period in which an agreement was in force, derived from its events."""

from __future__ import annotations

from datetime import date

from tui.corpus import dates
from tui.corpus.records import Agreement


def in_force(agreement: Agreement) -> tuple[date, date] | None:
    """Return the first and the last day in force by any reading, or None if no entry into force is known.

    If readings differ, the widest period counts: callers ask what may have bound the parties on a day. An agreement
    without a recorded end is in force without limit.
    """
    begins = [when for event in agreement.events if event.kind == "in-force" and (when := dates.read(event.date))]
    if not begins:
        return None
    ended = [event for event in agreement.events if event.kind == "ended"]
    ends = [when for event in ended if (when := dates.read(event.date))]
    first = min(when.begins for when in begins)
    last = max((when.latest for when in ends), default=date.max) if len(ends) == len(ended) else date.max
    return (first, last) if first <= last else None
