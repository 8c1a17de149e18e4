"""The two themes of the explorer, dark and light: quiet colours and one accent, vermilion."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="archive-dark",
    primary="#e0805a",
    secondary="#8fa3b0",
    accent="#e0805a",
    warning="#d9b25f",
    error="#e57373",
    success="#8fbf8f",
    foreground="#dcd7cb",
    background="#17181a",
    surface="#17181a",
    panel="#212326",
    dark=True,
    variables={
        "border": "#3b3e43",
        "scrollbar": "#3b3e43",
        "scrollbar-hover": "#9c978b",
        "scrollbar-active": "#e0805a",
        "scrollbar-background": "#17181a",
        "scrollbar-background-hover": "#17181a",
        "scrollbar-background-active": "#17181a",
        "block-cursor-text-style": "bold",
        "input-selection-background": "#e0805a 35%",
    },
)
LIGHT = Theme(
    name="archive-light",
    primary="#a63c1b",
    secondary="#3f5561",
    accent="#a63c1b",
    warning="#7a5800",
    error="#a3262a",
    success="#2f6b36",
    foreground="#262420",
    background="#f7f3ea",
    surface="#f7f3ea",
    panel="#ebe5d7",
    dark=False,
    variables={
        "border": "#c9c1ae",
        "scrollbar": "#c9c1ae",
        "scrollbar-hover": "#625c50",
        "scrollbar-active": "#a63c1b",
        "scrollbar-background": "#f7f3ea",
        "scrollbar-background-hover": "#f7f3ea",
        "scrollbar-background-active": "#f7f3ea",
        "block-cursor-text-style": "bold",
    },
)
