"""The command that opens the explorer."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui import paths

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.address import Address


def explore_command(options: Namespace) -> int:
    """Open the explorer at an address, or where the reader stopped."""
    from tui.cli.documents import resolve
    from tui.cli.output import open_catalogue, report_not_found
    from tui.pages import views
    from tui.pages.resources import NotFound, Resources

    store, address, text = options.store, None, options.address
    if options.last and not text:
        store, address = _last(store)
    elif text:
        with open_catalogue(store) as reader:
            resources = Resources(reader)
            address = resolve(reader, text)
            if not reader.summary(address.agreement_id):  # an agreement is loaded by the explorer alone
                found = views.load(resources, address)
                if isinstance(found, NotFound):
                    return report_not_found(found, text)
    return explore(store, address, theme=options.theme, quiet=options.quiet)


def _last(store: Path) -> tuple[Path, Address | None]:
    """Return store and address of the last visit; None where none is kept, or one of another store than is named.

    The explorer itself says where nothing is at the address any more.
    """
    from tui.address import AddressError, parse
    from tui.state import read_state

    state = read_state(paths.state_file())
    if not state.store or (store != paths.shipped_store() and os.path.abspath(store) != state.store):
        return store, None
    try:
        return Path(state.store), parse(state.address)
    except AddressError:
        return store, None


def explore(store: Path, address: Address | None = None, *, theme: str = "", quiet: bool = False) -> int:
    """Run the explorer and return the exit code."""
    from tui.cli import environment
    from tui.cli.program import BAD_STORE, USAGE, program
    from tui.corpus import safe

    if fault := environment.terminal_fault():
        print(fault, file=sys.stderr)
        return USAGE
    import gc

    from tui.corpus.file import StoreError, fingerprint

    gc.disable()  # until the first frame is out: it would run over every module being imported
    try:
        fingerprint(store)
        environment.clean()
        from tui.explorer.app import Explorer

        app = Explorer(store, paths.cache_folder(), address, state_file=paths.state_file())
        if theme and not app.use_theme(theme):
            from difflib import get_close_matches

            near = get_close_matches(theme, app.available_themes, 3)
            hint = f"near it: {', '.join(near)}" if near else f"there are: {', '.join(sorted(app.available_themes))}"
            print(f"There is no theme {safe.quoted(theme)}; {hint}.", file=sys.stderr)
            return USAGE
        sentence = app.run(mouse=environment.has_mouse())
    except StoreError as error:
        print(error, file=sys.stderr)
        return BAD_STORE
    if sentence:
        print(sentence, file=sys.stderr)
    elif not quiet and not app.return_code:
        print(f"To come back: {safe.line(_way_back(program(), store, app.address))}")
    return app.return_code or 0


def _way_back(program: str, store: Path, address: Address) -> str:
    """Return the command that opens the explorer at an address, quoted for a shell."""
    import shlex

    from tui.address import SCHEME
    from tui.cli.parser import COMMANDS

    words = program.split(" ")
    if store != paths.shipped_store():
        words += ["--store", str(store)]
    text = address.text()
    if text in COMMANDS or "%" in text:  # without the scheme, a command or the id of another agreement might be meant
        text = SCHEME + text
    return shlex.join(words if text == "start:" else [*words, text])
