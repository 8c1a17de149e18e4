"""Name and exit codes of the program. Apart from the parser, which the explorer does not need."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.corpus import safe

FOUND, NOTHING, USAGE, BAD_STORE = 0, 1, 2, 3
"""Exit codes: found; nothing found (or findings, for `check`); wrong use; a store that cannot be opened."""


def program() -> str:
    """Return the words that the program was started with."""
    started = Path(sys.argv[0])
    return "python -m tui" if started.name == "__main__.py" else safe.quoted(started.name)
