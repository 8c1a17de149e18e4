"""Folders of the program where the environment names none that can be used."""

from __future__ import annotations

import os

import pytest

from tui import paths


@pytest.fixture(autouse=True)
def _no_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(os.name == "nt", reason="folders of POSIX")
def test_folders_are_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    assert all(str(path).startswith("/home/reader/") for path in (paths.cache_folder(), paths.state_file()))


@pytest.mark.parametrize("home", ["~", "relative", RuntimeError])
def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch, home: str | type[RuntimeError]) -> None:
    def folder(_: str) -> paths.Path:
        if isinstance(home, str):
            return paths.Path(home, "x")
        raise home

    for name in ("user_cache_path", "user_config_path", "user_state_path"):
        monkeypatch.setattr(f"platformdirs.{name}", folder)
    assert paths.cache_folder() == paths.NOWHERE
    assert paths.state_file().parent == paths.keymap_file().parent == paths.NOWHERE
    with pytest.raises(NotADirectoryError):
        paths.NOWHERE.mkdir(parents=True)


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
def test_cache_is_not_kept_in_a_folder_whose_name_is_not_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/\udcff")
    assert paths.cache_folder() == paths.NOWHERE
    assert str(paths.state_file()).startswith("/home/\udcff/")
