"""Input for finding words in the agreement on show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from tui.explorer.bindings import bindings
from tui.explorer.widgets.query_input import QueryInput


class FindBar(QueryInput):
    """Input whose words are marked as they are typed. Enter keeps the marks, escape drops them."""

    DEFAULT_CSS = """
    FindBar, FindBar:focus {
        display: none; dock: bottom; layer: panes; height: 1; margin-bottom: 1; border: none; padding: 0 2;
        background: $panel; color: $text;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("find")]

    @dataclass
    class WordsChanged(Message):
        """The words to find have changed."""

        text: str

    @dataclass
    class Stepped(Message):
        """The next (1) or previous (-1) passage is requested."""

        step: int

    class Abandoned(Message):
        """The bar is to be closed, without its marks."""

    @dataclass
    class SearchRequested(Message):
        """A search for this text in all agreements is requested."""

        text: str

    def __init__(self, submit: Callable[[str], None], *, id: str) -> None:
        super().__init__(submit, placeholder="find in this record", id=id)

    def open(self) -> None:
        """Take the focus, with the earlier words selected so that typing replaces them."""
        self.screen.set_focus(self)  # not focus(), which is deferred: the next keys may already be queued
        self.select_all()
        self.post_message(self.WordsChanged(self.value))

    def set_words(self, words: str) -> None:
        """Replace the words and put the cursor behind them."""
        self.value = words
        self.cursor_position = len(words)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post the changed words."""
        event.stop()
        self.post_message(self.WordsChanged(event.value))

    def action_leave(self) -> None:
        """Post that the bar is to be closed."""
        self.post_message(self.Abandoned())

    def action_step(self, step: int) -> None:
        """Post that the next or previous passage is requested."""
        self.post_message(self.Stepped(step))

    def action_everywhere(self) -> None:
        """Post that a search in all agreements is requested."""
        self.post_message(self.SearchRequested(self.value))
