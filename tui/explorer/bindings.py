"""Textual bindings of the actions, and those of them that the footer shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

from tui.actions import ACTIONS, Scope

NARROW_ACTIONS = ("search", "tree", "links", "back", "help", "quit")
"""Actions in the footer of a screen with room for one pane."""


def bindings(*scopes: Scope) -> list[Binding]:
    """Return the bindings of the actions in these scopes."""
    return [
        Binding(
            action.keys,
            action.call,
            action.label,
            show=action.footer,
            key_display=action.shown or None,
            tooltip=action.words,
            id=action.id,
        )
        for action in ACTIONS
        if action.scope in scopes and action.keys
    ]


def bindings_of_footer(
    active: Mapping[str, ActiveBinding], focused: Widget | None, own: Container[DOMNode | None], *, is_narrow: bool
) -> dict[str, ActiveBinding]:
    """Return the active bindings for the footer, by key.

    While an input has the focus, its printable keys are text and no bindings; keys are written short only for the
    bindings of the nodes in `own`.
    """
    if isinstance(focused, Input):
        return {
            key: _with(item, key_display=item.binding.key_display if item.node in own else None)
            for key, item in active.items()
            if (item.node is not focused or item.binding.show) and not focused.check_consume_key(key, _character(key))
        }
    if is_narrow:
        return {key: _with(item, show=True) for key, item in active.items() if item.binding.id in NARROW_ACTIONS}
    return dict(active)


def _with(item: ActiveBinding, **changes: Any) -> ActiveBinding:
    return item._replace(binding=replace(item.binding, **changes))


def _character(key: str) -> str | None:
    """Return the character of a key, or None for a key without one."""
    try:
        return unicodedata.lookup(key.replace("_", " ").upper()) if len(key) > 1 else key
    except KeyError:
        return {"slash": "/", "minus": "-", "plus": "+"}.get(key)
