"""Fixtures that run commands in this process and on the shipped corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui import cli

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shared_cache_home: Path) -> Say:
    """Return a function that runs a command in this process and returns its exit code, output and error output."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache_home))

    def command(*words: str) -> tuple[int, str, str]:
        try:
            code = cli.main(list(words))
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return command
