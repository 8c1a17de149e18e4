"""A pane that draws the lines in view and no others: what the tree and the pages have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.explorer import styles


class LinesView(ScrollView, can_focus=True):
    """Draws its own bar in its last column: a widget for it is a third of the work of painting a pane."""

    DEFAULT_CSS = """
    LinesView {
        background: $background;
        border-top: solid $border;
        border-title-color: $foreground 70%;
        padding: 0 0 0 1;
        overflow: hidden hidden;
        &:focus { border-top: heavy $accent; border-title-color: $accent; border-title-style: bold; }
    }
    """
    SCROLLBAR_WIDTH: ClassVar[int] = 1
    """How many cells at the right are not for lines: those of the bar and of the space before it."""

    _role_styles: styles.Styles | None = None
    _drawn_width = 0
    _drawn_bar = (0, 0)
    _bar_held = False

    # -- looks

    @property
    def role_styles(self) -> styles.Styles:
        """The style of each role in the colours of now."""
        if self._role_styles is None:
            self._role_styles = styles.styles(self.app.theme_variables, colourless=self.app.no_color)
        return self._role_styles

    def notify_style_update(self) -> None:
        """Forget the styles; the theme may have changed."""
        super().notify_style_update()
        self._role_styles = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines of the pane, measured once for all of them."""
        self._drawn_width, self._drawn_bar = self.line_width, self._thumb()
        return super().render_lines(crop)

    def strip(self, y: int, segments: Iterable[Segment]) -> Strip:
        """The line of the pane at `y` from its segments, which may be shorter than there is room for, and the bar."""
        background = self.role_styles["text"]
        line = Strip(segments).adjust_cell_length(self._drawn_width, background)
        first, last = self._drawn_bar
        if not first <= y < last:
            return line
        beside = Segment(" " * (self.SCROLLBAR_WIDTH - 1), background)
        bar = Segment("┃", self.role_styles["accent" if self._bar_held else "bar"])
        return Strip([*line, beside, bar], self._drawn_width + self.SCROLLBAR_WIDTH)

    @property
    def line_width(self) -> int:
        """How many cells a line of the pane may have; 0 before it has a size."""
        return max(0, self.size.width - self.SCROLLBAR_WIDTH)

    # -- scrolling

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there are more lines than are in view."""
        return self.max_scroll_y > 0

    def set_lines(self, number: int) -> None:
        """Say how many lines there are; the screen is arranged anew only where the pane's own height follows them."""
        self.set_reactive(LinesView.virtual_size, Size(self.line_width, number))
        self.refresh(layout=self.styles.auto_dimensions)
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to_line(self.max_scroll_y)

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

    # -- the bar

    def _thumb(self) -> tuple[int, int]:
        """The lines of the pane on which the bar is drawn, from and to before; none where all is in view."""
        height, lines = self.size.height, self.virtual_size.height
        if lines <= height or self.size.width <= self.SCROLLBAR_WIDTH:
            return 0, 0
        length = max(1, height * height // lines)
        first = round(self.scroll_offset.y * (height - length) / max(1, self.max_scroll_y))
        return first, first + length

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the bar."""
        beside = event.get_content_offset_capture(self).x == self.size.width - 1
        if beside and event.button == 1 and self.max_scroll_y:
            self.screen.clear_selection()  # the screen takes every press for the beginning of one
            self._bar_held = True
            self.capture_mouse()
            self._pull(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pull the bar."""
        if self._bar_held:
            self._pull(event)

    def on_mouse_up(self) -> None:
        """Let the bar go."""
        if self._bar_held:
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """The mouse is another's: by our leave, or because a screen came over this one."""
        self._bar_held = False
        self.refresh()

    def _pull(self, event: events.MouseEvent) -> None:
        first, last = self._thumb()
        room = max(1, self.size.height - (last - first))
        y = event.get_content_offset_capture(self).y - (last - first) // 2
        self.scroll_to_line(round(max(0, min(y, room)) * self.max_scroll_y / room))
        self.refresh()
