"""Input for a query."""

from __future__ import annotations

from textual.widgets import Input

from tui.corpus import safe


class QueryInput(Input):
    """Input whose value is made safe to show, as texts of the store are."""

    def validate_value(self, value: str) -> str:
        """Return the value with control characters as visible marks."""
        return safe.line(value)
