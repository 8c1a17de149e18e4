"""Start page: what the corpus is, questions that it answers, the first keys to know, what it holds, and the eras."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tui import address as addresses
from tui.actions import first_keys
from tui.address import Address
from tui.corpus import dates, text
from tui.corpus.plurals import counted
from tui.pages.blocks import Block, Page, Span
from tui.pages.parts import group_condition, largest, list_entry, paragraphs, query_target, section
from tui.pages.resources import Resources
from tui.pages.signs import tally

if TYPE_CHECKING:
    from tui.catalogue.highlights import Highlight
    from tui.catalogue.reader import CatalogueReader
    from tui.catalogue.summary import CorpusDescription, EraSummary

SUBJECTS = ""

KEY_COLUMN = 12
"""Width in cells of the column of keys."""
MOST_KINDS = 6
"""Greatest number of kinds that are counted by name, if there are at least two others."""


class Question(NamedTuple):
    """A question, and the address of a page that answers it."""

    text: str
    address: str


@dataclass(frozen=True, eq=False, repr=False)  # on the way to the first frame: less to generate
class StartPage:
    """Data of the page.

    `sizes` has the number of records by table, `keys` are (key, description) pairs, `kinds` are pairs of a kind and its
    number of records, the most frequent first, `verdicts` has the number of claims by verdict, `source` makes most of
    them. All from `kinds` on is unknown until the store is compiled.
    """

    about: CorpusDescription
    eras: Sequence[EraSummary]
    sizes: Mapping[str, int]
    keys: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, int]] = ()
    verdicts: Mapping[str, int] = field(default_factory=dict)
    source: Highlight | None = None
    questions: Sequence[Question] = ()


def load(resources: Resources, address: Address) -> StartPage:
    """Load the description of the corpus, what it holds, and questions that it answers."""
    from tui.catalogue import highlights

    reader = resources.reader
    eras, sizes = reader.eras(), reader.counts()
    found, verdicts = highlights.highlights(reader), highlights.verdicts(reader)
    source = found.get("encyclopedia") or found.get("source")
    kinds = [(group.label, group.size) for group in reader.groups("kind") if group.key]
    questions = _questions(reader, eras, found)
    wrong = [verdict for verdict in ("contradicts", "differs") if verdicts.get(verdict)]
    if source and wrong:
        questions.append(Question(f"Where does the {source.role} differ?", _judged(*wrong)))
    if sizes["source"]:
        questions.append(Question("Which sources does all this rest on?", Address("sources").text()))
    return StartPage(
        reader.description(),
        eras,
        sizes,
        first_keys(resources.actions),
        sorted(kinds, key=lambda kind: -kind[1]),
        verdicts,
        source,
        questions,
    )


def _questions(
    reader: CatalogueReader, eras: Sequence[EraSummary], highlights: Mapping[str, Highlight]
) -> list[Question]:
    """Return questions about what stands out: the largest era and topic, and the highlights."""
    found: list[Question] = []
    group = largest(group for group in reader.groups("era") if not group.background)
    if era := next((era for era in eras if group and era.id == group.key), None):
        found.append(Question(f"What was agreed {_when(era)}?", Address("era", (era.id,)).text()))
    if topic := largest(reader.groups("topic")):
        query = group_condition("topic", topic.key, topic.label)
        found.append(Question(f"{topic.label}: what was agreed?", query_target(query)))
    if record := highlights.get("record"):
        target = addresses.agreement(record.id, ".outcome").text()
        found.append(Question(f"{record.name}: what became of it?", target))
    if person := highlights.get("person"):
        found.append(Question(f"What did {person.name} sign?", Address("name", (person.id,)).text()))
    return found


def _when(era: EraSummary) -> str:
    """Return the years of an era as a phrase, or its title if its span is open or unknown."""
    span = dates.read(era.span)
    if span is None or span.earliest == date.min or span.latest == date.max:
        return f"in the era {era.title}"
    first, last = span.earliest.year, span.latest.year
    return f"in {first}" if first == last else f"from {first} to {last}"


def _judged(*verdicts: str) -> str:
    """Return the address of the records with a claim of one of these verdicts."""
    return query_target(" OR ".join(f"verdict:{verdict}" for verdict in verdicts))


def compose(data: StartPage, width: int = 0) -> Page:
    """Compose the page."""
    about = data.about
    facts = " · ".join(filter(None, (about.version and f"Version {about.version}", about.licence)))
    keys = [Block(words, lead=key, lead_role="key", hang=KEY_COLUMN) for key, words in data.keys]
    parts = {
        "You can ask": [list_entry(*question) for question in data.questions],
        "To begin with": keys,
        "What it holds": _holdings(data),
        "What this is": paragraphs(about.description),
        "The eras": [block for era in data.eras for block in _era(era)],
        "On the main source": paragraphs(about.bias),
    }
    return (
        Block(about.title or "A corpus of agreements", "title"),
        *([Block(about.subtitle, "subtitle")] if about.subtitle else ()),
        *_compared(data.source),
        *(block for title, blocks in parts.items() for block in section(title, blocks, above=1)),
        *([Block(facts, "dim", above=1)] if facts else ()),
    )


def _compared(source: Highlight | None) -> list[Block]:
    """Return a line that names the source with which the records are compared."""
    if source is None:
        return []
    line = f"Compared claim by claim with {source.name}"
    target = Address("source", (source.id,)).text()
    return [Block(line, spans=(Span(len(line) - len(source.name), len(line), "quiet", target),))]


def _holdings(data: StartPage) -> list[Block]:
    """Return lines that count the records by kind, the links and sources, and the claims by verdict."""
    records, links, sources = (data.sizes.get(table, 0) for table in ("agreement", "link", "source"))
    if not records:
        return [Block("There are no records in this store yet.")]
    named = data.kinds if len(data.kinds) <= MOST_KINDS + 1 else data.kinds[:MOST_KINDS]
    kinds = [counted(size, _in_sentence(kind)) for kind, size in named]
    others = records - sum(size for _, size in named)
    if named and others:
        kinds.append(counted(others, "other"))
    found = [Block(": ".join(filter(None, (counted(records, "record"), ", ".join(kinds)))))]
    between = f"{counted(links, 'link')} between them" if links else ""
    others_held = ", ".join(filter(None, (between, counted(sources, "source") if sources else "")))
    return [*found, *([Block(others_held)] if others_held else []), *_tally(data)]


def _in_sentence(label: str) -> str:
    """Return a label as it is written inside a sentence: `general agreement`, `UN resolution`."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _tally(data: StartPage) -> list[Block]:
    """Return a line with the number of claims by verdict, each a link to the records with such claims."""
    total = sum(data.verdicts.values())
    if not total:
        return []
    whose = f" of the {data.source.role}" if data.source and data.source.size == total else ""
    line = f"{counted(total, 'claim')}{whose}: "
    spans = []
    for verdict, words in tally(data.verdicts):
        spans.append(Span(len(line), len(line) + len(words), "link", _judged(verdict)))
        line += f"{words}, "
    return [Block(line[:-2], spans=tuple(spans))]


def _era(era: EraSummary) -> list[Block]:
    """Return an era as blocks: its title, a link to its page, with its span; and its summary."""
    when = dates.words(era.span)
    title = f"{era.title}, {when}" if when else era.title
    link = Span(0, len(era.title), "link", Address("era", (era.id,)).text())
    heading = Block(title, "dim" if era.background else "strong", (link,), above=1)
    return [heading, *(Block(paragraph.text, "dim", indent=2) for paragraph in text.paragraphs(era.summary))]
