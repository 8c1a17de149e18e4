"""Page of the claims about an agreement: the statements of each source, compared with the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.pages.blocks import Block, Page
from tui.pages.parts import paragraphs
from tui.pages.resources import NotFound, Resources, no_agreement
from tui.pages.signs import VERDICTS, tally

if TYPE_CHECKING:
    from tui.corpus.records import Claim, Source

SUBJECTS = "ID"
COMPANIONS = ("links",)

LOCUS_COLUMN = 6
"""Width in cells of the column left of the claims, for their places in the source."""


@dataclass(frozen=True, eq=False, repr=False)  # on the way to the first frame: less to generate
class ClaimsPage:
    """Data of the page: the agreement, the claims about it in the order of their sources, and these sources."""

    agreement: AgreementSummary
    claims: Sequence[Claim]
    sources: Mapping[str, Source]


def load(resources: Resources, address: Address) -> ClaimsPage | NotFound:
    """Load the claims about an agreement."""
    agreement = resources.reader.summary(address.subject[0])
    if agreement is None:
        return no_agreement(resources, address.subject[0])
    claims = resources.reader.claims(agreement.id)
    return ClaimsPage(agreement, claims, resources.reader.sources(claim.source for claim in claims))


def compose(data: ClaimsPage, width: int = 0) -> Page:
    """Compose the page; the anchors are the ids of the claims."""
    title, claims = blocks(data.claims, data.sources, anchors=True)
    if not claims:
        claims = [Block("No source’s claim is recorded.", "dim")]
    return (Block(data.agreement.name, "title"), Block(title, "subtitle"), claims[0]._replace(above=1), *claims[1:])


def blocks(claims: Sequence[Claim], sources: Mapping[str, Source], *, anchors: bool = False) -> tuple[str, list[Block]]:
    """Return a title for the claims, and as blocks their tally and each with statement, verdict, record and reason."""
    found: list[Block] = []
    for claim in claims:
        judged = VERDICTS[claim.verdict]
        anchor = claim.id if anchors else ""
        found += paragraphs(claim.says, lead=claim.locus, hang=LOCUS_COLUMN, above=1 if found else 0, anchor=anchor)
        verdict = judged.words + (f" (our confidence: {claim.confidence})" if claim.confidence else "")
        found.append(Block(verdict[0].upper() + verdict[1:], judged.role, hang=LOCUS_COLUMN))
        found += paragraphs(claim.record, hang=LOCUS_COLUMN)
        found += paragraphs(claim.why and f"Why: {claim.why}", hang=LOCUS_COLUMN, role="dim")
    cited = [sources[source] for source in dict.fromkeys(claim.source for claim in claims) if source in sources]
    named = "; ".join(", ".join(filter(None, (f"“{source.title}”", source.container_title))) for source in cited)
    intro = [Block(", ".join(words for _, words in tally(Counter(claim.verdict for claim in claims))))]
    if named:
        intro.append(Block(f"From {named}, paraphrased statement by statement.", "dim"))
    if found:
        found = [*intro, found[0]._replace(above=1), *found[1:]]
    encyclopedia = all(source.type == "entry-encyclopedia" for source in cited) and cited
    return "What the encyclopedia says" if encyclopedia else "What the sources say", found
