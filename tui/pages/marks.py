"""Page that explains the marks of doubt."""

from __future__ import annotations

from dataclasses import dataclass

from tui.address import Address
from tui.pages.blocks import Block, Page
from tui.pages.resources import Resources
from tui.pages.signs import MARKS, MEANINGS

SUBJECTS = ""


@dataclass(frozen=True, slots=True)
class MarksPage:
    """Data of the page: each mark with its meaning."""

    marks: tuple[tuple[str, str], ...]


def load(resources: Resources, address: Address) -> MarksPage:
    """Load the marks."""
    return MarksPage(tuple((mark, MEANINGS[basis]) for basis, mark in MARKS.items() if mark))


def compose(data: MarksPage, width: int = 0) -> Page:
    """Compose the page."""
    return (
        Block("Marks of doubt", "title"),
        Block("A mark stands left of a statement that does not rest on a text read or a sound document.", above=1),
        Block("", above=0),
        *(Block(meaning, lead=mark, lead_role="doubt", hang=5) for mark, meaning in data.marks),
        Block("No mark: the text itself was read, or a sound document about it.", above=1),
        Block("A date written “perhaps” or “about” is uncertain or approximate in the record itself.", above=1),
    )
