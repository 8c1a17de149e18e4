"""Modal with an input for the subject of a view."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.address import Address
from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.widgets.query_input import QueryInput
from tui.pages.resources import Unreadable


class PromptModal(IgnoreStaleResize, ModalScreen[Address]):
    """Asks for a text. Dismisses with the address that the text stands for, or with None on escape."""

    DEFAULT_CSS = """
    PromptModal {
        align: center middle;
        Vertical { width: 60; max-width: 90%; height: auto; border: heavy $accent; background: $panel; padding: 0 2; }
        Static { width: 1fr; }
        Input, Input:focus { border: none; height: 1; padding: 0; margin: 1 0; background: $background; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False, priority=True)]

    def __init__(self, prompt: str, parse: Callable[[str], Address]) -> None:
        """Create a modal. `parse` returns the address for a text, or raises Unreadable with a sentence to show."""
        super().__init__()
        self._prompt = prompt
        self._parse = parse

    def compose(self) -> ComposeResult:
        """Yield the prompt, the input and a sentence about it."""
        with Vertical():
            yield Static(Content(self._prompt[:1].upper() + self._prompt[1:]))
            yield QueryInput(self._submit, placeholder="a word, or nothing for all")
            yield Static("enter shows · esc closes", id="sentence", markup=False)

    def _submit(self, text: str) -> None:
        try:
            self.dismiss(self._parse(text))
        except Unreadable as error:
            self.query_one("#sentence", Static).update(Content(str(error)))

    def action_close(self) -> None:
        """Dismiss without an address."""
        self.dismiss(None)
