"""Page of an agreement: titles, facts, provisions, outcome and events, background, claims, sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tui.address import Address
from tui.catalogue import directory
from tui.corpus import dates, places
from tui.corpus.text import key_label
from tui.pages import claims as claims_page
from tui.pages.blocks import Block, Page, Span
from tui.pages.parts import (
    FACT_COLUMN,
    group_address,
    joined,
    page_numbers,
    paragraphs,
    query_target,
    reference,
    section,
    with_web_address,
)
from tui.pages.resources import NotFound, Resources, no_agreement
from tui.pages.signs import SHORT_MEANINGS, mark

if TYPE_CHECKING:
    from tui.corpus.records import Agreement, Claim, Event, Reference, Signatory, Source

SUBJECTS = "ID"
COMPANIONS = ("links", "claims")

EVENT_WORDS: dict[str, str] = {
    "occurred": "Took place",
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


FACTS = ("signed", "occurred", "issued", "in-force", "ended")
"""Kinds of the events that are facts, in the order in which they are shown; `occurred` only on the record's date."""


@dataclass(frozen=True, eq=False, repr=False)  # on the way to the first frame: less to generate
class AgreementPage:
    """Data of an agreement's page.

    `kinds` and `topics` are labels by key. `names` maps a signatory or party, as written, to the id of its name, unless
    several names have this form.
    """

    agreement: Agreement
    claims: Sequence[Claim] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    provisions_note: str = ""


def load(resources: Resources, address: Address) -> AgreementPage | NotFound:
    """Load an agreement with its claims, its sources and the names in it."""
    reader = resources.reader
    agreement = reader.agreement(address.subject[0])
    if agreement is None:
        return no_agreement(resources, address.subject[0])
    claims = reader.claims(agreement.id)
    forms = (*agreement.parties, *(signatory.name for signatory in agreement.signatories))
    return AgreementPage(
        agreement,
        claims,
        reader.sources(cited(agreement, claims)),
        reader.labels("kind"),
        reader.labels("topic"),
        directory.names_of_forms(reader, forms),
        reader.description().provisions_note,
    )


def encode(data: AgreementPage) -> dict[str, Any]:
    """Return the record with its claims and the sources that it cites."""
    import msgspec

    claims, sources = msgspec.to_builtins((data.claims, list(data.sources.values())))
    return {**msgspec.to_builtins(data.agreement), "claims": claims, "cited": sources}


def encode_place(data: AgreementPage, place: str) -> dict[str, Any]:
    """Return the provisions at a place, with the id and title of the agreement."""
    import msgspec

    agreement = data.agreement
    anchors = zip(places.provision_places(agreement), agreement.provisions, strict=True)
    found = [provision for anchor, provision in anchors if place == ".provisions" or places.is_at(anchor, place)]
    return {
        "id": agreement.id,
        "title": agreement.name,
        "place": place,
        "provisions": msgspec.to_builtins(found),
    }


def cited(agreement: Agreement, claims: Iterable[Claim]) -> list[str]:
    """Return the ids of all sources that the page cites, each once, those of the agreement's own list first."""
    return list(dict.fromkeys([*agreement.cited(), *(source for claim in claims for source in claim.cited())]))


def compose(data: AgreementPage, width: int = 0) -> Page:
    """Compose the whole page."""
    agreement = data.agreement
    claims_title, claims = claims_page.blocks(data.claims, data.sources)
    titles, facts, provisions, outcome = _titles(agreement), _facts(data), _provisions(data), _outcome(agreement)
    marks = {block.mark for block in (*facts, *provisions, *outcome)}
    marks |= {mark(agreement.title_basis.get(language)) for language, title in agreement.titles.items() if title}
    return (
        *titles,
        *paragraphs(agreement.summary, above=1),
        *facts,
        *_mark_legend(marks),
        *provisions,
        *outcome,
        *section("Background", paragraphs(agreement.background), ".background"),
        *section(claims_title, claims, ".claims"),
        *section("Not confirmed", [Block(point, mark="-", hang=2) for point in agreement.unverified], ".unverified"),
        *section("Sources", _sources(data), ".sources"),
    )


def _titles(agreement: Agreement) -> list[Block]:
    titles = [(language, title) for language, title in agreement.titles.items() if title]
    titles.sort(key=lambda pair: ("en", "ru", "ja").index(pair[0]) if pair[0] in ("en", "ru", "ja") else 3)
    if not titles:
        return [Block(agreement.name, "title")]
    blocks = []
    for number, (language, title) in enumerate(titles):
        doubt = mark(agreement.title_basis.get(language))
        spans = (Span(len(title) + 1, len(title) + 2, "doubt"),) if doubt else ()
        blocks.append(Block(f"{title} {doubt}".rstrip(), "subtitle" if number else "title", spans))
    return blocks


# -- facts


