"""The mouse in a pseudo-terminal."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import Start, Terminal

pytestmark = pytest.mark.xdist_group("terminal")


def cell(terminal: Terminal, text: str) -> tuple[int, int]:
    """Return column and line, from 1, at which a text in Latin letters begins."""
    line, content = next((y, line) for y, line in enumerate(terminal.text.splitlines(), 1) if text in line)
    return content.index(text) + 1, line


def mouse(button: int, column: int, line: int, *, released: bool = False) -> str:
    """Return an event of the mouse as a terminal sends it: button 0 is left, 2 is right, 32 is added for a drag."""
    return f"\x1b[<{button};{column};{line}{'m' if released else 'M'}"


@pytest.mark.parametrize("key", ["y", "\x03", "н"])
def test_dragged_text_is_sent_to_the_clipboard(start: Start, key: str) -> None:
    terminal = start("1956-10-19-joint-declaration", size=(80, 24))
    terminal.wait_for("The declaration ended", "Help")
    x, y = cell(terminal, "The declaration ended")
    terminal.send(mouse(0, x, y), mouse(32, x + 1, y), mouse(32, 2, y + 1), mouse(32, x + 1, y + 1))
    terminal.send(mouse(0, x + 1, y + 1, released=True), key)
    terminal.wait_for("characters sent to the clipboard of the terminal.")
    copied = base64.b64decode(terminal.raw.split(b"\x1b]52;c;")[1].split(b"\x07")[0]).decode()
    first, second = (line[x - 1 :].rstrip(" ┃│") for line in terminal.text.splitlines()[y - 1 : y + 1])
    assert copied == f"{first} {second[:2]}"
    assert f"{len(copied)} characters sent" in terminal.text
    terminal.send("q")
    assert terminal.wait_for_exit() == 0


def test_right_click_opens_nothing_and_left_click_follows_a_link(start: Start) -> None:
    terminal = start("1956-10-19-joint-declaration", size=(120, 36))
    terminal.wait_for("High-seas fisheries", "Help")
    before = terminal.text
    for text in ("Help", "Interwar", "High-seas fisheries"):
        x, y = cell(terminal, text)
        for button in (1, 2):
            terminal.send(mouse(button, x, y), mouse(button, x, y, released=True))
    terminal.send("?")
    terminal.wait_for("esc closes")
    terminal.send("escape")
    terminal.wait_for(before)
    terminal.send(mouse(0, x, y), mouse(0, x, y, released=True))
    terminal.wait_for(gone="The declaration ended")
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
