"""State that the explorer keeps between two runs: theme, order of the tree, and where the reader stopped."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

MOST_BYTES = 1 << 16
"""Size of the largest file that is read."""


class State(NamedTuple):
    """State that is kept. An empty field is unset; `store` is the path of the store that `address` belongs to."""

    theme: str = ""
    ordering: str = ""
    store: str = ""
    address: str = ""


def read_state(file: Path) -> State:
    """Return the state in a file. Missing, damaged or wrongly typed values have their defaults."""
    import json

    try:
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return State()
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return State()
    if not isinstance(kept, dict):
        return State()
    return State(**{name: kept[name] for name in State._fields if isinstance(kept.get(name), str)})


def write_state(file: Path, state: State) -> None:
    """Write the state whole or not at all; a folder that cannot be written is left alone."""
    import json

    partial = file.with_name(f"{file.name}.{os.getpid()}.part")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(partial, "w", encoding="utf-8") as output:
                json.dump(state._asdict(), output)
                output.flush()
                os.fsync(output.fileno())
            os.replace(partial, file)
        finally:
            partial.unlink(missing_ok=True)
