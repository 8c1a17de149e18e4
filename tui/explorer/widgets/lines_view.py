"""A pane that draws the lines in view and no others: what the tree and the pages have in common."""

from __future__ import annotations

from textual.scroll_view import ScrollView

from tui.explorer import inks


class LinesView(ScrollView, can_focus=True):
    """Knows the theme's inks, and scrolls without animation and at once."""

    DEFAULT_CSS = """
    LinesView {
        background: $background;
        border-top: solid $border;
        border-title-color: $foreground 70%;
        padding: 0 1;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size: 0 1;
        &:focus { border-top: heavy $accent; border-title-color: $accent; border-title-style: bold; }
    }
    """

    _inks: inks.Styles | None = None

    @property
    def inks(self) -> inks.Styles:
        """The style of each role in the colours of now."""
        if self._inks is None:
            self._inks = inks.styles(self.app.theme_variables, colourless=self.app.no_color)
        return self._inks

    def notify_style_update(self) -> None:
        """Forget the styles; the theme may have changed."""
        super().notify_style_update()
        self._inks = None

    def scroll_to_line(self, line: int) -> None:
        """Put a line at the top of the pane, as far as there are lines enough below it."""
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def keep_in_view(self, line: int, margin: int = 0) -> None:
        """Scroll as little as shows this line with some lines around it."""
        top, height = self.scroll_offset.y, self.size.height
        margin = min(margin, max(0, (height - 1) // 2))
        if line < top + margin:
            self.scroll_to_line(max(0, line - margin))
        elif line >= top + height - margin:
            self.scroll_to_line(line - height + 1 + margin)
