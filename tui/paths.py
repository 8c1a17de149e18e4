"""Every file and folder that the program may touch outside the store."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "soviet-japanese-agreements"
NOWHERE = Path(os.devnull) / NAME
"""Folder that cannot exist: nothing can be read or written there."""


def shipped_store() -> Path:
    """Return the corpus that comes with the program: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "db.json"
    return inside if inside.exists() else package.parent / "db.json"


def keymap_file() -> Path:
    """Return the file in which a reader may set other keys. It need not exist."""
    return _folder("user_config_path") / "keymap.json"


def cache_folder() -> Path:
    """Return the folder of the compiled catalogues. It need not exist, or be writable."""
    folder = _folder("user_cache_path")
    try:
        str(folder).encode()  # SQLite takes only names in UTF-8
    except UnicodeEncodeError:
        return NOWHERE
    return folder


def state_file() -> Path:
    """Return the file in which the explorer keeps its state between two runs. It need not exist, or be writable."""
    return _folder("user_state_path") / "state.json"


def _folder(kind: str) -> Path:
    """Return the folder that a function of platformdirs names; NOWHERE if it names none, or a relative one."""
    import platformdirs

    try:
        folder: Path = getattr(platformdirs, kind)(NAME)
    except RuntimeError:
        return NOWHERE
    return folder if folder.is_absolute() else NOWHERE
