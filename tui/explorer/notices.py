"""Notices of the main screen, and the banner above all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.timer import Timer

from tui.corpus.plurals import counted

if TYPE_CHECKING:
    from textual.widgets import Static


class Notices:
    """Shows one notice at a time in the row of the footer, where it covers no pane; a longer one makes them shorter.

    It is shown until the next key or press of the mouse, or until it has had time to be read.
    """

    SECONDS = 4
    CHARACTERS_PER_SECOND = 15
    """Pace of a slow reader, by which the time of a long notice grows."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._timer: Timer | None = None

    def show(self, sentence: str) -> None:
        """Show a sentence in place of the notice before it."""
        from textual.widgets import Static

        self.clear()
        line = next(iter(self._screen.query("#notice").results(Static)), None)
        if line:
            line.update(sentence)
        else:
            self._screen.mount(Static(sentence, id="notice", markup=False))
        self._screen.add_class("-noticed")
        self._timer = self._screen.set_timer(self.SECONDS + len(sentence) / self.CHARACTERS_PER_SECOND, self.clear)

    def clear(self) -> None:
        """Remove the notice, if there is one."""
        if self._timer:
            self._timer.stop()
            self._timer = None
            self._screen.remove_class("-noticed")


def problems_banner(count: int, key: str) -> Static:
    """Return the banner that says how many records could not be read, and by which key they are listed."""
    from textual.widgets import Static

    sentence = f"! {counted(count, 'record')} of this store could not be read: press {key} for the list."
    return Static(sentence, id="banner", markup=False)
