"""Search pane: an input, the list of results, and between them a summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.address import parse
from tui.corpus.plurals import counted
from tui.explorer.bindings import bindings
from tui.explorer.widgets.link_list import LinkList
from tui.explorer.widgets.query_input import QueryInput
from tui.pages.blocks import Page
from tui.pages.examples import Example, beginning
from tui.pages.search import (
    answer_list,
    chips,
    facet_list,
    narrowed,
    narrowings,
    nothing_found,
    result_summary,
    words_and_conditions,
)
from tui.search.stages import SearchAnswer

Listed: TypeAlias = Literal["results", "queries", "groups"]


class SearchPanel(Vertical):
    """Posts the changes of its input and shows the answers. The arrow keys select results while the input has focus."""

    DEFAULT_CSS = """
    SearchPanel {
        display: none;
        layer: panes;
        width: 1fr;
        margin-bottom: 1;
        border-top: solid $border;
        border-title-color: $text-muted;
        padding: 0 0 0 1;
        &:focus-within { border-top: heavy $accent; border-title-color: $foreground; border-title-style: bold; }
        #query { border: none; border-right: solid $border; height: 1; padding: 0; background: $panel; color: $text; }
        #query:focus { background: $panel; background-tint: $foreground 0%; }
        #count { border-right: solid $border; height: auto; max-height: 4; padding-bottom: 1; color: $text-muted; }
        #results, #results:focus { border-top: none; padding: 0; }
    }
    """
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
    class ResultHighlighted(Message):
        """Another result was selected."""

        agreement_id: str

    class FacetsRequested(Message):
        """The facets of the results are requested."""

    class SortRequested(Message):
        """Another order of the results is requested."""

    class FindRequested(Message):
        """A search for the same words in the agreement on show is requested."""

    def __init__(
        self,
        size: int,
        examples: Sequence[Example],
        answer_now: Callable[[str], None],
        open_result: Callable[[str], None],
        *,
        id: str,
    ) -> None:
        """Create a pane for a store of `size` records, that shows examples of queries while none is typed.

        `answer_now` is called with a text if enter is pressed before its answer has come, and shows its results before
        it returns. `open_result` is called with the id of the agreement that is opened.
        """
        super().__init__(id=id)
        self.show_order("")
        self._searched = f"Searches texts, names, claims of {counted(size, 'record')}."
        self._examples = examples
        self._listed: Listed = "queries"
        self._earlier: list[str] = []
        self._answered = ""  # text of the query whose answer is shown
        self._order = ""  # that of the answer
        self._answer_now = answer_now
        self._open_result = open_result
        self._recalled = 0  # how many searches before the present one the input shows
        self._conditions: list[str] = []  # to which the search is narrowed, not in the input
        self._words: dict[str, str] = {}  # of the conditions by which a search could be narrowed
        # Made here: the panel may be asked to show something before they are mounted, or while the program ends.
        self._line = QueryInput(
            lambda _: self._submit(),
            erase=self._widen,
            replaced=lambda: self.set_query(self.words),
            placeholder="words, in any script",
            id="query",
        )
        self._count = Static(id="count", markup=False)
        self._list = LinkList(always_selected=True, id="results")

    def compose(self) -> ComposeResult:
        """Yield the input, the summary and the list."""
        yield self._line
        yield self._count
        yield self._list

    def on_mount(self) -> None:
        """List the examples."""
        if self.children:  # none are mounted while the application ends
            self._show_beginning()

    @property
    def words(self) -> str:
        """Text of the input."""
        return self._line.value

    @property
    def text(self) -> str:
        """Query: the text of the input, and the conditions to which it is narrowed."""
        return narrowed(self.words, self._conditions)

    @property
    def selected_id(self) -> str:
        """Id of the selected result; an empty string if none is selected."""
        target = self._list.selected_target
        return parse(target).agreement_id if target else ""

    def open(self) -> None:
        """Focus the input, with the earlier words selected so that typing replaces them."""
        self.screen.set_focus(self._line)  # not focus(), which is deferred: the next keys may already be queued
        self._line.select_all()

    def show_query(self, query: str) -> None:
        """Replace the query. Conditions at its beginning become what it is narrowed to."""
        self.set_query(*words_and_conditions(query, self._words))

    def set_query(self, words: str, conditions: Sequence[str] = ()) -> None:
        """Replace the words, put the cursor behind them, and replace the conditions to which they are narrowed."""
        before, self._conditions = self.text, list(conditions)
        if self._line.value != words:
            self._line.value = words
        elif self.text != before:
            self._change()
        self._line.cursor_position = len(words)

    def _widen(self) -> None:
        """Remove the last condition to which the search is narrowed."""
        if self._conditions:
            self.set_query(self.words, self._conditions[:-1])

    def focus_list(self) -> None:
        """Focus the list."""
        self.screen.set_focus(self._list)

    def select_result(self, agreement_id: str) -> bool:
        """Select a result. Return False if it is not listed."""
        targets = [parse(link.span.target).agreement_id for link in self._list.page_layout.links]
        if agreement_id in targets:
            self._list.select(targets.index(agreement_id))
        return agreement_id in targets

    def remember(self) -> None:
        """Add the text to the earlier searches."""
        if self.text.strip() and self.text not in self._earlier[-1:]:
            self._earlier.append(self.text)
        self._recalled = 0

    def show_order(self, order: str) -> None:
        """Show the sort order of the results in the title; an empty string stands for the first order."""
        self.border_title = f"Search{f' by {order}' if order else ''}: enter opens, esc closes"

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show an answer. If it is a later stage of the answer on show, the selected result stays selected."""
        listed: Listed = "results" if answer.results.found else "queries"
        again = (self._answered, self._order, self._listed) == (answer.query.text, answer.order, listed)
        self._listed, self._order = listed, answer.order
        self._answered = answer.query.text
        if answer.results.found:
            page = answer_list(answer)
        else:
            page = nothing_found(answer.query.text, answer.suggestions, answer.partial)
        leading = int(bool(answer.signed and answer.results.found))
        if answer.signed:
            condition = answer.signed.text.partition(" ")[0]
            self._words[condition] = f"Signed: {condition.partition(':')[2]}"
        self._show(result_summary(answer), page, again=again, first=leading)

    def show_facets(self, facets: dict[str, list[tuple[str, str, int]]]) -> None:
        """Show the facets of the results. Opening a group narrows the search to it."""
        self._listed = "groups"
        self._words |= narrowings(facets)
        self._show("narrow the search to", facet_list(facets))

    def _show_beginning(self) -> None:
        """Say what is searched, and list earlier searches, the newest first, and examples."""
        self._listed = "queries"
        self._show(self._searched, beginning(self._examples, list(dict.fromkeys(reversed(self._earlier)))))

    def _chips(self) -> Page:
        """Return the conditions to which the search is narrowed, each as a link to the query without it."""
        others = [[other for other in self._conditions if other != each] for each in self._conditions]
        rests = [narrowed(self.words, conditions) for conditions in others]
        return chips([(self._words[each], rest) for each, rest in zip(self._conditions, rests, strict=True)])

    def _show(self, summary: str, page: Page, *, again: bool = False, first: int = 0) -> None:
        above = self._chips() if page and self._listed != "groups" else ()
        if above:
            page, first = (*above, page[0]._replace(above=1), *page[1:]), first + len(above)
        self._count.update(Content(summary))
        if again:
            self._list.reshow(page, first=first)
        else:
            self._list.show(page, first=first)

    @on(Input.Changed, "#query")
    def _on_text_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._change()

    def _change(self) -> None:
        text = self.text
        if self._recalled and text != self._earlier[-self._recalled]:
            self._recalled = 0
        if not text.strip():
            self._answered = text
            self._show_beginning()
        self.post_message(self.QueryChanged(text))

    def _submit(self) -> None:
        text = self.text
        if self._answered != text:
            if not text.strip():  # the list has yet to follow
                return
            self._answer_now(text)
        self._open_target(self._list.selected_target)

    @on(LinkList.Followed, "#results")
    def _on_followed(self, event: LinkList.Followed) -> None:
        event.stop()
        self._open_target(event.target)

    def _open_target(self, target: str) -> None:
        if not target:
            return
        address = parse(target)
        if address.view != "search":
            self.remember()
            self._open_result(address.agreement_id)
            return
        if self._listed == "groups":
            self.set_query(self.words, [*self._conditions, address.subject[0]])
        else:
            self.show_query(address.subject[0].lstrip())
        self._line.focus()

    @on(LinkList.Selected, "#results")
    def _on_selected(self, event: LinkList.Selected) -> None:
        event.stop()
        if agreement_id := parse(event.target).agreement_id:
            self.post_message(self.ResultHighlighted(agreement_id))

    def action_walk(self, step: int) -> None:
        """Select the next or previous item; above the first, recall an earlier search."""
        if step > 0:
            self._list.action_down()
        elif self._list.at_first:
            self._recall()
        else:
            self._list.action_up()

    def _recall(self) -> None:
        """Put the next older search into the input; after the oldest, begin again with the newest, the present text."""
        if not self._recalled:
            self.remember()
            self._recalled = int(bool(self.text.strip()))
        if self._earlier:
            self._recalled = self._recalled % len(self._earlier) + 1
            self.show_query(self._earlier[-self._recalled])
            self._line.focus()

    def action_walk_page(self, step: int) -> None:
        """Select a result about a page below or above."""
        self._list.action_page_down() if step > 0 else self._list.action_page_up()

    def action_open_result(self) -> None:
        """Open the selected result."""
        self._submit()

    def action_narrow(self) -> None:
        """Request the facets of the results, if there is a query."""
        if self.text.strip():
            self.post_message(self.FacetsRequested())

    def action_sort(self) -> None:
        """Request the next sort order, if there is a query."""
        if self.text.strip():
            self.post_message(self.SortRequested())

    def action_here(self) -> None:
        """Request a search for the same words in the agreement on show."""
        self.post_message(self.FindRequested())
