"""The explorer, opened at a size, at an agreement, on a store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.helpers.explorer import Explore, Reader
from tui import paths
from tui.catalogue import build
from tui.explorer.app import Explorer
from tui.explorer.screens.main import MainScreen


@pytest.fixture
def explore(shipped_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Explore:
    """Open the explorer; on the shipped store, compiled once for all tests of a process, where none is named."""

    @asynccontextmanager
    async def explorer(
        size: tuple[int, int] = (120, 36), id: str = "", *, store: Path | None = None
    ) -> AsyncIterator[Reader]:
        folder = shipped_file if store is None else tmp_path / "cache"
        store = store or paths.shipped_store()
        build.open_or_build(store, folder).close()
        monkeypatch.setattr("tui.explorer.worker.BEAT", 0)
        monkeypatch.setattr(MainScreen, "REST", 0.01)  # what is nearest comes at once, so that a screen is whole
        app = Explorer(store, folder, id)
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            await reader.keys_named()
            yield reader

    return explorer
