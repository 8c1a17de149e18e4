"""Page of an era: its span, its summary and its agreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.corpus import dates, safe
from tui.corpus.plurals import counted
from tui.pages.blocks import Block, Page
from tui.pages.parts import MOST_LISTED, agreements, paragraphs
from tui.pages.resources import NotFound, Resources

SUBJECTS = "ERA"


@dataclass(frozen=True, slots=True)
class EraPage:
    """Data of the page. `span` is EDTF; `agreements` are by date, at most MOST_LISTED of `total`."""

    id: str
    title: str
    span: str
    summary: str
    total: int
    agreements: Sequence[AgreementSummary]


def load(resources: Resources, address: Address) -> EraPage | NotFound:
    """Load an era by its id."""
    reader = resources.reader
    era_id = address.subject[0]
    era = reader.era(era_id)
    if era is None:
        known = tuple(Address("era", (group.key,)).text() for group in reader.groups("era") if group.key)
        return NotFound(f"There is no era {safe.quoted(era_id)}", known)
    total = next((group.size for group in reader.groups("era") if group.key == era_id), 0)
    listed = reader.agreements("era", era_id, most=MOST_LISTED)
    return EraPage(era_id, era.title, era.span, era.summary, total, listed)


def of_agreement(resources: Resources, agreement_id: str) -> Address:
    """Return the address of the era of an agreement, or of the first era where it has none."""
    summary = resources.reader.summary(agreement_id)
    era_ids = [group.key for group in resources.reader.groups("era") if group.key]
    era_id = summary.era if summary and summary.era in era_ids else next(iter(era_ids), "none")
    return Address("era", (era_id,))


def compose(data: EraPage, width: int = 0) -> Page:
    """Compose the page."""
    span = " · ".join(filter(None, (dates.words(data.span), counted(data.total, "record"))))
    return (
        Block(data.title, "title"),
        Block(span, "dim"),
        *paragraphs(data.summary, above=1),
        *(
            block._replace(above=block.above or not index)
            for index, block in enumerate(agreements(data.agreements, data.total))
        ),
    )
