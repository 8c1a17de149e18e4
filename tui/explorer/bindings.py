"""Textual bindings of the actions."""

from __future__ import annotations

from textual.binding import Binding

from tui.actions import ACTIONS, Scope


def bindings(*scopes: Scope) -> list[Binding]:
    """The bindings of the actions in these scopes."""
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
