"""A line to type a query in."""

from __future__ import annotations

from textual.widgets import Input

from tui.corpus import safe


class QueryInput(Input):
    """An input in which what is typed or pasted is as fit to show as anything from the store."""

    def validate_value(self, value: str) -> str:
        """Make controls and their like visible."""
        return safe.line(value)
