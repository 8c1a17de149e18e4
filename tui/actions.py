"""Table of actions. Bindings, palette, footer and help are made from it; a test compares the guide with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from string import punctuation
from typing import Literal, NamedTuple, TypeAlias

NO_KEY = "f24"
"""Key of an action that a keymap has left without one; no keyboard has it."""

Scope: TypeAlias = Literal["reading", "movement", "tree", "page", "search", "find", "app"]


class Action(NamedTuple):
    """Something that a reader can do.

    `id` names it in a keymap; `keys` are Textual's, comma separated; `call` is the Textual action; `label` is one or
    two words for the footer, `words` a phrase for palette, help and guide; `footer` says that the footer shows it, and
    `everywhere` that its keys act over a modal and before an input too.
    """

    id: str
    keys: str
    call: str
    label: str
    words: str
    scope: Scope = "reading"
    footer: bool = False
    everywhere: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("search", "slash", "search", "Search", "search the full text", footer=True),
    Action("next-hit", "n", "hit(1)", "Next passage", "go to the next passage"),
    Action("previous-hit", "N", "hit(-1)", "Previous passage", "go to the previous passage"),
    Action("follow", "f", "follow", "Follow", "put a letter on every link in view and follow one", footer=True),
    Action("back", "backspace,H,alt+left", "back", "Back", "go back to where you were", footer=True),
    Action("forward", "L,alt+right", "forward", "Forward", "go forward again"),
    Action("next", "right_square_bracket", "neighbour(1)", "Next", "open the next record of the tree"),
    Action("previous", "left_square_bracket", "neighbour(-1)", "Previous", "open the previous record"),
    Action("next-heading", "right_parenthesis", "heading(1)", "Next heading", "go to the next heading"),
    Action("previous-heading", "left_parenthesis", "heading(-1)", "Previous heading", "go to the previous heading"),
    Action("next-provision", "right_curly_bracket", "provision(1)", "Next provision", "go to the next provision"),
    Action(
        "previous-provision",
        "left_curly_bracket",
        "provision(-1)",
        "Previous provision",
        "go to the previous provision",
    ),
    Action("order", "o", "order", "Order", "choose how the tree groups the records", footer=True),
    Action("tree", "1", "pane('tree')", "Tree", "go to the tree"),
    Action("document", "2", "pane('document')", "Document", "go to the document"),
    Action("links", "3", "pane('links')", "Links", "go to the cross-links", footer=True),
    Action("claims", "4", "pane('claims')", "Claims", "go to what the sources claim"),
    Action("zoom", "z", "zoom", "Zoom", "give one pane the whole screen, and back", footer=True),
    Action("marks", "m", "marks", "Marks", "explain the marks of doubt"),
    Action("start", "0", "start", "Start page", "show the page that says what this is"),
    Action("problems", "exclamation_mark", "problems", "Problems", "list the records that could not be read"),
    Action("out", "escape", "out", "Out", "leave the search, the hits, the zoom: one step out"),
    Action("next-pane", "tab", "app.focus_next", "Next pane", "go to the next pane"),
    Action("previous-pane", "shift+tab", "app.focus_previous", "Previous pane", "go to the previous pane"),
    Action(
        "palette",
        "colon,ctrl+p",
        "app.command_palette",
        "Palette",
        "find an action, a page or a record by name",
        scope="app",
        footer=True,
    ),
    Action("find", "ctrl+f", "find", "Find", "find words in this record"),
    Action("copy", "y", "screen.copy_text", "Copy", "copy the text that the mouse has selected"),
    Action("alike", "asterisk", "alike", "Alike", "search for what is like this record"),
    Action("help", "question_mark,f1", "app.help", "Help", "show every key", scope="app", footer=True),
    Action("clear-day", "", "clear_day", "Clear day", "clear the day that is set"),
    Action("theme", "", "app.change_theme", "Theme", "change the colours", scope="app"),
    Action("suspend", "ctrl+z", "app.suspend_process", "Suspend", "put the program to sleep; fg wakes it", scope="app"),
    Action("quit", "q", "app.quit", "Quit", "leave", scope="app", footer=True),
    Action("quit-anywhere", "ctrl+q", "app.quit", "Quit", "leave, also while you type", scope="app", everywhere=True),
    Action(
        "copy-anywhere", "ctrl+c", "app.help_quit", "Copy", "copy the selected text, or say how to leave", scope="app"
    ),
    Action(
        "next-result",
        "down,ctrl+n",
        "walk(1)",
        "Next",
        "select the next result",
        scope="search",
        footer=True,
    ),
    Action(
        "previous-result",
        "up",
        "walk(-1)",
        "Previous",
        "select the result above; at the top, an earlier search",
        scope="search",
        footer=True,
    ),
    Action(
        "narrow",
        "f2",
        "narrow",
        "Narrow",
        "narrow the results by era, topic, place, kind or verdict",
        scope="search",
        footer=True,
    ),
    Action(
        "sort",
        "f3",
        "sort",
        "Sort",
        "sort the results by relevance, date or era",
        scope="search",
        footer=True,
    ),
    Action("open-result", "enter", "open_result", "Open", "open the selected result", scope="search"),
    Action("here", "tab", "here", "Here", "find this in the record on show", scope="search"),
    Action("close-search", "escape", "screen.out", "Close", "leave the search", scope="search", footer=True),
    Action("find-next", "down", "step(1)", "Next", "go to the next passage", scope="find", footer=True),
    Action("find-previous", "up", "step(-1)", "Previous", "go to the previous passage", scope="find", footer=True),
    Action(
        "everywhere", "tab", "everywhere", "In all records", "search all records for this", scope="find", footer=True
    ),
    Action("keep-hits", "enter", "submit", "Keep", "go back to the text and keep the hits", scope="find", footer=True),
    Action("close-find", "escape", "leave", "Close", "go back to the text without hits", scope="find", footer=True),
    Action("up", "up,k", "up", "Up", "one line, or one item, up", scope="movement"),
    Action("down", "down,j", "down", "Down", "one line, or one item, down", scope="movement"),
    Action("page-up", "pageup,ctrl+u", "page_up", "Page up", "one page up", scope="movement"),
    Action("page-down", "pagedown,space,ctrl+d", "page_down", "Page down", "one page down", "movement"),
    Action("top", "home,g", "top", "Top", "to the beginning", scope="movement"),
    Action("bottom", "end,G", "bottom", "Bottom", "to the end", scope="movement"),
    Action("open", "enter", "open", "Open", "open what is selected", scope="movement"),
    Action(
        "next-link",
        "right,l",
        "link(1)",
        "Next link",
        "select the next link in view, or go to the cross-links",
        scope="page",
    ),
    Action(
        "previous-link",
        "left,h",
        "link(-1)",
        "Previous link",
        "select the previous link in view, or go back to the pane at the left",
        scope="page",
    ),
    Action("unfold", "right,l", "unfold", "Unfold", "unfold a branch, or open the record", scope="tree"),
    Action("fold", "left,h", "fold", "Fold", "fold a branch, or go to it", scope="tree"),
)


def with_keys(keys: Mapping[str, str]) -> tuple[Action, ...]:
    """Return all actions, with the keys of a keymap (by action id) where it has any."""
    return tuple(action._replace(keys=keys[action.id]) if action.id in keys else action for action in ACTIONS)


_CHARACTERS = {
    **{unicodedata.name(character).lower().replace("-", "_").replace(" ", "_"): character for character in punctuation},
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
}
"""Characters of the punctuation keys, by Textual's name of the key."""


def spelled(key: str) -> str:
    """Return a key as it is written everywhere: `ctrl+p`, `backspace`, `esc`, `/`. `key` is Textual's name of it."""
    modifiers, plus, name = key.strip().rpartition("+")
    return f"{modifiers}{plus}{'esc' if name == 'escape' else _CHARACTERS.get(name, name)}"


def shown_keys(action: Action) -> str:
    """Return all keys of an action, the main one first."""
    return "" if action.keys == NO_KEY else " ".join(map(spelled, filter(None, action.keys.split(","))))


def chief_key(action: Action) -> str:
    """Return the main key of an action, for use in a sentence."""
    return shown_keys(action).partition(" ")[0]


FIRST = ("open", "search", "follow", "back", "order", "help")
"""Ids of the actions on the start page."""


def first_keys(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """Return pairs of key and phrase for the start page."""
    by_id = {action.id: action for action in actions}
    return [(chief_key(by_id[action_id]), by_id[action_id].words) for action_id in FIRST]
