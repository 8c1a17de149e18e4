"""Page of the names of persons, places and terms, or of those that contain a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.address import Address
from tui.catalogue import directory
from tui.catalogue.directory import NameEntry
from tui.corpus import safe
from tui.pages.blocks import Page
from tui.pages.parts import MOST_LISTED, list_entry, listing
from tui.pages.resources import Context, NotFound, Resources

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


def load(resources: Resources, address: Address) -> NamesPage | NotFound:
    """Load the names."""
    text = safe.query(" ".join(address.subject))
    names = directory.names(resources.reader, text)
    if text and not names:
        return NotFound(f"There is no name that holds “{safe.quoted(text)}”")
    return NamesPage(text, names)


def compose(data: NamesPage, width: int = 0) -> Page:
    """Compose the page: a link for each name, with its kind."""
    listed = data.names[:MOST_LISTED]
    entries = [list_entry(name.name, Address("name", (name.id,)).text(), name.kind) for name in listed]
    return listing("Names", data.text, entries, len(data.names))
