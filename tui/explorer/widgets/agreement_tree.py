"""Tree of agreements, grouped by era or otherwise. Branches are filled when they are first opened.

Textual's own Tree is not used: it is its largest widget at start (an application with one is ready in 55 ms, a bare one
in 33), and it would need all of 100,000 records at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.catalogue.connection import AgreementSummary
from tui.explorer import render
from tui.explorer.bindings import bindings
from tui.explorer.tree_model import Branch, Entry, Row, TreeModel
from tui.explorer.widgets.lines_view import LinesView

MARGIN = 2
"""Lines that are kept in view above and below the cursor."""


class AgreementTree(LinesView):
    """Tree of agreements. Posts `Highlighted` when the cursor moves, `Selected` and `BranchOpened`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("movement", "tree")]

    class Highlighted(Message):
        """The cursor moved to an agreement or a branch."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

        def can_replace(self, message: Message) -> bool:
            """Let a later message replace this one in the queue: a held key posts many."""
            return isinstance(message, AgreementTree.Highlighted)

    class Selected(Message):
        """An agreement was opened."""

        def __init__(self, summary: AgreementSummary) -> None:
            super().__init__()
            self.summary = summary

    class BranchOpened(Message):
        """A branch was opened that has not been filled."""

        def __init__(self, branch: Branch) -> None:
            super().__init__()
            self.branch = branch

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._model = TreeModel()
        self._kinds: dict[str, str] = {}
        self._cursor = 0
        self._hover = -1
        self._entering: Branch | None = None  # the branch to enter once it is filled

    # -- branches and entries

    def show_model(self, model: TreeModel) -> None:
        """Replace all branches by those of a model, with the cursor on the first."""
        self._model = model
        self._cursor, self._hover = 0, -1
        self._changed()
        self.scroll_to_line(0)

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Branches in their order."""
        return self._model.branches

    def entries(self, branch: Branch) -> tuple[Entry, ...]:
        """Return the entries of a branch."""
        return self._model.entries(branch)

    def is_open(self, branch: Branch) -> bool:
        """Return whether the branch's entries are shown."""
        return self._model.is_open(branch)

    def fill(self, branch: Branch, entries: Iterable[Entry], kinds: Mapping[str, str] | None = None) -> None:
        """Set the entries of a branch. `kinds` are those of its agreements, in words, by id."""
        here = self._here
        self._kinds.update(kinds or {})
        self._model.fill(branch, entries)
        self._changed(here)
        if branch == self._entering:
            self._enter(branch)

    def open(self, *branches: Branch) -> None:
        """Open branches. Post `BranchOpened` for those that are not filled."""
        here = self._here
        self._model.open(*branches)
        self._changed(here)
        for branch in branches:
            if not self._model.is_filled(branch):
                self.post_message(self.BranchOpened(branch))

    def close(self, branch: Branch) -> None:
        """Close a branch. A cursor inside moves to the branch."""
        here = self._here
        self._model.close(branch)
        self._changed(here)

    # -- the cursor

    @property
    def cursor_line(self) -> int:
        """Number of the line with the cursor."""
        return self._cursor

    @property
    def last_line(self) -> int:
        """Number of the last line."""
        return len(self._model.rows) - 1

    @property
    def cursor_entry(self) -> Entry | None:
        """Entry under the cursor; None in an empty tree."""
        return self._here.entry if self._here else None

    @property
    def cursor_group(self) -> str | None:
        """Group of the entry under the cursor."""
        row = self._here
        branch = row and (row.entry if isinstance(row.entry, Branch) else row.within)
        return branch.group if branch else None

    def move_cursor_to(self, agreement_id: str, group: str | None = None) -> bool:
        """Move the cursor to an agreement of a filled branch, in this group if it is in several.

        Return False if no filled branch holds it.
        """
        paths = list(self._model.paths(agreement_id))
        if not paths:
            return False
        path = next((path for path in paths if path[0].group == group), paths[0])
        if not all(map(self._model.is_open, path)):
            self.open(*path)
        row = self._model.row_of(agreement_id, path[-1])
        if row is not None:
            self._set_cursor(row)
        return True

    def move_cursor_to_branch(self, group: str) -> None:
        """Move the cursor to the branch of a group, if there is one."""
        for number, row in enumerate(self._model.rows):
            if isinstance(row.entry, Branch) and row.entry.group == group:
                self._set_cursor(number)
                return

    def move_to_first_entry(self) -> None:
        """Move the cursor to the first entry of the first branch if that is open."""
        if self.branches and self.is_open(self.branches[0]) and self.entries(self.branches[0]):
            self._set_cursor(1)

    @property
    def _here(self) -> Row | None:
        rows = self._model.rows
        return rows[self._cursor] if self._cursor < len(rows) else None

    def _changed(self, here: Row | None = None) -> None:
        """Draw the new rows. The cursor stays on the row `here`, or moves to the branch that now hides it."""
        rows = self._model.rows
        self._cursor = max(0, min(self._cursor, len(rows) - 1))
        while here is not None:
            if here in rows:
                self._cursor = rows.index(here)
                break
            here = next((row for row in rows if row.entry == here.within), None) if here.within else None
        self.set_lines(len(rows))
        self.keep_in_view(self._cursor)

    def _set_cursor(self, line: int) -> None:
        before, self._cursor = self._cursor, max(0, min(line, self.last_line))
        self._set_hover(-1)  # the lines may move under the mouse
        self.refresh_line(before)
        self.refresh_line(self._cursor)
        self.keep_in_view(self._cursor, MARGIN)

    def _move(self, line: int) -> None:
        """Move the cursor and post `Highlighted` if it is on another entry."""
        before = self._cursor
        self._set_cursor(line)
        if before != self._cursor:
            self._highlight()

    def _highlight(self) -> None:
        if self.cursor_entry is not None:
            self.post_message(self.Highlighted(self.cursor_entry))

    def _enter(self, branch: Branch) -> None:
        """Move from an open branch to its first entry, or do so once it is filled if the cursor is still there."""
        self._entering = None if self._model.is_filled(branch) else branch
        if self.cursor_entry == branch and self.entries(branch):
            self._move(self._cursor + 1)

    # -- drawing

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        number = self.scroll_offset.y + y
        rows = self._model.rows
        if number >= len(rows):
            return self.strip(y, ())
        row = rows[number]
        over = ("cursor" if self.has_focus else "resting") if number == self._cursor else ""
        over = over or ("hover" if number == self._hover else "")
        is_open = isinstance(row.entry, Branch) and self._model.is_open(row.entry)
        kind = "" if isinstance(row.entry, Branch) else self._kinds.get(row.entry.id, "")
        return self.strip(y, render.tree_row(row, is_open, self._drawn_width, self.role_styles, over, kind))

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Keep the cursor in view in a pane of another height."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self.keep_in_view(self._cursor)
        return changed

    # -- mouse

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Highlight the line under the pointer."""
        self._set_hover(self.scroll_offset.y + event.get_content_offset_capture(self).y)

    def on_leave(self) -> None:
        """Remove the highlight of the line under the pointer."""
        self._set_hover(-1)

    def _set_hover(self, line: int) -> None:
        if line != self._hover:
            before, self._hover = self._hover, line
            self.refresh_line(before)
            self.refresh_line(line)

    def on_click(self, event: events.Click) -> None:
        """Open the agreement, or open or close the branch, under the pointer."""
        line = self.scroll_offset.y + event.get_content_offset_capture(self).y
        if not 0 <= line <= self.last_line or not self.is_click_on_line(event):
            return
        self._set_cursor(line)
        entry = self.cursor_entry
        if isinstance(entry, Branch):
            self._highlight()
            self._toggle(entry)
        else:
            self.action_open()

    # -- actions (tui.actions lists their keys)

    def action_up(self) -> None:
        """Move the cursor up by a line."""
        self._move(self._cursor - 1)

    def action_down(self) -> None:
        """Move the cursor down by a line."""
        self._move(self._cursor + 1)

    def action_page_up(self) -> None:
        """Move the cursor up by a page."""
        self._move(self._cursor - self._page)

    def action_page_down(self) -> None:
        """Move the cursor down by a page."""
        self._move(self._cursor + self._page)

    def action_top(self) -> None:
        """Move the cursor to the first line."""
        self._move(0)

    def action_bottom(self) -> None:
        """Move the cursor to the last line."""
        self._move(self.last_line)

    @property
    def _page(self) -> int:
        return max(1, self.size.height - 1)

    def action_open(self) -> None:
        """Open the agreement; open a branch and move to its first entry, or close it."""
        entry = self.cursor_entry
        if isinstance(entry, AgreementSummary):
            self.post_message(self.Selected(entry))
        elif entry is not None:
            self._toggle(entry)
            if self.is_open(entry):
                self._enter(entry)

    def _toggle(self, branch: Branch) -> None:
        if self.is_open(branch):
            self.close(branch)
        else:
            self.open(branch)

    def action_unfold(self) -> None:
        """Open the branch or the agreement under the cursor. In an open branch move to its first entry."""
        entry = self.cursor_entry
        if isinstance(entry, Branch) and self.is_open(entry):
            if self.entries(entry):
                self.action_down()
        else:
            self.action_open()

    def action_fold(self) -> None:
        """Close the open branch under the cursor, or move to the branch that contains it."""
        here = self._here
        if here is None:
            return
        if isinstance(here.entry, Branch) and self.is_open(here.entry):
            self.close(here.entry)
        elif here.within is not None:
            self._move(next(number for number, row in enumerate(self._model.rows) if row.entry == here.within))
