"""What stands on the screen while a new or changed store is compiled."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import ProgressBar, Static

from tui.explorer.screens.steady import Steady


class LoadingScreen(Steady, Screen[None]):
    """A sentence and a progress bar."""

    DEFAULT_CSS = """
    LoadingScreen {
        align: center middle;
        #loading { width: auto; height: auto; }
        Static { width: auto; margin: 0 0 1 0; }
        .dim { color: $foreground 70%; }
    }
    """
    BINDINGS = [("q,escape", "app.quit", "Leave")]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name_of_store = name

    def compose(self) -> ComposeResult:
        """What is being done, how far it is, how to leave."""
        with Vertical(id="loading"):
            yield Static(f"Compiling the catalogue of {self._name_of_store}", markup=False)
            yield ProgressBar(show_eta=False)
            yield Static("Once for each change of the store. Press q to leave.", classes="dim", markup=False)

    def advance(self, done: int, total: int) -> None:
        """Show how many of the agreements are done."""
        self.query_one(ProgressBar).update(total=total, progress=done)
