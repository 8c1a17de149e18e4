"""Modal to choose how the tree groups the records."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui.catalogue.schema import ORDERINGS
from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.widgets.link_list import LinkList
from tui.pages.blocks import Block, Page, Span
from tui.pages.parts import ordering_title

KEYS = {str(number): ordering for number, ordering in enumerate(ORDERINGS, 1)}
"""Ordering that each key chooses: digits, because the first letters of orderings move in every other list."""


def page(current: str) -> Page:
    """Return the orderings as a list: key, title, and which of them is the current one."""
    return tuple(_entry(key, ordering, is_current=ordering == current) for key, ordering in KEYS.items())


def _entry(key: str, ordering: str, *, is_current: bool) -> Block:
    key, title = f"{key}   ", ordering_title(ordering)
    end = len(key) + len(title)
    link = Span(len(key), end, "link", ordering)
    return Block(f"{key}{title}{'  now' if is_current else ''}", spans=(Span(0, 1, "key"), link))


class OrderingModal(IgnoreStaleResize, ModalScreen[str]):
    """Dismisses with the ordering that a digit, enter or a click chooses; escape and q dismiss without one."""

    DEFAULT_CSS = """
    OrderingModal {
        align: center middle;
        background: $background 60%;
        #orderings, #orderings:focus {
            width: 36; max-width: 100%; height: auto; max-height: 100%; border: round $border; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $text-muted;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "Close", show=False, priority=True),
        *(Binding(key, f"choose('{ordering}')", show=False, priority=True) for key, ordering in KEYS.items()),
    ]

    def __init__(self, current: str) -> None:
        super().__init__()
        self._current = current

    def compose(self) -> ComposeResult:
        """Yield the list."""
        orderings = LinkList(id="orderings")
        orderings.border_title = "Group the records"
        orderings.border_subtitle = "enter chooses, esc closes"
        yield orderings

    def on_mount(self) -> None:
        """List the orderings, with the current one selected."""
        orderings = self.query_one(LinkList)
        orderings.show(page(self._current))
        orderings.select(ORDERINGS.index(self._current))

    @on(LinkList.Followed)
    def _choose(self, event: LinkList.Followed) -> None:
        self.dismiss(event.target)

    def action_choose(self, ordering: str) -> None:
        """Dismiss with an ordering."""
        self.dismiss(ordering)
