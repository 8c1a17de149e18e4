"""Navigation between addresses: what is shown next, and which visits are kept to return to.

Free of Textual, so that it can be tested without an application.
"""

from __future__ import annotations

from typing import Protocol

from tui.address import Address
from tui.explorer.history import History, Visit
from tui.pages.layout import TextPosition

START = Address("start")


class Display(Protocol):
    """Panes that show addresses. They alone hold the address on show."""

    @property
    def visit(self) -> Visit:
        """The address on show, and the text position at the top of the document."""
        ...

    def show_address(self, target: Address, position: TextPosition | None, *, is_preview: bool) -> bool:
        """Show an address from a text position. Return False, and change nothing, if it cannot be shown.

        A preview leaves the cursor of the tree where it is.
        """
        ...

    def show_results(self, visit: Visit) -> None:
        """Show the results of the search panel as they were at a visit to it."""
        ...


class Navigator:
    """Moves a display from address to address and keeps the history."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._history = History()
        self._pending: Address | None = None
        self._is_cursor_preview = False  # the address on show is a preview that is not to be kept in the history

    @property
    def visit(self) -> Visit:
        """The address on show, and the text position at the top of the document."""
        return self._display.visit

    @property
    def address(self) -> Address:
        """The address on show."""
        return self.visit.address

    def go(self, address: Address) -> bool:
        """Show an address and keep the present visit in the history. Return False if it cannot be shown.

        The address on show is not shown again, but its place is gone to.
        """
        present, address = self.visit, self.with_day(address)
        if address == present.address and not address.place:
            return True
        if not self._show(address):
            return False
        self._history.leave(present)
        return True

    def with_day(self, address: Address) -> Address:
        """Return an address with the day that is set, unless it has one of its own."""
        return address if address.day else address.on(self.address.day)

    def clear_day(self) -> bool:
        """Show the same page without the day that is set, in place of this visit. Return False if none is set."""
        return bool(self.address.day) and self._show(self.address.on(""), self.visit.position)

    def start_at(self, address: Address, position: TextPosition | None = None) -> bool:
        """Show the first address, without any history. Return False if it cannot be shown."""
        return self._show(address, position)

    def keep(self, visit: Visit) -> None:
        """Keep an earlier visit in the history, unless its address is the one on show."""
        if visit.address != self.address:
            self._history.leave(visit)

    def back(self) -> bool:
        """Return to the visit before. Return False at the beginning."""
        return self.return_to(self._history.back(self.visit))

    def put_back(self, visit: Visit) -> None:
        """Keep a visit to results that `back` returned to, now that they are closed."""
        self._history.put_back(visit, self.visit)

    def forward(self) -> bool:
        """Return to the visit that was left by going back. Return False at the end."""
        return self.return_to(self._history.forward(self.visit))

    def return_to(self, visit: Visit | None) -> bool:
        """Show a visit without changing the history. Return False if it is None or cannot be shown."""
        if visit is not None and visit.result:
            self._display.show_results(visit)
            return True
        return visit is not None and self._show(visit.address, visit.position)

    # -- previews

    def preview(self, address: Address) -> None:
        """Show an address without keeping the present visit; `keep` does so when the preview is accepted."""
        self._show(self.with_day(address), is_preview=True)

    def preview_later(self, address: Address) -> None:
        """Set the address that the next `show_pending` previews. An address that is replaced before is never loaded."""
        self._pending = address

    def show_pending(self) -> None:
        """Preview the pending address. The history keeps only the visit before a series of such previews."""
        address = self._pending and self.with_day(self._pending)
        if address is None or address == self.address:
            return
        if not self._is_cursor_preview:
            self._history.leave(self.visit)
        self.preview(address)
        self._is_cursor_preview = True

    def settle(self) -> None:
        """Count the preview on show as a visit, which the history keeps when it is left."""
        self._is_cursor_preview = False

    def _show(self, address: Address, position: TextPosition | None = None, *, is_preview: bool = False) -> bool:
        self._pending = None
        self._is_cursor_preview = False
        return self._display.show_address(address, position, is_preview=is_preview)
