"""Page of the life of an agreement: all its events in order, each with place, note, reading and basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui import address as addresses
from tui.address import Address
from tui.pages.agreement import EVENT_WORDS, event_text, events_by_date
from tui.pages.blocks import Block, Page, Span
from tui.pages.parts import FACT_COLUMN, joined
from tui.pages.resources import NotFound, Resources, no_agreement
from tui.pages.signs import MEANINGS, mark

if TYPE_CHECKING:
    from tui.corpus.records import Event, Source

SUBJECTS = "ID"
COMPANIONS = ("links", "claims")


@dataclass(frozen=True, slots=True)
class LifePage:
    """Data of the page: the events in order, the anchor of each, and the sources that they cite."""

    id: str
    name: str
    events: Sequence[Event]
    anchors: Sequence[str]
    sources: Mapping[str, Source]


def load(resources: Resources, address: Address) -> LifePage | NotFound:
    """Load the events of an agreement."""
    agreement = resources.reader.agreement(address.subject[0])
    if agreement is None:
        return no_agreement(resources, address.subject[0])
    events = events_by_date(agreement)
    sources = resources.reader.sources(dict.fromkeys(source for event, _ in events for source in event.sources))
    return LifePage(
        agreement.id, agreement.name, [event for event, _ in events], [anchor for _, anchor in events], sources
    )


def compose(data: LifePage, width: int = 0) -> Page:
    """Compose the page: a block for each event, followed by its basis and sources."""
    target = addresses.agreement(data.id).text()
    blocks = [
        Block(data.name, "title"),
        Block("Life of the record", "subtitle", (Span(12, 18, "quiet", target),)),
    ]
    for event, anchor in zip(data.events, data.anchors, strict=True):
        text, spans = event_text(event, None)
        lead = EVENT_WORDS[event.kind]
        blocks.append(
            Block(text, "text", spans, lead, mark=mark(event.basis), hang=FACT_COLUMN, above=1, anchor=anchor)
        )
        grounds = [(MEANINGS[event.basis], "")] if event.basis else []
        for source_id in event.sources:
            source = data.sources.get(source_id)
            link = Address("source", (source_id,)).text() if source else ""
            grounds.append((source.title if source else f"{source_id} (not in this store)", link))
        if grounds:
            text, spans = joined(grounds, "Basis: ")
            blocks.append(Block(text, "dim", spans, hang=FACT_COLUMN))
    if not data.events:
        blocks.append(Block("No event is recorded.", "dim", above=1))
    return tuple(blocks)
