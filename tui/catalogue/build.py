"""`python -m tui.catalogue.build STORE FOLDER`:
 a catalogue compiled in a process of its own, for cache.build_in_subprocess.

It says on its standard output, in lines of JSON: `{"beginning": …}` (a progress.Beginning), `{"progress": [done, all]}`
and last `{"file": path}` or `{"error": sentence}`, or nothing where it cannot write the folder. It ends when it is told
to, or when nobody listens any more, and then leaves nothing behind.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

from tui.catalogue import cache
from tui.corpus.file import StoreError


def main(store: Path, folder: Path) -> None:
    """Compile, and say how far it is."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        file = cache.compile_file(
            store,
            folder,
            lambda done, total: _say("progress", [done, total]),
            lambda beginning: _say("beginning", beginning),
        )
    except StoreError as error:
        _say("error", str(error))
    except (OSError, *cache.UNWRITABLE):
        return
    else:
        _say("file", str(file))


def _say(word: str, told: Any) -> None:
    try:
        sys.stdout.write(json.dumps({word: told}) + "\n")
        sys.stdout.flush()
    except OSError:
        _leave()


def _leave(*_: Any) -> None:
    raise SystemExit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
