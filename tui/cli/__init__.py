"""The command line: `python -m tui [ID | COMMAND] [--store FILE] [--json]`."""

from __future__ import annotations

import os
import sys

from tui import paths


def main(arguments: list[str] | None = None) -> int:
    """Run one command, or the explorer where none is named; returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    _open_closed_streams()
    if not given:
        from tui.cli.explore import explore

        return explore(paths.shipped_store(), "")
    _fit_output()
    from importlib import import_module

    from tui.cli.parser import BAD_STORE, FOUND, USAGE, parser, with_command
    from tui.corpus import safe
    from tui.corpus.file import StoreError

    # A word that begins with a hyphen is part of a query, `-gas`, not an option that nobody knows.
    options, more = parser().parse_known_args(with_command(given))
    if more and not hasattr(options, "words"):
        parser().error(f"unrecognized arguments: {safe.line(' '.join(more))}")
    if more:
        words = [*options.words, *more]
        options.words = sorted(words, key=given.index)
    try:
        module, name = options.run
        code = int(getattr(import_module(f"tui.cli.{module}"), name)(options))
        sys.stdout.flush()
        return code
    except StoreError as error:
        print(error, file=sys.stderr)
        return BAD_STORE
    except BrokenPipeError:
        _drop_output()  # whoever read us has enough
        return FOUND
    except OSError as error:
        _drop_output()
        print(f"The output could not be written: {error.strerror}.", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return 130


def _open_closed_streams() -> None:
    """A stream that the shell has closed (`>&-`) is None in Python; nothing is read from it and nothing written."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _drop_output() -> None:
    """Keep the interpreter from writing the rest at its exit, where nobody could catch the error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fit_output() -> None:
    """What the output's encoding cannot say is written as an escape, not lost and not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
