"""The footer, which is drawn again only when what it shows has changed."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Footer


class KeyFooter(Footer):
    """Footer of Textual that keeps its keys while they stay the same.

    Textual makes all of them anew after every focus and every key, which costs more than the move itself.
    """

    _shown: list[tuple[str, str, bool]] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Draw the keys again if another key, name or state is to be shown."""
        if not screen.app.app_focus or not self.is_attached or screen is not self.screen:
            return
        shown = [
            (self.app.get_key_display(active.binding), active.binding.description, active.enabled)
            for active in screen.active_bindings.values()
            if active.binding.show
        ]
        if shown != self._shown:
            self._shown = shown
            super().bindings_changed(screen)
