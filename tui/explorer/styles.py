"""Rich styles of the roles of text on a page, in the colours of the theme.

They are a table and not rules of the style sheet: each such rule would cost every pane 0.1 ms at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style
from textual.color import Color

Styles = Mapping[str, Style]


class RoleStyle(NamedTuple):
    """Style of a role: two colours of the theme, the opacity of the first over the second, and Rich's attributes."""

    color: str = "foreground"
    opacity: float = 1.0
    background: str = "background"
    attributes: str = ""


ROLE_STYLES: dict[str, RoleStyle] = {
    "text": RoleStyle(),
    "title": RoleStyle("accent", attributes="bold"),
    "subtitle": RoleStyle(),
    "heading": RoleStyle("accent"),
    "strong": RoleStyle(attributes="bold"),
    "label": RoleStyle(opacity=0.7),
    "dim": RoleStyle(opacity=0.7),
    "link": RoleStyle(attributes="underline"),
    "quiet": RoleStyle(),
    "url": RoleStyle("secondary"),
    "doubt": RoleStyle("warning"),
    "good": RoleStyle("success"),
    "bad": RoleStyle("error"),
    "hit": RoleStyle("warning", attributes="reverse"),
    "key": RoleStyle("accent", attributes="bold"),
    "letter": RoleStyle("background", background="accent", attributes="bold"),
    "cursor": RoleStyle("background", background="accent", attributes="bold"),
    "resting": RoleStyle(background="panel", attributes="bold"),
    "hover": RoleStyle(background="panel"),
    "bar": RoleStyle("border"),
    "accent": RoleStyle("accent"),
}
"""Styles of the roles of `pages.blocks` and of these parts of the screen: `letter` over a link, `cursor` of the tree
(`resting` without the focus), `hover` for the line under the mouse, `bar` for a scrollbar, and `accent` for the sign of
a hit and a scrollbar that is dragged."""
COLOURLESS: dict[str, RoleStyle] = {
    "title": RoleStyle(attributes="bold"),
    "heading": RoleStyle(attributes="bold"),
    "cursor": RoleStyle(attributes="bold reverse"),
    "hover": RoleStyle(attributes="underline"),
}
"""Styles that differ on a terminal without colours."""


def styles(variables: Mapping[str, str], *, colourless: bool = False) -> Styles:
    """Return the style of each role, from the variables of the theme."""
    role_styles = {**ROLE_STYLES, **COLOURLESS} if colourless else ROLE_STYLES
    return {role: _style(role_style, variables) for role, role_style in role_styles.items()}


def _style(role_style: RoleStyle, variables: Mapping[str, str]) -> Style:
    color, background = Color.parse(variables[role_style.color]), Color.parse(variables[role_style.background])
    mixed = background.blend(color, role_style.opacity, 1.0)
    return Style.from_color(mixed.rich_color, background.rich_color) + Style.parse(role_style.attributes or "none")
