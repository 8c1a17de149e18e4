"""Every file and folder that the program may touch outside the store."""

from __future__ import annotations

from pathlib import Path

NAME = "soviet-japanese-agreements"


def shipped_store() -> Path:
    """Return the corpus that comes with the program: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "db.json"
    return inside if inside.exists() else package.parent / "db.json"


def keymap_file() -> Path:
    """Return the file in which a reader may set other keys. It need not exist."""
    from platformdirs import user_config_path

    return user_config_path(NAME) / "keymap.json"


def cache_folder() -> Path:
    """Return the folder of the compiled catalogues. It need not exist, or be writable."""
    from platformdirs import user_cache_path

    return user_cache_path(NAME)


def state_file() -> Path:
    """Return the file in which the explorer keeps its state between two runs. It need not exist, or be writable."""
    from platformdirs import user_state_path

    return user_state_path(NAME) / "state.json"
