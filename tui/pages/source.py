"""Page of a source: its full reference, its notes, and everything that cites it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.address import Address
from tui.catalogue import directory
from tui.catalogue.directory import Citation
from tui.corpus import safe
from tui.pages.agreement import EVENT_WORDS
from tui.pages.blocks import Block, Page
from tui.pages.parts import entry, list_entry, paragraphs, reference, section
from tui.pages.resources import NotFound, Resources, near

if TYPE_CHECKING:
    from tui.corpus.records import Source

SUBJECTS = "SOURCE"
LIST = "sources"

HEADINGS = {
    "provision": "Provisions that rest on it",
    "event": "Events that rest on it",
    "outcome": "Outcomes that rest on it",
    "claim": "Claims that it makes",
    "ground": "Claims judged by it",
    "listed": "Records that list it",
}
"""Heading of the citations of each role, in the order of the page."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Data of the page: the source and what cites it."""

    source: Source
    citations: Sequence[Citation]


def load(resources: Resources, address: Address) -> SourcePage | NotFound:
    """Load a source by its id."""
    source_id = address.subject[0]
    source = resources.reader.sources([source_id]).get(source_id)
    if source is None:
        found = near(source_id[:200], (known.id for known in directory.all_sources(resources.reader)))
        known = tuple(Address("source", (known_id,)).text() for known_id in found)
        return NotFound(f"There is no source {safe.quoted(source_id)}", known)
    return SourcePage(source, directory.citations(resources.reader, source_id))


def compose(data: SourcePage, width: int = 0) -> Page:
    """Compose the page."""
    source = data.source
    blocks = [
        Block(source.title, "title"),
        Block(source.type.replace("-", " ").capitalize(), "dim"),
        reference(source, quiet=False)._replace(above=1),
        *paragraphs(source.note, above=1),
        *paragraphs(source.bias, above=1, role="dim"),
        Block(source.id, lead="Identifier", hang=14, above=1),
    ]
    for role, heading in HEADINGS.items():
        blocks += section(heading, [_entry(citation) for citation in data.citations if citation.role == role])
    if not data.citations:
        blocks.append(Block("Nothing in this store cites it.", "dim", above=1))
    return tuple(blocks)


def _entry(citation: Citation) -> Block:
    if citation.role in ("claim", "ground") and citation.agreement.name:
        target = Address("claims", (citation.agreement.id,), citation.place).text()
        return list_entry(citation.agreement.name, target, citation.label)
    label = EVENT_WORDS.get(citation.label, citation.label) if citation.role == "event" else citation.label
    return entry(citation.agreement, place=citation.place, detail=label)
