"""What every test stands on: folders and settings of its own, and the shipped corpus compiled once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.stores import SHIPPED
from tui.catalogue import build
from tui.catalogue.reader import CatalogueReader

# The same examples every time, so that a red suite means a change; `HYPOTHESIS_PROFILE=search` looks for new ones.
settings.register_profile("steady", deadline=None, max_examples=100, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=3000, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the folders and the taste of whoever runs it."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONUTF8"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path_factory.mktemp("home")
    for name in FOLDERS:
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for XDG_CACHE_HOME, shared by the tests that only read the shipped corpus."""
    return tmp_path_factory.mktemp("warm")


@pytest.fixture(scope="session")
def shipped_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder that holds the shipped corpus, compiled."""
    folder = tmp_path_factory.mktemp("shipped")
    build.build_catalogue(SHIPPED, folder).close()
    return folder


@pytest.fixture
def shipped(shipped_file: Path) -> Iterator[CatalogueReader]:
    """The catalogue of the shipped corpus."""
    catalogue = build.open_current(SHIPPED, shipped_file)
    assert catalogue is not None
    yield catalogue
    catalogue.close()
