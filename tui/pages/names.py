"""Page of the names of persons, places and terms, or of those that contain a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.address import Address
from tui.catalogue import directory
from tui.catalogue.directory import NameEntry
from tui.corpus import safe
from tui.pages.blocks import Block, Page
from tui.pages.parts import list_entry
from tui.pages.resources import Context, Resources

SUBJECTS = "[TEXT]"
PROMPT = "names that hold"


@dataclass(frozen=True, slots=True)
class NamesPage:
    """Data of the page: the names with a form that contains `text`, in alphabetical order."""

    text: str
    names: Sequence[NameEntry]


def parse(text: str, context: Context) -> Address:
    """Return the address of the names that contain a text, or of all names if the text is blank."""
    return Address("names", (text.strip(),) if text.strip() else ())


def load(resources: Resources, address: Address) -> NamesPage:
    """Load the names."""
    text = safe.query(" ".join(address.subject))
    return NamesPage(text, directory.names(resources.reader, text))


def compose(data: NamesPage, width: int = 0) -> Page:
    """Compose the page: a link for each name, with its kind."""
    return listing(
        "Names",
        data.text,
        [list_entry(name.name, Address("name", (name.id,)).text(), name.kind) for name in data.names],
    )


def listing(title: str, text: str, entries: Sequence[Block]) -> Page:
    """Return a page that lists entries under a title in the plural, and says by which text they were narrowed."""
    narrowed = f" that hold “{text}”" if text else ""
    noun = title.lower() if len(entries) != 1 else title.lower()[:-1]
    count = Block(f"{len(entries):,} {noun}{narrowed}" if entries else f"There are no {noun}{narrowed}.", "dim")
    first = [entry._replace(above=1) for entry in entries[:1]]
    return (Block(title, "title"), count, *first, *entries[1:])
