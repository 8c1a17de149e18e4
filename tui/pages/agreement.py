"""An agreement's page: titles, facts, provisions, what became of it, background, what the sources claim, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CrossLink
from tui.corpus import dates, text
from tui.pages.blocks import Block, Page, Role, Span
from tui.pages.signs import MEANINGS, UNCONFIRMED, mark

if TYPE_CHECKING:
    from tui.corpus.records import Agreement, Claim, Event, Reference, Signatory, Source

FACT = 14
"""The hanging column of the facts, in cells."""
PROVISION = 13
"""The hanging column of provisions' references, in cells."""
CLAIM = 6

EVENT_WORDS: dict[str, str] = {
    "occurred": "Event",
    "issued": "Issued",
    "signed": "Signed",
    "ratified": "Ratified",
    "in-force": "In force",
    "prolonged": "Prolonged",
    "amended": "Amended",
    "suspended": "Suspended",
    "notice": "Notice",
    "broken": "Broken",
    "ended": "Ended",
}
VERDICTS: dict[str, tuple[str, Role]] = {
    "agrees": ("agrees with the record", "good"),
    "contradicts": ("contradicted by the record", "bad"),
    "differs": ("differs from the record", "doubt"),
    "omits": ("leaves something out", "doubt"),
    "unverified": ("nobody could verify it", "doubt"),
}


class AgreementPageData(NamedTuple):
    """All that a page about one agreement needs, in one hand."""

    agreement: Agreement
    claims: Sequence[Claim] = ()
    sources: Mapping[str, Source] = {}
    kinds: Mapping[str, str] = {}
    topics: Mapping[str, str] = {}


def cited(agreement: Agreement, claims: Iterable[Claim]) -> list[str]:
    """The ids of all sources that a page will name, each once, the agreement's own list first."""
    ids = [*agreement.sources]
    for provision in agreement.provisions:
        ids += provision.sources
    for event in agreement.events:
        ids += event.sources
    ids += agreement.outcome.sources if agreement.outcome else ()
    for claim in claims:
        ids += (claim.source, *claim.sources)
    return list(dict.fromkeys(ids))


def document(subject: AgreementPageData) -> Page:
    """The whole page of an agreement."""
    agreement = subject.agreement
    return (
        *_titles(agreement),
        *_paragraphs(agreement.summary, above=1),
        *_facts(subject),
        *_provisions(agreement),
        *_outcome(agreement),
        *_section("Background", _paragraphs(agreement.background)),
        *claims(subject),
        *_unverified(agreement),
        *_sources(subject),
    )


def claims(subject: AgreementPageData) -> Page:
    """What each source claims about the agreement, and where the record differs."""
    blocks: list[Block] = []
    for claim in subject.claims:
        words, role = VERDICTS[claim.verdict]
        blocks += _paragraphs(claim.says, lead=claim.locus, hang=CLAIM, above=1 if blocks else 0)
        verdict = words + (f" (our confidence: {claim.confidence})" if claim.confidence else "")
        blocks.append(Block(verdict[0].upper() + verdict[1:], role, hang=CLAIM))
        blocks += _paragraphs(claim.record, hang=CLAIM)
        blocks += _paragraphs(claim.why and f"Why: {claim.why}", hang=CLAIM, role="dim")
    voices = [
        subject.sources[id] for id in dict.fromkeys(claim.source for claim in subject.claims) if id in subject.sources
    ]
    named = "; ".join(", ".join(filter(None, (f"“{voice.title}”", voice.container_title))) for voice in voices)
    intro = [Block(f"From {named}, paraphrased statement by statement.", "dim")] if named else []
    encyclopedia = all(voice.type == "entry-encyclopedia" for voice in voices) and voices
    title = "What the encyclopedia says" if encyclopedia else "What the sources say"
    if intro and blocks:
        blocks[0] = blocks[0]._replace(above=1)
    return tuple(_section(title, [*intro, *blocks]))


def cross_links(links: Sequence[CrossLink], *, ids: bool = False) -> Page:
    """The cross-links of an agreement, grouped by relation, each with its date, short title and reason.

    `ids` adds the other agreement's identifier, for plain output where a link cannot be followed by key.
    """
    blocks: list[Block] = []
    relation = None
    for link in links:
        if link.relation != relation:
            relation = link.relation
            blocks.append(Block(relation, "heading", above=1 if blocks else 0))
        blocks.append(_leaf_line(link))
        if ids:
            blocks.append(Block(link.other.id, indent=2))
        blocks += _paragraphs(link.reason, indent=2, role="dim")
    return tuple(blocks)


def nearest(agreements: Sequence[AgreementSummary]) -> Page:
    """What is nearest in content, under the cross-links."""
    blocks = [Block("Nearest in content", "heading", above=1)]
    for other in agreements:
        blocks.append(_leaf_line(CrossLink("", other, "", None)))
    return tuple(blocks) if agreements else ()


