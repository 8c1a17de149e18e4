"""The moment between `f` and the letter: a clear screen over the page that takes the next key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product

from textual import events
from textual.screen import ModalScreen

from tui.explorer.screens.resize import IgnoreStaleResize

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
