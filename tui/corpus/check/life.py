"""Rules of time: dates can be read, the events of an agreement follow in order, and its era is the one it lies in."""

from __future__ import annotations

from collections.abc import Iterator

from tui.corpus import dates
from tui.corpus.check.survey import Faults, Placed, Rule, Survey
from tui.corpus.dates import HistoricalDate
from tui.corpus.records import Agreement, Event, Record

_MADE = frozenset({"signed", "issued", "occurred"})
_WORDS = {
    "ratified": "is ratified on",
    "in-force": "is in force from",
    "ended": "ended on",
    "signed": "it is signed on",
    "issued": "it is issued on",
}


def date_form(survey: Survey) -> Faults:
    """Every date and every span of an era is EDTF as dates.py reads it."""
    for era in survey.eras:
        if era.record.span:
            yield from _readable(era, "span", era.record.span)
    for agreement in survey.agreements:
        yield from _readable(agreement, "date", agreement.record.date)
        for index, event in enumerate(agreement.record.events):
            yield from _readable(agreement, f"events[{index}].date", event.date)


def _readable(place: Placed[Record], path: str, text: str | None) -> Faults:
    if text is not None:
        try:
            dates.parse(text)
        except ValueError as error:
            yield place, f"{path}: {error}."


def event_order(survey: Survey) -> Faults:
    """Nothing is ratified, in force or ended surely before it was made; nothing ends before it is in force.

    An event with a reading (one side's view) is judged against that reading's events and those without one.
    """
    for agreement in survey.agreements:
        dated = list(_dated(agreement.record))
        for event, when in dated:
            comparable = [(other.kind, at) for other, at in dated if _comparable(event, other)]
            for kind in _not_before(event.kind, {kind for kind, _ in comparable}):
                first = min(at for other, at in comparable if other == kind)
                if when.surely_before(first):
                    yield agreement, f"It {_WORDS[event.kind]} {when.text}, before {_WORDS[kind]} {first.text}."


def _not_before(kind: str, known: set[str]) -> list[str]:
    """The kinds of event that one of `kind` cannot come before; what is signed may well be issued (printed) later."""
    made = "signed" if "signed" in known else "issued"
    allowed = {"ratified": ["signed"], "in-force": [made], "ended": [made, "in-force"]}
    return [earlier for earlier in allowed.get(kind, ()) if earlier in known]


def _dated(agreement: Agreement) -> Iterator[tuple[Event, HistoricalDate]]:
    for event in agreement.events:
        when = dates.read(event.date)
        if when:
            yield event, when


def _comparable(event: Event, other: Event) -> bool:
    return not event.reading or not other.reading or event.reading == other.reading


def record_date(survey: Survey) -> Faults:
    """The date of the record is one on which it was signed, issued or occurred, where it has such an event."""
    for agreement in survey.agreements:
        when = dates.read(agreement.record.date)
        made = [at for event, at in _dated(agreement.record) if event.kind in _MADE]
        if when and made and not any(_overlap(when, at) for at in made):
            yield agreement, f"The record is dated {when.text}, but its events say {', '.join(at.text for at in made)}."


def era_known(survey: Survey) -> Faults:
    """Where the store has eras, every agreement stands in one of them."""
    for agreement in survey.agreements:
        era = agreement.record.era
        if survey.ids["eras"] and era not in survey.ids["eras"]:
            yield agreement, f"The store has no era “{era}”." if era else "The agreement names no era."


def era_span(survey: Survey) -> Faults:
    """An agreement is dated within the span of its era, as far as the two dates can tell."""
    spans = {era.record.id: dates.read(era.record.span) for era in reversed(survey.eras)}
    for agreement in survey.agreements:
        span, when = spans.get(agreement.record.era), dates.read(agreement.record.date)
        if span and when and not _overlap(span, when):
            yield agreement, f"The date {when.text} lies outside the era {agreement.record.era} ({span.text})."


def _overlap(one: HistoricalDate, other: HistoricalDate) -> bool:
    return not one.surely_before(other) and not other.surely_before(one)


RULES = (
    Rule("date-form", "error", date_form),
    Rule("event-order", "error", event_order),
    Rule("record-date", "error", record_date),
    Rule("era-known", "error", era_known),
    Rule("era-span", "error", era_span),
)
