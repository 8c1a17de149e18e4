"""Page of all keys and all views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.actions import Action, Scope, shown_keys
from tui.address import Address
from tui.pages.blocks import Block, Page
from tui.pages.resources import Resources

SUBJECTS = ""

SECTIONS: dict[str, tuple[str, Scope]] = {
    "reading": ("Reading", "reading"),
    "moving": ("Moving", "movement"),
    "tree": ("In the tree", "tree"),
    "document": ("In the document, cross-links and claims", "page"),
    "search": ("In the search", "search"),
    "find": ("While finding words in a record", "find"),
    "always": ("Always", "app"),
}
"""Title and actions of each section, by its place, in the order of the page."""
VIEWS_PLACE = "views"
"""Place of the section of the views."""
KEYS_COLUMN = 17
"""Width in cells of the column of keys; the keys of an action that has many get a line of their own."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Data of the page: titled groups of (keys, description) pairs, and (usage, description) pairs of the views."""

    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    views: Sequence[tuple[str, str]]


def load(resources: Resources, address: Address) -> HelpPage:
    """Load the keys of all actions and the descriptions of all views."""
    return of_actions(resources.actions)


def of_actions(actions: Sequence[Action], first: str = "") -> HelpPage:
    """Return the keys of these actions and the descriptions of all views; no catalogue is needed.

    The section at the place `first` comes before the others.
    """
    from tui.pages.views import VIEWS

    groups = [
        (
            title,
            [(shown_keys(action), action.words) for action in actions if action.scope == scope and action.keys],
        )
        for place, (title, scope) in sorted(SECTIONS.items(), key=lambda section: section[0] != first)
    ]
    views = [(f"{view.name}: {view.subjects}".rstrip(": "), view.description) for view in VIEWS.values()]
    return HelpPage(groups, views)


def compose(data: HelpPage, width: int = 0) -> Page:
    """Compose the page."""
    places = {title: place for place, (title, _) in SECTIONS.items()}
    blocks = [
        Block("Keys", "title"),
        Block("In the text of a record ? * and ! are marks of doubt, not keys.", "dim"),
    ]
    for title, rows in data.groups:
        blocks += _section(title, places.get(title, ""), rows)
    blocks += _section("Views, for the palette and the command line", VIEWS_PLACE, data.views)
    return tuple(blocks)


def _section(title: str, place: str, rows: Sequence[tuple[str, str]]) -> list[Block]:
    heading = Block(title, "heading", above=1, anchor=place)
    return [heading, *(Block(words, lead=keys, lead_role="key", hang=KEYS_COLUMN) for keys, words in rows)]
