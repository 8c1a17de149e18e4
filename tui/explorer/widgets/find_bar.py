"""The line for finding words in the agreement on show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.explorer.widgets.query_input import QueryInput


class FindBar(QueryInput):
    """Posts each change; enter keeps the hits, escape drops them, tab asks the same of all agreements."""

    DEFAULT_CSS = """
    FindBar, FindBar:focus {
        display: none; dock: bottom; layer: panes; height: 1; margin-bottom: 1; border: none; padding: 0 2;
        background: $panel;
    }
    .-finding FindBar { display: block; }
    .-finding #tree, .-finding #document, .-finding #side { margin-bottom: 0; }
    """
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next", key_display="↓"),
        Binding("up", "step(-1)", "Previous", key_display="↑"),
        Binding("tab", "everywhere", "In all agreements", key_display="tab"),
        Binding("enter", "leave(True)", "Keep", key_display="enter"),
        Binding("escape", "leave(False)", "Close", key_display="esc"),
    ]

    @dataclass
    class WordsChanged(Message):
        """What is looked for has changed."""

        text: str

    @dataclass
    class Stepped(Message):
        """The reader wants the next (1) or the previous (-1) place."""

        step: int

    @dataclass
    class Closed(Message):
        """The reader goes back to the document; `kept` says that the hits stay."""

        kept: bool

    @dataclass
    class SearchRequested(Message):
        """The reader wants to look for this in all agreements."""

        text: str

    def __init__(self, *, id: str) -> None:
        super().__init__(placeholder="find in this agreement", id=id, select_on_focus=False)

    def open(self) -> None:
        """Take the keys, what stood there selected."""
        self.screen.set_focus(self)  # at once: keys may be on their way
        self.select_all()
        self.post_message(self.WordsChanged(self.value))

    def ask(self, words: str) -> None:
        """Put words into the line, as if they had been typed."""
        self.value = words
        self.cursor_position = len(words)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is looked for now."""
        event.stop()
        self.post_message(self.WordsChanged(event.value))

    def action_leave(self, kept: bool) -> None:
        """Go back to the document."""
        self.post_message(self.Closed(kept))

    def action_step(self, step: int) -> None:
        """To the next or previous place."""
        self.post_message(self.Stepped(step))

    def action_everywhere(self) -> None:
        """Look in all agreements."""
        self.post_message(self.SearchRequested(self.value))
