"""Display of the main screen: shows an address in the document and the panes about it, and marks it in the tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tui.address import Address
from tui.explorer.history import Visit
from tui.pages.layout import TextPosition

if TYPE_CHECKING:
    from tui.explorer.panes import Panes
    from tui.explorer.presenter import DocumentPresenter
    from tui.explorer.tree_presenter import TreePresenter


class MainDisplay:
    """Display that the navigator moves. Calls `settled` with each address that stays for `seconds`."""

    def __init__(
        self,
        screen: Screen[Any],
        panes: Panes,
        presenter: DocumentPresenter,
        tree: TreePresenter,
        settled: Callable[[Address], None],
        seconds: Callable[[], float],
        show_results: Callable[[Visit], None],
    ) -> None:
        self._screen = screen
        self._panes = panes
        self._presenter = presenter
        self._tree = tree
        self._settled = settled
        self._seconds = seconds
        self._show_results = show_results

    @property
    def visit(self) -> Visit:
        """The address on show, and the text position at the top of the document."""
        return self._presenter.visit

    def show_results(self, visit: Visit) -> None:
        """Show the results of the search panel as they were at a visit to it."""
        self._show_results(visit)

    def show_address(self, target: Address, position: TextPosition | None = None, *, is_preview: bool = False) -> bool:
        """Show an address; unless it is a preview, move the tree's cursor to it. Return False if it cannot be shown."""
        if not self._presenter.show(target, position):
            return False
        self._panes.show_companions(self._presenter.companions)
        self._settle_later(target)
        if not is_preview:
            self._tree.show_address(target)
        return True

    def _settle_later(self, target: Address) -> None:
        self._screen.set_timer(self._seconds(), partial(self._settle, target))

    def _settle(self, target: Address) -> None:
        if self._screen.app.screen is not self._screen:
            self._settle_later(target)  # under a modal the page must not change: its links may have letters
        elif target == self._presenter.address:
            self._settled(target)
