"""Page that explains the marks of doubt and the other signs on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tui.address import Address
from tui.pages.blocks import Block, Page
from tui.pages.resources import Resources
from tui.pages.signs import MARKS, MEANINGS, SIGNS

SUBJECTS = ""


@dataclass(frozen=True, slots=True)
class MarksPage:
    """Data of the page: each mark of doubt and each other sign with its meaning; `shown` are those in view."""

    marks: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, str], ...]
    shown: frozenset[str] = frozenset()


def load(resources: Resources, address: Address) -> MarksPage:
    """Load the marks and signs."""
    return MarksPage(tuple((mark, MEANINGS[basis]) for basis, mark in MARKS.items() if mark), tuple(SIGNS.items()))


def encode(data: MarksPage) -> dict[str, Any]:
    """Return the marks and signs."""
    return {"marks": data.marks, "signs": data.signs}


def compose(data: MarksPage, width: int = 0) -> Page:
    """Compose the page: the signs in view first, if any, then the marks of doubt and the other signs."""
    groups = (
        ("In view", [pair for pair in (*data.marks, *data.signs) if pair[0] in data.shown]),
        ("Marks of doubt, left of a statement", [pair for pair in data.marks if pair[0] not in data.shown]),
        ("Other signs", [pair for pair in data.signs if pair[0] not in data.shown]),
    )
    blocks = [Block("Marks and signs", "title")]
    for title, pairs in groups:
        if pairs:
            blocks.append(Block(title, "heading", above=1))
            blocks += [Block(meaning, lead=sign, lead_role="doubt", hang=5) for sign, meaning in pairs]
    return (
        *blocks,
        Block("No mark: the text itself was read, or a sound document about it.", above=1),
        Block("A date written “perhaps” or “about” is uncertain or approximate in the record itself.", above=1),
    )
