"""Where the reader has been: places behind and ahead, as a browser keeps them."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

LONGEST = 1000
"""How many places are kept either way."""


class Visit(NamedTuple):
    """An agreement (or nothing, for the start page) and what stood at the top of the pane: a block, a character."""

    id: str
    block: int = 0
    offset: int = 0


class History:
    """Going somewhere new forgets what was ahead. The present place is not kept here; the caller hands it in."""

    def __init__(self) -> None:
        self._behind: deque[Visit] = deque(maxlen=LONGEST)
        self._ahead: deque[Visit] = deque(maxlen=LONGEST)

    def leave(self, present: Visit) -> None:
        """Remember the place that is being left for a new one."""
        if not self._behind or self._behind[-1].id != present.id:
            self._behind.append(present)
        else:
            self._behind[-1] = present
        self._ahead.clear()

    def back(self, present: Visit) -> Visit | None:
        """The place before, or None at the beginning."""
        if not self._behind:
            return None
        self._ahead.append(present)
        return self._behind.pop()

    def forward(self, present: Visit) -> Visit | None:
        """The place after, or None at the end."""
        if not self._ahead:
            return None
        self._behind.append(present)
        return self._ahead.pop()
