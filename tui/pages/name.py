"""Page of a name: its forms in every script, the agreements signed under it, and those that contain a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.address import Address
from tui.catalogue import directory
from tui.catalogue.connection import AgreementSummary
from tui.corpus import safe
from tui.pages.blocks import Block, Page
from tui.pages.parts import FACT_COLUMN, agreements, paragraphs, section
from tui.pages.resources import NotFound, Resources, near

if TYPE_CHECKING:
    from tui.corpus.records import Name

SUBJECTS = "NAME"
LIST = "names"

MOST_MENTIONS = 50
"""Greatest number of agreements that are listed as containing a form."""
LANGUAGES = {"en": "English", "ru": "Russian", "ja": "Japanese", "romanised": "Romanised"}


@dataclass(frozen=True, slots=True)
class NamePage:
    """Data of the page: records of which a signatory bears a form; records that hold a form, `total` in all."""

    name: Name
    signed: Sequence[AgreementSummary]
    mentions: Sequence[AgreementSummary]
    total: int


def load(resources: Resources, address: Address) -> NamePage | NotFound:
    """Load a name by its id, with the agreements signed under it and those that contain it, by date."""
    name = directory.name(resources.reader, address.subject[0])
    if name is None:
        text = address.subject[0]
        found = [entry.id for entry in directory.names(resources.reader, text)[:5]]
        found = found or near(text[:200], (entry.id for entry in directory.names(resources.reader)))
        known = tuple(Address("name", (name_id,)).text() for name_id in found)
        return NotFound(f"There is no name {safe.quoted(text)}", known)
    mentions, total = _mentions(resources, name)
    return NamePage(name, directory.signed_by(resources.reader, name.id), mentions, total)


def _mentions(resources: Resources, name: Name) -> tuple[Sequence[AgreementSummary], int]:
    """Return the first agreements that contain a form exactly, by date, and how many there are."""
    searcher = resources.searcher
    query = searcher.containing(name.all_forms())
    found = searcher.search(query, most=MOST_MENTIONS, order="date", visible=0)
    return [result.summary for result in found.found], found.total


def compose(data: NamePage, width: int = 0) -> Page:
    """Compose the page."""
    name = data.name
    blocks = [Block(name.name, "title"), Block(name.kind.capitalize(), "dim"), *paragraphs(name.note, above=1)]
    for number, (language, forms) in enumerate(name.forms.items()):
        lead = LANGUAGES.get(language, language)
        blocks.append(Block("; ".join(forms), lead=lead, hang=FACT_COLUMN, above=0 if number else 1))
    return (
        *blocks,
        *section("Signed", agreements(data.signed)),
        *section("Stands in", agreements(data.mentions, data.total)),
    )
