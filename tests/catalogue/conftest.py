"""Stores and cache folders of the catalogue tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.catalogues import AGREEMENTS
from tests.helpers.stores import write_store
from tui.catalogue import build


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return write_store(tmp_path / "store.json", agreements=AGREEMENTS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a cache folder that does not exist yet."""
    return tmp_path / "caches" / "ours"


@pytest.fixture(autouse=True)
def _compile_small_stores_like_large_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "SMALL", 0)
