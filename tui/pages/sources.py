"""Page of the sources of the corpus, or of those that contain a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.address import Address
from tui.catalogue import directory
from tui.corpus import safe
from tui.pages.blocks import Page
from tui.pages.parts import MOST_LISTED, list_entry, listing, reference, year
from tui.pages.resources import Context, NotFound, Resources

if TYPE_CHECKING:
    from tui.corpus.records import Source

SUBJECTS = "[TEXT]"
PROMPT = "sources that hold"


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Data of the page: the sources with `text` in their reference, note or id, sorted by title."""

    text: str
    sources: Sequence[Source]


def parse(text: str, context: Context) -> Address:
    """Return the address of the sources that contain a text, or of all sources if the text is blank."""
    return Address("sources", (text.strip(),) if text.strip() else ())


def load(resources: Resources, address: Address) -> SourcesPage | NotFound:
    """Load the sources."""
    text = safe.query(" ".join(address.subject))
    sources = directory.all_sources(resources.reader)
    if text:
        sources = [source for source in sources if text.casefold() in _searched(source)]
    if text and not sources:
        return NotFound(f"There is no source that holds “{safe.quoted(text)}”")
    return SourcesPage(text, sorted(sources, key=lambda source: (source.title.casefold(), source.id)))


def compose(data: SourcesPage, width: int = 0) -> Page:
    """Compose the page: a link for each source, with its authors and year."""
    entries = []
    for source in data.sources[:MOST_LISTED]:
        authors = ", ".join(person.family or person.literal for person in source.author)
        detail = " · ".join(filter(None, (authors, year(source))))
        entries.append(list_entry(source.title, Address("source", (source.id,)).text(), detail))
    return listing("Sources", data.text, entries, len(data.sources))


def _searched(source: Source) -> str:
    return f"{reference(source).text} {source.note} {source.id}".casefold()
