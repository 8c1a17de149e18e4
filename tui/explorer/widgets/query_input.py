"""Input for a query."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tui.corpus import safe


class QueryInput(Input):
    """Input whose value is made safe to show, as texts of the store are."""

    def validate_value(self, value: str) -> str:
        """Return the value with control characters as visible marks."""
        return safe.line(value)

    def on_paste(self, event: events.Paste) -> None:
        """Insert the pasted text, its lines joined; Textual's Input would insert the first line only."""
        event.prevent_default()
        event.stop()
        self.replace(safe.pasted(event.text), *self.selection)
