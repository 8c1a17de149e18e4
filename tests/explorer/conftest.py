"""Fixture that runs the explorer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.helpers.explorer import Explore, Reader
from tui import paths
from tui.address import agreement
from tui.catalogue import build
from tui.explorer.app import Explorer
from tui.explorer.notices import Notices
from tui.explorer.screens.main import MainScreen


@pytest.fixture
def explore(shipped_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Explore:
    """Return a context manager that runs the explorer, by default on the shipped corpus, and yields its Reader."""

    @asynccontextmanager
    async def explorer(
        size: tuple[int, int] = (120, 36), agreement_id: str = "", *, store: Path | None = None
    ) -> AsyncIterator[Reader]:
        folder = shipped_cache if store is None else tmp_path / "cache"
        store = store or paths.shipped_store()
        build.open_or_build(store, folder).close()
        monkeypatch.setattr("tui.explorer.worker.ANSWER_DELAY", 0)
        monkeypatch.setattr(MainScreen, "REST", 0.001)  # the nearest agreements appear after this pause
        monkeypatch.setattr(Notices, "SECONDS", 60)  # a busy machine must not outlast a notice
        app = Explorer(store, folder, agreement(agreement_id) if agreement_id else None)
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            await reader.keys_named()
            yield reader

    return explorer