def _facts(data: AgreementPage) -> list[Block]:
    agreement = data.agreement
    blocks: list[Block] = []
    last_name = ""

    def fact(name: str, value: str, basis: str | None = None, spans: tuple[Span, ...] = (), anchor: str = "") -> None:
        nonlocal last_name
        if value:
            lead = name if name != last_name else ""
            blocks.append(Block(value, spans=spans, lead=lead, mark=mark(basis), hang=FACT_COLUMN, anchor=anchor))
            last_name = name

    events = [(event, anchor) for event, anchor, is_fact in _events(agreement) if is_fact]
    known = {event.kind for event, _ in events}
    for kind in FACTS:
        of_kind = [(event, anchor) for event, anchor in events if event.kind == kind]
        if kind == "in-force" and not of_kind and "signed" in known:
            fact("In force", "not known")
        if kind == "ended" and not of_kind and known & {"signed", "in-force"}:
            fact("Ended", "no end is recorded")
        answers = dict.fromkeys(event.date for event, _ in of_kind)
        if kind == "ended" and _exclude_each_other(answers):
            fact("Ended", f"in dispute: {len(answers)} dates")
        # Those that rest on a sound source come first.
        for event, anchor in sorted(of_kind, key=lambda pair: bool(mark(pair[0].basis))):
            value, spans = event_text(event, _usual_place(event, agreement))
            fact(EVENT_WORDS[kind], value, event.basis, spans, anchor)
    if not agreement.events and agreement.date:
        fact("Date", dates.words(agreement.date), agreement.date_basis)
        place = agreement.place or ""
        target = group_address("place", place)
        fact("Place", place, spans=(Span(0, len(place), "quiet", target),))
    parties, spans = joined((party, _name_address(data, party)) for party in agreement.parties)
    fact("Parties", parties, spans=spans)
    for signatory in agreement.signatories:
        target = _name_address(data, signatory.name, "person:")
        _, spans = joined([(signatory.name, target)])
        fact("Signatories", _signatory(signatory), signatory.basis, spans)
    if "signed" in known and not agreement.signatories:
        fact("Signatories", "not known")
    for printed in agreement.references:
        fact("Printed in", _reference(printed), printed.basis)
    for name, ordering, labels, keys in (
        ("Kind", "kind", data.kinds, [agreement.kind]),
        ("Topics", "topic", data.topics, agreement.topics),
    ):
        named = [(key, labels.get(key) or key_label(key)) for key in keys]
        groups, spans = joined(
            ((label, key and group_address(ordering, key, label)) for key, label in named), between=", "
        )
        fact(name, groups, spans=spans)
    fact("Identifier", agreement.id, spans=(Span(0, len(agreement.id), "identifier"),))
    return [Block("", anchor=".facts"), *blocks]


def _name_address(data: AgreementPage, form: str, field: str = "") -> str:
    """Return the address of the name with this form, or of a search for it in a field if none or several have it."""
    name_id = data.names.get(form)
    words = form.replace('"', " ")
    return Address("name", (name_id,)).text() if name_id else query_target(f'{field}"{words}"')


def _signatory(signatory: Signatory) -> str:
    detail = ", ".join(filter(None, (signatory.capacity, f"for {signatory.side}" if signatory.side else "")))
    return f"{signatory.name}, {detail}" if detail else signatory.name


def _reference(printed: Reference) -> str:
    parts = [printed.series]
    if printed.volume:
        parts.append(printed.volume if "vol" in printed.volume else f"vol. {printed.volume}")
    if printed.page:
        parts.append(page_numbers(printed.page))
    if printed.number:
        parts.append(f"no. {printed.number}" if printed.number[:1].isdigit() else printed.number)
    return ", ".join(parts) + (f" ({printed.note})" if printed.note else "")


# -- events


def events_by_date(agreement: Agreement) -> list[tuple[Event, str]]:
    """Return the events with their places, by the last possible day; in the record's order if any has no date."""
    pairs = list(zip(agreement.events, places.event_places(agreement), strict=True))
    known = [dates.read(event.date) for event in agreement.events]
    order = sorted(
        (when.latest if when.latest != date.max else when.begins, index) for index, when in enumerate(known) if when
    )
    return [pairs[index] for _, index in order] if all(known) else pairs


def event_text(event: Event, usual_place: str | None) -> tuple[str, tuple[Span, ...]]:
    """Return the date, place, note and reading of an event, and the spans of note and reading."""
    when = dates.words(event.date) or "date not known"
    place = event.place or usual_place
    head = f"{when}, {place}" if place else when
    value = head
    if event.note:
        value += f", {event.note}"
    reading = f" (according to {event.reading})" if event.reading else ""
    spans = [Span(len(head), len(value), "dim")] if event.note else []
    if place and place == usual_place:
        spans.insert(0, Span(len(head) - len(place), len(head), "quiet", group_address("place", place)))
    if reading:
        spans.append(Span(len(value), len(value) + len(reading), "doubt"))
    return value + reading, tuple(spans)


def _usual_place(event: Event, agreement: Agreement) -> str | None:
    """Return the place of the agreement for the event that dates it, and None for every other event."""
    return agreement.place if event.date == agreement.date and event.kind in ("signed", "issued", "occurred") else None


