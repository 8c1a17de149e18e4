"""Choice of a link by letters: a transparent modal over the page takes the next keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, product
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.explorer.keyboard import REPLACEMENT, TakesEveryKey, latin_key
from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.widgets.page_view import PageView

ALPHABET = "asdfghjklqwertyuiopzxcvbnm"


class LinkLettersScreen(TakesEveryKey, IgnoreStaleResize, ModalScreen[str]):
    """Dismisses with the letters of a link, or with None after any other key, a click or a change of the size."""

    DEFAULT_CSS = """
    LinkLettersScreen {
        background: transparent;
        Static { dock: bottom; height: 1; background: $background; }
    }
    """

    def __init__(self, letters: Sequence[str]) -> None:
        super().__init__()
        self._letters = letters
        self._entered = ""
        self._is_closed = False
        self._first_size: Size | None = None

    def compose(self) -> ComposeResult:
        """Yield, in the row of the footer, which keys do what."""
        follows = "a–z follows the link" if max(map(len, self._letters)) == 1 else "the letters of a link follow it"
        yield Static(f"{follows} · esc leaves", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Close when the size changes: other links are in view."""
        self._first_size = self._first_size or event.size
        if event.size != self._first_size:
            self._close(None)

    def on_key(self, event: events.Key) -> None:
        """Take a letter; close when the letters are complete or belong to no link."""
        event.stop()
        event.prevent_default()
        if self._is_closed or event.character == REPLACEMENT:
            return  # a key that was pressed before the screen was gone, or a byte that is no key
        self._entered += latin_key(event.key).lower() if event.is_printable else "\0"
        if self._entered in self._letters:
            self._close(self._entered)
        elif not any(letters.startswith(self._entered) for letters in self._letters):
            self._close(None)
        else:
            self.query_one(Static).update(f"{self._entered}… the next letter follows a link · esc leaves")

    def _close(self, letter: str | None) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.dismiss(letter)

    def on_click(self, event: events.Click) -> None:
        """Close without a link."""
        event.stop()
        self._close(None)


def link_labels(number: int) -> list[str]:
    """Return this many different labels of one length, so that none is the beginning of another."""
    length = 1
    while len(ALPHABET) ** length < number:
        length += 1
    return ["".join(letters) for letters in islice(product(ALPHABET, repeat=length), number)]


def choose_link(screen: Screen[Any], views: Sequence[PageView], follow: Callable[[str], None]) -> bool:
    """Put letters on the links in view and call `follow` with the chosen target. Return False if no link is in view."""
    visible = [view for view in views if view.display and view.region]
    links = [(view, link) for view in visible for link in view.links_in_view()]
    links = [(view, link) for view, link in links if not view.page_layout.is_quiet(link)] or links
    if not links:
        return False
    by_letters = dict(zip(link_labels(len(links)), links, strict=True))
    for view in visible:
        view.put_letters({link: letters for letters, (owner, link) in by_letters.items() if owner is view})

    def chosen(letters: str | None) -> None:
        for view in visible:
            view.put_letters({})
        if letters:
            view, link = by_letters[letters]
            follow(view.target(link))

    screen.app.push_screen(LinkLettersScreen(list(by_letters)), chosen)
    return True
