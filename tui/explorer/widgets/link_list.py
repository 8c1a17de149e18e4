"""A page used as a list: the arrow keys go from link to link."""

from __future__ import annotations

from textual.geometry import Size

from tui.explorer.widgets.page_view import LinkMessage, PageView
from tui.pages.blocks import Page
from tui.pages.layout import TOP, TextPosition


class LinkList(PageView):
    """List of the links of a page, of which one is always selected. Posts `Selected` when it changes."""

    class Selected(LinkMessage):
        """Another link was selected."""

    def __init__(self, *, always_selected: bool = False, id: str | None = None) -> None:
        """Create an empty list. With `always_selected` the selected link is drawn without the focus too."""
        super().__init__(id=id)
        self._always_selected = always_selected

    def show(self, page: Page, *, at: TextPosition = TOP, first: int = 0) -> None:
        """Show a page with the line of position `at` at the top, and select a link, or none if there are fewer."""
        super().show(page, at=at)
        self._selected = first if first < len(self.page_layout.links) else -1

    def reshow(self, page: Page, *, first: int = 0) -> None:
        """Show a page that continues the one on show, keeping the entry at the top, the selected one and the letters.

        Entries may have been added before and between the earlier ones. If no link was selected, select `first`.
        """
        selected, letters = self._selected, self._letters
        self.put_letters({})
        top, before = self.top, self.page_layout.links
        was_in_view = self._is_in_view(selected)
        self.show(page, at=top, first=first)
        links = self.page_layout.links
        targets = [link.span.target for link in links]

        def moved(link: int) -> int:
            target = before[link].span.target
            return targets.index(target) if target in targets and targets[link : link + 1] != [target] else link

        above = max((link for link in before if link.block <= top.block), default=None)
        if top != TOP and above and (new := moved(before.index(above))) < len(links):
            self.go_to(top._replace(block=top.block + links[new].block - above.block))
        if selected >= 0 and moved(selected) < len(links):
            self._selected = moved(selected)
            if was_in_view and not self._is_in_view(self._selected):
                self._show_selected()
        self.put_letters(letters)

    def _is_in_view(self, link: int) -> bool:
        layout, top = self.page_layout, self.scroll_offset.y
        if not layout.lines or not 0 <= link < len(layout.links):
            return False
        return top <= layout.line_of_link(link) < top + self.container_size.height

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Keep the selected link in view in a pane of another size."""
        was_in_view = self.shows_selected and self._is_in_view(self._selected)  # in the size that the pane had
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if was_in_view and not self._is_in_view(self._selected):
            self._show_selected()
        return changed

    @property
    def shows_selected(self) -> bool:
        """Whether the selected link is drawn as such."""
        return self._always_selected or self.has_focus

    @property
    def at_first(self) -> bool:
        """Whether no link is above the selected one."""
        return self._selected <= 0

    def select(self, link: int) -> None:
        """Select a link, or the last or first one for an index out of range, and bring it into view."""
        before = self._selected
        super().select(link)
        if self._selected != before:
            self.post_message(self.Selected(self, self.selected_target))

    def _show_selected(self, margin: int = 2) -> None:
        if self._selected == 0:
            self.scroll_to_line(0)
        else:
            super()._show_selected(margin)

    def action_link(self, step: int) -> None:
        """Select the link below, or post `LinksEnded` for the pane at the left."""
        if step > 0:
            self.action_down()
        else:
            self.post_message(self.LinksEnded(self, step))

    def action_up(self) -> None:
        """Select the link above."""
        self.select(self._selected - 1)

    def action_down(self) -> None:
        """Select the link below."""
        self.select(self._selected + 1)

    def action_page_up(self) -> None:
        """Select the link about a page above."""
        self._select_by_page(-1)

    def action_page_down(self) -> None:
        """Select the link about a page below."""
        self._select_by_page(1)

    def action_top(self) -> None:
        """Scroll to the beginning and select the first link."""
        super().action_top()
        self.select(0)

    def action_bottom(self) -> None:
        """Scroll to the end and select the last link."""
        super().action_bottom()
        self.select(len(self.page_layout.links) - 1)

    def _select_by_page(self, step: int) -> None:
        lines = [self.page_layout.line_of_link(link) for link in range(len(self.page_layout.links))]
        if lines:
            line = lines[max(0, self._selected)] + step * max(1, self.size.height - 2)
            self.select(min(range(len(lines)), key=lambda link: abs(lines[link] - line)))

    def _click_text(self, block: int) -> None:
        links = self.page_layout.links
        above = [number for number, link in enumerate(links) if link.block <= block]
        if above:
            self.select(max(above, key=lambda number: links[number].block))
