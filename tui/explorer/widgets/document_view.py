"""The document pane: a page whose borders tell where on it the reader is, and what its sections are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style

from tui.explorer import render
from tui.explorer.widgets.page_view import PageView
from tui.pages.blocks import Page
from tui.pages.layout import TextPosition
from tui.pages.outline import Heading, Paging, outline

WIDE = 64
"""Width in cells from which the number of the screenful is written in words."""
LEAST_TITLE = 8
"""Cells that a title keeps before the place on its page."""
STEP, BETWEEN = " › ", " · "
"""Signs between the parts of a trail, and between the sections of a page."""


class DocumentView(PageView):
    """Page with the reader's place in its upper border, and its sections in the lower one if it is a long page.

    Both follow the scrolling. They are computed from the layout of the page, without a message.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(signs=True, id=id)
        self.add_class("-contents")  # as the first page has it nearly always; a change costs a second layout
        self._title = self._when = self._detail = ""
        self._headings: list[Heading] = []
        self._lines: list[int] = []  # those of the headings
        self._numbering = ""
        self._border_inputs: object = None  # what the borders were last made of

    def set_title(self, title: str, when: str, detail: str) -> None:
        """Set the title of the page, its date, which is shown at the top only, and a detail that is never cut."""
        self._title, self._when, self._detail = title, when, detail
        self._update_borders()

    # -- places

    def go_to(self, position: TextPosition) -> None:
        """Scroll the line with this position to the top of the pane, or as far as the page is long."""
        super().go_to(position)
        self._update_borders()

    def go_to_next(self, step: int, *, section: bool) -> bool:
        """Go to the next or previous section, or provision. Return False, without moving, if there is none."""
        pairs = zip(self._lines, self._headings, strict=True)
        found = [(line, heading) for line, heading in pairs if heading.is_section == section]
        here = self._line_here
        ahead = [pair for pair in found if pair[0] > here] if step > 0 else [p for p in found[::-1] if p[0] < here]
        if ahead:
            self.go_to(ahead[0][1].position)
        return bool(ahead)

    def action_section(self, index: int, line: int) -> None:
        """Go to a heading on a line, unless the page has been replaced since the click."""
        if self._lines[index : index + 1] == [line]:
            self.go_to(self._headings[index].position)

    @property
    def _line_here(self) -> int:
        return self.page_layout.line_at(self.top) if self._lines else 0

    @property
    def _reading_line(self) -> int:
        """Line at which the reader is: that of the current passage while it is in view, else the first in view."""
        if position := self.current_passage:
            line = self.page_layout.line_at(position)
            if self.top_line <= line < self.top_line + self.size.height:
                return line
        return self._line_here

    # -- the borders

    def _lay_out(self, page: Page) -> None:
        super()._lay_out(page)
        layout = self.page_layout
        self._headings = outline(page) if layout.lines else []
        self._lines = [layout.line_at(heading.position) for heading in self._headings]
        self._update_borders()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self._update_borders()
        return changed

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Update the borders after scrolling."""
        super().watch_scroll_y(old_value, new_value)
        self._update_borders()

    def _update_borders(self) -> None:
        """Write into the borders where the reader is, unless that is what they say."""
        width, height = self.outer_size
        lines = len(self.page_layout.lines)
        is_long = lines > height - 1 and sum(heading.is_section for heading in self._headings) > 1
        height -= 1 + is_long  # without the borders
        paging = Paging(lines, height, max(1, height - 2))
        at = bisect_right(self._lines, self._reading_line) - 1
        number = paging.number(self.top_line)
        inputs = (self.page_layout, self._title, self._when, self._detail, width, paging, at, number)
        if inputs == self._border_inputs or not width:
            return
        self._border_inputs = inputs
        room = max(0, width - 4 - cell_len(self._detail))
        numbering = f"{number} of {paging.total} pages" if width >= WIDE else f"{number}/{paging.total}"
        self._numbering = numbering if paging.total > 1 and len(numbering) + LEAST_TITLE < room else ""
        room -= len(self._numbering) + 2 if self._numbering else 0
        # A string would be read as markup.
        self.border_title = Content(_fitted(self._trail(at), room) + self._detail)
        self.set_class(is_long, "-contents")
        if is_long:
            self.border_subtitle = self._contents(paging, at, width - 2)

    def _trail(self, at: int) -> list[str]:
        """Return the title of the page, and those of the section and the provision to which a heading belongs."""
        if at < 0:
            return [f"{self._title} · {self._when}" if self._when else self._title]
        section = next((heading.title for heading in self._headings[at::-1] if heading.is_section), "")
        within = "" if self._headings[at].is_section else self._headings[at].title
        return list(filter(None, (self._title, section, within)))

    def _contents(self, paging: Paging, at: int, room: int) -> Content:
        """Return the sections with the numbers of their screenfuls, around the one with the heading `at`.

        A click on a section goes there.
        """
        sections = [index for index, heading in enumerate(self._headings) if heading.is_section]
        words = [f"{self._headings[index].short} {paging.number(self._lines[index])}" for index in sections]
        here = max(0, bisect_right(sections, at) - 1)
        first, end = _window([cell_len(word) + len(BETWEEN) for word in words], here, room)
        parts: list[str | tuple[str, Style]] = ["… "] if first else []
        for place in range(first, end):
            target = f"section({sections[place]}, {self._lines[sections[place]]})"
            style = Style(bold=place == here) + Style.from_meta({"@click": target})
            parts += [(words[place], style), BETWEEN]
        parts[-1] = " …" if end < len(words) else ""
        return Content.assemble(*parts)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return some lines of the pane, the upper border with the number of the screenful at its right."""
        strips = super().render_lines(crop)
        if self._numbering and crop.y == 0 and crop.width == self.outer_size.width:
            column = crop.width - cell_len(self._numbering) - 3
            strips[0] = render.with_letter(strips[0], column, f" {self._numbering} ", self.role_styles["label"])
            for line_filter in self.get_line_filters():  # NO_COLOR; Textual has applied it to the other text
                strips[0] = strips[0].apply_filter(line_filter, self.background_colors[1])
        return strips


def _fitted(trail: Sequence[str], room: int) -> str:
    """Return a trail in at most `room` cells: without its middle, its name cut, and at last cut at the end."""
    whole = STEP.join(trail)
    if cell_len(whole) <= room:
        return whole
    if len(trail) > 1:
        place = STEP + trail[-1]
        whole = render.cut(trail[0], max(LEAST_TITLE, room - cell_len(place))) + place
    return render.cut(whole, room)


def _window(widths: Sequence[int], here: int, room: int) -> tuple[int, int]:
    """Return first and end of the entries shown in `room` cells: all, or those around `here`, the later ones first."""
    if sum(widths) - len(BETWEEN) <= room:
        return 0, len(widths)
    room -= 2 * len("… ") - len(BETWEEN)
    first = end = here
    while end < len(widths) and sum(widths[first : end + 1]) <= room:
        end += 1
    while first and sum(widths[first - 1 : end]) <= room:
        first -= 1
    return first, max(end, first + 1)
