"""The records of a corpus: what an agreement, a provision, an event, a link, a claim and a source are.

Every record is a frozen, strictly typed struct. The store (store.py) makes them from JSON; docs/data.md describes
each field with an example, and the published JSON Schema is derived from these classes.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

Basis: TypeAlias = Literal["text", "partial", "secondary", "inferred", "article", "memory", "unseen"]
"""What a statement rests on: the instrument's text; part of it; a document about it; inference or a document of
doubtful quality; the encyclopedia's article alone; recollection that nobody checked; a text that nobody saw."""

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
    "cites",
    "confirms",
    "implements",
    "supplements",
    "renews",
    "amends",
    "supersedes",
    "brings-into-force",
    "conditions",
    "promises",
    "finances",
    "denounces",
    "terminates",
    "restores",
    "refuses",
    "contradicts",
    "related",
]

Verdict: TypeAlias = Literal["agrees", "contradicts", "differs", "omits", "unverified"]
Confidence: TypeAlias = Literal["high", "medium", "low"]
Named: TypeAlias = Literal["named", "implied", "beyond"]

UNVERIFIED: frozenset[str] = frozenset({"memory", "article", "unseen"})
"""The bases that nobody could confirm."""


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record or a part of one; fields that it does not know are ignored, so that a newer store still opens."""


class Statement(Record, frozen=True, kw_only=True):
    """One thing said in prose, and what it rests on."""

    text: str
    basis: Basis | None = None
    sources: tuple[str, ...] = ()


class Provision(Record, frozen=True, kw_only=True):
    """One provision in digest: its reference (`Art. II`, `Protocol A, 3`), an optional heading, its text."""

    text: str
    ref: str = ""
    heading: str = ""
    basis: Basis | None = None
    sources: tuple[str, ...] = ()


class Event(Record, frozen=True, kw_only=True):
    """One event in the life of an agreement. `date` is EDTF; `reading` says who holds this view where sides differ."""

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
    """Where the text is printed: a treaty series with volume, page and number, each as printed."""

    series: str
    volume: str | None = None
    page: str | None = None
    number: str | None = None
    basis: Basis | None = None
    note: str = ""


class Agreement(Record, frozen=True, kw_only=True):
    """An agreement, or another document or event that the agreements hang on. Only `id` and a title are required."""

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
        """The short title, or the first title there is, or the id: never empty."""
        return self.short_title or next((title for title in self.titles.values() if title), "") or self.id


class Link(Record, frozen=True, kw_only=True):
    """A typed cross-link from one agreement to another; its inverse is computed, never stored."""

    source: str = field(name="from")
    target: str = field(name="to")
    type: LinkType
    reason: str
    basis: Basis | None = None


class Claim(Record, frozen=True, kw_only=True):
    """One thing that a source says (our paraphrase) about an agreement, and what the record says of it."""

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


class Era(Record, frozen=True, kw_only=True):
    """A group of the tree. `span` is an EDTF interval; a background era is drawn after the others and dimmer."""

    id: str
    title: str
    span: str = ""
    summary: str = ""
    background: bool = False


class Person(Record, frozen=True, kw_only=True):
    """A name as CSL-JSON writes it: family and given, or one literal (an institution)."""

    family: str = ""
    given: str = ""
    literal: str = ""


class Issued(Record, frozen=True, kw_only=True):
    """A CSL-JSON date."""

    date_parts: tuple[tuple[int, ...], ...] = field(default=(), name="date-parts")
    literal: str = ""


class Source(Record, frozen=True, kw_only=True):
    """A CSL-JSON item, with `bias`: one line on where it stands, where one is due."""

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
    """A person, place or term with every form a reader may type, by language (`en`, `ru`, `ja`, `romanised` …)."""

    id: str
    kind: Literal["person", "place", "term"]
    name: str
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""


class About(Record, frozen=True, kw_only=True):
    """What the corpus is: the words of the first page."""

    title: str = ""
    subtitle: str = ""
    description: str = ""
    languages: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    version: str = ""
    licence: str = ""
    bias: str = ""


class Problem(Record, frozen=True, kw_only=True):
    """A record of the store that could not be read: where it stands and what is wrong, in one sentence."""

    line: int
    table: str
    record: str
    message: str


PARAGRAPHS = frozenset(
    {"provisions.text", "outcome.text", "background", "summary", "says", "record", "why", "description", "bias"}
)
"""The fields that hold paragraphs; every other string of a record is one line."""

TABLES: dict[str, Any] = {
    "corpus": About,
    "eras": Era,
    "agreements": Agreement,
    "links": Link,
    "claims": Claim,
    "sources": Source,
    "names": Name,
}
"""The store's tables, in the order in which they are written, with the record each holds."""
