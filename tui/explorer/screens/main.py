"""The main screen: tree, document, cross-links, claims, search and find bar."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from tui import address
from tui.actions import ACTIONS, Action, chief_key
from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CatalogueReader
from tui.explorer.address_controller import AddressController
from tui.explorer.bindings import bindings, bindings_of_footer, fitting
from tui.explorer.display import MainDisplay
from tui.explorer.find_controller import FindController
from tui.explorer.history import Visit
from tui.explorer.navigator import START, Navigator
from tui.explorer.notices import Notices, problems_banner
from tui.explorer.panes import BREAKPOINTS, CLAIMS_WIDTH, Drawer, Mode, Pane, Panes, PaneState
from tui.explorer.presenter import DocumentPresenter
from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.search_controller import SearchController
from tui.explorer.tree_presenter import TreePresenter
from tui.explorer.widgets.agreement_tree import AgreementTree
from tui.explorer.widgets.document_view import DocumentView
from tui.explorer.widgets.link_list import LinkList
from tui.explorer.widgets.page_view import PageView
from tui.explorer.worker import SearchWorker, SearchWorkers
from tui.pages.layout import TOP, TextPosition

if TYPE_CHECKING:
    from tui.explorer.widgets.find_bar import FindBar
    from tui.explorer.widgets.search_panel import SearchPanel


class MainScreen(IgnoreStaleResize, Screen[None]):
    """Main screen of the explorer. Widgets post messages to it, and it decides what the panes show."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reading")]
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    REST: ClassVar[float] = 0.2
    """Seconds after which an address on show counts as visited, and the agreements nearest to it are looked up."""

    def __init__(
        self,
        catalogue: CatalogueReader,
        first: Address = START,
        actions: Sequence[Action] = ACTIONS,
        start_position: TextPosition = TOP,
        ordering: str = "",
    ) -> None:
        """Create a screen that begins at the address `first`; the start page begins at `start_position`.

        `actions` have the keys of the reader's keymap. `ordering` is that of the tree; the first one if it is unknown.
        """
        super().__init__()
        self.is_filled = False
        """Whether an address is on show; not yet while the screen is being mounted."""
        self._catalogue = catalogue
        self._first = first
        self._actions = actions
        self._start_position = start_position
        self._first_ordering = ordering
        self._notices = Notices(self)
        self._workers = SearchWorkers(self, catalogue)
        self._panes = Panes(self)

    def compose(self) -> ComposeResult:
        """Yield the panes from left to right. The style sheet hides those for which the screen is too narrow."""
        width = self.app.size.width
        self.add_class(
            [name for least, name in BREAKPOINTS if width >= least][-1]
        )  # Textual does so after a first layout
        if problems := self._catalogue.problem_count():
            yield problems_banner(problems, self._key("problems"))
        yield AgreementTree(id="tree")
        yield DocumentView(id="document")
        with Vertical(id="side"):
            yield LinkList(id="links")
            if width >= CLAIMS_WIDTH:
                yield PageView(id="claims")

    def on_mount(self) -> None:
        """Fill the panes; footer, search and find bar follow once the first frame is painted."""
        panes = self._panes
        self._tree = TreePresenter(self._catalogue, panes.tree, lambda: panes.tree_height, self._first_ordering)
        self._presenter = DocumentPresenter(self._catalogue, panes.document, panes.links, self._actions)
        if panes.claims:
            self._presenter.add_claims_pane(panes.claims)
        self._navigator = Navigator(
            MainDisplay(
                self,
                panes,
                self._presenter,
                self._tree,
                self._settle,
                lambda: self.REST,
                lambda visit: self._search.show_results_of(visit),
            )
        )
        self._search = SearchController(
            self._catalogue, panes, self._presenter, self._navigator, self._tree, self._notices, self._workers
        )
        self._find = FindController(panes, self._presenter)
        self.addresses = AddressController(
            self, self._presenter, self._navigator, self._notices, partial(self.action_pane, "document")
        )
        self.call_after_refresh(self._mount_the_rest)
        self._tree.rebuild(self._first.agreement_id)
        panes.focus(Pane.DOCUMENT if panes.columns == 1 else Pane.TREE)
        if self._first != START:
            self._navigator.start_at(self._first)
            self.addresses.show_notice()
            panes.focus(Pane.DOCUMENT)
        if self._presenter.address == START:
            self._navigator.start_at(START, self._start_position)
        self.is_filled = True

    async def _mount_the_rest(self) -> None:
        """Mount what the first frame does not need, unless the reader has already left."""
        from tui.explorer.widgets.key_footer import KeyFooter

        if self.is_attached:
            await self.mount(KeyFooter(show_command_palette=False, compact=True))
            self.refresh_bindings()
        if self.is_attached:
            await self._search.mount()
        if self.is_attached:
            await self._find.mount()

    def on_unmount(self) -> None:
        """Cancel the queries under way, which would keep the program from ending."""
        self._workers.cancel_all()

    def on_resize(self, event: events.Resize) -> None:
        """Add the claims when there is first room for them, and keep the focus visible."""
        if event.size.width >= CLAIMS_WIDTH and not self._panes.claims:
            self._presenter.add_claims_pane(self._panes.add_claims())
            self._panes.show_companions(self._presenter.companions)
        self.call_after_refresh(self._panes.keep_focus)
        self.refresh_bindings()

    def on_mouse_down(self) -> None:
        """Clear the notice."""
        self.clear_notice()

    def clear_notice(self) -> None:
        """Remove the notice in the row of the footer, if there is one."""
        self._notices.clear()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that the footer shows."""
        more = [
            *(["tree"] if self._panes.columns == 1 else []),
            *(["next-hit", "out"] if self._panes.document.passages[1] else []),
        ]
        active = bindings_of_footer(super().active_bindings, self.focused, more)
        return fitting(active, self.size.width, self.app.get_key_display)

    def show_notice(self, sentence: str) -> None:
        """Show a sentence in place of the notice before it."""
        self._notices.show(sentence)

    def _key(self, action_id: str) -> str:
        return next(chief_key(action) for action in self._actions if action.id == action_id)

    # -- showing an address

    @property
    def visit(self) -> Visit:
        """The address on show, and the text position at the top of the document."""
        return self._presenter.visit

    @property
    def ordering(self) -> str:
        """Name of the ordering of the tree."""
        return self._tree.ordering

    def _settle(self, target: Address) -> None:
        """Count the address on show as visited, and add the nearest agreements to the cross-links."""
        self._navigator.settle()
        if not target.agreement_id:
            return
        self._workers.get("near").submit(
            lambda searcher: iter([searcher.nearest(target.agreement_id, 8)]),
            partial(self._presenter.add_nearest, target),
        )

    def titled(self, words: str) -> list[AgreementSummary]:
        """Return the agreements whose titles contain these words."""
        return self._presenter.searcher.titled(words)

    # -- messages

    @on(AgreementTree.BranchOpened)
    def _fill_branch(self, event: AgreementTree.BranchOpened) -> None:
        self._tree.fill(event.branch)

    @on(AgreementTree.Highlighted)
    def _preview(self, event: AgreementTree.Highlighted) -> None:
        target = self._tree.address_of(event.entry)
        if target:
            self._navigator.preview_later(target)
            self.call_after_refresh(self._navigator.show_pending)

    @on(AgreementTree.Selected)
    def _open_selected(self, event: AgreementTree.Selected) -> None:
        self.addresses.open(address.agreement(event.summary.id))

    @on(PageView.Followed, "#document, #links, #claims")
    def _follow(self, event: PageView.Followed) -> None:
        self.addresses.follow(event.target)

    @on(PageView.LinksEnded, "#document, #links, #claims")
    def _go_beside(self, event: PageView.LinksEnded) -> None:
        pane = self._panes.beside(Pane(event.view.id), event.step)
        if pane:
            self.action_pane(pane.value)
        else:
            self._notices.show("There is no further link in view.")

    def on_search_worker_answered(self, event: SearchWorker.Answered) -> None:
        """Pass an answer to the callback of its query."""
        event.callback(event.answer)

    def on_search_worker_failed(self, event: SearchWorker.Failed) -> None:
        """Show why there is no answer."""
        self._notices.show(event.sentence)

    def on_search_panel_query_changed(self, event: SearchPanel.QueryChanged) -> None:
        """Search for the new text."""
        self._search.change_text(event.text)

    def on_search_panel_result_highlighted(self, event: SearchPanel.ResultHighlighted) -> None:
        """Preview the result once the list is painted."""
        self.call_after_refresh(self._search.preview)

    def on_search_panel_facets_requested(self) -> None:
        """Show the facets of the results."""
        self._search.show_facets()

    def on_search_panel_sort_requested(self) -> None:
        """Sort the results by the next order."""
        self._search.next_order()

    async def on_search_panel_find_requested(self) -> None:
        """Find the words of the query in the selected result."""
        self._search.show_selected()
        await self.action_find(self._search.panel.words)

    def on_find_bar_words_changed(self, event: FindBar.WordsChanged) -> None:
        """Mark the words in the document."""
        self._find.change_text(event.text)

    def on_find_bar_stepped(self, event: FindBar.Stepped) -> None:
        """Go to the next or previous passage with a hit."""
        self._presenter.go_to_passage(event.step)

    def on_find_bar_abandoned(self) -> None:
        """Return to the document without the marks."""
        self._find.close(keeps_hits=False)

    async def on_find_bar_search_requested(self, event: FindBar.SearchRequested) -> None:
        """Search all agreements for the words."""
        await self.search_for(event.text)

    # -- actions: where to go

    def action_back(self) -> None:
        """Return to the visit before; from the search to what was before it."""
        if self._panes.is_searching and not self._search.close_returned_results():
            self._search.abandon()
        elif not self._navigator.back():
            self._notices.show("This is where you began.")

    def action_forward(self) -> None:
        """Return to the visit that was left by going back; from results that were gone back to, to what was left."""
        if self._panes.is_searching:
            is_ahead = self._search.is_returned_to
            self._search.abandon()
            if is_ahead:
                return
        if not self._navigator.forward():
            self._notices.show("There is nothing further ahead.")

    def action_start(self) -> None:
        """Show the start page."""
        self._navigator.go(START)

    def action_clear_day(self) -> None:
        """Clear the day that is set."""
        if not self._navigator.clear_day():
            self._notices.show("No day is set.")

    def action_neighbour(self, step: int) -> None:
        """Open the agreement next to this one in the tree's order."""
        agreement_id = self._tree.neighbour(self._presenter.agreement_id, step)
        if agreement_id is not None:
            self.addresses.show(address.agreement(agreement_id))
        elif self._presenter.address == START:
            self._notices.show("There is nothing before the start page.")
        else:
            self._notices.show("This is the last record." if step > 0 else "This is the first record.")

    def action_heading(self, step: int) -> None:
        """Go to the next or previous heading."""
        if not self._panes.document.go_to_next(step, section=True):
            self._notices.show("There is no further heading." if step > 0 else "There is no heading before.")

    def action_provision(self, step: int) -> None:
        """Go to the next or previous provision."""
        if not self._panes.document.go_to_next(step, section=False):
            self._notices.show("There is no further provision." if step > 0 else "There is no provision before.")

    def action_follow(self) -> None:
        """Put a letter on every link in view. The next key follows the link with its letter."""
        from tui.explorer.screens.link_letters import choose_link

        if not choose_link(
            self, [view for view in self.query(PageView) if view.id != "results"], self.addresses.follow
        ):
            links = f"; {self._key('links')} has the cross-links" if Pane.LINKS in self._presenter.companions else ""
            self._notices.show(f"There is no link in view{links}.")

    # -- actions: search and find

    async def action_search(self) -> None:
        """Open the search."""
        await self._search.open()

    async def search_for(self, text: str) -> None:
        """Open the search with a query."""
        await self.action_search()
        self._search.panel.show_query(text)

    async def action_alike(self) -> None:
        """Search for the words that set this agreement apart."""
        shown = self._presenter.agreement_id
        terms = self._presenter.searcher.key_terms(shown) if shown else []
        if terms:
            await self.search_for(" OR ".join(terms))
        else:
            self._notices.show("Open a record first.")

    async def action_find(self, text: str | None = None) -> None:
        """Find words in the agreement on show: this text, or what was found last."""
        if not self._presenter.agreement_id:
            self._notices.show("Open a record first.")
            return
        self._search.accept_preview()
        self._search.session.results = None  # n and N walk the hits found here
        await self._find.open(text)

    def action_hit(self, step: int) -> None:
        """Go to the next or previous passage of the last search, or on to the next or previous result."""
        if not self._presenter.query:
            self._notices.show(f"Search first: press {self._key('search')}.")
        else:
            if not self._panes.document.region:
                self.action_pane("document")
            self._search.go_to_passage(step)

    # -- actions: panes

    def action_pane(self, name: str) -> None:
        """Leave search and find bar for a pane, or for the claims on the page where there is no room for their pane."""
        pane, position = Pane(name), None
        is_there = not self._panes.is_absent(pane)
        if pane is Pane.CLAIMS and not self._panes.has_room_for_claims:
            pane, position = Pane.DOCUMENT, self._panes.document.page_layout.position_of_place(".claims")
            is_there = position is not None or self.visit.address.view == "claims"
        if not is_there:
            self._notices.show(f"There are no {'cross-links' if name == 'links' else name} for this page.")
            return
        self._search.accept_preview()
        self._panes.go_to(pane)
        if position:
            self._panes.document.go_to(position)

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, or end the zoom."""
        self._panes.toggle_zoom()

    def action_out(self) -> None:
        """Leave find bar, search, zoom, drawer or hits, the first of these that is open; else go to the tree."""
        match self._panes.state:
            case PaneState(mode=Mode.FINDING):
                self._find.close(keeps_hits=False)
            case PaneState(mode=Mode.SEARCHING):
                if not self._search.show_results():
                    self._search.abandon()
            case PaneState(zoom=Pane()):
                self._panes.toggle_zoom()
            case PaneState(drawer=Drawer.TREE | Drawer.LINKS):
                self.action_pane("document")
            case _ if self._presenter.query:
                self._presenter.mark(None)
            case _:
                self.action_pane("tree")

    def action_order(self) -> None:
        """Choose how the tree groups the records."""
        from tui.explorer.screens.ordering import OrderingModal

        self.app.push_screen(OrderingModal(self._tree.ordering), self._choose_ordering)

    def _choose_ordering(self, ordering: str | None) -> None:
        if ordering:
            self._tree.choose(ordering, self._presenter.agreement_id)

    def action_marks(self) -> None:
        """Explain the marks of doubt."""
        self.addresses.open_modal(Address("marks"), shown=self._panes.document.signs_in_view)

    def action_problems(self) -> None:
        """List the records that could not be read."""
        self.addresses.open_modal(Address("problems"))
