"""The inks: the style in which each role of a page is written, in the colours of the theme.

A table here and not rules of the style sheet, since each of those costs every pane a tenth of a millisecond at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style
from textual.color import Color

Styles = Mapping[str, Style]


class Ink(NamedTuple):
    """Colours by their names in the theme, the share of `color` over `paper`, and Rich's attributes."""

    color: str = "foreground"
    share: float = 1.0
    paper: str = "background"
    attributes: str = ""


INKS: dict[str, Ink] = {
    "text": Ink(),
    "title": Ink("accent", attributes="bold"),
    "subtitle": Ink(),
    "heading": Ink("accent"),
    "strong": Ink(attributes="bold"),
    "label": Ink(share=0.7),
    "dim": Ink(share=0.7),
    "link": Ink(attributes="underline"),
    "doubt": Ink("warning"),
    "good": Ink("success"),
    "bad": Ink("error"),
    "hit": Ink("warning", attributes="reverse"),
    "key": Ink("accent", attributes="bold"),
    "letter": Ink("background", paper="accent", attributes="bold"),
    "cursor": Ink("background", paper="accent", attributes="bold"),
    "resting": Ink(paper="panel", attributes="bold"),
    "hover": Ink(paper="panel"),
    "bar": Ink("border"),
    "accent": Ink("accent"),
}
"""The roles of `page.blocks`; the letters over links; the tree's cursor with the keys and without, the mouse's; the bar
at a pane's side; and the sign of a hit, which a bar that is held wears too."""
COLOURLESS: dict[str, Ink] = {
    "title": Ink(attributes="bold"),
    "heading": Ink(attributes="bold"),
    "cursor": Ink(attributes="bold reverse"),
    "hover": Ink(attributes="underline"),
}
"""What differs where there are no colours."""


def styles(variables: Mapping[str, str], *, colourless: bool = False) -> Styles:
    """The style of each role, from the theme's variables."""
    inks = {**INKS, **COLOURLESS} if colourless else INKS
    return {role: _style(ink, variables) for role, ink in inks.items()}


def _style(ink: Ink, variables: Mapping[str, str]) -> Style:
    color, paper = Color.parse(variables[ink.color]), Color.parse(variables[ink.paper])
    mixed = paper.blend(color, ink.share, 1.0)
    return Style.from_color(mixed.rich_color, paper.rich_color) + Style.parse(ink.attributes or "none")
