"""The command that opens the explorer."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui import paths
from tui.cli.output import OpenCatalogue, report_unknown
from tui.cli.parser import BAD_STORE, USAGE

if TYPE_CHECKING:
    from argparse import Namespace


def browse(options: Namespace) -> int:
    """Open the explorer, at an agreement where one is named."""
    if options.id:
        with OpenCatalogue(options.store) as catalogue:
            if catalogue.summary(options.id) is None:
                return report_unknown(catalogue, options.id)
    return explore(options.store, options.id)


def explore(store: Path, id: str) -> int:
    """Run the explorer and return the exit code."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
        print(
            "The explorer needs a terminal. Without one: python -m tui list, show ID, search WORDS, links ID or check.",
            file=sys.stderr,
        )
        return USAGE
    import gc

    from tui.corpus.file import StoreError, fingerprint

    os.environ.setdefault("TEXTUAL_FPS", "240")  # a key is painted within 4 ms; nothing moves that no key has moved
    gc.disable()  # until the first frame is out: the collector would run over every module being imported
    try:
        fingerprint(store)
        from tui.explorer.app import Explorer

        app = Explorer(store, paths.cache_folder(), id)
        sentence = app.run()
    except StoreError as error:
        sentence = str(error)
        print(sentence, file=sys.stderr)
        return BAD_STORE
    if sentence:
        print(sentence, file=sys.stderr)
    return app.return_code or 0
