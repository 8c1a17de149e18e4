"""Modules that each layer imports, checked in fresh interpreters."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.stores import ROOT

TERMINAL = ("textual", "rich")
SLOW = ("msgspec", "tinydb", "apsw.fts5")
"""Modules that are imported only after the first frame."""
ABOVE_CORPUS = ("tui.catalogue", "tui.search", "tui.pages", "tui.cli", "tui.explorer")

IMPORT_ALL = (
    "import pkgutil, importlib, {0}\n"
    "for module in pkgutil.walk_packages({0}.__path__, '{0}.'): importlib.import_module(module.name)"
)
"""Code that imports a package and all its modules."""


def imported_by(code: str) -> set[str]:
    """Return the names of the modules that are imported after the code has run."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        (IMPORT_ALL.format("tui.corpus"), (*TERMINAL, "apsw", "sqlite3", *ABOVE_CORPUS)),
        (IMPORT_ALL.format("tui.catalogue"), (*TERMINAL, "tui.search", "tui.pages", "tui.cli", "tui.explorer")),
        (IMPORT_ALL.format("tui.search"), (*TERMINAL, "tui.pages", "tui.cli", "tui.explorer")),
        (IMPORT_ALL.format("tui.pages"), (*TERMINAL, "tui.cli", "tui.explorer")),
        (IMPORT_ALL.format("tui.cli"), (*TERMINAL, "tui.explorer")),
        ("import tui.actions", (*TERMINAL, *SLOW, "apsw", "tui.corpus")),
        ("import tui.paths", (*TERMINAL, "tui.corpus", "tui.catalogue", "platformdirs")),
        (
            "import tui.cli",
            (*TERMINAL, *SLOW, "apsw", "argparse", "json", "tui.corpus", "tui.catalogue", "tui.explorer"),
        ),
        ("import tui.catalogue.summary", (*TERMINAL, *SLOW, "apsw", "json")),
        ("import tui.catalogue.compile", ("tui.catalogue.reader",)),
        ("import tui.catalogue.build", (*TERMINAL, *SLOW, "json", "subprocess", "tui.catalogue.compile")),
        ("import tui.corpus.file", ("msgspec", "tinydb", "json")),
        ("import tui.explorer.app", SLOW),
        (IMPORT_ALL.format("tui.explorer"), SLOW),
    ],
    ids=[
        "corpus",
        "catalogue",
        "search",
        "pages",
        "all of cli",
        "actions",
        "paths",
        "cli",
        "summary",
        "compile",
        "build",
        "file",
        "the application",
        "all of explorer",
    ],
)
def test_forbidden_modules_are_not_imported(code: str, forbidden: tuple[str, ...]) -> None:
    assert imported_by(code) & set(forbidden) == set()


def test_package_imports_nothing() -> None:
    assert imported_by("import tui") - imported_by("pass") <= {"tui"}


def test_first_frame_on_a_compiled_store_needs_no_slow_module(shipped_cache: Path) -> None:
    imported = imported_by(
        "from pathlib import Path\nimport tui.explorer.app\nfrom tui.catalogue import build\n"
        f"catalogue = build.open_current(Path('db.json'), Path({str(shipped_cache)!r}))\n"
        "for group in catalogue.groups('era'): catalogue.agreements('era', group.key)"
    )
    assert "tui.explorer.app" in imported
    assert imported & set(SLOW) == set()


def test_no_module_below_the_explorer_imports_the_network() -> None:
    imported = imported_by(IMPORT_ALL.format("tui.pages")) | imported_by("import tui.cli, tui.paths")
    assert imported & {"urllib.request", "http.client", "requests", "httpx", "ssl"} == set()
