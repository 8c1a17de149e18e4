"""The reader's own keys: a JSON file that gives an action's id its keys, as `{"search": "ctrl+s,slash"}`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.keys import KEY_NAME_REPLACEMENTS

from tui.corpus import safe
from tui.explorer.actions import ACTIONS, Scope

_KEY = re.compile(r"(?:(?:ctrl|alt|shift|super)\+)*(?:[!-~]|[a-z][a-z0-9_]*)")


def _are_keys(keys: str) -> bool:
    """Whether these are key names, comma separated, as Textual writes them: a character, or a word as `pageup`."""
    return all(_KEY.fullmatch(key.strip()) for key in keys.split(","))


def read(file: Path) -> tuple[dict[str, str], str]:
    """The keys by action id, and one sentence on what could not be used, or nothing.

    What is sound is used; a file that is not there is no fault.
    """
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, RecursionError):
        return {}, f"The keymap {safe.line(str(file))} is not a JSON object; the usual keys are used."
    if not isinstance(given, dict):
        return {}, f"The keymap {safe.line(str(file))} is not a JSON object; the usual keys are used."
    known = {action.id for action in ACTIONS}
    sound = {id: keys for id, keys in given.items() if id in known and isinstance(keys, str) and _are_keys(keys)}
    rest = [safe.line(id) for id in given if id not in sound]
    said = [f"The keymap has no use for {', '.join(rest)}: docs/guide.md lists the actions."] if rest else []
    return sound, " ".join([*said, *_clashes(sound)])


def _name(key: str) -> str:
    """The key as Textual names it: `/` is slash."""
    if len(key) > 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _clashes(keys: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each key that was another action's where both could act, and that the keymap has taken from it."""
    scope_of = {action.id: action.scope for action in ACTIONS}
    for taker, given in keys.items():
        for action in ACTIONS:
            lost = {_name(key.strip()) for key in given.split(",")} & set(action.keys.split(","))
            if action.id != taker and action.id not in keys and _meet(scope_of[taker], action.scope):
                yield from (f"The key {key} is for {taker} now, no longer for {action.id}." for key in sorted(lost))


def _meet(one: Scope, other: Scope) -> bool:
    """Whether actions of two scopes can act at the same moment."""
    if "search" in (one, other):
        return one == other
    return one == other or {one, other} != {"tree", "page"}