def _leaf_line(link: CrossLink) -> Block:
    other = link.other
    if not other.name:
        return Block(f"{other.id} (not in this store)", "doubt", mark=mark(link.basis), hang=2)
    when = dates.words(other.date)
    line = f"{other.name}  {when}" if when else other.name
    spans = (Span(0, len(other.name), "link", other.id), Span(len(other.name), len(line), "dim"))
    return Block(line, spans=spans, mark=mark(link.basis), hang=2)


def _titles(agreement: Agreement) -> list[Block]:
    titles = [(language, title) for language, title in agreement.titles.items() if title]
    titles.sort(key=lambda pair: ("en", "ru", "ja").index(pair[0]) if pair[0] in ("en", "ru", "ja") else 3)
    if not titles:
        return [Block(agreement.name, "title", anchor="title")]
    blocks = []
    for number, (language, title) in enumerate(titles):
        doubt = mark(agreement.title_basis.get(language))
        spans = (Span(len(title) + 1, len(title) + 2, "doubt"),) if doubt else ()
        shown = f"{title} {doubt}".rstrip()
        blocks.append(Block(shown, "subtitle" if number else "title", spans, anchor="" if number else "title"))
    return blocks


def _facts(subject: AgreementPageData) -> list[Block]:
    agreement = subject.agreement
    blocks: list[Block] = []

    def fact(name: str, value: str, basis: str | None = None, spans: tuple[Span, ...] = ()) -> None:
        if value:
            lead = name if not blocks or name != _last_lead(blocks) else ""
            blocks.append(Block(value, spans=spans, lead=lead, mark=mark(basis), hang=FACT, above=0 if blocks else 1))

    for event in _life(agreement):
        if _is_fact(event, agreement):
            value, spans = _event(event, _usual_place(event, agreement))
            fact(EVENT_WORDS[event.kind], value, event.basis, spans)
    if not agreement.events and agreement.date:
        fact("Date", dates.words(agreement.date), agreement.date_basis)
        fact("Place", agreement.place or "")
    elif _disputed_end(agreement):
        ends = dict.fromkeys(
            dates.words(event.date) or "an unknown date" for event in agreement.events if event.kind == "ended"
        )
        fact("Ended", f"in dispute: {' or '.join(ends)}; see below who holds which")
    elif not any(event.kind == "ended" for event in agreement.events) and any(
        event.kind in ("signed", "in-force") for event in agreement.events
    ):
        fact("Ended", "no end is recorded")
    fact("Parties", "; ".join(agreement.parties))
    for who in agreement.signatories:
        fact("Signatories", _signatory(who), who.basis)
    for reference in agreement.references:
        fact("Printed in", _reference(reference), reference.basis)
    fact("Kind", subject.kinds.get(agreement.kind) or text.key_label(agreement.kind))
    fact("Topics", ", ".join((subject.topics.get(topic) or text.key_label(topic)) for topic in agreement.topics))
    fact("Identifier", agreement.id)
    return blocks


def _last_lead(blocks: Sequence[Block]) -> str:
    """The last lead that was written: a fact of the same name goes under it without repeating it."""
    return next((block.lead for block in reversed(blocks) if block.lead), "")


def _life(agreement: Agreement) -> list[Event]:
    """The events in order of time; those without a date stay where the record has them."""
    known = [dates.read(event.date) for event in agreement.events]
    order = sorted(
        (when.latest if when.latest != date.max else when.begins, index) for index, when in enumerate(known) if when
    )
    return [agreement.events[index] for _, index in order] if all(known) else list(agreement.events)


def _usual_place(event: Event, agreement: Agreement) -> str | None:
    """The agreement's place, for the event by which it is dated: only of that is it the place."""
    return agreement.place if event.date == agreement.date and event.kind in ("signed", "issued", "occurred") else None


def _event(event: Event, usual_place: str | None) -> tuple[str, tuple[Span, ...]]:
    when = dates.words(event.date) or "date not known"
    place = event.place or usual_place
    head = f"{when}, {place}" if place else when
    value = head
    if event.note:
        value += f" – {event.note}"
    reading = f" (reading: {event.reading})" if event.reading else ""
    spans = [Span(len(head), len(value), "dim")] if event.note else []
    if reading:
        spans.append(Span(len(value), len(value) + len(reading), "doubt"))
    return value + reading, tuple(spans)


def _signatory(who: Signatory) -> str:
    detail = ", ".join(filter(None, (who.capacity, f"for {who.side}" if who.side else "")))
    return f"{who.name}, {detail}" if detail else who.name


def _reference(reference: Reference) -> str:
    parts = [reference.series]
    if reference.volume:
        parts.append(reference.volume if "vol" in reference.volume else f"vol. {reference.volume}")
    if reference.page:
        parts.append(_pages(reference.page))
    if reference.number:
        parts.append(f"no. {reference.number}" if reference.number[:1].isdigit() else reference.number)
    return ", ".join(parts) + (f" ({reference.note})" if reference.note else "")


