"""The layers: what each part of the program brings into memory, asked of a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.helpers.stores import ROOT

SCREEN = ("textual", "rich")
SLOW = ("msgspec", "tinydb", "apsw.fts5")
"""What no first frame waits for."""
ABOVE_CORPUS = ("tui.catalogue", "tui.search", "tui.pages", "tui.cli", "tui.explorer")

EVERY_MODULE = (
    "import pkgutil, importlib, {0}\n"
    "for found in pkgutil.walk_packages({0}.__path__, '{0}.'): importlib.import_module(found.name)"
)


def loaded(code: str) -> set[str]:
    """The modules in memory after the code has run."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        (EVERY_MODULE.format("tui.corpus"), (*SCREEN, "apsw", "sqlite3", *ABOVE_CORPUS)),
        (EVERY_MODULE.format("tui.catalogue"), (*SCREEN, "tui.search", "tui.pages", "tui.cli", "tui.explorer")),
        (EVERY_MODULE.format("tui.search"), (*SCREEN, "tui.pages", "tui.cli", "tui.explorer")),
        (EVERY_MODULE.format("tui.pages"), (*SCREEN, "tui.cli", "tui.explorer")),
        (EVERY_MODULE.format("tui.cli"), (*SCREEN, "tui.explorer")),
        ("import tui.actions", (*SCREEN, *SLOW, "apsw", "tui.corpus")),
        ("import tui.paths", (*SCREEN, "tui.corpus", "tui.catalogue", "platformdirs")),
        ("import tui.cli", (*SCREEN, *SLOW, "apsw", "argparse", "json", "tui.corpus", "tui.catalogue", "tui.explorer")),
        ("import tui.catalogue.summary", (*SCREEN, *SLOW, "apsw", "json")),
        ("import tui.catalogue.compile", ("tui.catalogue.reader",)),
        ("import tui.catalogue.build", (*SCREEN, *SLOW, "json", "subprocess", "tui.catalogue.compile")),
        ("import tui.corpus.file", ("msgspec", "tinydb", "json")),
        ("import tui.explorer.app", SLOW),
        (EVERY_MODULE.format("tui.explorer"), SLOW),
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
def test_what_stays_out_of_memory(code: str, absent: tuple[str, ...]) -> None:
    assert loaded(code) & set(absent) == set()


def test_the_package_itself_imports_nothing() -> None:
    assert loaded("import tui") - loaded("pass") <= {"tui"}


def test_an_explorer_opened_on_a_compiled_store_reads_no_record_and_no_json() -> None:
    """The way to the first frame: the application, its fresh catalogue, eras and leaves."""
    way = (
        "import sys, tempfile; from pathlib import Path; from tui.catalogue import build\n"
        "folder, store = Path({folder!r}), Path('db.json')\n"
    )
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        loaded(way.format(folder=folder) + "build.build_catalogue(store, folder).close()")
        found = loaded(
            way.format(folder=folder)
            + "import tui.explorer.app\ncatalogue = build.open_current(store, folder)\n"
            + "for group in catalogue.groups('era'): catalogue.agreements('era', group.key)"
        )
    assert "tui.explorer.app" in found
    assert found & set(SLOW) == set()


def test_no_module_of_ours_reaches_for_the_network() -> None:
    found = loaded(EVERY_MODULE.format("tui.pages")) | loaded("import tui.cli, tui.paths")
    assert found & {"urllib.request", "http.client", "requests", "httpx", "ssl"} == set()
