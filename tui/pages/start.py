"""Start page: the description of the corpus, the first keys to know, and the eras."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.actions import first_keys
from tui.address import Address
from tui.corpus import dates, text
from tui.corpus.plurals import counted
from tui.pages.blocks import Block, Page, Span
from tui.pages.parts import spaced
from tui.pages.resources import Resources

if TYPE_CHECKING:
    from tui.catalogue.summary import CorpusDescription, EraSummary

SUBJECTS = ""

KEY_COLUMN = 12
"""Width in cells of the column of keys."""


@dataclass(frozen=True, eq=False, repr=False)  # on the way to the first frame: less to generate
class StartPage:
    """Data of the page: `sizes` has the number of records by table, `keys` are (key, description) pairs."""

    about: CorpusDescription
    eras: Sequence[EraSummary]
    sizes: Mapping[str, int]
    keys: Sequence[tuple[str, str]]


def load(resources: Resources, address: Address) -> StartPage:
    """Load the description of the corpus, its eras and its sizes."""
    reader = resources.reader
    return StartPage(reader.description(), reader.eras(), reader.counts(), first_keys(resources.actions))


def compose(data: StartPage, width: int = 0) -> Page:
    """Compose the page."""
    about = data.about
    facts = " · ".join(filter(None, (about.version and f"Version {about.version}", about.licence)))
    return (
        Block(about.title or "A corpus of agreements", "title"),
        *([Block(about.subtitle, "subtitle")] if about.subtitle else ()),
        Block(_counts(data.sizes) or "There are no records in this store yet.", "dim"),
        Block("To begin with", "heading", above=1),
        *(Block(words, lead=key, lead_role="key", hang=KEY_COLUMN) for key, words in data.keys),
        *_part("What this is", _texts(about.description), above=1),
        *_part("The eras", [block for era in data.eras for block in _era(era)], above=1),
        *_part("On the main source", _texts(about.bias), above=2),
        *([Block(facts, "dim", above=1)] if facts else ()),
    )


def _counts(sizes: Mapping[str, int]) -> str:
    nouns = {"agreement": "record"}
    return ", ".join(
        counted(sizes[table], nouns.get(table, table))
        for table in ("agreement", "link", "claim", "source")
        if sizes.get(table)
    )


def _part(title: str, blocks: Sequence[Block], above: int) -> Sequence[Block]:
    return [Block(title, "heading", above=above), *blocks] if blocks else []


def _texts(source: str) -> list[Block]:
    return spaced(Block(paragraph.text) for paragraph in text.paragraphs(source))


def _era(era: EraSummary) -> list[Block]:
    """Return an era as blocks: its title, a link to its page, with its span; and its summary."""
    when = dates.words(era.span)
    title = f"{era.title}, {when}" if when else era.title
    link = Span(0, len(era.title), "link", Address("era", (era.id,)).text())
    heading = Block(title, "dim" if era.background else "strong", (link,), above=1)
    return [heading, *(Block(paragraph.text, "dim", indent=2) for paragraph in text.paragraphs(era.summary))]
