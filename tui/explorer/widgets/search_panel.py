"""The search pane: a line to type in, what was found, and one line that says how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tui.catalogue.searcher import Results
from tui.explorer.widgets.page_view import PageView
from tui.page.blocks import Page
from tui.page.results import nothing_found, result_list


class SearchPanel(Vertical):
    """Posts `Typed` with each change; shows what the screen hands it; the arrows walk the list while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "walk(1)", "Next", key_display="↓"),
        Binding("up", "walk(-1)", "Previous", key_display="↑"),
        Binding("escape", "screen.out", "Close", key_display="esc"),
        Binding("pagedown", "walk_page(1)", show=False),
        Binding("pageup", "walk_page(-1)", show=False),
    ]

    @dataclass
    class Typed(Message):
        """The query has changed."""

        text: str

    @dataclass
    class Chosen(Message):
        """A result was chosen."""

        id: str

    @dataclass
    class Passed(Message):
        """The cursor moved to another result."""

        id: str

    def compose(self) -> ComposeResult:
        """A line to type in, the count, the list."""
        yield Input(placeholder="words, in any of the three scripts", id="query", select_on_focus=False)
        yield Static("", id="count", markup=False)
        yield PageView(items=True, always_selected=True, id="results")

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one("#query", Input).value

    @property
    def chosen(self) -> str:
        """The id of the result that is selected, or nothing."""
        return self.query_one("#results", PageView).selected_target

    def open(self) -> None:
        """Put the cursor into the line, the earlier words selected so that typing replaces them."""
        line = self.query_one("#query", Input)
        line.focus()
        line.select_all()

    def show_results(self, typed: str, results: Results | None, searched: str) -> None:
        """Show what was found for what is typed; `searched` says in words what was looked in."""
        count = self.query_one("#count", Static)
        if not typed.strip() or results is None:
            count.update(searched)
            page: Page = ()
        elif not results.found:
            count.update(results.note or "nothing found")
            page = nothing_found(typed, searched)
        else:
            number = f"{results.total:,} agreement{'s' if results.total != 1 else ''}"
            more = f", the best {len(results.found)} shown" if results.total > len(results.found) else ""
            count.update(" · ".join(filter(None, (number + more, results.note))))
            page = result_list(results.found)
        self.query_one("#results", PageView).show(page)

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted, "#query")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.chosen:
            self.post_message(self.Chosen(self.chosen))

    @on(PageView.Followed, "#results")
    def _followed(self, event: PageView.Followed) -> None:
        event.stop()
        self.post_message(self.Chosen(event.target))

    @on(PageView.Selected, "#results")
    def _passed(self, event: PageView.Selected) -> None:
        event.stop()
        self.post_message(self.Passed(event.target))

    def action_walk(self, step: int) -> None:
        """To the next or previous result."""
        results = self.query_one("#results", PageView)
        results.action_down() if step > 0 else results.action_up()

    def action_walk_page(self, step: int) -> None:
        """A page of results further or back."""
        results = self.query_one("#results", PageView)
        results.action_page_down() if step > 0 else results.action_page_up()
