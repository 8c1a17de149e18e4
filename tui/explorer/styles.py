"""The inks: the style in which each role of a page is written, in the colours of the theme.

A table here and not rules of the style sheet, since each of those costs every pane a tenth of a millisecond at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style
from textual.color import Color

Styles = Mapping[str, Style]


class RoleStyle(NamedTuple):
    """Colours by their names in the theme, the share of `color` over `background`, and Rich's attributes."""

    color: str = "foreground"
    share: float = 1.0
    background: str = "background"
    attributes: str = ""


ROLE_STYLES: dict[str, RoleStyle] = {
    "text": RoleStyle(),
    "title": RoleStyle("accent", attributes="bold"),
    "subtitle": RoleStyle(),
    "heading": RoleStyle("accent"),
    "strong": RoleStyle(attributes="bold"),
    "label": RoleStyle(share=0.7),
    "dim": RoleStyle(share=0.7),
    "link": RoleStyle(attributes="underline"),
    "quiet": RoleStyle(),
    "url": RoleStyle(attributes="underline"),
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
"""The roles of `page.blocks`; the letters over links; the tree's cursor with the keys and without, the mouse's; the bar
at a pane's side; and the sign of a hit, which a bar that is held wears too."""
COLOURLESS: dict[str, RoleStyle] = {
    "title": RoleStyle(attributes="bold"),
    "heading": RoleStyle(attributes="bold"),
    "cursor": RoleStyle(attributes="bold reverse"),
    "hover": RoleStyle(attributes="underline"),
}
"""What differs where there are no colours."""


def styles(variables: Mapping[str, str], *, colourless: bool = False) -> Styles:
    """The style of each role, from the theme's variables."""
    role_styles = {**ROLE_STYLES, **COLOURLESS} if colourless else ROLE_STYLES
    return {role: _style(ink, variables) for role, ink in role_styles.items()}


def _style(ink: RoleStyle, variables: Mapping[str, str]) -> Style:
    color, background = Color.parse(variables[ink.color]), Color.parse(variables[ink.background])
    mixed = background.blend(color, ink.share, 1.0)
    return Style.from_color(mixed.rich_color, background.rich_color) + Style.parse(ink.attributes or "none")
