"""Keymap of the reader: a JSON file with keys by action id, as `{"search": "ctrl+s,slash"}`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from tui.actions import ACTIONS, NO_KEY, Action, Scope, spelled
from tui.corpus import safe
from tui.explorer.keyboard import key_name

_KEY = re.compile(r"(?:(?:ctrl|alt|shift|super)\+)*(?:[!-~]|[a-z][a-z0-9_]*)")


def _are_keys(keys: str) -> bool:
    """Return whether these are key names of Textual, separated by commas: characters, or words such as `pageup`."""
    return all(_KEY.fullmatch(key.strip()) for key in keys.split(","))


def _named(keys: str) -> str:
    """Return the keys of an action with Textual's names of them: `slash` for `/`, `escape` for `esc`."""
    names = (key_name(key.strip()) for key in keys.split(","))
    return ",".join(re.sub(r"(^|\+)esc$", r"\1escape", name) for name in names)


def read(file: Path) -> tuple[dict[str, str], str]:
    """Return the keys by action id, and sentences about what cannot be used, or nothing.

    The rest of a faulty keymap is used. A missing file is no fault.
    """
    if not os.path.exists(file):
        return {}, ""
    try:
        given = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None  # a pipe is not waited for
    except (OSError, ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        return {}, f"The keymap {safe.line(str(file))} is not a JSON object; the usual keys are used."
    known = {action.id for action in ACTIONS}
    texts = {name: keys for name, keys in given.items() if name in known and isinstance(keys, str)}
    sound = {name: _named(keys) for name, keys in texts.items() if _are_keys(keys)}
    faults = []
    if unknown := ", ".join(name for name in given if name not in known):
        faults.append(f"The keymap names no action with {safe.quoted(unknown)}: docs/guide.md lists the actions.")
    if unread := [name for name in given if name in known and name not in sound]:
        faults.append(f"The keymap gives {', '.join(unread)} no key that Textual knows.")
    for new_owner, owner, key in _clashes(sound):
        faults.append(f"The key {spelled(key)} is for {new_owner} now, no longer for {owner.id}.")
        kept = [name for name in (sound.get(owner.id) or owner.keys).split(",") if name != key]
        sound[owner.id] = ",".join(kept) or NO_KEY
    return sound, " ".join(faults)


def _clashes(keys: Mapping[str, str]) -> list[tuple[str, Action, str]]:
    """Return id of the new owner, former owner, and key, where the keymap gives a key away without a substitute."""
    found = []
    scope_of = {action.id: action.scope for action in ACTIONS}
    for new_owner, given in keys.items():
        for action in ACTIONS:
            lost = set(given.split(",")) & set(action.keys.split(","))
            if action.id != new_owner and action.id not in keys and _can_clash(scope_of[new_owner], action.scope):
                found += [(new_owner, action, key) for key in sorted(lost)]
    return found


def _can_clash(one: Scope, other: Scope) -> bool:
    """Return whether bindings of two scopes can be active at the same time."""
    if {"search", "find"} & {one, other}:
        return one == other
    return one == other or {one, other} != {"tree", "page"}
