"""Modal with a question to be answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.explorer.screens.resize import IgnoreStaleResize


class QuestionModal(IgnoreStaleResize, ModalScreen[bool]):
    """Dismisses with True for y, which no held key repeats; with False for n, escape or enter."""

    DEFAULT_CSS = """
    QuestionModal {
        align: center middle;
        Vertical { width: 72; max-width: 90%; height: auto; border: heavy $accent; background: $panel; padding: 0 2; }
        VerticalScroll { height: auto; max-height: 12; }
        Static { width: 1fr; margin: 0 0 1 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False, priority=True),
        Binding("escape,n,q,enter", "answer(False)", "No", show=False, priority=True),
    ]

    def __init__(self, question: str, detail: str) -> None:
        """Create a modal. `detail`, such as a web address, is shown in full under the question."""
        super().__init__()
        self._question = question
        self._detail = detail

    def compose(self) -> ComposeResult:
        """Yield the question, its detail and the keys that answer it."""
        with Vertical():
            yield Static(self._question, markup=False)
            with VerticalScroll():
                yield Static(self._detail, markup=False)
            yield Static("y opens it · esc does not", markup=False)

    def action_answer(self, is_yes: bool) -> None:
        """Dismiss with the answer."""
        self.dismiss(is_yes)
