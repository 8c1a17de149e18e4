"""The line that says how to come back, after the explorer has been left in a pseudo-terminal."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.stores import write_store

if TYPE_CHECKING:
    from tests.terminal.conftest import Start

pytestmark = pytest.mark.xdist_group("terminal")


def test_line_after_leaving_opens_the_same_address_again(start: Start, tmp_path: Path) -> None:
    records = [
        {"id": "list", "short_title": "First"},
        {"id": "b b", "short_title": "Second", "summary": "It is found."},
    ]
    store = write_store(tmp_path / "a b.json", agreements=records)
    terminal = start("--store", str(store), "b b", size=(200, 24))
    terminal.wait_for("It is found.")
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    (line,) = re.findall(rb"To come back: python -m tui (.*?)\r\n", terminal.raw)
    words = shlex.split(line.decode())
    assert words == ["--store", str(store), "sja:b%20b"]
    for again in (words, ["--last"]):
        terminal = start(*again, size=(200, 24))
        terminal.wait_for("It is found.")
        terminal.send("q")
        assert terminal.wait_for_exit() == 0


def test_quiet_says_nothing_after_leaving(start: Start) -> None:
    terminal = start("--quiet", "era:war")
    terminal.wait_for("Neutrality pact")
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert b"To come back" not in terminal.raw
