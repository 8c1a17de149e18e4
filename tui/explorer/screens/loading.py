"""Screen shown while a new or changed store is compiled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import ProgressBar, Static

from tui.explorer.keyboard import REPLACEMENT
from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.widgets.page_view import PageView
from tui.explorer.widgets.query_input import QueryInput
from tui.pages import start
from tui.pages.blocks import Block, Page
from tui.pages.layout import TOP, TextPosition
from tui.pages.start import StartPage

if TYPE_CHECKING:
    from tui.catalogue.summary import CorpusSummary


class LoadingScreen(IgnoreStaleResize, Screen[None]):
    """Shows the progress of compiling, and the start page as soon as its content is known."""

    DEFAULT_CSS = """
    LoadingScreen {
        #work { dock: bottom; height: 1; padding: 0 2; background: $panel; }
        #work Static { width: auto; margin: 0 2 0 0; }
        #work ProgressBar { width: 1fr; }
        #work Bar { width: 1fr; }
        #sentence { display: none; dock: bottom; height: auto; margin: 0 0 1 0; padding: 0 2; }
        &.-told #sentence { display: block; }
        #pending-query { display: none; dock: bottom; height: 1; margin: 0 0 1 0; border: none; padding: 0 2; }
        &.-asking #pending-query { display: block; }
        &.-asking #sentence { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "ask", show=False, id="search"),
        Binding("escape", "out", show=False, id="out"),
    ]

    def __init__(self, store: str, keys: Sequence[tuple[str, str]], quit_key: str) -> None:
        """Create the screen for a file name, the (key, phrase) pairs of the start page, and the key that quits."""
        super().__init__()
        self._store = store
        self._keys = keys
        self._quit_key = quit_key
        self._page = PageView(signs=True, id="first-page")  # made here: progress may come before they are mounted
        self._input = QueryInput(
            lambda text: None, placeholder="what to search for as soon as it is compiled", id="pending-query"
        )
        self._bar = ProgressBar(show_eta=False)
        sentence = "The catalogue is compiled once for each change of the store; then it opens at once."
        self._page.show((Block(f"Reading {store}", "title"), Block(sentence, "dim", above=1)))

    def compose(self) -> ComposeResult:
        """Yield page, query input and progress."""
        yield self._page
        yield self._input
        yield Static("The tree opens as soon as the catalogue is compiled.", id="sentence", markup=False)
        with Horizontal(id="work"):
            yield Static(f"Compiling {self._store}", markup=False)
            yield self._bar
            yield Static(f"{self._quit_key} leaves", markup=False)

    def on_mount(self) -> None:
        """Focus the page."""
        self._page.focus()

    def begin(self, summary: CorpusSummary) -> None:
        """Show the start page of the corpus."""
        self._page.border_title = "Start"
        self._page.show(start.compose(StartPage(summary.description, summary.eras, summary.sizes, self._keys)))

    def advance(self, done: int, total: int) -> None:
        """Show how many of all records are compiled."""
        self._bar.update(total=total, progress=done)

    def top_in(self, page: Page) -> TextPosition:
        """Return the position on a fuller version of the page of what is at the top of this one."""
        top, known = self._page.top, self._page.page
        if top == TOP or known[top.block] not in page:
            return TOP
        return TextPosition(page.index(known[top.block]), top.offset)

    @property
    def pending_query(self) -> str:
        """Query to run after compilation, or nothing."""
        return self._input.value if self.has_class("-asking") else ""

    def action_ask(self) -> None:
        """Open the input for a query to run after compilation."""
        self.add_class("-asking")
        self._input.focus()

    def action_out(self) -> None:
        """Cancel the pending query."""
        self.remove_class("-asking")
        self._page.focus()

    def on_key(self, event: events.Key) -> None:
        """Show why a key without a binding on this screen does nothing yet."""
        if event.character != REPLACEMENT:  # a byte that is no key
            self.add_class("-told")
