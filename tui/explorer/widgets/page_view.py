"""A pane that shows a page: it draws only the lines in view, marks hits, and lets links be selected and followed."""

from __future__ import annotations

from collections import defaultdict
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from tui.explorer import render
from tui.explorer.bindings import bindings
from tui.explorer.widgets.lines_view import LinesView
from tui.pages.blocks import Line, Page, Span, hang_of, lay_out

WIDEST = 80
"""No line of text is longer than this many cells, however wide the pane."""


class TextPosition(NamedTuple):
    """A place on a page, whatever its width: a block and a character of its text."""

    block: int
    offset: int


TOP = TextPosition(0, 0)


class LinkPlace(NamedTuple):
    """A link on the page: the block and span that show it."""

    block: int
    span: Span


class PageView(LinesView):
    """Shows one page at a time.

    In a list (`items`) up and down go from link to link instead of line to line. With `signs` a first cell is kept for
    the sign of the blocks that hold a hit.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("movement", "page")]
    SCROLLBAR_WIDTH = 2

    class Selected(Message):
        """In a list, another item is selected."""

        def __init__(self, view: PageView, target: str) -> None:
            super().__init__()
            self.view = view
            self.target = target

        @property
        def control(self) -> PageView:
            """The pane it was selected in."""
            return self.view

    class Followed(Selected):
        """A link was chosen."""

    def __init__(
        self, *, items: bool = False, always_selected: bool = False, signs: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._margin = int(signs)
        self._items = items
        self._always_selected = always_selected
        self._page: Page = ()
        self._lines: list[Line] = []
        self._width = 0
        self._links: list[LinkPlace] = []
        self._selected = -1
        self._hits: list[tuple[int, int, int]] = []
        self._hit = -1
        self._extra: dict[int, list[Span]] = {}
        self._letters: dict[int, str] = {}
        self._line_of_block: list[int] = []
        self._at = TOP  # the spot that was put at the top last, and the line it stands on
        self._at_line = 0
        self._wanted: tuple[int, int] | None = None

    # -- what is shown

    @property
    def page(self) -> Page:
        """The page on show."""
        return self._page

    def show(self, page: Page, *, at: TextPosition = TOP) -> None:
        """Show a page from the line that holds `at`, with no hits and, in a list, its first item selected."""
        self._page = page
        self._links = [
            LinkPlace(number, span) for number, block in enumerate(page) for span in block.spans if span.target
        ]
        self._selected = 0 if self._items and self._links else -1
        self._hits, self._hit, self._letters = [], -1, {}
        self._collect()
        self._lines, self._line_of_block, self._width, self._wanted = [], [], 0, None
        if self._room:
            self._lay_out()
        self.go_to(at)
        self.refresh()

    def reshow(self, page: Page) -> None:
        """Show a page that differs little from the one on show, keeping place and selection."""
        selected, top = self._selected, self.top
        self.show(page, at=top)
        if self._items and selected < len(self._links):
            self._selected = selected
            self._collect()

    def go_to(self, spot: TextPosition) -> None:
        """Put the line that holds this spot at the top of the pane, as far as the page is long."""
        self._at = spot
        if self._lines:
            line = self._line_at(*spot) if spot != TOP else 0
            self.scroll_to_line(line)
            self._at_line = self.scroll_offset.y

    @property
    def top(self) -> TextPosition:
        """What stands at the top of the pane, to come back to at any width of it.

        As long as nobody has scrolled it is the spot that was asked for: the line that holds it may begin before it.
        """
        if not self._lines or self.scroll_offset.y == self._at_line:
            return self._at
        if self.scroll_offset.y == 0:
            return TOP
        # The first line in view with text on it: a blank one is not to be found again.
        line = next((line for line in self._lines[self.scroll_offset.y :] if line.block >= 0), None)
        return TextPosition(line.block, line.start) if line else TOP

    @property
    def top_line(self) -> int:
        """The first line in view, to come back to."""
        return self.scroll_offset.y

    # -- hits

    def mark_hits(self, hits: list[list[tuple[int, int]]]) -> None:
        """Mark hits, given for each block of the page, and stand before the first."""
        self._hits = [(block, start, end) for block, found in enumerate(hits) for start, end in found]
        self._hit = -1
        self._collect()
        self.refresh()

    @property
    def hits(self) -> tuple[int, int]:
        """Which hit one stands at (1 for the first, 0 for none) and how many there are."""
        return self._hit + 1, len(self._hits)

    def go_to_hit(self, step: int) -> bool:
        """Go to the next or previous hit; False, without moving, where there is none further."""
        if not 0 <= self._hit + step < len(self._hits):
            return False
        self._hit += step
        self._collect()
        block, start, _ = self._hits[self._hit]
        self._bring_into_view(block, start)
        self.refresh()
        return True

    def select_hit(self, number: int) -> None:
        """Stand at this hit (1 for the first, 0 for none) without moving the page."""
        self._hit = min(number, len(self._hits)) - 1
        self._collect()
        self.refresh()

    # -- links

    def links_in_view(self) -> list[int]:
        """The numbers of the links that can be seen now."""
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        return [
            number
            for number, link in enumerate(self._links)
            if top <= self._line_at(link.block, link.span.start) < bottom
        ]

    def put_letters(self, letters: dict[int, str]) -> None:
        """Show a letter before each of these links; an empty dictionary takes them away."""
        self._letters = letters
        self.refresh()

    def target(self, link: int) -> str:
        """Where the link leads."""
        return self._links[link].span.target

    @property
    def selected_target(self) -> str:
        """Where the selected link leads; nothing where none is selected."""
        return self._links[self._selected].span.target if 0 <= self._selected < len(self._links) else ""

    @property
    def at_first(self) -> bool:
        """Whether no link stands above the selected one."""
        return self._selected <= 0

    # -- places

    def go_to_anchor(self, prefix: str, step: int) -> bool:
        """Scroll to the next or previous block whose anchor begins with `prefix`; False where there is none."""
        if not self._lines:
            return False
        here = self.scroll_offset.y
        lines = [self._line_of_block[n] for n, block in enumerate(self._page) if block.anchor.startswith(prefix)]
        ahead = (
            [line for line in lines if line > here] if step > 0 else [line for line in reversed(lines) if line < here]
        )
        if not ahead:
            return False
        self.scroll_to(y=min(ahead[0], self.max_scroll_y) if step > 0 else ahead[0], animate=False)
        return here != self.scroll_offset.y or ahead[0] > self.max_scroll_y

    # -- actions (bindings come from the one list of actions)

    def action_up(self) -> None:
        """One line up, or in a list the item above."""
        self._select(self._selected - 1) if self._items else self.scroll_up(animate=False)

    def action_down(self) -> None:
        """One line down, or in a list the item below."""
        self._select(self._selected + 1) if self._items else self.scroll_down(animate=False)

    def action_page_up(self) -> None:
        """One page up."""
        self._by_page(-1)

    def action_page_down(self) -> None:
        """One page down."""
        self._by_page(1)

    def action_top(self) -> None:
        """To the beginning."""
        self.scroll_home(animate=False)
        if self._items:
            self._select(0)

    def action_bottom(self) -> None:
        """To the end."""
        self.scroll_end(animate=False)
        if self._items:
            self._select(len(self._links) - 1)

    def action_link(self, step: int) -> None:
        """Select the next or previous link; from none, the first in view."""
        if self._selected < 0 or (self._selected not in (seen := self.links_in_view()) and seen):
            seen = self.links_in_view()
            if seen:
                self._select(seen[0] if step > 0 else seen[-1])
                return
        self._select(self._selected + step)

    def action_open(self) -> None:
        """Follow the selected link."""
        if self.selected_target:
            self.post_message(self.Followed(self, self.selected_target))

    def _by_page(self, step: int) -> None:
        if not self._items:
            self.scroll_relative(y=step * max(1, self.size.height - 2), animate=False)
        elif self._links:
            places = [self._line_at(link.block, link.span.start) for link in self._links]
            wanted = places[self._selected] + step * max(1, self.size.height - 2)
            self._select(min(range(len(places)), key=lambda number: abs(places[number] - wanted)))

    def _select(self, number: int) -> None:
        if not self._links:
            return
        number = max(0, min(number, len(self._links) - 1))
        changed = number != self._selected
        self._selected = number
        self._collect()
        link = self._links[number]
        if self._items and number == 0:
            self.scroll_to_line(0)
        else:
            self._bring_into_view(link.block, max(link.span.start, link.span.end - 1), margin=2 if self._items else 0)
            self._bring_into_view(link.block, link.span.start, margin=0)
        self.refresh()
        if changed and self._items:
            self.post_message(self.Selected(self, link.span.target))

    def _bring_into_view(self, block: int, offset: int, margin: int = 3) -> None:
        """Scroll as little as shows this place of a block's text with some lines around it."""
        if not self._lines:
            self._wanted = (block, offset)  # when there are lines
            return
        self.keep_in_view(self._line_at(block, offset), margin)

    # -- layout and drawing

    def _collect(self) -> None:
        """Gather what changes over the page's own spans: the hits, and the hit one stands at."""
        extra: dict[int, list[Span]] = defaultdict(list)
        for number, (block, start, end) in enumerate(self._hits):
            extra[block].append(Span(start, end, "hit"))
            if number == self._hit:
                extra[block].append(Span(start, end, "key"))
        self._extra = extra

    @property
    def _room(self) -> int:
        """How wide the text may be; 0 before the pane has a size."""
        return min(WIDEST, self.line_width - self._margin)

    def _lay_out(self) -> None:
        self._width = max(1, self._room)
        self._lines = lay_out(self._page, self._width, cell_len)
        first: dict[int, int] = {}
        for number, line in enumerate(self._lines):
            if line.block >= 0:
                first.setdefault(line.block, number)
        self._line_of_block = [first.get(number, 0) for number in range(len(self._page))]
        self.set_lines(len(self._lines))

    def _line_at(self, block: int, offset: int) -> int:
        """The number of the line on which a block's text stands at an offset."""
        if not self._lines:
            return 0
        at = self._line_of_block[block]
        while at + 1 < len(self._lines) and self._lines[at + 1].block == block and self._lines[at + 1].start <= offset:
            at += 1
        return at

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Break the lines anew for a new width, keeping the line at the top of the pane.

        Here and not in `on_resize`, which comes only after a frame has been painted with the old lines.
        """
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self._page and self._room != self._width:
            top = self.top
            self._lay_out()
            self.go_to(top)
            if self._wanted is not None:
                wanted, self._wanted = self._wanted, None
                self._bring_into_view(*wanted)
        return changed

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        number = self.scroll_offset.y + y
        if number >= len(self._lines) or self._lines[number].block < 0:
            return self.strip(y, ())
        line = self._lines[number]
        block = self._page[line.block]
        strip = Strip(render.line_segments(block, line, self._width, self.role_styles, self._extra.get(line.block, ())))
        if 0 <= self._selected < len(self._links) and self._links[self._selected].block == line.block:
            strip = self._with_selected(strip, line)
        if self._letters:
            strip = self._with_letters(strip, line, self.role_styles["letter"])
        strip = self._with_text_selection(strip, number)
        if self.mouse_hover:  # places in the text are for a mouse that selects it; without, it is drawn the faster
            strip = strip.apply_offsets(0, number)
        if not self._margin:
            return self.strip(y, strip)
        sign = (
            Segment("▎", self.role_styles["accent"])
            if line.block in self._extra
            else Segment(" ", self.role_styles["text"])
        )
        return self.strip(y, (sign, *strip))

    def on_enter(self) -> None:
        """Draw anew for a mouse that may select text."""
        self.refresh()

    def _column(self, line: Line, offset: int) -> int:
        """The cell in which a block's text stands at an offset, on this line."""
        block = self._page[line.block]
        return block.indent + hang_of(block, self._width) + cell_len(block.text[line.start : offset])

    def _with_selected(self, strip: Strip, line: Line) -> Strip:
        span = self._links[self._selected].span
        start, end = max(span.start, line.start), min(span.end, line.end)
        if line.part == "lead" or start >= end or not (self.has_focus or self._always_selected):
            return strip
        return _restyle(strip, self._column(line, start), self._column(line, end), Style(reverse=True))

    def _with_letters(self, strip: Strip, line: Line, style: Style) -> Strip:
        for number, letter in self._letters.items():
            link = self._links[number]
            if self._page[link.block] is self._page[line.block] and line.start <= link.span.start < max(line.end, 1):
                if line.part == "lead":
                    continue
                column = self._column(line, link.span.start)
                over = Strip([Segment(letter, style)])
                strip = Strip.join([strip.crop(0, column), over, strip.crop(column + len(letter))])
        return strip

    def _with_text_selection(self, strip: Strip, number: int) -> Strip:
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        if span is None:
            return strip
        start, end = span
        length = strip.cell_length
        return _restyle(
            strip, start, length if end == -1 else end, self.screen.get_component_rich_style("screen--selection")
        )

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse has selected."""
        text = "\n".join(self._plain(line) for line in self._lines)
        return selection.extract(text), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def _plain(self, line: Line) -> str:
        if line.block < 0:
            return ""
        segments = render.line_segments(self._page[line.block], line, self._width, defaultdict(Style))
        return "".join(segment.text for segment in segments).rstrip()

    # -- mouse

    def on_click(self, event: events.Click) -> None:
        """Follow the link under the pointer."""
        number = self.scroll_offset.y + event.get_content_offset_capture(self).y
        if not 0 <= number < len(self._lines) or self._lines[number].block < 0:
            return
        line = self._lines[number]
        x = event.get_content_offset_capture(self).x - self._margin
        if x >= self.line_width - self._margin:
            return
        places = [(index, link.span) for index, link in enumerate(self._links) if link.block == line.block]
        for index, span in places:
            on_line = span.start < line.end and span.end > line.start
            if on_line and self._column(line, max(span.start, line.start)) <= x < self._column(
                line, min(span.end, line.end)
            ):
                self._select(index)
                self.post_message(self.Followed(self, span.target))
                return
        if self._items:
            numbers = [index for index, link in enumerate(self._links) if link.block <= line.block]
            if numbers:
                self._select(numbers[-1])


def _restyle(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """The strip with a style laid over the cells from start to before end."""
    middle = strip.crop(start, end)
    styled = Strip(Segment(text, (own or Style()) + style, control) for text, own, control in middle)
    return Strip.join([strip.crop(0, start), styled, strip.crop(end)])
