"""The search pane: a line to type in, what was found, and one line that says how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.catalogue.searcher import Offer, Results
from tui.explorer.actions import bindings
from tui.explorer.widgets.page_view import PageView
from tui.explorer.widgets.query_line import QueryLine
from tui.page.blocks import Page
from tui.page.results import narrowing, nothing_found, result_list

Listed: TypeAlias = Literal["results", "queries"]


class SearchPanel(Vertical):
    """Posts what the reader does; shows what the screen hands it; the arrows walk the list while one types."""

    DEFAULT_CSS = """
    SearchPanel {
        display: none;
        width: 1fr;
        #query { border: none; height: 1; padding: 0; background: $panel; }
        #query:focus { background: $panel; background-tint: $foreground 0%; }
        #count { height: 2; color: $foreground 70%; }
        #results { height: 1fr; }
    }
    .-searching SearchPanel { display: block; }
    .-searching.-three SearchPanel, .-searching.-four SearchPanel { width: 48; }
    """
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("search"),
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

    class NarrowWanted(Message):
        """The reader wants to know how the results divide."""

    class SortWanted(Message):
        """The reader wants the results in another order."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._listed: Listed = "results"
        self._earlier: list[str] = []
        self._answered = ""  # the query whose answer is shown
        self._eager = ""  # the query for which enter was pressed before its answer came
        self._recalled = 0  # how many searches back the line stands; 0 for the present one

    def compose(self) -> ComposeResult:
        """A line to type in, the count, the list."""
        yield QueryLine(placeholder="words, in any of the three scripts", id="query", select_on_focus=False)
        yield Static("", id="count", markup=False)
        yield PageView(items=True, always_selected=True, id="results")

    @property
    def text(self) -> str:
        """What is typed."""
        return self._line.value

    @property
    def chosen(self) -> str:
        """The id of the result that is selected, or nothing."""
        return self._list.selected_target if self._listed == "results" else ""

    @property
    def _line(self) -> Input:
        return self.query_one("#query", Input)

    @property
    def _list(self) -> PageView:
        return self.query_one("#results", PageView)

    def open(self) -> None:
        """Put the cursor into the line, the earlier words selected so that typing replaces them."""
        self.screen.set_focus(self._line)  # at once: keys may be on their way
        self._line.select_all()

    def ask(self, query: str) -> None:
        """Put a query into the line, as if it had been typed."""
        self._line.value = query
        self._line.cursor_position = len(query)
        self._line.focus()

    def remember(self) -> None:
        """Keep what is typed among the earlier searches."""
        if self.text.strip() and self.text not in self._earlier[-1:]:
            self._earlier.append(self.text)
        self._recalled = 0

    def show_results(self, typed: str, results: Results | None, searched: str, offers: Sequence[Offer] = ()) -> None:
        """Show what was found for what is typed; `searched` says in words what was looked in."""
        self._listed = "results"
        self._answered = typed
        if not typed.strip() or results is None:
            self._show(searched, ())
        elif results.found:
            more = f", {len(results.found)} shown" if results.total > len(results.found) else ""
            self._show(" · ".join(filter(None, (results.size + more, results.note))), result_list(results.found))
        else:
            self._listed = "queries"
            self._show(results.note or "nothing found", nothing_found(typed, searched, offers))
        eager, self._eager = self._eager, ""
        if eager and eager == typed and self._listed == "results" and self.screen.has_class("-searching"):
            self._choose(self._list.selected_target)

    def show_narrowing(self, facets: dict[str, list[tuple[str, str, int]]]) -> None:
        """Show how the results divide; choosing a division adds it to the query."""
        self._listed = "queries"
        self._show("narrow the search to", narrowing(self.text, facets))

    def _show(self, said: str, page: Page) -> None:
        self.query_one("#count", Static).update(Content(said))
        self._list.show(page)

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._eager = ""
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted, "#query")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._eager = self.text if self._answered != self.text else ""
        if not self._eager:
            self._choose(self._list.selected_target)

    @on(PageView.Followed, "#results")
    def _followed(self, event: PageView.Followed) -> None:
        event.stop()
        self._choose(event.target)

    def _choose(self, target: str) -> None:
        if not target:
            return
        if self._listed == "queries":
            self.ask(target)
        else:
            self.remember()
            self.post_message(self.Chosen(target))

    @on(PageView.Selected, "#results")
    def _passed(self, event: PageView.Selected) -> None:
        event.stop()
        if self._listed == "results":
            self.post_message(self.Passed(event.target))

    def action_walk(self, step: int) -> None:
        """To the next or previous item; above the first, to an earlier search."""
        if step > 0:
            self._list.action_down()
        elif self._list.at_first:
            self._recall()
        else:
            self._list.action_up()

    def _recall(self) -> None:
        if self._recalled < len(self._earlier):
            self._recalled += 1
            self.ask(self._earlier[-self._recalled])

    def action_walk_page(self, step: int) -> None:
        """A page of results further or back."""
        self._list.action_page_down() if step > 0 else self._list.action_page_up()

    def action_narrow(self) -> None:
        """Ask how the results divide."""
        self.post_message(self.NarrowWanted())

    def action_sort(self) -> None:
        """Ask for another order."""
        self.post_message(self.SortWanted())
