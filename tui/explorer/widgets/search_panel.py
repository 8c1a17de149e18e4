"""The search pane: a line to type in, what was found, and one line that says how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.explorer.bindings import bindings
from tui.explorer.widgets.link_list import LinkList
from tui.explorer.widgets.query_input import QueryInput
from tui.pages.blocks import Page
from tui.pages.search import narrowing, nothing_found, result_list, result_summary
from tui.search.stages import SearchAnswer

Listed: TypeAlias = Literal["results", "queries", "groups"]


class SearchPanel(Vertical):
    """Posts what the reader does; shows what the screen hands it; the arrows walk the list while one types."""

    DEFAULT_CSS = """
    SearchPanel {
        display: none;
        layer: panes;
        width: 1fr;
        margin-bottom: 1;
        border-top: solid $border;
        border-title-color: $foreground 70%;
        padding: 0 1;
        &:focus-within { border-top: heavy $accent; border-title-color: $accent; border-title-style: bold; }
        #query { border: none; height: 1; padding: 0; background: $panel; }
        #query:focus { background: $panel; background-tint: $foreground 0%; }
        #count { height: 2; color: $foreground 70%; }
        #results, #results:focus { border-top: none; padding: 0; }
    }
    .-searching SearchPanel { display: block; }
    .-searching #tree, .-searching #side, .-searching.-drawer #document, .-searching.-two #document { display: none; }
    .-searching.-four #side { display: block; }
    .-searching.-three SearchPanel, .-searching.-four SearchPanel { width: 48; }
    """
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("search"),
        Binding("pagedown", "walk_page(1)", show=False),
        Binding("pageup", "walk_page(-1)", show=False),
    ]

    @dataclass
    class QueryChanged(Message):
        """The query has changed."""

        text: str

    @dataclass
    class ResultOpened(Message):
        """A result was chosen."""

        id: str

    @dataclass
    class ResultHighlighted(Message):
        """The cursor moved to another result."""

        id: str

    class FacetsRequested(Message):
        """The reader wants to know how the results divide."""

    class SortRequested(Message):
        """The reader wants the results in another order."""

    class FindRequested(Message):
        """The reader wants to look for this in the agreement on show."""

    def __init__(self, agreements: int, texts: int, *, id: str) -> None:
        """`agreements` is how many there are to be searched, `texts` how many of them have their provisions."""
        super().__init__(id=id)
        self.sorted_by("")
        self._searched = f"{agreements:,} agreements, {texts:,} of them with provisions: titles, names, text, claims"
        self._listed: Listed = "results"
        self._earlier: list[str] = []
        self._answered = ""  # the query whose answer is shown
        self._eager = ""  # the query for which enter was pressed before its answer came
        self._recalled = 0  # how many searches back the line stands; 0 for the present one

    def compose(self) -> ComposeResult:
        """A line to type in, the count, the list."""
        yield QueryInput(placeholder="words, in any of the three scripts", id="query", select_on_focus=False)
        yield Static(self._searched, id="count", markup=False)
        yield LinkList(always_selected=True, id="results")

    @property
    def text(self) -> str:
        """What is typed."""
        return self._line.value

    @property
    def chosen(self) -> str:
        """The id of the result that is selected, or nothing."""
        return self._list.selected_target if self._listed == "results" else ""

    @property
    def narrowing(self) -> bool:
        """Whether the list says how the results divide."""
        return self._listed == "groups"

    @property
    def _line(self) -> Input:
        return self.query_one("#query", Input)

    @property
    def _list(self) -> LinkList:
        return self.query_one("#results", LinkList)

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

    def sorted_by(self, order: str) -> None:
        """Say how the results are sorted."""
        self.border_title = f"Search, sorted by {order}" if order else "Search: enter opens, esc closes"

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show what is known of the answer; what comes later of the same answer keeps the place in the list."""
        again = (self._answered, self._listed) == (answer.query.text, "results")
        self._answered = answer.query.text
        if answer.results.found:
            self._listed = "results"
            page = result_list(answer.results.found, by_era=answer.order == "era")
        else:
            self._listed = "queries"
            page = nothing_found(answer.query.text, self._searched, answer.suggestions)
        self._show(result_summary(answer), page, again=again)
        eager, self._eager = self._eager, ""
        if eager and eager == answer.query.text and answer.results.found and self.screen.has_class("-searching"):
            self._choose(self._list.selected_target)

    def show_narrowing(self, facets: dict[str, list[tuple[str, str, int]]]) -> None:
        """Show how the results divide; choosing a group adds it to the query."""
        self._listed = "groups"
        self._show("narrow the search to", narrowing(self.text, facets))

    def _show(self, said: str, page: Page, *, again: bool = False) -> None:
        self.query_one("#count", Static).update(Content(said))
        if again:
            self._list.reshow(page)
        else:
            self._list.show(page)

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._eager = ""
        if self._recalled and event.value != self._earlier[-self._recalled]:
            self._recalled = 0
        if not event.value.strip():
            self._answered = ""
            self._show(self._searched, ())
        self.post_message(self.QueryChanged(event.value))

    @on(Input.Submitted, "#query")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._eager = self.text if self._answered != self.text else ""
        if not self._eager:
            self._choose(self._list.selected_target)

    @on(LinkList.Followed, "#results")
    def _followed(self, event: LinkList.Followed) -> None:
        event.stop()
        self._choose(event.target)

    def _choose(self, target: str) -> None:
        if not target:
            return
        if self._listed != "results":
            self.ask(target)
        else:
            self.remember()
            self.post_message(self.ResultOpened(target))

    @on(LinkList.Selected, "#results")
    def _passed(self, event: LinkList.Selected) -> None:
        event.stop()
        if self._listed == "results":
            self.post_message(self.ResultHighlighted(event.target))

    def action_walk(self, step: int) -> None:
        """To the next or previous item; above the first, to an earlier search."""
        if step > 0:
            self._list.action_down()
        elif self._list.at_first:
            self._recall()
        else:
            self._list.action_up()

    def _recall(self) -> None:
        """To the search before; from the first of all round to the last, which is what was being typed."""
        if not self._recalled:
            self.remember()
            self._recalled = int(bool(self.text.strip()))
        if self._earlier:
            self._recalled = self._recalled % len(self._earlier) + 1
            self.ask(self._earlier[-self._recalled])

    def action_walk_page(self, step: int) -> None:
        """A page of results further or back."""
        self._list.action_page_down() if step > 0 else self._list.action_page_up()

    def action_narrow(self) -> None:
        """Ask how the results divide."""
        self.post_message(self.FacetsRequested())

    def action_sort(self) -> None:
        """Ask for another order."""
        self.post_message(self.SortRequested())

    def action_here(self) -> None:
        """Ask for this in the agreement on show."""
        self.post_message(self.FindRequested())
