"""Page of the cross-links of an agreement, in both directions, grouped by relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CrossLink
from tui.corpus import dates
from tui.pages.blocks import Block, Page
from tui.pages.parts import entry, paragraphs
from tui.pages.resources import NotFound, Resources, no_agreement

SUBJECTS = "ID"
COMPANIONS = ("claims",)


@dataclass(frozen=True, eq=False, repr=False)  # on the way to the first frame: less to generate
class LinksPage:
    """Data of the page. `nearest` are agreements similar in content; empty until they are looked up."""

    agreement: AgreementSummary
    links: Sequence[CrossLink]
    nearest: Sequence[AgreementSummary] = ()


def load(resources: Resources, address: Address) -> LinksPage | NotFound:
    """Load the cross-links of an agreement, without the nearest agreements, which take longer to find."""
    agreement = resources.reader.summary(address.subject[0])
    if agreement is None:
        return no_agreement(resources, address.subject[0])
    return LinksPage(agreement, resources.reader.links(agreement.id))


def compose(data: LinksPage, width: int = 0) -> Page:
    """Compose the page: the links by relation, each with date and reason, and the nearest agreements."""
    found = [Block(data.agreement.name, "title"), Block("Cross-links", "subtitle")]
    relation = None
    for link in data.links:
        if link.relation != relation:
            relation = link.relation
            found.append(Block(relation, "heading", above=1))
        found += [entry(link.other, basis=link.basis, dated=False), *_reason(link)]
    if not data.links:
        found.append(Block("No cross-links are recorded.", "dim", above=1))
    if data.nearest:
        found += [Block("Nearest in content", "heading", above=1), *map(entry, data.nearest)]
    return tuple(found)


def _reason(link: CrossLink) -> list[Block]:
    """Return the date of the other record and the reason of the link; the date begins a line, so it is never broken."""
    reason = paragraphs(link.reason, indent=2, role="dim")
    when = dates.words(link.other.date)
    if not when:
        return reason
    first = reason[0] if reason else Block("", "dim", indent=2)
    text = f"{when} · {first.text}" if first.text else when
    return [first._replace(text=text, spans=tuple(span.moved(len(when) + 3) for span in first.spans)), *reason[1:]]


def encode(data: LinksPage) -> list[dict[str, Any]]:
    """Return each link with the id, title and date of the other agreement."""
    return [
        {
            "relation": link.relation,
            "id": link.other.id,
            "title": link.other.name,
            "date": link.other.date,
            "reason": link.reason,
            "basis": link.basis,
        }
        for link in data.links
    ]
