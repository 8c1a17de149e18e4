"""Table of actions. Bindings, palette, footer, help and the guide's table of keys are made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

NO_KEY = "f24"
"""Key of an action that a keymap has left without one; no keyboard has it."""

Scope: TypeAlias = Literal["reading", "movement", "tree", "page", "search", "app"]


class Action(NamedTuple):
    """Something that a reader can do.

    `id` names it in a keymap; `keys` are Textual's, comma separated; `call` is the Textual action; `label` is one or
    two words for the footer, `words` a phrase for palette, help and guide; `footer` says that the footer shows it.
    """

    id: str
    keys: str
    call: str
    label: str
    words: str
    scope: Scope = "reading"
    footer: bool = False
    shown: str = ""


ACTIONS: tuple[Action, ...] = (
    Action("search", "slash", "search", "Search", "search the full text", footer=True, shown="/"),
    Action("next-hit", "n", "hit(1)", "Next hit", "go to the next hit"),
    Action("previous-hit", "N", "hit(-1)", "Previous hit", "go to the previous hit"),
    Action("follow", "f", "follow", "Follow", "put a letter on every link in view and follow one", footer=True),
    Action("back", "backspace,H,alt+left", "back", "Back", "go back to where you were", footer=True, shown="⌫"),
    Action("forward", "L,alt+right", "forward", "Forward", "go forward again"),
    Action("next", "right_square_bracket", "neighbour(1)", "Next", "open the next agreement of the tree", shown="]"),
    Action("previous", "left_square_bracket", "neighbour(-1)", "Previous", "open the previous agreement", shown="["),
    Action(
        "next-provision", "right_curly_bracket", "provision(1)", "Next provision", "go to the next provision", shown="}"
    ),
    Action(
        "previous-provision",
        "left_curly_bracket",
        "provision(-1)",
        "Previous provision",
        "go to the previous provision",
        shown="{",
    ),
    Action("order", "o", "order", "Order", "group the tree by era, topic, place or kind", footer=True),
    Action("tree", "1", "pane('tree')", "Tree", "go to the tree"),
    Action("document", "2", "pane('document')", "Document", "go to the document"),
    Action("links", "3", "pane('links')", "Links", "go to the cross-links", footer=True),
    Action("zoom", "z", "zoom", "Zoom", "give one pane the whole screen, and back", footer=True),
    Action("marks", "m", "marks", "Marks", "explain the marks of doubt"),
    Action("start", "0", "start", "Start page", "show the page that says what this is"),
    Action(
        "problems", "exclamation_mark", "problems", "Problems", "list the records that could not be read", shown="!"
    ),
    Action("out", "escape", "out", "Out", "leave the search, the hits, the zoom: one step out", shown="esc"),
    Action("next-pane", "tab", "app.focus_next", "Next pane", "go to the next pane", shown="tab"),
    Action(
        "previous-pane", "shift+tab", "app.focus_previous", "Previous pane", "go to the previous pane", shown="⇧tab"
    ),
    Action(
        "palette",
        "colon,ctrl+p",
        "app.command_palette",
        "Palette",
        "find an action or an agreement by name",
        scope="app",
        footer=True,
        shown=":",
    ),
    Action("find", "ctrl+f", "find", "Find", "find words in this agreement", shown="^f"),
    Action("alike", "asterisk", "alike", "Alike", "search for what is like this agreement", shown="*"),
    Action("help", "question_mark,f1", "app.help", "Help", "show this help", scope="app", footer=True, shown="?"),
    Action("clear-day", "", "clear_day", "Clear day", "clear the day that is set"),
    Action("theme", "", "app.change_theme", "Theme", "change the colours", scope="app"),
    Action("suspend", "ctrl+z", "app.suspend_process", "Suspend", "put the program to sleep; fg wakes it", scope="app"),
    Action("quit", "q", "app.quit", "Quit", "leave", scope="app", footer=True),
    Action(
        "next-result",
        "down,ctrl+n",
        "walk(1)",
        "Next",
        "select the next result while typing",
        scope="search",
        footer=True,
        shown="↓",
    ),
    Action(
        "previous-result",
        "up",
        "walk(-1)",
        "Previous",
        "select the result above; at the top, an earlier search",
        scope="search",
        footer=True,
        shown="↑",
    ),
    Action(
        "narrow",
        "f2",
        "narrow",
        "Narrow",
        "narrow the results by era, topic, place or kind",
        scope="search",
        footer=True,
        shown="F2",
    ),
    Action(
        "sort",
        "f3",
        "sort",
        "Sort",
        "sort the results by relevance, date or era",
        scope="search",
        footer=True,
        shown="F3",
    ),
    Action("here", "tab", "here", "Here", "look for this in the agreement on show", scope="search", shown="tab"),
    Action(
        "close-search", "escape", "screen.out", "Close", "leave the search", scope="search", footer=True, shown="esc"
    ),
    Action("up", "up,k", "up", "Up", "one line, or one item, up", scope="movement", shown="↑ k"),
    Action("down", "down,j", "down", "Down", "one line, or one item, down", scope="movement", shown="↓ j"),
    Action("page-up", "pageup,ctrl+u", "page_up", "Page up", "one page up", scope="movement", shown="PgUp"),
    Action("page-down", "pagedown,space,ctrl+d", "page_down", "Page down", "one page down", "movement", shown="PgDn"),
    Action("top", "home,g", "top", "Top", "to the beginning", scope="movement", shown="Home g"),
    Action("bottom", "end,G", "bottom", "Bottom", "to the end", scope="movement", shown="End G"),
    Action("open", "enter", "open", "Open", "open the agreement, follow the link", scope="movement", shown="enter"),
    Action(
        "next-link", "right,l", "link(1)", "Next link", "select the next link on the page", scope="page", shown="→ l"
    ),
    Action(
        "previous-link", "left,h", "link(-1)", "Previous link", "select the previous link", scope="page", shown="← h"
    ),
    Action(
        "unfold", "right,l", "unfold", "Unfold", "unfold a branch, or open the agreement", scope="tree", shown="→ l"
    ),
    Action("fold", "left,h", "fold", "Fold", "fold a branch, or go to it", scope="tree", shown="← h"),
)


def with_keys(keys: Mapping[str, str]) -> tuple[Action, ...]:
    """Return all actions, with the keys of a keymap (by action id) where it has any."""
    return tuple(action._replace(keys=keys[action.id], shown="") if action.id in keys else action for action in ACTIONS)


def chief_key(action: Action) -> str:
    """Return the main key of an action, for use in a sentence."""
    return action.shown or shown_keys(action).partition(" ")[0]


FIRST = ("open", "search", "follow", "back", "order", "help")
"""Ids of the actions on the start page."""


def first_keys(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """Return pairs of key and phrase for the start page."""
    by_id = {action.id: action for action in actions}
    return [(chief_key(by_id[action_id]), by_id[action_id].words) for action_id in FIRST]


def shown_keys(action: Action) -> str:
    """Return the keys of an action as the help shows them."""
    if action.keys in ("", NO_KEY):
        return ""
    names = {"backspace": "⌫", "slash": "/", "colon": ":", "question_mark": "?", "right_square_bracket": "]"}
    if action.shown and "," not in action.keys:
        return action.shown
    if action.scope in ("movement", "tree", "page") and action.shown:
        return action.shown
    return " ".join(names.get(key, key) for key in action.keys.split(","))
