"""Environments of the program, and what is done in each: a list is printed, folders are found, Textual is prepared.

Each case is made from a seed: variables that the program, Python, Textual and Rich read get absurd, hostile or damaged
values. The list must be printed as in a usual environment, and Textual must read values with which it can run.
"""

from __future__ import annotations

import os
import re
import runpy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random
from typing import NamedTuple

from rich.console import Console
from textual import constants

from benchmarks.fuzz_catalogue import write_store
from benchmarks.fuzzer import CaseRunner
from tui import cli, paths
from tui.cli import environment

FOLDERS = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR")
_CONSTANTS = Path(constants.__file__)
TEXTUAL = (
    *("TEXTUAL", "TEXTUAL_SPEEDUPS", "TEXTUAL_ALLOW_SIGNALS"),
    *sorted(set(re.findall(r'"(TEXTUAL_[A-Z_]+)"', _CONSTANTS.read_text("utf-8")))),
)
"""Names of all variables that Textual reads."""
NAMES = (
    *FOLDERS,
    *TEXTUAL,
    *("COLUMNS", "LINES", "ESCDELAY", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TERM_PROGRAM", "LC_TERMINAL"),
    *("TZ", "LANG", "LC_ALL", "BROWSER", "TMUX", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "SSL_CERT_FILE"),
)
VALUES = (
    *("", " ", "0", "1", "-1", "2.5", "1e9", "0x10", "٣", "true", "abc", "9" * 9, "9" * 400, "9" * 5000),
    *("x" * 300, "/" + "x" * 300, "/x" * 3000, "/dev/null", "/dev/full", "/proc/self", "relative", "~nobody"),
    *("é", "漁業", "\x1b[31m\x07", "a\nb", "$HOME", "%s{0}"),
    *("no.such:Driver", ":", "os:getcwd", "textual.drivers.linux_driver:LinuxDriver", "debug,devtools,headless"),
    *("truecolor", "none", "nord,bogus", "q,enter", "dim,dim", "C.UTF-8"),
)


class Case(NamedTuple):
    """Variables that differ from a usual environment, or are added to it."""

    description: str
    variables: dict[str, str]


def cases(folder: Path, seed: int) -> Iterator[Case]:
    """Yield environments, without end. HOME is absolute: otherwise the user's real home is found."""
    random = Random(seed)
    values = (*VALUES, f"{folder}/new", f"{folder}/\udcff\udcfe")
    homes = tuple(value for value in values if value.startswith("/"))
    while True:
        names = random.sample(NAMES, random.choice((1, 1, 2, 5, 20)))
        variables = {name: random.choice(homes if name == "HOME" else values) for name in names}
        yield Case(", ".join(f"{name}={value[:40]!r}" for name, value in variables.items()), variables)


class Fuzzer(CaseRunner[Case]):
    """Runs cases on a small store, and counts what becomes of them."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.store = write_store(folder / "store.json")
        self.content = folder
        self._usual = {"PATH": os.environ["PATH"], "HOME": str(folder / "home")}
        self._expected = self._printed({})

    def outcome(self, case: Case) -> str:
        """Print a list in an environment, and prepare the explorer for it."""
        assert self._printed(case.variables) == self._expected, "another list is printed"
        return self._prepare(case.variables)

    def _printed(self, variables: Mapping[str, str]) -> str:
        """Return what a command prints in an environment."""
        output, errors = StringIO(), StringIO()
        with only({**self._usual, **variables}), redirect_stdout(output), redirect_stderr(errors):
            code = cli.main(["list", "--store", str(self.store)])
        assert (code, errors.getvalue().count("\n")) == (0, 1), errors.getvalue()
        return output.getvalue()

    def _prepare(self, variables: Mapping[str, str]) -> str:
        """Prepare an environment for Textual and check what Textual reads. Return what became of the folders."""
        with only({**self._usual, **variables}):
            folders = (paths.cache_folder(), paths.keymap_file(), paths.state_file())
            assert all(folder.is_absolute() for folder in folders)
            environment.clean()
            assert not {"COLUMNS", "LINES"} & set(os.environ)
            read = runpy.run_path(str(_CONSTANTS))
            assert 0.001 <= read["ESCAPE_DELAY"] <= 10
            assert 1 <= read["MAX_FPS"] <= 1000
            assert 0 <= read["DIM_FACTOR"] <= 1
            assert not any(read[name] for name in ("DEBUG", "DRIVER", "LOG_FILE", "PRESS", "SHOW_RETURN"))
            assert read["SCREENSHOT_DELAY"] == -1
            Console(color_system=read["COLOR_SYSTEM"], file=StringIO())
        return "a folder cannot be used" if any(paths.NOWHERE in (path, *path.parents) for path in folders) else "sound"


@contextmanager
def only(variables: Mapping[str, str]) -> Iterator[None]:
    """Have only these variables in the environment."""
    former = dict(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(former)
