"""A pane that shows a page: it draws only the lines in view, marks hits, and lets links be selected and followed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

from tui.explorer import render
from tui.explorer.bindings import bindings
from tui.explorer.letters import Hit, fits_before, with_letters
from tui.explorer.widgets.lines_view import LinesView
from tui.pages.blocks import Page, Span
from tui.pages.layout import TOP, Layout, TextPosition
from tui.pages.selection import Stretch, character_at, paragraph_at, text_between, text_start, word_at
from tui.pages.signs import HIT

SCROLL_INTERVAL = 0.05
"""Seconds between two steps of scrolling while text is selected past the edge of a pane."""
MAX_SCROLL = 3
"""Maximum lines of such a step."""


class LinkMessage(Message):
    """Message about a link of a pane."""

    def __init__(self, view: PageView, target: str) -> None:
        super().__init__()
        self.view = view
        self.target = target

    @property
    def control(self) -> PageView:
        """The pane with the link."""
        return self.view


class PageView(LinesView):
    """Shows one page at a time. With `signs` its first column marks the blocks that contain a hit."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("movement", "page")]
    SCROLLBAR_WIDTH = 2
    WIDEST: ClassVar[int] = 80
    """Maximum cells of a line of text, however wide the pane is."""

    class Followed(LinkMessage):
        """A link was followed."""

    class LinksEnded(Message):
        """There is no link in view behind the selected one (`step` 1), or before it (-1)."""

        def __init__(self, view: PageView, step: int) -> None:
            super().__init__()
            self.view = view
            self.step = step

        @property
        def control(self) -> PageView:
            """The pane."""
            return self.view

    def __init__(self, *, signs: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._margin = int(signs)
        self.page_layout = Layout((), 0, cell_len)
        """Layout of the page on show at the present width."""
        self._selected = -1
        self._hits: list[Hit] = []
        self._passage = -1
        self._hit_spans: dict[int, list[Span]] = {}
        self._letters: dict[int, str] = {}
        self._letters_before: dict[int, str] = {}  # those that stand in the blanks before an entry
        self._letter_spans: dict[int, list[Span]] = {}
        self._without_letters: tuple[Layout, list[Hit], TextPosition] | None = None
        self._requested_top = TOP  # the position that was last put at the top, and the scroll offset that this gave
        self._requested_offset = 0
        self._pending: Callable[[], None] | None = None  # a scrolling to do once there are lines
        self._anchor: Stretch | None = None  # the character at which the text that is being selected begins
        self._pointer = Offset()
        self._scroll_timer: Timer | None = None
        self._clicked: Page | None = None  # the page of the last click

    # -- page and scroll position

    @property
    def page(self) -> Page:
        """The page on show."""
        return self.page_layout.page

    def show(self, page: Page, *, at: TextPosition = TOP) -> None:
        """Show a page with the line of position `at` at the top, without hits."""
        self._selected, self._pending = -1, None
        self._forget_letters()
        self._set_hits([], -1)
        self._lay_out(page)
        self.go_to(at)

    def go_to(self, position: TextPosition) -> None:
        """Scroll the line with this position to the top of the pane, or as far as the page is long."""
        self._requested_top, self._pending = position, None
        if self.page_layout.lines:
            self.scroll_to_line(self.page_layout.line_at(position) if position != TOP else 0)
            self._requested_offset = self.scroll_offset.y

    @property
    def top(self) -> TextPosition:
        """Position at the top of the pane, to come back to at any width.

        Until the pane is scrolled, this is the position that was requested: its line may begin before it.
        """
        if not self.page_layout.lines or self.scroll_offset.y == self._requested_offset:
            return self._requested_top
        return self.page_layout.position_at(self.scroll_offset.y) if self.scroll_offset.y else TOP

    @property
    def top_line(self) -> int:
        """Number of the first line in view."""
        return self.scroll_offset.y

    def go_to_place(self, place: str) -> bool:
        """Scroll to the first block with this anchor. Return False, without scrolling, if there is none."""
        position = self.page_layout.position_of_place(place)
        if position is not None:
            self.go_to(position)
        return position is not None

    @property
    def signs_in_view(self) -> frozenset[str]:
        """Marks and signs left of the lines in view."""
        top = self.scroll_offset.y
        lines = self.page_layout.lines[top : top + self.size.height]
        return frozenset(self.page_layout.page[line.block].mark for line in lines if line.part == "first")

    def _bring_into_view(self, position: TextPosition, margin: int = 3) -> None:
        """Scroll no further than is needed to show the line of a position with `margin` lines around it."""
        if self.page_layout.lines:
            self.keep_in_view(self.page_layout.line_at(position), margin)
        else:
            self._pending = partial(self._bring_into_view, position, margin)

    def _show_paragraph(self, position: TextPosition) -> None:
        """Scroll, unless the line of a position is in view, so that its block begins a third down the pane.

        A block that is too long for that begins at the top, or further up.
        """
        height, layout = self.size.height, self.page_layout
        if not height or height != self.container_size.height or not layout.lines or not self.region:
            self._pending = partial(self._show_paragraph, position)
            return
        line, first = (
            layout.line_at(position),
            layout.line_at(TextPosition(position.block, -len(layout.page[position.block].lead))),
        )
        if not 0 <= line - self.scroll_offset.y < height:
            tops = (first - height // 3, first, line - height // 3)
            self.scroll_to_line(max(0, next((top for top in tops if line < top + height), line)))

    # -- hits

    def mark_hits(self, hits: list[list[tuple[int, int]]]) -> None:
        """Mark hits, given as stretches of each block's text. No passage is the current one.

        Those with negative offsets, counted from its end, are in the block's lead.
        """
        self._set_hits([(block, start, end) for block, found in enumerate(hits) for start, end in found], -1)

    @property
    def passages(self) -> tuple[int, int]:
        """Number of the current passage (0 for none), and how many there are. A passage is all hits of one block."""
        return self._passage + 1, len(self._hit_spans)

    def go_to_passage(self, step: int) -> bool:
        """Go to the next or previous passage. Return False, without moving, if there is none."""
        if not 0 <= self._passage + step < len(self._hit_spans):
            return False
        self._set_hits(self._hits, self._passage + step)
        if position := self.current_passage:
            self._show_paragraph(position)
        return True

    @property
    def current_passage(self) -> TextPosition | None:
        """Position of the first hit of the current passage."""
        if not 0 <= self._passage < len(self._hit_spans):
            return None
        block = [*self._hit_spans][self._passage]
        return TextPosition(block, self._hit_spans[block][0].start)

    def select_passage(self, number: int) -> None:
        """Make this passage the current one (1 for the first, 0 for none) without scrolling."""
        self._set_hits(self._hits, min(number, len(self._hit_spans)) - 1)

    def _set_hits(self, hits: list[Hit], current: int) -> None:
        if bool(hits) != bool(self._hits):
            self.refresh_bindings()  # the footer names the keys for hits
        self._hits, self._passage = hits, current
        spans: dict[int, list[Span]] = {}
        for block, start, end in hits:
            spans.setdefault(block, []).append(Span(start, end, "hit"))
        if 0 <= current < len(spans):
            block = [*spans][current]
            spans[block] = [span for hit in spans[block] for span in (hit, hit._replace(role="current"))]
        self._hit_spans = spans
        self.refresh()

    # -- links

    def links_in_view(self) -> list[int]:
        """Return the indices of the links that begin in view; of quiet ones only if there are no others."""
        return self.page_layout.links_between(self.scroll_offset.y, self.scroll_offset.y + self.size.height)

    def put_letters(self, letters: dict[int, str]) -> None:
        """Show letters before these links, where they cover nothing. An empty dictionary restores the page.

        Letters in the text have the lines behind them wrapped anew.
        """
        if self._without_letters:
            layout, hits, top = self._without_letters
            self._forget_letters()
            self._lay_out(layout.page)
            self._set_hits(hits, self._passage)
            if self.page_layout.width != layout.width:
                self.go_to(top)
        if not letters:
            return
        layout = self.page_layout
        self._letters = letters
        self._letters_before = {link: label for link, label in letters.items() if fits_before(layout, link, label)}
        self._without_letters = layout, self._hits, self.top
        in_text = {link: label for link, label in letters.items() if link not in self._letters_before}
        page, hits, self._letter_spans = with_letters(layout, in_text, self._hits)
        self._lay_out(page)
        self._set_hits(hits, self._passage)

    def _forget_letters(self) -> None:
        self._letters, self._letters_before, self._letter_spans, self._without_letters = {}, {}, {}, None

    def target(self, link: int) -> str:
        """Return the target of a link."""
        return self.page_layout.links[link].span.target

    @property
    def selected_target(self) -> str:
        """Target of the selected link; an empty string if none is selected."""
        return self.target(self._selected) if 0 <= self._selected < len(self.page_layout.links) else ""

    @property
    def shows_selected(self) -> bool:
        """Whether the selected link is drawn as such."""
        return self.has_focus

    def select(self, link: int) -> None:
        """Select a link, or the last or first one for an index out of range, and bring it into view."""
        links = self.page_layout.links
        if links:
            self._selected = max(0, min(link, len(links) - 1))
            self._show_selected()
            self.refresh()

    def _show_selected(self, margin: int = 0) -> None:
        block, span = self.page_layout.links[self._selected]
        self._bring_into_view(TextPosition(block, max(span.start, span.end - 1)), margin)
        self._bring_into_view(TextPosition(block, span.start), 0)

    # -- actions (tui.actions lists their keys)

    def action_link(self, step: int) -> None:
        """Select the next or previous link in view, the quiet ones last. Post `LinksEnded` if there is none."""
        top = self.scroll_offset.y
        in_view = self.page_layout.links_between(top, top + self.size.height, quiet=True)
        at = in_view.index(self._selected) + step if self._selected in in_view else min(0, step)
        if 0 <= at < len(in_view):
            self.select(in_view[at])
        else:
            self.post_message(self.LinksEnded(self, step))

    def action_open(self) -> None:
        """Follow the selected link; if none is selected, select the first in view."""
        if self.selected_target:
            self.post_message(self.Followed(self, self.selected_target))
        elif self.links_in_view():
            self.action_link(1)

    # -- layout and drawing

    @property
    def _text_width(self) -> int:
        return min(self.WIDEST, self.line_width - self._margin)

    def _lay_out(self, page: Page) -> None:
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()
        self._stop_selecting()
        self.page_layout = Layout(page, self._text_width, cell_len)
        if self.page_layout.width > 0:
            self.set_lines(len(self.page_layout.lines))
        self.refresh()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Lay the page out for a new width, keeping the line at the top of the pane.

        `on_resize` would come too late, after a frame has been painted with the old lines.
        """
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        pending, self._pending = self._pending, None
        if self.page and 0 < self._text_width != self.page_layout.width:
            top = self.top
            self._lay_out(self.page)
            self.go_to(top)
        if pending is not None:
            pending()
        return changed

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane, counted from the top of its content."""
        number = self.scroll_offset.y + y
        layout, styles = self.page_layout, self.role_styles
        if number >= len(layout.lines) or layout.lines[number].block < 0:
            return self.strip(y, ())
        line = layout.lines[number]
        hits, letters = self._hit_spans.get(line.block, ()), self._letter_spans.get(line.block, ())
        strip = Strip(render.line_segments(layout, line, styles, hits, letters))
        if self.selected_target and self.shows_selected:
            selected = styles["link"] + Style(reverse=True)  # also over hits
            strip = render.restyled(strip, *layout.cells_of_link(self._selected, number), selected)
        for link, label in self._letters_before.items():
            if layout.line_of_link(link) == number:
                column = layout.cells_of_link(link, number)[0] - len(label) - 1
                strip = render.with_letter(strip, column, label, styles["letter"])
        strip = self._with_text_selection(strip, number)
        render.unite_hyperlinks(strip)
        if not self._margin:
            return self.strip(y, strip)
        has_hit = line.block in self._hit_spans
        return self.strip(y, (Segment(HIT, styles["sign"]) if has_hit else Segment(" ", styles["text"]), *strip))

    # -- the mouse, and the text that it selects

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Start selecting text. It begins when the mouse is moved."""
        if event.button == 1 and self.page_layout.lines and not self.is_on_scrollbar(event):
            self._pointer = event.get_content_offset_capture(self)
            self._anchor = self._stretch_under_pointer()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select the text up to the pointer. Past an edge of the pane, go on scrolling."""
        if self._anchor is None or not (self._has_moved or event.screen_offset != self._pressed_at):
            return
        self._pointer = event.get_content_offset_capture(self)
        self._select_to_pointer()
        if self._lines_past_edge() and self._scroll_timer is None:
            self._scroll_timer = self.set_interval(SCROLL_INTERVAL, self._scroll_to_pointer)

    def on_mouse_release(self) -> None:
        """Stop selecting text."""
        self._stop_selecting()

    def _stop_selecting(self) -> None:
        self._anchor = None
        if self._scroll_timer is not None:
            self._scroll_timer.stop()
            self._scroll_timer = None

    def _stretch_under_pointer(self) -> Stretch:
        """Return the character under the pointer, or the nearest one of the lines in view."""
        y = max(0, min(self._pointer.y, self.size.height - 1)) + self.scroll_offset.y
        last = len(self.page_layout.lines) - 1
        x = self._pointer.x - self._margin if y <= last else self.size.width
        return character_at(self.page_layout, min(y, last), max(0, x))

    def _select_to_pointer(self) -> None:
        if self._anchor is not None:
            ends = self._anchor, self._stretch_under_pointer()
            self._select_text((min(start for start, _ in ends), max(end for _, end in ends)))

    def _select_text(self, stretch: Stretch) -> None:
        (first, start), (last, end) = stretch
        self.screen.selections = {self: Selection(Offset(start, first), Offset(end, last))}

    def _lines_past_edge(self) -> int:
        """Return how many lines the pointer is below the pane, negative if it is above it; at most MAX_SCROLL."""
        y = self._pointer.y
        return max(-MAX_SCROLL, min(y if y < 0 else max(0, y - self.size.height + 1), MAX_SCROLL))

    def _scroll_to_pointer(self) -> None:
        if not self._lines_past_edge():
            return
        self.scroll_to_line(self.scroll_offset.y + self._lines_past_edge())
        self._select_to_pointer()

    def _with_text_selection(self, strip: Strip, number: int) -> Strip:
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        if span is None:
            return strip
        start, end = max(span[0], text_start(self.page_layout, number)), span[1] if span[1] >= 0 else None
        start, end = (cell_len(strip.text[:offset]) for offset in (start, end))
        return render.restyled(strip, start, end, self.role_styles["selected"])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that is selected with the mouse, and what separates it from another pane's."""
        start = (0, 0) if selection.start is None else selection.start.transpose
        end = (len(self.page_layout.lines), 0) if selection.end is None else selection.end.transpose
        return text_between(self.page_layout, start, end).strip(), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selected text."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Follow the link under the pointer. A second click selects a word, a third one a paragraph."""
        x, y = event.get_content_offset_capture(self)
        number, column = self.scroll_offset.y + y, x - self._margin
        lines = self.page_layout.lines
        if not 0 <= number < len(lines) or lines[number].block < 0 or not self.is_click_on_line(event):
            return
        if event.chain == 1:
            self._clicked = self.page
            self._click_link(number, column)
        elif self._clicked is self.page:  # the first click may have followed a link
            layout = self.page_layout
            stretch = word_at(layout, number, column) if event.chain == 2 else paragraph_at(layout, number)
            if stretch is not None:
                self._select_text(stretch)

    def _click_link(self, number: int, column: int) -> None:
        link = self.page_layout.link_at(number, column)
        if link is None:
            self._click_text(self.page_layout.lines[number].block)
        else:
            self.select(link)
            self.action_open()

    def _click_text(self, block: int) -> None:
        """Handle a click on a block beside its links. A page does nothing."""