def _provisions(agreement: Agreement) -> list[Block]:
    blocks: list[Block] = []
    for number, provision in enumerate(agreement.provisions):
        anchor = f"provision-{number}"
        first = {"lead": provision.ref, "mark": mark(provision.basis), "above": 1 if number else 0, "anchor": anchor}
        if provision.heading:
            blocks.append(Block(provision.heading, "strong", hang=PROVISION, **first))  # type: ignore[arg-type]
            first = {}
        blocks += _paragraphs(provision.text, hang=PROVISION, **first)  # type: ignore[arg-type]
    return _section("Provisions", [*_bases(agreement), *blocks])


def _bases(agreement: Agreement) -> list[Block]:
    """One line under the heading that says in words which marks stand below."""
    bases = dict.fromkeys(item.basis for item in agreement.provisions if mark(item.basis))
    if not bases:
        return []
    told = {mark(basis): MEANINGS[basis or ""] for basis in bases}
    return [*(Block(f"Marked {sign}: {meaning}.", "dim") for sign, meaning in told.items()), Block("")]


def _is_fact(event: Event, agreement: Agreement) -> bool:
    """Whether the event is told among the facts, and not only in the life-line below."""
    if event.kind == "ended":
        return not _disputed_end(agreement)
    return event.kind in ("signed", "issued", "in-force") or (event.kind == "occurred" and event.date == agreement.date)


def _disputed_end(agreement: Agreement) -> bool:
    """Whether the record holds more than one reading of when it ended."""
    return sum(event.kind == "ended" for event in agreement.events) > 1


def _outcome(agreement: Agreement) -> list[Block]:
    """What became of it, and the life-line where there is more to tell than the facts above have told."""
    blocks: list[Block] = []
    if agreement.outcome is not None:
        doubt = mark(agreement.outcome.basis)
        blocks = _paragraphs(agreement.outcome.text, mark=doubt, hang=2 if doubt else 0)
    if not all(_is_fact(event, agreement) for event in agreement.events):
        for number, event in enumerate(_life(agreement)):
            value, spans = _event(event, _usual_place(event, agreement))
            above = 1 if blocks and not number else 0
            blocks.append(
                Block(value, spans=spans, lead=EVENT_WORDS[event.kind], mark=mark(event.basis), hang=FACT, above=above)
            )
    return _section("What became of it", blocks)


def _unverified(agreement: Agreement) -> list[Block]:
    return _section(
        "Not confirmed",
        [Block(point, mark=UNCONFIRMED, hang=2) for point in agreement.unverified],
    )


def _sources(subject: AgreementPageData) -> list[Block]:
    blocks: list[Block] = []
    for id in cited(subject.agreement, subject.claims):
        source = subject.sources.get(id)
        if source is None:
            blocks.append(Block(f"{id} (not in this store)", "doubt", indent=2))
            continue
        blocks.append(Block(citation(source), indent=2))
        for remark in (source.note, source.bias):
            blocks += _paragraphs(remark, role="dim", indent=4)
    return _section("Sources", blocks)


def citation(source: Source) -> str:
    """A source in one line: authors, title, where and when it came out, the address where there is no print."""
    people = [" ".join(filter(None, (who.given, who.family))) or who.literal for who in source.author or source.editor]
    issued = source.issued
    year = next((str(part[0]) for part in issued.date_parts if part), issued.literal) if issued else ""
    parts = [
        ", ".join(people),
        source.title,
        source.container_title,
        _numbered("vol.", source.volume),
        f"no. {source.number}" if source.number else "",
        ", ".join(filter(None, (source.publisher_place, source.publisher, year))),
        _pages(source.page),
        source.url,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _pages(pages: str) -> str:
    """`p. 4`, `pp. 4–9`, or what is not a page number as it is."""
    if not pages[:1].isdigit():
        return pages
    return f"pp. {pages}" if any(sign in pages for sign in "–-,f") else f"p. {pages}"


def _numbered(word: str, number: str) -> str:
    """`vol. 4`, or what already says what it is as it is."""
    return f"{word} {number}" if number and " " not in number else number


def _section(title: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks under a heading, or nothing where there are none."""
    return [Block(title, "heading", above=2, anchor=f"section-{title}"), *blocks] if blocks else []


def _paragraphs(
    source: str,
    *,
    role: Role = "text",
    lead: str = "",
    mark: str = "",
    hang: int = 0,
    indent: int = 0,
    above: int = 0,
    anchor: str = "",
) -> list[Block]:
    """Text in the corpus's format as blocks: the first has lead, mark and anchor; the others follow a blank line."""
    blocks = []
    for index, paragraph in enumerate(text.paragraphs(source)):
        spans = tuple(Span(link.start, link.end, "link", link.target) for link in paragraph.links)
        first = index == 0
        blocks.append(
            Block(
                paragraph.text,
                role,
                spans,
                lead=lead if first else "",
                mark=mark if first else "",
                hang=hang,
                indent=indent,
                above=above if first else 1,
                anchor=anchor if first else "",
            )
        )
    return blocks
