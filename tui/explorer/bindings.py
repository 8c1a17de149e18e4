"""Textual bindings of the actions, and those of them that the footer shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from rich.cells import cell_len
from textual.binding import ActiveBinding, Binding
from textual.widget import Widget
from textual.widgets import Input

from tui.actions import ACTIONS, NO_KEY, Scope, spelled

BY_IMPORTANCE = (
    "next-hit",
    "out",
    "search",
    "tree",
    "back",
    "links",
    "follow",
    "palette",
    "order",
    "zoom",
)
"""Actions in the footer, the most important first; those of the focused pane come before them."""
ALWAYS = ("close-find", "close-search", "help", "quit")
"""Actions that the footer shows last, and at every width."""


def bindings(*scopes: Scope) -> list[Binding]:
    """Return the bindings of the actions in these scopes."""
    return [
        Binding(
            action.keys or NO_KEY,  # a keymap gives keys to existing bindings only
            action.call,
            action.label,
            show=action.footer,
            priority=action.everywhere,
            tooltip=action.words,
            id=action.id,
        )
        for action in ACTIONS
        if action.scope in scopes
    ]


def bindings_of_footer(
    active: Mapping[str, ActiveBinding], focused: Widget | None, more: Collection[str]
) -> dict[str, ActiveBinding]:
    """Return the active bindings for the footer, by key. `more` has ids of actions that it shows now.

    While an input has the focus, its printable keys are text and no bindings.
    """
    if isinstance(focused, Input):
        return {
            key: item
            for key, item in active.items()
            if (item.node is not focused or item.binding.show) and not focused.check_consume_key(key, _character(key))
        }
    return {key: _with(item, show=True) if item.binding.id in more else item for key, item in active.items()}


def fitting(
    active: Mapping[str, ActiveBinding], width: int, key_display: Callable[[Binding], str]
) -> dict[str, ActiveBinding]:
    """Return the bindings in the order of the footer, shown only as far as there is room, the less important left out.

    The footer shows each action once, with a blank between key and label and one after it.
    """
    found = dict(sorted(active.items(), key=_rank))
    shown = [(key, item) for key, item in found.items() if item.binding.show and key != NO_KEY]
    first_keys = {item.binding.action: key for key, item in reversed(shown)}
    cells = {
        key: cell_len(f"{key_display(binding)} {binding.description} ")
        for key in first_keys.values()
        for binding in [found[key].binding]
    }
    kept = {key for key in cells if found[key].binding.id in ALWAYS}
    room = width + 1 - sum(cells[key] for key in kept)
    for key in found:
        if key in cells and key not in kept and cells[key] <= room:
            kept.add(key)
            room -= cells[key]
    return {key: _with(item, show=key in kept) for key, item in found.items()}


def _rank(item: tuple[str, ActiveBinding]) -> int:
    """Return the place of a binding in the footer. Those with the same one stay in their order."""
    name = item[1].binding.id
    order = ("", *BY_IMPORTANCE, *ALWAYS)
    return order.index(name) if name in order else 0


def _with(item: ActiveBinding, *, show: bool) -> ActiveBinding:
    return item._replace(binding=replace(item.binding, show=show))


def _character(key: str) -> str | None:
    """Return the character that a key types, or None if it types none."""
    character = " " if key == "space" else spelled(key)
    return character if len(character) == 1 else None
