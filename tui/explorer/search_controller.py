"""Controller of the search: connects panel, worker, document and navigator of the main screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui import address
from tui.address import Address
from tui.corpus import safe
from tui.explorer.history import Visit
from tui.explorer.panes import Mode, Pane, Panes, PaneState
from tui.explorer.search_session import SearchReturnState, SearchSession
from tui.explorer.worker import FAILURES, failure
from tui.pages.layout import TOP

if TYPE_CHECKING:
    from tui.catalogue.reader import CatalogueReader
    from tui.explorer.navigator import Navigator
    from tui.explorer.notices import Notices
    from tui.explorer.presenter import DocumentPresenter
    from tui.explorer.tree_presenter import TreePresenter
    from tui.explorer.widgets.search_panel import SearchPanel
    from tui.explorer.worker import SearchWorker, SearchWorkers
    from tui.search.stages import SearchAnswer


class SearchController:
    """Opens, runs and leaves the search. The panel is made after the first frame, or when it is first needed."""

    panel: SearchPanel

    def __init__(
        self,
        catalogue: CatalogueReader,
        panes: Panes,
        presenter: DocumentPresenter,
        navigator: Navigator,
        tree: TreePresenter,
        notices: Notices,
        workers: SearchWorkers,
    ) -> None:
        self.session = SearchSession()
        self._catalogue = catalogue
        self._panes = panes
        self._presenter = presenter
        self._navigator = navigator
        self._tree = tree
        self._notices = notices
        self._workers = workers
        self._returned_to: Visit | None = None  # the visit to the panel, if it was opened by going back
        self._wanted = ""  # id of the result of that visit, until it is listed

    @property
    def _worker(self) -> SearchWorker:
        return self._workers.get("search")

    # -- opening and leaving

    async def mount(self) -> None:
        """Make the panel, unless keys that came early have done so."""
        if not self._panes.has("search"):
            from tui.explorer.widgets.search_panel import SearchPanel
            from tui.pages.examples import examples

            count = self._catalogue.counts()["agreement"]
            self.panel = SearchPanel(count, examples(self._catalogue), self.answer_now, self.open_result, id="search")
            await self._panes.mount(self.panel, before="#tree")

    async def open(self) -> None:
        """Open the panel and keep what the screen shows now, to be restored by `abandon`."""
        await self.mount()
        self._begin()
        self.panel.open()

    def _begin(self) -> None:
        panes = self._panes
        if not panes.is_searching:
            presenter = self._presenter
            passage, _ = panes.document.passages
            before = panes.state._replace(mode=Mode.READING)
            self.session.begin(
                SearchReturnState(
                    presenter.visit, before, panes.focused, presenter.query, passage, self.session.results
                )
            )
            panes.state = PaneState(Mode.SEARCHING)
            self.panel.show_order("")

    def open_result(self, agreement_id: str) -> None:
        """Leave the search for one of its results."""
        self._show_hit(agreement_id)
        order = self.session.order
        before = self._accept()
        if self.session.text.strip():
            query = Address("search", (self.session.text,))
            self._navigator.keep(Visit(query, TOP, agreement_id, order))
        self._tree.move_cursor_to(agreement_id)
        self._panes.state = PaneState(zoom=Pane.DOCUMENT if before and before.panes.zoom else None)
        self._panes.go_to(Pane.DOCUMENT)

    def accept_preview(self) -> None:
        """End a search, if one is open, at the result on show. The caller changes the mode."""
        if self._panes.is_searching:
            self._accept()

    def _accept(self) -> SearchReturnState | None:
        """End the search and keep the visit before it in the history. Return the state before the search."""
        before = self.session.accept()
        if before and not self._put_back():
            self._navigator.keep(before.visit)
        return before

    def _put_back(self) -> bool:
        """Put the visit to the panel back in the history, if it was opened by going back. Return whether it was."""
        visit, self._returned_to, self._wanted = self._returned_to, None, ""
        if visit:
            self._navigator.put_back(visit)
        return visit is not None

    def show_results_of(self, visit: Visit) -> None:
        """Open the panel with the results and the selected one of an earlier visit to it."""
        self._begin()
        self._returned_to, self._wanted = visit, visit.result
        self.session.order = visit.order
        self.panel.show_order(visit.order)
        self.panel.show_query(visit.address.subject[0])
        self.answer_now(self.panel.text)
        self.panel.focus_list()
        self.run()  # for the later stages of the answer

    @property
    def is_returned_to(self) -> bool:
        """Whether the panel was opened by going back."""
        return self._returned_to is not None

    def close_returned_results(self) -> bool:
        """Close the panel if it was opened by going back, and forget that visit. Return whether it was."""
        was_returned_to, self._returned_to = self._returned_to, None
        if was_returned_to:
            self.abandon()
        return was_returned_to is not None

    def abandon(self) -> None:
        """Close the search and restore what the screen showed before it."""
        self._worker.cancel()
        self.panel.remember()
        before = self.session.abandon()
        if before is None:
            return  # not searching
        if before.visit.address != self._navigator.address:
            self._presenter.query = before.query
            self._navigator.return_to(before.visit)
        else:
            self._presenter.mark(before.query)
        self._put_back()
        self._presenter.select_passage(before.passage)
        self._panes.document.go_to(before.visit.position)
        self._panes.state = before.panes
        self._panes.focus(before.focused or Pane.DOCUMENT)

    # -- the query and its answer

    def change_text(self, text: str) -> None:
        """Search for a new text. An empty text only cancels the search."""
        if text != self.session.text:
            self._wanted = ""
        if self.session.change_text(text):
            self.run()
        else:
            self._worker.cancel()

    def run(self) -> None:
        """Search for the text, with the current sort order."""
        from tui.search.stages import SORT_ORDERS, search_answers

        text, order = self.session.text, self.session.order or SORT_ORDERS[0]
        self._worker.submit(lambda searcher: search_answers(searcher, text, order), self.show_answer)

    def answer_now(self, text: str) -> None:
        """Show the first results for a text at once, without the worker: enter opens one of them."""
        from tui.search.stages import SORT_ORDERS, search_answers

        if self.session.change_text(text):
            order = self.session.order or SORT_ORDERS[0]
            try:
                self.show_answer(next(search_answers(self._presenter.searcher, text, order)))
            except FAILURES as error:
                self._notices.show(failure(error))

    def next_order(self) -> None:
        """Search again with the results in the next order; after the last comes the first."""
        self.panel.show_order(self.session.next_order())
        self.run()

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show an answer, unless the text has changed since."""
        if answer.query.text != self.session.text:
            return
        answer = self.session.fullest(answer)
        completes = self.session.take(answer)
        if self._panes.is_searching and not answer.results.found:  # the reader may have gone on already
            self._presenter.mark(None)
        self.panel.show_answer(answer)
        if self._wanted and self.panel.select_result(self._wanted):
            self._wanted = ""
        if completes:  # the first results have been painted, and the preview may take its time
            self.preview()

    def show_facets(self) -> None:
        """Show the facets of the results, or the results again."""
        text = self.session.text
        if not self.show_results():
            self._worker.submit(
                lambda searcher: iter([searcher.facets(searcher.parse(text))]),
                lambda facets: self._show_facets(text, facets),
            )

    def _show_facets(self, text: str, facets: dict[str, list[tuple[str, str, int]]]) -> None:
        """Show facets, unless the text has changed since or the search is closed."""
        if text == self.session.text and self._panes.is_searching:
            self.session.shows_facets = True
            self.panel.show_facets(facets)

    def show_results(self) -> bool:
        """Return from the facets to the results. Return False if the facets are not shown."""
        if not self.session.shows_facets or self.session.answer is None:
            return False
        self.session.shows_facets = False
        self.panel.show_answer(self.session.answer)
        return True

    # -- the document

    def preview(self) -> None:
        """Show the selected result beside the list, at its first hit, if the screen is wide enough."""
        if self._panes.is_searching and self.panel.selected_id and self._panes.document.region.width:
            self._show_hit(self.panel.selected_id)

    def show_selected(self) -> None:
        """Show the selected result."""
        if self.panel.selected_id:
            self._show_hit(self.panel.selected_id)
            self._tree.move_cursor_to(self._presenter.agreement_id)

    def _show_hit(self, agreement_id: str) -> None:
        query, target = self.session.query, self._navigator.with_day(address.agreement(agreement_id))
        if (target, query) == (self._navigator.address, self._presenter.query):
            return  # a later stage of the answer has the same first result
        if target != self._navigator.address:
            self._presenter.query = query
            self._navigator.preview(target)
        else:
            self._presenter.mark(query)
        self._presenter.go_to_passage(1)

    def go_to_passage(self, step: int) -> None:
        """Go to the next or previous passage, or on to the first passage of the next or previous result."""
        if self._presenter.go_to_passage(step):
            return
        neighbour = self.session.neighbour(self._presenter.agreement_id, step)
        if neighbour is None:
            self._notices.show("This is the last passage." if step > 0 else "This is the first passage.")
            return
        summary, number, total = neighbour
        self._navigator.go(address.agreement(summary.id))
        self._presenter.go_to_passage(1)
        self._notices.show(f"On to {safe.quoted(summary.name)}, result {number} of {total}.")
