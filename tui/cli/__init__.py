"""The command line: `python -m tui [ADDRESS | COMMAND] [--store FILE] [--json]`."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command, or the explorer where none is named. Return the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    _open_closed_streams()
    _escape_what_cannot_be_encoded()
    if not given:
        from tui import paths
        from tui.cli.explore import explore

        return explore(paths.shipped_store())
    from importlib import import_module

    from tui.cli.parser import read
    from tui.cli.program import BAD_STORE, FOUND, USAGE
    from tui.corpus.file import StoreError
    from tui.pages.resources import UsageError

    try:
        options = read(given)
        module, name = options.run
        code = int(getattr(import_module(f"tui.cli.{module}"), name)(options))
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(error, file=sys.stderr)
        return USAGE
    except StoreError as error:
        print(error, file=sys.stderr)
        return BAD_STORE
    except BrokenPipeError:
        _discard_output()  # the reader of the pipe has enough
        return FOUND
    except OSError as error:
        _discard_output()
        print(f"The output could not be written: {error.strerror}.", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return 130


def _open_closed_streams() -> None:
    """Open the null device for each stream that the shell has closed (`>&-`) and Python made None."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _discard_output() -> None:
    """Keep the interpreter from writing the rest when it ends, where nobody could catch the error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _escape_what_cannot_be_encoded() -> None:
    """Write what the encoding of the output has not as an escape: it is not lost and not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
