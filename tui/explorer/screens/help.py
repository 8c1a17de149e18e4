"""Modal with the help: in two columns where the screen is wide enough."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.widget import Widget

from tui.explorer.screens.modal import PageModal
from tui.explorer.widgets.page_view import PageView
from tui.pages.blocks import Page
from tui.pages.columns import in_columns
from tui.pages.layout import TOP, TextPosition

SECTION_OF_WIDGET = {
    "tree": "tree",
    "document": "document",
    "links": "document",
    "claims": "document",
    "query": "search",
    "results": "search",
    "find": "find",
}
"""Place of the section of the help about each widget that can have the focus, by its id."""


def section(focused: Widget | None) -> str:
    """Return the place of the section about the focused widget; an empty string if there is none."""
    return SECTION_OF_WIDGET.get(focused.id or "", "") if focused else ""


class ColumnsView(PageView):
    """Shows a page in two columns where there is room for them."""

    WIDEST: ClassVar[int] = 112
    LEAST_WIDTH: ClassVar[int] = 92
    """Cells of text that two columns need: those of a modal on a screen of 100 cells."""

    _whole: Page = ()  # the page before it is set in columns

    def show(self, page: Page, *, at: TextPosition = TOP) -> None:
        """Show a page from the line of position `at`."""
        self._whole = page
        super().show(page, at=at)

    def _lay_out(self, page: Page) -> None:
        width = self._text_width
        super()._lay_out(in_columns(self._whole, width, cell_len) if width >= self.LEAST_WIDTH else self._whole)


class HelpModal(PageModal):
    """Shows the help until a key closes it."""

    DEFAULT_CSS = """
    HelpModal.-wide #page { width: 100%; max-width: 120; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def view(self) -> PageView:
        """Return the view of the page."""
        return ColumnsView(id="page")
