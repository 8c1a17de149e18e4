"""Record types of a corpus: agreement, provision, event, link, claim, source and others.

Every record is a frozen, strictly typed struct. store.py decodes them from JSON, docs/data.md describes each field
with an example, and the published JSON Schema is derived from these classes and their docstrings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

Basis: TypeAlias = Literal["text", "partial", "secondary", "inferred", "article", "memory", "unseen"]
"""Evidence for a statement: the instrument's text; part of it; a document about it; inference or a document of
doubtful quality; the encyclopedia's article alone; unchecked recollection; a text that nobody saw."""

EventKind: TypeAlias = Literal[
    "occurred",
    "issued",
    "signed",
    "ratified",
    "in-force",
    "prolonged",
    "amended",
    "suspended",
    "notice",
    "broken",
    "ended",
]

LinkType: TypeAlias = Literal[
    "brings-into-force",
    "implements",
    "supplements",
    "renews",
    "amends",
    "supersedes",
    "conditions",
    "promises",
    "finances",
    "confirms",
    "restores",
    "denounces",
    "terminates",
    "refuses",
    "contradicts",
    "cites",
    "related",
]
"""The keys of relations.RELATIONS, in its order."""

Verdict: TypeAlias = Literal["agrees", "contradicts", "differs", "omits", "unverified"]
Confidence: TypeAlias = Literal["high", "medium", "low"]
Named: TypeAlias = Literal["named", "implied", "beyond"]

UNVERIFIED: frozenset[str] = frozenset({"memory", "article", "unseen"})
"""The bases of unconfirmed statements."""


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base class of records and their parts. Unknown fields are ignored, so that a newer store still opens."""


class Statement(Record, frozen=True, kw_only=True):
    """A statement in prose, with its basis and sources."""

    text: str
    basis: Basis | None = None
    sources: tuple[str, ...] = ()


class Provision(Record, frozen=True, kw_only=True):
    """A digest of one provision: its reference (`Art. II`, `Protocol A, 3`), an optional heading, its text."""

    text: str
    ref: str = ""
    heading: str = ""
    basis: Basis | None = None
    sources: tuple[str, ...] = ()


class Event(Record, frozen=True, kw_only=True):
    """An event in the life of an agreement. `date` is EDTF; `reading` names who holds this view if sides differ."""

    kind: EventKind
    date: str | None = None
    place: str | None = None
    note: str = ""
    basis: Basis | None = None
    reading: str = ""
    sources: tuple[str, ...] = ()


class Signatory(Record, frozen=True, kw_only=True):
    """A person who signed, for which side and in which capacity."""

    name: str
    side: str = ""
    capacity: str = ""
    basis: Basis | None = None


class Reference(Record, frozen=True, kw_only=True):
    """A printed edition of the text: a treaty series with volume, page and number, each as printed."""

    series: str
    volume: str | None = None
    page: str | None = None
    number: str | None = None
    basis: Basis | None = None
    note: str = ""


class Agreement(Record, frozen=True, kw_only=True):
    """An agreement, or a document or event that agreements depend on. Only `id` is required."""

    id: str
    short_title: str = ""
    titles: dict[str, str | None] = field(default_factory=dict)
    title_basis: dict[str, Basis] = field(default_factory=dict)
    kind: str = ""
    era: str = ""
    date: str | None = None
    date_basis: Basis | None = None
    place: str | None = None
    named_by_article: Named | None = None
    parties: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    topics: tuple[str, ...] = ()
    summary: str = ""
    provisions: tuple[Provision, ...] = ()
    background: str = ""
    outcome: Statement | None = None
    events: tuple[Event, ...] = ()
    references: tuple[Reference, ...] = ()
    sources: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The short title, else the first full title, else the id; never empty."""
        return self.short_title or next((title for title in self.titles.values() if title), "") or self.id

    def cited(self) -> Iterator[str]:
        """Yield the ids of the sources that the record cites: in its list, its provisions, events and outcome."""
        yield from self.sources
        for provision in self.provisions:
            yield from provision.sources
        for event in self.events:
            yield from event.sources
        if self.outcome:
            yield from self.outcome.sources


class Link(Record, frozen=True, kw_only=True):
    """A typed cross-link from one agreement to another. The inverse is computed, not stored."""

    source: str = field(name="from")
    target: str = field(name="to")
    type: LinkType
    reason: str
    basis: Basis | None = None


class Claim(Record, frozen=True, kw_only=True):
    """A fact that a source states about an agreement (in our paraphrase), compared with the record."""

    id: str
    source: str
    locus: str
    about: str
    says: str
    verdict: Verdict
    record: str = ""
    why: str = ""
    confidence: Confidence | None = None
    sources: tuple[str, ...] = ()

    def cited(self) -> tuple[str, ...]:
        """Return the ids of the source that makes the claim and of those by which it is judged."""
        return (self.source, *self.sources)


class Era(Record, frozen=True, kw_only=True):
    """A group of the tree. `span` is an EDTF interval; a background era comes after the others and is dimmed."""

    id: str
    title: str
    span: str = ""
    summary: str = ""
    background: bool = False


class Person(Record, frozen=True, kw_only=True):
    """A CSL-JSON name: family and given name, or one literal (an institution)."""

    family: str = ""
    given: str = ""
    literal: str = ""


class Issued(Record, frozen=True, kw_only=True):
    """A CSL-JSON date."""

    date_parts: tuple[tuple[int, ...], ...] = field(default=(), name="date-parts")
    literal: str = ""


class Source(Record, frozen=True, kw_only=True):
    """A CSL-JSON item, with an optional `bias`: one line on the point of view of the source."""

    id: str
    title: str
    type: str = "document"
    author: tuple[Person, ...] = ()
    editor: tuple[Person, ...] = ()
    issued: Issued | None = None
    container_title: str = field(default="", name="container-title")
    publisher: str = ""
    publisher_place: str = field(default="", name="publisher-place")
    volume: str = ""
    issue: str = ""
    page: str = ""
    number: str = ""
    archive: str = ""
    language: str = ""
    edition: str = ""
    url: str = field(default="", name="URL")
    accessed: Issued | None = None
    doi: str = field(default="", name="DOI")
    isbn: str = field(default="", name="ISBN")
    note: str = ""
    bias: str = ""


class Name(Record, frozen=True, kw_only=True):
    """A person, place or term with its searchable forms by language (`en`, `ru`, `ja`, `romanised` …)."""

    id: str
    kind: Literal["person", "place", "term"]
    name: str
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""

    def all_forms(self) -> list[str]:
        """Return the name and its forms in all languages."""
        return [self.name, *(form for forms in self.forms.values() for form in forms)]


class About(Record, frozen=True, kw_only=True):
    """Description of the corpus, shown on the start page."""

    title: str = ""
    subtitle: str = ""
    description: str = ""
    languages: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    version: str = ""
    licence: str = ""
    bias: str = ""
    provisions_note: str = ""


class Problem(Record, frozen=True, kw_only=True):
    """A record of the store that could not be read: its location and the reason, in one sentence."""

    line: int
    table: str
    record: str
    message: str


PARAGRAPHS = frozenset(
    {"provisions.text", "outcome.text", "background", "summary", "says", "record", "why", "description", "bias"}
)
"""Paths of the fields that hold paragraphs; every other string of a record is one line."""

TABLES: dict[str, Any] = {
    "corpus": About,
    "eras": Era,
    "agreements": Agreement,
    "links": Link,
    "claims": Claim,
    "sources": Source,
    "names": Name,
}
"""Record type of each table of a store."""
