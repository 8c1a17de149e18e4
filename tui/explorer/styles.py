"""Rich styles of the roles of text on a page, in the colours of the theme.

They are a table and not rules of the style sheet: each such rule would cost every pane 0.1 ms at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rich.style import Style
from textual.color import Color

Styles = Mapping[str, Style]


class RoleStyle(NamedTuple):
    """Style of a role: two colours, the opacity of the first over the second, and Rich's attributes.

    A colour is a variable of the theme, or one that is the same in every theme.
    """

    color: str = "foreground"
    opacity: float = 1.0
    background: str = "background"
    attributes: str = ""


ROLE_STYLES: dict[str, RoleStyle] = {
    "text": RoleStyle(),
    "title": RoleStyle(attributes="bold"),
    "subtitle": RoleStyle(),
    "heading": RoleStyle(attributes="bold"),
    "strong": RoleStyle(attributes="bold"),
    "label": RoleStyle(opacity=0.7),
    "dim": RoleStyle(opacity=0.7),
    "link": RoleStyle(attributes="underline"),
    "quiet": RoleStyle(),
    "identifier": RoleStyle(),
    "url": RoleStyle("secondary"),
    "doubt": RoleStyle("warning"),
    "good": RoleStyle("success"),
    "bad": RoleStyle("error"),
    "hit": RoleStyle("#211c0c", background="#f2d675"),
    "current": RoleStyle("background", background="foreground", attributes="bold"),
    "key": RoleStyle(attributes="bold"),
    "letter": RoleStyle("background", background="foreground", attributes="bold"),
    "cursor": RoleStyle("background", background="accent", attributes="bold"),
    "resting": RoleStyle(background="panel", attributes="bold"),
    "hover": RoleStyle(background="panel"),
    "selected": RoleStyle("background", background="secondary"),
    "sign": RoleStyle("warning"),
    "edge": RoleStyle("border"),
    "bar": RoleStyle("border"),
    "dragged": RoleStyle("accent"),
}
"""Styles of the roles of `pages.blocks` and of these parts of the screen: `letter` before a link, `cursor` of the tree
(`resting` without the focus), `hover` for the line under the mouse, text `selected` with it, `sign` beside the
paragraphs with hits, `edge` of a pane, and `bar` for a scrollbar, also while it is `dragged`. The accent is for focus
and cursor only."""
LINES = frozenset({"edge"})
"""Roles of lines, which have the colours of the borders whatever their contrast."""
PLAIN: dict[str, RoleStyle] = {
    "hit": RoleStyle("warning", attributes="bold underline"),
    "current": RoleStyle(attributes="bold reverse"),
    "letter": RoleStyle(attributes="bold reverse"),
    "cursor": RoleStyle(attributes="bold reverse"),
    "resting": RoleStyle(attributes="bold"),
    "hover": RoleStyle(attributes="underline"),
    "selected": RoleStyle(attributes="reverse"),
}
"""Styles that differ without colours and in the terminal's own colours, of which nothing is known."""
LEAST_CONTRAST = 4.5
"""Least contrast of a text to its background, by WCAG 2 (level AA)."""


def styles(variables: Mapping[str, str], *, colourless: bool = False) -> Styles:
    """Return the style of each role, from the variables of the theme."""
    is_plain = colourless or Color.parse(variables["background"]).ansi is not None
    role_styles = {**ROLE_STYLES, **PLAIN} if is_plain else ROLE_STYLES
    return {
        role: _style(
            role_style._replace(
                color=variables.get(role_style.color, role_style.color),
                background=variables.get(role_style.background, role_style.background),
            ),
            is_text=role not in LINES,
        )
        for role, role_style in role_styles.items()
    }


@cache  # each pane asks for all styles of the theme
def _style(role_style: RoleStyle, *, is_text: bool) -> Style:
    color, background = Color.parse(role_style.color), Color.parse(role_style.background)
    mixed = background.blend(color, role_style.opacity, 1.0)
    mixed = _readable(mixed, background) if is_text else mixed
    return Style.from_color(mixed.rich_color, background.rich_color) + Style.parse(role_style.attributes or "none")


def _readable(color: Color, background: Color) -> Color:
    """Return a colour, mixed with as much black or white as a text needs to be readable on the background."""
    if color.ansi is not None or background.ansi is not None or contrast(color, background) >= LEAST_CONTRAST:
        return color
    end = max(Color.parse("black"), Color.parse("white"), key=lambda end: contrast(end, background))
    mixed = (color.blend(end, part / 10, 1.0) for part in range(1, 10))
    return next((found for found in mixed if contrast(found, background) >= LEAST_CONTRAST), end)


def contrast(first: Color, second: Color) -> float:
    """Return the contrast of two colours, from 1 to 21, by WCAG 2."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
