"""The reader's own keys: a JSON file that gives an action's id its keys, as `{"search": "ctrl+s,slash"}`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from textual.keys import KEY_NAME_REPLACEMENTS

from tui.actions import ACTIONS, NO_KEY, Action, Scope
from tui.corpus import safe

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
    said = []
    if unknown := [safe.line(id) for id in given if id not in known]:
        said.append(f"The keymap names no action with {', '.join(unknown)}: docs/guide.md lists the actions.")
    if unread := [id for id in given if id in known and id not in sound]:
        said.append(f"The keymap gives {', '.join(unread)} no key that Textual knows.")
    for taker, loser, key in _clashes(sound):
        said.append(f"The key {key} is for {taker} now, no longer for {loser.id}.")
        kept = [name for name in (sound.get(loser.id) or loser.keys).split(",") if name != key]
        sound[loser.id] = ",".join(kept) or NO_KEY
    return sound, " ".join(said)


def _name(key: str) -> str:
    """The key as Textual names it: `/` is slash."""
    if len(key) > 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def _clashes(keys: Mapping[str, str]) -> list[tuple[str, Action, str]]:
    """Who takes a key, from whom, and the key, where both could act and the keymap does not say what the other gets."""
    found = []
    scope_of = {action.id: action.scope for action in ACTIONS}
    for taker, given in keys.items():
        for action in ACTIONS:
            lost = {_name(key.strip()) for key in given.split(",")} & set(action.keys.split(","))
            if action.id != taker and action.id not in keys and _meet(scope_of[taker], action.scope):
                found += [(taker, action, key) for key in sorted(lost)]
    return found


def _meet(one: Scope, other: Scope) -> bool:
    """Whether actions of two scopes can act at the same moment."""
    if "search" in (one, other):
        return one == other
    return one == other or {one, other} != {"tree", "page"}
