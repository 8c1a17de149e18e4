"""The command line: `python -m tui [ADDRESS | COMMAND] [--store FILE] [--json]`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def main(arguments: list[str] | None = None) -> int:
    """Run one command, or the explorer where none is named. Return the exit code."""
    from tui.signals import Ended, handled

    try:
        with handled():
            code = _run(sys.argv[1:] if arguments is None else arguments)
    except (Ended, KeyboardInterrupt) as ended:
        code = ended.exit_code if isinstance(ended, Ended) else 130
        _discard(sys.stdout)  # the reader of a full pipe may never take the rest
    try:
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)
    return code


def _run(given: list[str]) -> int:
    """Run a command and return its exit code. An error is one sentence on stderr."""
    _open_closed_streams()
    _escape_what_cannot_be_encoded()
    from tui.cli.program import BAD_STORE, FOUND, USAGE
    from tui.corpus.file import StoreError
    from tui.pages.resources import UsageError

    try:
        code = _command(given)
        sys.stdout.flush()
        return code
    except UsageError as error:
        return _report(str(error), USAGE)
    except StoreError as error:
        return _report(str(error), BAD_STORE)
    except BrokenPipeError:
        _discard(sys.stdout)  # the reader of the pipe has enough
        return FOUND
    except OSError as error:
        _discard(sys.stdout)
        return _report(f"The output could not be written: {error.strerror}.", USAGE)


def _command(given: list[str]) -> int:
    if not given:
        from tui import paths
        from tui.cli.explore import explore

        return explore(paths.shipped_store())
    from importlib import import_module

    from tui.cli.parser import read

    try:
        options = read(given)
    except SystemExit as ended:  # after --help or --version
        return int(ended.code or 0)
    module, name = options.run
    return int(getattr(import_module(f"tui.cli.{module}"), name)(options))


def _report(sentence: str, code: int) -> int:
    """Print a sentence on stderr, where that can be written. Return the exit code."""
    with suppress(OSError):
        print(sentence, file=sys.stderr)
    return code


def _open_closed_streams() -> None:
    """Open the null device for each stream that the shell has closed (`>&-`) and Python made None."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _discard(stream: TextIO) -> None:
    """Keep the interpreter from writing the rest when it ends, where nobody could catch the error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _escape_what_cannot_be_encoded() -> None:
    """Write characters that the encoding of the output lacks as escapes, or to a terminal as ASCII signs."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            is_drawn = stream.isatty() and stream.encoding.lower() != "utf-8"
            stream.reconfigure(errors=_ascii_signs() if is_drawn else "backslashreplace")


def _ascii_signs() -> str:
    """Return the name of the error handler that writes ASCII signs."""
    import codecs

    from tui.pages.signs import substitute

    codecs.register_error("signs", substitute)
    return "signs"
