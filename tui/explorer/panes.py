"""Panes of the main screen. Their state is one value, from which the style classes of the screen are derived."""

from __future__ import annotations

from collections.abc import Container
from enum import Enum
from typing import Any, NamedTuple

from textual.screen import Screen
from textual.widget import Widget

from tui.explorer.widgets.agreement_tree import AgreementTree
from tui.explorer.widgets.document_view import DocumentView
from tui.explorer.widgets.link_list import LinkList
from tui.explorer.widgets.page_view import PageView

CLAIMS_WIDTH = 160
"""Width in cells from which the claims have a pane of their own."""
BREAKPOINTS = [(0, "-one"), (80, "-two"), (110, "-three"), (CLAIMS_WIDTH, "-four")]
"""Pairs of a width in cells and the style class that Textual gives a screen of this width or more.

The class names the number of panes for which there is room.
"""


class Mode(Enum):
    """Task of the screen; the value is its style class, if it has one."""

    READING = ""
    SEARCHING = "-searching"
    FINDING = "-finding"


class Drawer(Enum):
    """Pane opened over the document on a screen too narrow for both; the value is its style class, if it has one."""

    NONE = ""
    TREE = "-tree-open"
    LINKS = "-links-open"


class Pane(Enum):
    """Pane that can have the focus and the whole screen; the value is the id of its widget."""

    TREE = "tree"
    DOCUMENT = "document"
    LINKS = "links"
    CLAIMS = "claims"


COMPANIONS = (Pane.LINKS, Pane.CLAIMS)
"""Panes about the address on show. They are absent while they have nothing to say about it."""


class PaneState(NamedTuple):
    """Mode, open drawer, and the pane that has the whole screen, if any."""

    mode: Mode = Mode.READING
    drawer: Drawer = Drawer.NONE
    zoom: Pane | None = None

    @property
    def classes(self) -> set[str]:
        """Style classes of the screen in this state."""
        zoom = ("-zoomed", _zoom_class(self.zoom)) if self.zoom else ()
        return {name for name in (self.mode.value, self.drawer.value, *zoom) if name}


def _zoom_class(pane: Pane) -> str:
    return f"-zoom-{pane.value}"


_CLASSES = {name for drawer in Drawer for mode in Mode for name in PaneState(mode, drawer).classes}
_CLASSES |= {name for pane in Pane for name in PaneState(zoom=pane).classes}


class Panes:
    """State and focus of the panes of a screen."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._state = PaneState()

    @property
    def state(self) -> PaneState:
        """Mode, drawer and zoom. Only setting it changes which panes are visible."""
        return self._state

    @state.setter
    def state(self, state: PaneState) -> None:
        self._state = state
        self._screen.remove_class(*_CLASSES - state.classes)
        self._screen.add_class(*state.classes)

    @property
    def is_searching(self) -> bool:
        """Whether the search panel is open."""
        return self._state.mode is Mode.SEARCHING

    @property
    def columns(self) -> int:
        """Number of panes for which the screen is wide enough, 1 to 4."""
        names = (name for _, name in BREAKPOINTS)
        return next((number for number, name in enumerate(names, 1) if self._screen.has_class(name)), len(BREAKPOINTS))

    @property
    def tree_height(self) -> int:
        """Number of lines of the tree when it is in view: all but its border, the keys, and a banner."""
        return self._screen.app.size.height - 2 - len(self._screen.query("#banner"))

    # -- panes about the address on show

    def show_companions(self, present: Container[Pane]) -> None:
        """Show those panes about the address on show that are present; the document takes the room of the others."""
        absent = {pane for pane in COMPANIONS if pane not in present}
        side = self._screen.query_one("#side")  # to restyle the whole screen would cost 10 ms a key
        for pane in COMPANIONS:
            side.set_class(pane in absent, f"-no-{pane.value}")
        if self._state.zoom in absent:
            self.state = self._state._replace(zoom=Pane.DOCUMENT)
        if self._state.drawer is Drawer.LINKS and Pane.LINKS in absent:
            self.state = self._state._replace(drawer=Drawer.NONE)
        if self.focused in absent:
            self.focus(Pane.DOCUMENT)

    @property
    def has_room_for_claims(self) -> bool:
        """Whether the screen is wide enough for the pane of the claims."""
        return self.columns == len(BREAKPOINTS)

    def is_absent(self, pane: Pane) -> bool:
        """Return whether a pane has nothing to say about the address on show."""
        return self._screen.query_one("#side").has_class(f"-no-{pane.value}")

    # -- widgets

    @property
    def tree(self) -> AgreementTree:
        """The tree of agreements."""
        return self._screen.query_one("#tree", AgreementTree)

    @property
    def document(self) -> DocumentView:
        """The document."""
        return self._screen.query_one("#document", DocumentView)

    @property
    def links(self) -> LinkList:
        """The cross-links."""
        return self._screen.query_one("#links", LinkList)

    @property
    def claims(self) -> PageView | None:
        """The claims, once the screen has been wide enough for them."""
        return next(iter(self._screen.query("#claims").results(PageView)), None)

    def has(self, widget_id: str) -> bool:
        """Return whether the screen has a widget of this id."""
        return bool(self._screen.query(f"#{widget_id}"))

    async def mount(self, widget: Widget, before: str | None = None) -> None:
        """Add a widget to the screen, in front of the one that a selector names or at the end."""
        await self._screen.mount(widget, before=before)

    def add_claims(self) -> PageView:
        """Add the pane of the claims and return it."""
        pane = PageView(id="claims")
        self._screen.query_one("#side").mount(pane)
        return pane

    # -- focus

    @property
    def focused(self) -> Pane | None:
        """The pane that has the focus; None if another widget has it."""
        widget = self._screen.focused
        return next((pane for pane in Pane if widget and widget.id == pane.value), None)

    def focus(self, pane: Pane) -> None:
        """Focus a pane, or the document if that pane has not been mounted."""
        widgets = self._screen.query(f"#{pane.value}")
        self._screen.set_focus(widgets.first(Widget) if widgets else self.document)

    def go_to(self, pane: Pane) -> None:
        """Return to reading, in a pane. Opens its drawer on a narrow screen; a zoom moves to the pane."""
        drawer = Drawer.NONE
        if pane is Pane.LINKS and self.columns <= 2:
            drawer = Drawer.LINKS
        elif pane is Pane.TREE and self.columns == 1:
            drawer = Drawer.TREE
        self.state = PaneState(Mode.READING, drawer, pane if self._state.zoom else None)
        self.focus(pane)

    def beside(self, pane: Pane, step: int) -> Pane | None:
        """Return the pane left (-1) of a page, or the cross-links right (1) of the document if they are in view."""
        if step < 0:
            return Pane.TREE if pane is Pane.DOCUMENT else Pane.DOCUMENT
        return Pane.LINKS if pane is Pane.DOCUMENT and self._screen.query_one("#links").region else None

    def toggle_zoom(self) -> None:
        """Give the focused pane the whole screen, or end the zoom."""
        self.state = self._state._replace(zoom=None if self._state.zoom else self.focused or Pane.DOCUMENT)

    def keep_focus(self) -> None:
        """Move the focus to a visible pane if a narrower screen has hidden the focused one."""
        focused = self._screen.focused
        if (focused is not None and focused.region) or not self.has("document"):  # not while the screen closes
            return
        if self.is_searching:
            self._screen.set_focus(self._screen.query_one("#query"))
        else:
            self._screen.set_focus(None)
            self.go_to(Pane.DOCUMENT)
