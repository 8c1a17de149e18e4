"""When an agreement was in force, as far as its events say."""

from __future__ import annotations

from datetime import date

from tui.corpus import dates
from tui.corpus.records import Agreement


def in_force(agreement: Agreement) -> tuple[date, date] | None:
    """The first and the last day on which it was in force by any reading; None where no entry into force is known.

    Where readings differ the widest is taken, since the question that this answers is what may have bound the parties
    on a day. What has no recorded end is taken to last.
    """
    begins = [when for event in agreement.events if event.kind == "in-force" and (when := dates.read(event.date))]
    if not begins:
        return None
    ended = [event for event in agreement.events if event.kind == "ended"]
    ends = [when for event in ended if (when := dates.read(event.date))]
    first = min(when.begins for when in begins)
    last = max((when.latest for when in ends), default=date.max) if len(ends) == len(ended) else date.max
    return (first, last) if first <= last else None
