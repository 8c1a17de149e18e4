"""Fixtures of all tests: isolated folders and settings, and the compiled shipped corpus."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.stores import SHIPPED
from tui.catalogue import build
from tui.catalogue.reader import CatalogueReader
from tui.corpus import file

# The default profile repeats the same examples, so that only a change of the code can make a test fail.
# `HYPOTHESIS_PROFILE=search` looks for new examples.
settings.register_profile("repeatable", deadline=None, max_examples=60, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=3000, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

gc.set_threshold(100_000, 50, 100)  # the default looks through all that pytest holds, thousands of times

CLOCK_TICK = file._TICK
FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return paths of folders that do not exist yet, without looking through those of the tests before."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _isolated_environment(monkeypatch: pytest.MonkeyPatch, homes: Iterator[Path]) -> Iterator[None]:
    """Keep the user's folders and settings out of the tests, and undo what a test does to the environment."""
    former = dict(os.environ)
    for name in ("NO_COLOR", "TEXTUAL_THEME", "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONUTF8"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(file, "_TICK", 0)  # only test_changing_stores.py changes a store that was written just now
    home = next(homes)
    home.mkdir()
    for name in FOLDERS:
        monkeypatch.setenv(name, str(home / name.lower()))
    yield
    monkeypatch.undo()
    os.environ.clear()
    os.environ.update(former)


@pytest.fixture(scope="session")
def shared_cache_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for XDG_CACHE_HOME, shared by tests that start the program on the shipped corpus."""
    return tmp_path_factory.mktemp("cache-home")


@pytest.fixture(scope="session")
def shipped_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the cache folder with the compiled shipped corpus."""
    folder = tmp_path_factory.mktemp("shipped")
    build.build_catalogue(SHIPPED, folder).close()
    return folder


@pytest.fixture
def shipped(shipped_cache: Path) -> Iterator[CatalogueReader]:
    """Yield a reader of the shipped corpus."""
    catalogue = build.open_current(SHIPPED, shipped_cache)
    assert catalogue is not None
    yield catalogue
    catalogue.close()
