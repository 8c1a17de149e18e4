"""Base of the tree and the pages: a pane that draws only the lines in view."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.explorer import render, styles


class LinesView(ScrollView, can_focus=True):
    """Scrollable pane of lines. It draws its own scrollbar: a widget takes a third of the time of painting a pane."""

    DEFAULT_CSS = """
    LinesView {
        background: $background;
        border-top: solid $border;
        border-title-color: $text-muted;
        padding: 0 0 0 1;
        overflow: hidden hidden;
        &:focus { border-top: heavy $accent; border-title-color: $foreground; border-title-style: bold; }
    }
    """
    ALLOW_SELECT = False
    """Whether Textual selects the text: it would go on in other panes, and not past the edge of this one."""
    SCROLLBAR_WIDTH: ClassVar[int] = 1
    """Cells at the right that hold the scrollbar and the space before it."""

    _role_styles: styles.Styles | None = None
    _drawn_width = 0
    _drawn_bar = (0, 0)
    _drawn_edge = True
    _is_dragging = False
    _pressed_at = Offset()
    _has_moved = False  # since the button was pressed

    # -- styles

    @property
    def role_styles(self) -> styles.Styles:
        """Style of each role in the current theme."""
        if self._role_styles is None:
            self._role_styles = styles.styles(self.app.theme_variables, colourless=self.app.no_color)
        return self._role_styles

    def notify_style_update(self) -> None:
        """Drop the cached styles, since the theme may have changed."""
        super().notify_style_update()
        self._role_styles = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return some lines of the pane. Width and scrollbar are computed once for all of them.

        A pane without a frame has a thin line as its right edge, with the thumb of the scrollbar on it.
        """
        self._drawn_width, self._drawn_bar = self.line_width, self._thumb()
        self._drawn_edge = not self.styles.border_right[0]
        strips = super().render_lines(crop)
        if self._drawn_edge and crop.right == self.outer_size.width:
            if crop.y == 0 and self.styles.border_top[0]:
                strips[0] = render.with_corner(strips[0], "┯" if self.has_focus else "┬")
            if crop.bottom == self.outer_size.height and self.styles.border_bottom[0]:
                strips[-1] = render.with_corner(strips[-1], "┘")
        return strips

    def strip(self, y: int, segments: Iterable[Segment]) -> Strip:
        """Return the line of the pane at `y`: the segments, padded to the width of the pane, and the scrollbar."""
        background = self.role_styles["text"]
        line = Strip(segments).adjust_cell_length(self._drawn_width, background)
        first, last = self._drawn_bar
        beside = Segment(" " * (self.SCROLLBAR_WIDTH - 1), background)
        if first <= y < last:
            bar = Segment("┃", self.role_styles["dragged" if self._is_dragging else "bar"])
        elif self._drawn_edge:
            bar = Segment("│", self.role_styles["edge"])
        else:
            return line
        return Strip([*line, beside, bar], self._drawn_width + self.SCROLLBAR_WIDTH)

    @property
    def line_width(self) -> int:
        """Maximum cells of a line; 0 before the pane has a size."""
        return max(0, self.size.width - self.SCROLLBAR_WIDTH)

    # -- scrolling

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there are more lines than fit in view."""
        return self.max_scroll_y > 0

    def set_lines(self, number: int) -> None:
        """Set the number of lines. The screen is laid out again only if the height of the pane depends on them."""
        self.set_reactive(LinesView.virtual_size, Size(self.line_width, number))
        self.refresh(layout=self.styles.auto_dimensions)
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to_line(self.max_scroll_y)

    def scroll_to_line(self, line: int) -> None:
        """Scroll a line to the top of the pane, or as far as there are lines below it."""
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def keep_in_view(self, line: int, margin: int = 0) -> None:
        """Scroll no further than is needed to show this line with `margin` lines around it."""
        top, height = self.scroll_offset.y, self.size.height
        margin = min(margin, max(0, (height - 1) // 2))
        if line < top + margin:
            self.scroll_to_line(max(0, line - margin))
        elif line >= top + height - margin:
            self.scroll_to_line(line - height + 1 + margin)

    def action_up(self) -> None:
        """Scroll up by a line."""
        self.scroll_up(animate=False)

    def action_down(self) -> None:
        """Scroll down by a line."""
        self.scroll_down(animate=False)

    def action_page_up(self) -> None:
        """Scroll up by a page."""
        self.scroll_relative(y=-max(1, self.size.height - 2), animate=False)

    def action_page_down(self) -> None:
        """Scroll down by a page."""
        self.scroll_relative(y=max(1, self.size.height - 2), animate=False)

    def action_top(self) -> None:
        """Scroll to the beginning."""
        self.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.scroll_end(animate=False)

    # -- the scrollbar

    def _thumb(self) -> tuple[int, int]:
        """Return the first line of the pane with the thumb of the scrollbar, and the one after the last."""
        height, lines = self.size.height, self.virtual_size.height
        if lines <= height or self.size.width <= self.SCROLLBAR_WIDTH:
            return 0, 0
        length = max(1, height * height // lines)
        first = round(self.scroll_offset.y * (height - length) / max(1, self.max_scroll_y))
        return first, first + length

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Clear the selected text, and start dragging the scrollbar."""
        self._pressed_at, self._has_moved = event.screen_offset, False
        if self.screen.selections:
            self.screen.clear_selection()
        if event.button == 1 and self.is_on_scrollbar(event):
            self._is_dragging = True
            self.capture_mouse()
            self._drag(event)

    def is_on_scrollbar(self, event: events.MouseEvent) -> bool:
        """Return whether the pointer is on the scrollbar."""
        return self.max_scroll_y > 0 and event.get_content_offset_capture(self).x >= self.size.width - 1

    def is_click_on_line(self, event: events.Click) -> bool:
        """Return whether the first button was pressed and released over one cell of a line, without a move."""
        x, y = event.get_content_offset_capture(self)
        has_moved = self._has_moved or event.screen_offset != self._pressed_at
        return event.button == 1 and not has_moved and x < self.line_width and 0 <= y < self.size.height

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scrollbar."""
        self._has_moved |= event.screen_offset != self._pressed_at
        if self._is_dragging:
            self._drag(event)

    def on_mouse_up(self) -> None:
        """Release the mouse."""
        self.release_mouse()

    def on_mouse_release(self) -> None:
        """Stop dragging the scrollbar, also when another screen covers this one."""
        self._is_dragging = False
        self.refresh()

    def _drag(self, event: events.MouseEvent) -> None:
        first, last = self._thumb()
        room = max(1, self.size.height - (last - first))
        y = event.get_content_offset_capture(self).y - (last - first) // 2
        self.scroll_to_line(round(max(0, min(y, room)) * self.max_scroll_y / room))
        self.refresh()
