"""The moment between `f` and the letter: a clear screen over the page that takes the next key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, product
from typing import Any

from textual import events
from textual.screen import ModalScreen, Screen

from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.widgets.page_view import PageView

ALPHABET = "asdfghjklqwertyuiopzxcvbnm"


class LinkLettersScreen(IgnoreStaleResize, ModalScreen[str]):
    """Dismisses with the letters typed, or with nothing on any other key."""

    DEFAULT_CSS = "LinkLettersScreen { background: transparent; }"

    def __init__(self, letters: Sequence[str]) -> None:
        super().__init__()
        self._letters = letters
        self._typed = ""
        self._left = False

    def on_key(self, event: events.Key) -> None:
        """Take a letter; leave when it is whole or leads nowhere."""
        event.stop()
        event.prevent_default()
        if self._left:
            return  # a second key came in the same breath
        self._typed += (event.character or "").lower() if event.is_printable else "\0"
        if self._typed in self._letters:
            self._leave(self._typed)
        elif not any(letters.startswith(self._typed) for letters in self._letters):
            self._leave(None)

    def _leave(self, letter: str | None) -> None:
        if not self._left:
            self._left = True
            self.dismiss(letter)

    def on_click(self, event: events.Click) -> None:
        """A click leaves."""
        event.stop()
        self._leave(None)


def assign(number: int) -> list[str]:
    """That many different labels, all of one length, so that none begins another."""
    length = 1
    while len(ALPHABET) ** length < number:
        length += 1
    return ["".join(letters) for letters in islice(product(ALPHABET, repeat=length), number)]


def choose_link(screen: Screen[Any], views: Sequence[PageView], follow: Callable[[str], None]) -> bool:
    """Put letters on the links in view; `follow` gets the target of the one chosen. False where no link is in view."""
    visible = [view for view in views if view.display and view.region]
    links = [(view, link) for view in visible for link in view.links_in_view()]
    if not links:
        return False
    by_letters = dict(zip(assign(len(links)), links, strict=True))
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
