"""Notices about the page on show, and the banner above all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.corpus.plurals import counted

if TYPE_CHECKING:
    from textual.widgets import Static


class Notices:
    """Shows one notice at a time, so that a held key does not pile them up."""

    SECONDS = 2.5

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._is_shown = False

    def show(self, sentence: str) -> None:
        """Show a sentence in place of all notices before it."""
        self._screen.app.clear_notifications()
        self._is_shown = True
        self._screen.notify(sentence, timeout=self.SECONDS, markup=False)

    def clear(self) -> None:
        """Dismiss a notice that belongs to the previous page."""
        if self._is_shown:
            self._is_shown = False
            self._screen.app.clear_notifications()


def problems_banner(count: int, key: str) -> Static:
    """Return the banner that says how many records could not be read, and by which key they are listed."""
    from textual.widgets import Static

    sentence = f"! {counted(count, 'record')} of this store could not be read: press {key} for the list."
    return Static(sentence, id="banner", markup=False)
