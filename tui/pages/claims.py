"""Page of the claims about an agreement: the statements of each source, compared with the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.pages.blocks import Block, Page, Span
from tui.pages.parts import FACT_COLUMN, paragraphs
from tui.pages.resources import NotFound, Resources, no_agreement
from tui.pages.signs import VERDICTS, tally

if TYPE_CHECKING:
    from tui.corpus.records import Claim, Source

SUBJECTS = "ID"
_VERDICT_ROLES = {verdict.role for verdict in VERDICTS.values()}
COMPANIONS = ("links",)


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
    for before, claim in zip((None, *claims), claims, strict=False):
        is_of_same_locus = before is not None and before.locus == claim.locus
        both_agree = before is not None and before.verdict == claim.verdict == "agrees"
        lead, anchor = "" if is_of_same_locus else claim.locus, claim.id if anchors else ""
        found += _claim(claim, lead, 0 if not before or (both_agree and not lead) else 1, anchor)
    cited = [sources[source] for source in dict.fromkeys(claim.source for claim in claims) if source in sources]
    named = "; ".join(", ".join(filter(None, (f"“{source.title}”", source.container_title))) for source in cited)
    intro = [Block(", ".join(words for _, words in tally(Counter(claim.verdict for claim in claims))))]
    if named:
        intro.append(Block(f"From {named}, paraphrased statement by statement.", "dim"))
    if found:
        found = [*intro, found[0]._replace(above=1), *found[1:]]
    encyclopedia = all(source.type == "entry-encyclopedia" for source in cited) and cited
    return "What the encyclopedia says" if encyclopedia else "What the sources say", found


def _claim(claim: Claim, lead: str, above: int, anchor: str) -> list[Block]:
    """Return a claim as blocks: the statement, the verdict with the record's version, and the reason.

    The verdict on a claim that agrees stands behind the statement.
    """
    judged = VERDICTS[claim.verdict]
    agrees = claim.verdict == "agrees"
    doubt = f" (our confidence: {claim.confidence})" if claim.confidence not in (None, "high") else ""
    words = (judged.of_one if agrees else judged.words) + doubt
    statement = paragraphs(claim.says, lead=lead, mark=judged.sign, above=above, anchor=anchor)
    verdict = Block(words[0].upper() + words[1:], spans=(Span(0, len(words), judged.role),))
    record = paragraphs(claim.record, role="dim" if agrees else "text")
    answer = [_joined(verdict, ": ", record[0]) if record else verdict, *record[1:]]
    if agrees and statement:
        answer = [_joined(statement[-1], " ", answer[0]), *answer[1:]]
        statement.pop()
    reason = paragraphs(claim.why and f"Why: {claim.why}", role="dim")
    return [block._replace(hang=FACT_COLUMN, stacks=True) for block in (*statement, *answer, *reason)]


def verdict_spans(block: Block, verdicts: Collection[str]) -> list[tuple[int, int]]:
    """Return where a block of a page says that a claim has one of these verdicts."""
    words = {form for verdict in verdicts for form in (VERDICTS[verdict].words, VERDICTS[verdict].of_one)}
    return [
        (span.start, span.end)
        for span in block.spans
        if span.role in _VERDICT_ROLES
        and block.text[span.start : span.end].lower().partition(" (our confidence")[0] in words
    ]


def _joined(first: Block, between: str, second: Block) -> Block:
    """Return a block with the text of the second behind that of the first."""
    start = len(first.text) + len(between)
    text = first.text + between + second.text
    role = (Span(start, len(text), second.role),) if second.role != "text" else ()
    spans = (*first.spans, *role, *(span.moved(start) for span in second.spans))
    return first._replace(text=text, spans=spans)
