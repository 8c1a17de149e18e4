"""Controller of the find bar: finds words in the document on show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.explorer.panes import Mode, Pane, Panes, PaneState
from tui.pages.layout import TOP

if TYPE_CHECKING:
    from tui.explorer.presenter import DocumentPresenter
    from tui.explorer.widgets.find_bar import FindBar


class FindController:
    """Opens and leaves the find bar. The bar is made after the first frame, or when it is first needed."""

    bar: FindBar

    def __init__(self, panes: Panes, presenter: DocumentPresenter) -> None:
        self._panes = panes
        self._presenter = presenter
        self._start = TOP  # the text position before finding

    async def mount(self) -> None:
        """Make the bar, unless keys that came early have done so."""
        if not self._panes.has("find"):
            from tui.explorer.widgets.find_bar import FindBar

            self.bar = FindBar(lambda words: self.close(keeps_hits=True), id="find")
            await self._panes.mount(self.bar)

    async def open(self, text: str | None = None) -> None:
        """Open the bar with a text, or with the text of its last use."""
        await self.mount()
        zoom = Pane.DOCUMENT if self._panes.state.zoom else None
        self._start = self._panes.document.top
        self._panes.state = PaneState(Mode.FINDING, zoom=zoom)
        self.bar.open()
        if text is not None:
            self.bar.set_words(text)

    def change_text(self, text: str) -> None:
        """Mark the words in the document and go to the first hit."""
        self._presenter.mark_text(text)
        if not self._presenter.go_to_passage(1):
            self._panes.document.go_to(self._start)

    def close(self, *, keeps_hits: bool) -> None:
        """Return to the document. Without `keeps_hits` its marks and text position are restored."""
        self._panes.state = PaneState(zoom=self._panes.state.zoom)
        if not keeps_hits:
            self._presenter.mark(None)
            self._panes.document.go_to(self._start)
        self._panes.focus(Pane.DOCUMENT)
