"""Rules for time: dates are valid, events are in order, and agreements lie within their era."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from tui.corpus import calendars, dates
from tui.corpus.check.survey import Faults, Located, Rule, Survey
from tui.corpus.dates import HistoricalDate
from tui.corpus.records import Agreement, Event, Record
from tui.corpus.safe import quoted

_ORIGINS = frozenset({"signed", "issued", "occurred"})
_VERBS = {
    "ratified": "is ratified on",
    "in-force": "is in force from",
    "ended": "ended on",
    "signed": "it is signed on",
    "issued": "it is issued on",
}


def date_form(survey: Survey) -> Faults:
    """Require every date and era span to be valid EDTF (see dates.py)."""
    for era in survey.eras:
        if era.record.span:
            yield from _date_faults(era, "span", era.record.span)
    for agreement in survey.agreements:
        yield from _date_faults(agreement, "date", agreement.record.date)
        for index, event in enumerate(agreement.record.events):
            yield from _date_faults(agreement, f"events[{index}].date", event.date)


def _date_faults(located: Located[Record], path: str, text: str | None) -> Faults:
    if text is not None:
        try:
            dates.parse(text)
        except ValueError as error:
            proposal = calendars.edtf(text)
            advice = "" if proposal is None else f" Write {proposal}." if proposal else " Leave the field out."
            yield located, f"{path}: {error}.{advice}"


def event_order(survey: Survey) -> Faults:
    """Forbid ratification, entry into force or end surely before signing, and an end before entry into force.

    An event with a reading (one side's view) is compared with that reading's events and those without one.
    """
    for agreement in survey.agreements:
        dated = list(_dated(agreement.record))
        first_dates = _first_dates(dated)
        for event, when in dated:
            first = first_dates[event.reading]
            for kind in _not_before(event.kind, first):
                if when.surely_before(first[kind]):
                    yield agreement, f"It {_VERBS[event.kind]} {when.text}, before {_VERBS[kind]} {first[kind].text}."


def _first_dates(dated: Iterable[tuple[Event, HistoricalDate]]) -> dict[str, dict[str, HistoricalDate]]:
    """Return the first date of each kind among the events that those of a reading are compared with, by reading."""
    found: dict[str, dict[str, HistoricalDate]] = {"": {}}
    common: dict[str, HistoricalDate] = {}
    for event, when in dated:
        for first in (found[""], found.setdefault(event.reading, {}) if event.reading else common):
            first[event.kind] = min(first.get(event.kind, when), when)
    for reading, first in found.items():
        if reading:
            found[reading] = {kind: min(filter(None, (first.get(kind), common.get(kind)))) for kind in first | common}
    return found


def _not_before(kind: str, known: Container[str]) -> list[str]:
    """Return the kinds of event that `kind` cannot precede. A signed text may be issued (printed) later."""
    made = "signed" if "signed" in known else "issued"
    allowed = {"ratified": ["signed"], "in-force": [made], "ended": [made, "in-force"]}
    return [earlier for earlier in allowed.get(kind, ()) if earlier in known]


def _dated(agreement: Agreement) -> Iterator[tuple[Event, HistoricalDate]]:
    for event in agreement.events:
        when = dates.read(event.date)
        if when:
            yield event, when


def record_date(survey: Survey) -> Faults:
    """Require the record's date to match an event `signed`, `issued` or `occurred`, if it has one."""
    for agreement in survey.agreements:
        when = dates.read(agreement.record.date)
        made = [at for event, at in _dated(agreement.record) if event.kind in _ORIGINS]
        if when and made and not any(_overlaps(when, at) for at in made):
            yield (
                agreement,
                f"The record is dated {when.text}, but its events say {quoted(', '.join(at.text for at in made))}.",
            )


def era_known(survey: Survey) -> Faults:
    """Require a known era for every agreement, if the store has eras."""
    for agreement in survey.agreements:
        era = agreement.record.era
        if survey.ids["eras"] and era not in survey.ids["eras"]:
            yield agreement, f"The store has no era “{quoted(era)}”." if era else "The record names no era."


def era_span(survey: Survey) -> Faults:
    """Require the date of an agreement to overlap the span of its era."""
    spans = {era.record.id: dates.read(era.record.span) for era in reversed(survey.eras)}
    for agreement in survey.agreements:
        span, when = spans.get(agreement.record.era), dates.read(agreement.record.date)
        if span and when and not _overlaps(span, when):
            yield agreement, f"The date {when.text} lies outside the era {quoted(agreement.record.era)} ({span.text})."


def _overlaps(one: HistoricalDate, other: HistoricalDate) -> bool:
    return not one.surely_before(other) and not other.surely_before(one)


RULES = (
    Rule("date-form", "error", date_form),
    Rule("event-order", "error", event_order),
    Rule("record-date", "error", record_date),
    Rule("era-known", "error", era_known),
    Rule("era-span", "error", era_span),
)
