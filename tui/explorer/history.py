"""History of visited addresses: visits behind and ahead of the present one, as in a web browser."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.address import Address
    from tui.pages.layout import TextPosition

LONGEST = 1000
"""Number of visits kept in either direction."""


class Visit(NamedTuple):
    """An address, and the text position that was at the top of the document pane.

    A visit to the search panel has the address of its query, the id of the selected result, and the sort order.
    """

    address: Address
    position: TextPosition
    result: str = ""
    order: str = ""


class History:
    """Visits to return to. The present visit is not among them: the caller passes it in."""

    def __init__(self) -> None:
        self._behind: deque[Visit] = deque(maxlen=LONGEST)
        self._ahead: deque[Visit] = deque(maxlen=LONGEST)

    def leave(self, present: Visit) -> None:
        """Keep a visit that is left for a new address, and forget the visits ahead."""
        if self._behind and self._behind[-1].address == present.address:
            self._behind[-1] = present
        else:
            self._behind.append(present)
        self._ahead.clear()

    def back(self, present: Visit) -> Visit | None:
        """Return the visit before the present one, or None at the beginning."""
        if not self._behind:
            return None
        # The page from which the reader went back to results is ahead already: it was put there for them.
        if not self._ahead or self._ahead[-1].address != present.address:
            self._ahead.append(present)
        return self._behind.pop()

    def put_back(self, visit: Visit, present: Visit) -> None:
        """Keep a visit that `back` returned. Forget the visits ahead, unless the reader is where `back` was called."""
        self._behind.append(visit)
        if self._ahead and self._ahead[-1].address == present.address:
            self._ahead.pop()
        else:
            self._ahead.clear()

    def forward(self, present: Visit) -> Visit | None:
        """Return the visit after the present one, or None at the end."""
        if not self._ahead:
            return None
        self._behind.append(present)
        return self._ahead.pop()
