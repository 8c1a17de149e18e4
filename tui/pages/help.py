"""Page of all keys and all views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.actions import Action, shown_keys
from tui.address import Address
from tui.pages.blocks import Block, Page
from tui.pages.resources import Resources

SUBJECTS = ""

SCOPES = {
    "reading": "Reading",
    "movement": "Moving",
    "page": "On a page",
    "tree": "In the tree",
    "search": "In the search",
    "app": "Always",
}
"""Titles of the groups of actions, in the order of the page."""
KEYS_COLUMN = 22
"""Width in cells of the column of keys."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Data of the page: titled groups of (keys, description) pairs, and (usage, description) pairs of the views."""

    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    views: Sequence[tuple[str, str]]


def load(resources: Resources, address: Address) -> HelpPage:
    """Load the keys of all actions and the descriptions of all views."""
    return of_actions(resources.actions)


def of_actions(actions: Sequence[Action]) -> HelpPage:
    """Return the keys of these actions and the descriptions of all views; no catalogue is needed."""
    from tui.pages.views import VIEWS

    keys = [
        (
            title,
            [(shown_keys(action), action.words) for action in actions if action.scope == scope and action.keys],
        )
        for scope, title in SCOPES.items()
    ]
    views = [(f"{view.name}: {view.subjects}".rstrip(": "), view.description) for view in VIEWS.values()]
    return HelpPage(keys, views)


def compose(data: HelpPage, width: int = 0) -> Page:
    """Compose the page."""
    blocks = [Block("Keys", "title")]
    for title, rows in data.groups:
        blocks.append(Block(title, "heading", above=1))
        blocks += [Block(words, lead=keys, lead_role="key", hang=KEYS_COLUMN) for keys, words in rows]
    blocks.append(Block("Views, for the palette and the command line", "heading", above=1))
    blocks += [Block(words, lead=usage, lead_role="key", hang=KEYS_COLUMN) for usage, words in data.views]
    return tuple(blocks)
