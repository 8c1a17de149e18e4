"""What stands on the screen while a new or changed store is compiled: its first page, as soon as that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import ProgressBar, Static

from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.widgets.page_view import PageView
from tui.explorer.widgets.query_input import QueryInput
from tui.pages import start
from tui.pages.blocks import Block
from tui.pages.layout import TextPosition

if TYPE_CHECKING:
    from tui.catalogue.summary import CorpusSummary


class LoadingScreen(IgnoreStaleResize, Screen[None]):
    """The start page to read meanwhile, and a line that says how far the work is."""

    DEFAULT_CSS = """
    LoadingScreen {
        #work { dock: bottom; height: 1; padding: 0 2; background: $panel; }
        #work Static { width: auto; margin: 0 2 0 0; }
        #work ProgressBar { width: 1fr; }
        #work Bar { width: 1fr; }
        #asked { display: none; dock: bottom; height: 1; margin: 0 0 1 0; border: none; padding: 0 2; }
        &.-asking #asked { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "ask", show=False, id="search"),
        Binding("escape", "out", show=False, id="out"),
    ]

    def __init__(self, store: str, keys: Sequence[tuple[str, str]], leaving: str) -> None:
        """`store` is the file's name, `keys` pairs the keys to begin with and what they do, `leaving` is the key to."""
        super().__init__()
        self._store = store
        self._keys = keys
        self._leaving = leaving
        self._page = PageView(signs=True, id="first-page")  # made here: news may come before they are mounted
        self._line = QueryInput(placeholder="what to search for as soon as it is compiled", id="asked")
        self._bar = ProgressBar(show_eta=False)
        sentence = "The catalogue is compiled once for each change of the store; then it opens at once."
        self._page.show((Block(f"Reading {store}", "title"), Block(sentence, "dim", above=1)))

    def compose(self) -> ComposeResult:
        """The page, what is being done, how far it is, how to leave."""
        yield self._page
        yield self._line
        with Horizontal(id="work"):
            yield Static(f"Compiling {self._store}", markup=False)
            yield self._bar
            yield Static(f"{self._leaving} leaves", markup=False)

    def on_mount(self) -> None:
        """Give the page the keys."""
        self._page.focus()

    def begin(self, beginning: CorpusSummary) -> None:
        """Show the start page of the corpus that is being compiled."""
        self._page.border_title = "Start"
        self._page.show(start.start_page(beginning.description, beginning.eras, beginning.sizes, self._keys))

    def advance(self, done: int, total: int) -> None:
        """Show how much of the work is done."""
        self._bar.update(total=total, progress=done)

    @property
    def top(self) -> TextPosition:
        """How far the reader has read."""
        return self._page.top

    @property
    def asked(self) -> str:
        """What is to be searched for as soon as it can be; nothing where the reader does not ask."""
        return self._line.value if self.has_class("-asking") else ""

    def action_ask(self) -> None:
        """Take down what is to be searched for."""
        self.add_class("-asking")
        self._line.focus()

    def action_out(self) -> None:
        """Search for nothing after all."""
        self.remove_class("-asking")
        self._page.focus()

    def on_key(self, event: events.Key) -> None:
        """Say why a key that nothing here has taken does nothing yet."""
        self.app.clear_notifications()
        self.notify("The tree opens as soon as the catalogue is compiled.", timeout=2.5, markup=False)