def _events(agreement: Agreement) -> list[tuple[Event, str, bool]]:
    """Return the events by date, each with its place, and whether it is a fact or only in the list of events below."""
    return [
        (event, anchor, event.kind in FACTS and (event.kind != "occurred" or event.date == agreement.date))
        for event, anchor in events_by_date(agreement)
    ]


def _exclude_each_other(answers: Iterable[str | None]) -> bool:
    """Return whether two of these dates cannot both be true; one may only be less exact than the other."""
    spans = [when for answer in answers if (when := dates.read(answer))]
    return bool(spans) and min(when.latest for when in spans) < max(when.earliest for when in spans)


def _outcome(agreement: Agreement) -> list[Block]:
    """Return the outcome, and the list of all events if some of them are not among the facts."""
    blocks: list[Block] = []
    if agreement.outcome is not None:
        doubt = mark(agreement.outcome.basis)
        blocks = paragraphs(agreement.outcome.text, mark=doubt, hang=2 if doubt else 0)
    events = _events(agreement)
    if not all(is_fact for *_, is_fact in events):
        for number, (event, anchor, is_fact) in enumerate(events):
            value, spans = event_text(event, _usual_place(event, agreement))
            above = 1 if blocks and not number else 0
            place = "" if is_fact else anchor
            lead = EVENT_WORDS[event.kind]
            blocks.append(
                Block(value, "text", spans, lead, mark=mark(event.basis), hang=FACT_COLUMN, above=above, anchor=place)
            )
    return section("What became of it", blocks, ".outcome")


# -- provisions and sources


def _provisions(data: AgreementPage) -> list[Block]:
    agreement = data.agreement
    blocks: list[Block] = []
    for number, (place, provision) in enumerate(
        zip(places.provision_places(agreement), agreement.provisions, strict=True)
    ):
        first = Block(
            provision.heading,
            "strong",
            lead=provision.ref,
            mark=mark(provision.basis),
            hang=FACT_COLUMN,
            above=1 if number else 0,
            anchor=place,
            stacks=True,
        )
        texts = [block._replace(stacks=True) for block in paragraphs(provision.text, hang=FACT_COLUMN)]
        if provision.heading or not texts:
            blocks += [first, *texts]
        else:
            blocks += [first._replace(text=texts[0].text, role="text", spans=texts[0].spans), *texts[1:]]
    return section(
        "Provisions",
        [*_provisions_note(data), Block(""), *blocks] if blocks else [],
        ".provisions",
    )


def _provisions_note(data: AgreementPage) -> list[Block]:
    """Return the line that says what the provisions are, in the words of the corpus, and where the text stands.

    A source that a provision rests on is that of the text; one that the record lists is only what it rests on.
    """
    if not data.provisions_note or all(provision.basis == "unseen" for provision in data.agreement.provisions):
        return []
    read = [provision for provision in data.agreement.provisions if provision.basis in ("text", "partial")]
    cited = [source for provision in read for source in provision.sources]
    source = _first_page(data, cited) or (_first_page(data, data.agreement.sources) if read else None)
    if source is None:
        known = " It is printed in what is named above." if data.agreement.references else ""
        return [Block(f"{data.provisions_note} The text was not read.{known}", "dim")]
    relation = "For the text see" if source.id in cited else "The text was read; the record rests on"
    start = f"{data.provisions_note} {relation} "
    title = source.title.rstrip(".")
    span = Span(len(start), len(start) + len(title), "quiet", Address("source", (source.id,)).text())
    line = Block(f"{start}{title}{'' if source.url else '.'}", "dim", (span,))
    return [with_web_address(line, source.url)]


def _first_page(data: AgreementPage, source_ids: Iterable[str]) -> Source | None:
    """Return the first of the sources whose web address is a page, or else the first of them."""
    sources = [data.sources[source_id] for source_id in source_ids if source_id in data.sources]
    return min(sources, key=lambda source: not _is_page(source.url), default=None)


def _is_page(url: str) -> bool:
    """Return whether a web address names a page, and not only the site."""
    return url.rstrip("/").count("/") > 2


def _mark_legend(marks: Collection[str]) -> list[Block]:
    """Return a line that explains these marks, with a link to the page of all signs."""
    meanings = [f"{sign} {meaning}" for sign, meaning in SHORT_MEANINGS.items() if sign in marks]
    link = Span(0, len("Marks"), "quiet", Address("marks").text())
    return [Block(f"Marks: {', '.join(meanings)}", "dim", (link,), above=1)] if meanings else []


def _sources(data: AgreementPage) -> list[Block]:
    blocks: list[Block] = []
    for source_id in cited(data.agreement, data.claims):
        source = data.sources.get(source_id)
        if source is None:
            blocks.append(Block(f"{source_id} (not in this store)", "doubt", indent=2))
            continue
        blocks.append(reference(source, indent=2))
        for remark in (source.note, source.bias):
            blocks += paragraphs(remark, role="dim", indent=4)
    return blocks
