"""Modal that shows a page: help, the legend of the marks, the damaged records."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.widgets.page_view import PageView
from tui.pages.blocks import Page


class PageModal(IgnoreStaleResize, ModalScreen[None]):
    """Shows one page until escape, enter, q, m or ? closes it."""

    DEFAULT_CSS = """
    PageModal {
        align: center middle;
        background: $background 60%;
        #page {
            width: 74;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $border;
            background: $background;
            padding: 0 2;
            border-subtitle-color: $text-muted;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark,m", "dismiss", "Close", show=False, priority=True),
    ]

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Yield the page, with the key that closes it."""
        view = self.view()
        view.border_subtitle = "esc closes"
        yield view

    def view(self) -> PageView:
        """Return the view of the page."""
        return PageView(id="page")

    def on_click(self, event: events.Click) -> None:
        """Close on a click beside the page, unless the click was sent before the modal closed."""
        if event.widget is self and self.is_active:
            self.dismiss()

    def on_mount(self) -> None:
        """Show the page."""
        if self.children:  # none are mounted while the screen closes
            self.query_one(PageView).show(self._page)
