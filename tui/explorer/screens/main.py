"""The main screen: era tree, document, cross-links and search. It decides, and owns the history."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from tui import address
from tui.actions import ACTIONS, Action, chief_key
from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CatalogueReader
from tui.corpus import safe
from tui.explorer.bindings import bindings
from tui.explorer.history import Visit
from tui.explorer.navigator import START, Navigator
from tui.explorer.presenter import DocumentPresenter
from tui.explorer.screens.resize import IgnoreStaleResize
from tui.explorer.tree_presenter import TreePresenter
from tui.explorer.widgets.agreement_tree import AgreementTree
from tui.explorer.widgets.link_list import LinkList
from tui.explorer.widgets.page_view import PageView
from tui.explorer.worker import SearchWorker
from tui.pages import start
from tui.pages.blocks import Page
from tui.pages.layout import TOP, TextPosition

if TYPE_CHECKING:
    from tui.explorer.widgets.find_bar import FindBar
    from tui.explorer.widgets.search_panel import SearchPanel
    from tui.search.engine import Results
    from tui.search.stages import SearchAnswer
    from tui.search.syntax import Query

NARROW_KEYS = ("search", "tree", "links", "back", "help", "quit")
"""What the footer shows where it has room for little."""
WIDE = 160
"""From this many cells on, what the sources claim has a pane of its own."""
PANES = ("tree", "document", "links", "claims")


class SearchReturnState(NamedTuple):
    """Where the reader was before searching: the place, the pane with the keys, zoom, drawer, hits, what n walks."""

    place: Visit
    focused: str | None
    zoomed: str
    drawer: str
    query: Query | None
    hit: int
    walked: Results | None


class MainScreen(IgnoreStaleResize, Screen[None]):
    """Widgets post what the reader did; this screen decides and hands pages down."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reading")]
    REST: ClassVar[float] = 0.2
    """Seconds after which the cursor counts as resting, and what is nearest in content is looked for."""
    HORIZONTAL_BREAKPOINTS = [(0, "-drawer"), (60, "-two"), (110, "-three"), (WIDE, "-four")]

    def __init__(
        self,
        catalogue: CatalogueReader,
        first: Address = START,
        actions: Sequence[Action] = ACTIONS,
        start_position: TextPosition = TOP,
    ) -> None:
        """Begin at an address; where it is the start page, from a text position. `actions` have the reader's keys."""
        super().__init__()
        self._actions = actions
        self._first = first
        self._start_position = start_position
        self._catalogue = catalogue
        self._navigator = Navigator(self)
        self._before_search: SearchReturnState | None = None
        self._workers_by_name: dict[str, SearchWorker] = {}
        self._before_find = TOP
        self._spoken = False
        self._search_answer: SearchAnswer | None = None  # the last answer of the search
        self._result_list: Results | None = None  # what n and N walk through
        self._sort = 0
        self._zoomed = ""  # the pane that has the whole screen

    def compose(self) -> ComposeResult:
        """The panes, left to right; style sheet and width decide which are seen."""
        width = self.app.size.width
        self.add_class([name for least, name in self.HORIZONTAL_BREAKPOINTS if width >= least][-1])  # spares a layout
        problems = self._catalogue.problem_count()
        if problems:
            from textual.widgets import Static

            noun = "record" if problems == 1 else "records"
            yield Static(
                f"! {problems} {noun} of this store could not be read: press {self._key('problems')} for the list.",
                id="banner",
                markup=False,
            )
        yield AgreementTree(id="tree")
        yield PageView(signs=True, id="document")
        with Vertical(id="side"):
            yield LinkList(id="links")
            if width >= WIDE:
                yield self._claims_pane()

    def on_mount(self) -> None:
        """Shelve the tree; the rest follows once the first frame is out."""
        self._tree_presenter = TreePresenter(self._catalogue, self._tree)
        self._presenter = DocumentPresenter(self._catalogue, self._document, self._links, self._actions)
        for pane in self.query("#claims").results(PageView):
            self._presenter.add_claims_pane(pane)
        self.call_after_refresh(self._show_keys)
        self._tree_presenter.rebuild()
        (self._document if self.has_class("-drawer") else self._tree).focus()
        if self._first != START:
            if not self._navigator.start_at(self._first):
                self._say_not_held(self._first)
            self._document.focus()
        if self._presenter.address == START:
            self._navigator.start_at(START, self._start_position)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that act now, for the footer: while one types, a printable key is a letter."""
        active = super().active_bindings
        line = self.focused
        typing = (line, *self.query("#search"))  # whose keys are made for it
        if not isinstance(line, Input):
            if self.has_class("-drawer"):
                return {
                    key: found._replace(binding=replace(found.binding, show=True))
                    for key, found in active.items()
                    if found.binding.id in NARROW_KEYS
                }
            return active
        return {
            key: found._replace(
                binding=replace(found.binding, key_display=found.binding.key_display if found.node in typing else None)
            )
            for key, found in active.items()
            if (found.node is not line or found.binding.show) and not line.check_consume_key(key, _character(key))
        }

    async def _show_keys(self) -> None:
        """The footer and the lines to type in, after the first frame; not for a reader who has already left."""
        from textual.widgets import Footer

        from tui.explorer.widgets.find_bar import FindBar

        if self.is_attached:
            await self.mount(Footer(show_command_palette=False, compact=True))
            self.refresh_bindings()
        if self.is_attached:
            await self._make_search()
        if self.is_attached:
            await self.mount(FindBar(id="find"))

    def _say(self, sentence: str) -> None:
        """A passing word; the one before it goes, so that a held key does not pile them up."""
        self.app.clear_notifications()
        self._spoken = True
        self.notify(sentence, timeout=2.5, markup=False)

    def _clear_notice(self) -> None:
        """What was said was of another page."""
        if self._spoken:
            self._spoken = False
            self.app.clear_notifications()

    def _key(self, id: str) -> str:
        return next(chief_key(action) for action in self._actions if action.id == id)

    # -- the parts

    @property
    def _tree(self) -> AgreementTree:
        return self.query_one("#tree", AgreementTree)

    @property
    def _document(self) -> PageView:
        return self.query_one("#document", PageView)

    @property
    def _links(self) -> LinkList:
        return self.query_one("#links", LinkList)

    @property
    def _search(self) -> SearchPanel:
        from tui.explorer.widgets.search_panel import SearchPanel

        return self.query_one("#search", SearchPanel)

    def _search_worker(self, name: str) -> SearchWorker:
        """Who asks questions of this name; made here, since the catalogue's own connection belongs to this thread."""
        from tui.search.engine import open_searcher

        if name not in self._workers_by_name:
            self._workers_by_name[name] = SearchWorker(self, open_searcher(self._catalogue), name)
        return self._workers_by_name[name]

    @property
    def _find_bar(self) -> FindBar:
        from tui.explorer.widgets.find_bar import FindBar

        return self.query_one("#find", FindBar)

    def _claims_pane(self) -> PageView:
        return PageView(id="claims")

    def on_resize(self, event: events.Resize) -> None:
        """A fourth pane is made when there is first room for it."""
        if event.size.width >= WIDE and not self.query("#claims"):
            pane = self._claims_pane()
            self.query_one("#side").mount(pane)
            self._presenter.add_claims_pane(pane)
        self.call_after_refresh(self._keep_focus)
        self.call_after_refresh(self._presenter.update_title)

    def _keep_focus(self) -> None:
        """Give the keys to a pane that is seen, where the one that had them went with the old width."""
        focused = self.focused
        if focused is None or not focused.region:
            searching = self.has_class("-searching")
            self.set_focus(self.query_one("#query") if searching else None)
            if not searching:
                self._focus_document()

    # -- the tree

    @on(AgreementTree.BranchOpened)
    def _fill_branch(self, event: AgreementTree.BranchOpened) -> None:
        self._tree_presenter.fill(event.branch)

    @on(AgreementTree.Highlighted)
    def _preview(self, event: AgreementTree.Highlighted) -> None:
        self._navigator.preview_later(address.agreement(event.summary.id))
        self.call_after_refresh(self._navigator.show_pending)

    @on(AgreementTree.Selected)
    def _open_selected(self, event: AgreementTree.Selected) -> None:
        self.go(event.summary.id)

    # -- showing an address

    @property
    def visit(self) -> Visit:
        """The address on show, and the text position at the top of the document."""
        return self._presenter.visit

    def show_address(self, target: Address, position: TextPosition = TOP, *, is_preview: bool = False) -> bool:
        """Show an address for the navigator, with the cursor of the tree unless it is a preview."""
        if not self._presenter.show(target, position):
            return False
        self._clear_notice()
        if target.agreement_id:
            self.set_timer(self.REST, partial(self._add_nearest, target))
            if not is_preview:
                self._tree_presenter.move_cursor_to(target.agreement_id)
        return True

    def _add_nearest(self, target: Address) -> None:
        """Once the cursor rests: keep the visit, and add the agreements nearest in content to the cross-links."""
        if self.app.screen is not self:
            self.set_timer(self.REST, partial(self._add_nearest, target))  # letters on the links: not now
        elif target == self._presenter.address:
            self._navigator.settle()
            self._search_worker("near").submit(
                lambda searcher: iter([searcher.nearest(target.agreement_id, 8)]),
                partial(self._presenter.add_nearest, target),
            )

    def _go(self, agreement_id: str) -> None:
        """Show an agreement, or say that the store does not hold it."""
        target = address.agreement(agreement_id)
        if not self._navigator.go(target):
            self._say_not_held(target)

    def _say_not_held(self, target: Address) -> None:
        self._say(f"This store holds no agreement {safe.line(target.agreement_id)}.")

    # -- links

    @on(PageView.Followed, "#document, #links, #claims")
    def _follow(self, event: PageView.Followed) -> None:
        self.go(event.target)

    def action_follow(self) -> None:
        """Put a letter on every link in view; the next key follows one."""
        from tui.explorer.screens.link_letters import LinkLettersScreen, assign

        views = [view for view in self.query(PageView) if view.display and view.region and view.id != "results"]
        places = [(view, link) for view in views for link in view.links_in_view()]
        if not places:
            self._say("There is no link in view.")
            return
        letters = dict(zip(assign(len(places)), places, strict=True))
        for view in views:
            view.put_letters({link: letter for letter, (owner, link) in letters.items() if owner is view})

        def chosen(letter: str | None) -> None:
            for view in views:
                view.put_letters({})
            if letter:
                view, link = letters[letter]
                self.go(view.target(link))

        self.app.push_screen(LinkLettersScreen(list(letters)), chosen)

    def action_back(self) -> None:
        """Go to the place before this one."""
        if not self._navigator.back():
            self._say("This is where you began.")

    def action_forward(self) -> None:
        """Go to the place after this one, after going back."""
        if not self._navigator.forward():
            self._say("There is nothing further ahead.")

    def action_neighbour(self, step: int) -> None:
        """Open the agreement next to this one in the tree's order."""
        agreement_id = self._tree_presenter.neighbour(self._presenter.agreement_id, step)
        if agreement_id is not None:
            self._go(agreement_id)
        elif self._presenter.address == START:
            self._say("There is nothing before the start page.")
        else:
            self._say("This is the last agreement." if step > 0 else "This is the first agreement.")

    def action_provision(self, step: int) -> None:
        """Go to the next or previous provision."""
        if not self._document.go_to_anchor("provision-", step):
            self._say("There is no further provision." if step > 0 else "There is no provision before.")

    # -- search

    async def action_search(self) -> None:
        """Open the search, remembering where one was."""
        await self._make_search()
        if not self.has_class("-searching"):
            drawer = next((name for name in ("-links-open", "-tree-open") if self.has_class(name)), "")
            focused = self.focused.id if self.focused else None
            hit = self._document.hits[0]
            self._before_search = SearchReturnState(
                self._presenter.visit, focused, self._zoomed, drawer, self._presenter.query, hit, self._result_list
            )
            self._zoom("")
            self.remove_class("-finding", "-links-open", "-tree-open")
            self.add_class("-searching")
            self._sort = 0
            self._search.sorted_by("")
            self._clear_notice()
        self._search.open()

    async def search_for(self, typed: str) -> None:
        """Open the search with these words."""
        await self.action_search()
        self._search.ask(typed)

    async def _make_search(self) -> None:
        """The search pane is made after the first frame, so that it is there when keys come in one piece."""
        if not self.query("#search"):
            from tui.explorer.widgets.search_panel import SearchPanel

            panel = SearchPanel(self._catalogue.counts()["agreement"], self._catalogue.text_count(), id="search")
            await self.mount(panel, before=self._tree)

    def on_search_panel_query_changed(self, event: SearchPanel.QueryChanged) -> None:
        """Ask for what is typed now, and no longer for what was."""
        if event.text.strip():
            self._run_search()
        else:
            self._search_answer = None
            self._search_worker("search").cancel()

    def _run_search(self) -> None:
        from tui.search.stages import SORT_ORDERS, search_answers

        typed, order = self._search.text, SORT_ORDERS[self._sort]
        self._search_worker("search").submit(lambda searcher: search_answers(searcher, typed, order), self._show_answer)

    def on_search_worker_answered(self, event: SearchWorker.Answered) -> None:
        """Do with an answer what it was asked for."""
        event.then(event.answer)

    def on_search_worker_failed(self, event: SearchWorker.Failed) -> None:
        """Say why there is no answer."""
        self._say(event.sentence)

    def _show_answer(self, answer: SearchAnswer) -> None:
        """Show what was found, if it still answers what is typed."""
        if answer.query.text != self._search.text:
            return
        again = (
            self._search_answer is not None and self._search_answer.query.text == answer.query.text
        )  # and what was first is painted
        self._search_answer = answer
        if self.has_class("-searching") and not answer.results.found:  # the reader may have gone on already
            self._presenter.mark(None)
        self._search.show_answer(answer)
        if again:
            self._preview_result()

    def on_search_panel_facets_requested(self) -> None:
        """Show how the answers divide."""
        text = self._search.text
        if not self._back_to_results():
            self._search_worker("search").submit(
                lambda searcher: iter([searcher.facets(searcher.parse(text))]), self._search.show_narrowing
            )

    def _back_to_results(self) -> bool:
        """From how the results divide to the results; False where they stand there."""
        if self._search.narrowing and self._search_answer:
            self._search.show_answer(self._search_answer)
            return True
        return False

    def on_search_panel_sort_requested(self) -> None:
        """Sort the answers by the next order."""
        from tui.search.stages import SORT_ORDERS

        self._sort = (self._sort + 1) % len(SORT_ORDERS)
        self._search.sorted_by(SORT_ORDERS[self._sort])
        self._run_search()

    def on_search_panel_find_requested(self) -> None:
        """Look for what is typed in the agreement that is selected."""
        typed = self._search.text
        if self._search.chosen:
            self._show_hit(self._search.chosen)
            self._tree_presenter.move_cursor_to(self._presenter.agreement_id)
        self.action_find()
        if self._presenter.agreement_id:
            self._find_bar.ask(typed)

    async def action_alike(self) -> None:
        """Search for the words that set this agreement apart."""
        terms = self._presenter.searcher.key_terms(self._presenter.agreement_id) if self._presenter.agreement_id else []
        if not terms:
            self._say("Open an agreement first.")
            return
        await self.search_for(" OR ".join(terms))

    def action_find(self) -> None:
        """Find words in the agreement on show."""
        if not self._presenter.agreement_id:
            self._say("Open an agreement first.")
            return
        self._accept_preview()
        self.remove_class("-links-open", "-tree-open")
        if self._zoomed:
            self._zoom("document")
        self._result_list = None  # n and N walk what is found here
        self._before_find = self._document.top
        self.add_class("-finding")
        self._find_bar.open()

    def on_find_bar_words_changed(self, event: FindBar.WordsChanged) -> None:
        """Mark what is typed in the document and go to the first place."""
        self._presenter.mark_text(event.text)
        if not self._presenter.go_to_hit(1):
            self._document.go_to(self._before_find)

    def on_find_bar_stepped(self, event: FindBar.Stepped) -> None:
        """Go to the next or previous place while one types."""
        self._presenter.go_to_hit(event.step)

    def on_find_bar_closed(self, event: FindBar.Closed) -> None:
        """Back to the document; with `kept` the hits stay marked, for n and N."""
        self._leave_find(kept=event.kept)

    def _leave_find(self, *, kept: bool) -> None:
        self.remove_class("-finding")
        if not kept:
            self._presenter.mark(None)
            self._document.go_to(self._before_find)
        self._document.focus()

    async def on_find_bar_search_requested(self, event: FindBar.SearchRequested) -> None:
        """Ask the same of all agreements."""
        self.remove_class("-finding")
        await self.search_for(event.text)

    def on_search_panel_result_highlighted(self, event: SearchPanel.ResultHighlighted) -> None:
        """Preview the result that the cursor came to."""
        self.call_after_refresh(self._preview_result)

    def _preview_result(self) -> None:
        """Where there is room, the document stands beside the results, at the hit; they are painted first."""
        if self.has_class("-searching") and self._search.chosen and self._document.region.width:
            self._show_hit(self._search.chosen)

    def on_search_panel_result_opened(self, event: SearchPanel.ResultOpened) -> None:
        """Open a result."""
        before, self._before_search = self._before_search, None
        self._result_list = self._search_answer.results if self._search_answer else None
        self._show_hit(event.id)
        if before:
            self._navigator.keep(before.place)
        self._tree_presenter.move_cursor_to(event.id)
        self._zoom("document" if before and before.zoomed else "")
        self._focus_document()

    def _accept_preview(self) -> None:
        """Leave the search for where its preview led; where one was before stays a place to go back to."""
        if self.has_class("-searching") and self._search_answer:
            self._result_list = self._search_answer.results
        self.remove_class("-searching")
        before, self._before_search = self._before_search, None
        if before:
            self._navigator.keep(before.place)

    def _show_hit(self, agreement_id: str) -> None:
        query = self._search_answer.query if self._search_answer else None
        target = address.agreement(agreement_id)
        if (target, query) == (self._presenter.address, self._presenter.query):
            return  # a fuller answer with the same first result
        if target != self._presenter.address:
            self._presenter.query = query
            self._navigator.preview(target)
        else:
            self._presenter.mark(query)
        self._presenter.go_to_hit(1)

    def action_hit(self, step: int) -> None:
        """Go to the next or previous hit of the last search."""
        if not self._presenter.query:
            self._say(f"Search first: press {self._key('search')}.")
        elif not self._presenter.go_to_hit(step):
            self._go_to_hit_beyond(step)

    def _go_to_hit_beyond(self, step: int) -> None:
        """On into the agreement that the search found next, or before."""
        found = [result.summary for result in self._result_list.found] if self._result_list else []
        ids = [summary.id for summary in found]
        shown = self._presenter.agreement_id
        at = ids.index(shown) + step if shown in ids else -1
        if not 0 <= at < len(found):
            self._say("This is the last hit." if step > 0 else "This is the first hit.")
            return
        self._navigator.go(address.agreement(ids[at]))
        self._presenter.go_to_hit(1)
        self._say(f"On to {found[at].name}, result {at + 1} of {len(found)}.")

    # -- panes

    def action_pane(self, name: str) -> None:
        """Go to a pane, opening the drawer that it is in where there is no room for all; a zoom goes with it."""
        self._accept_preview()
        self.remove_class("-finding")
        self.set_class(name == "links" and (self.has_class("-drawer") or self.has_class("-two")), "-links-open")
        self.set_class(name == "tree" and self.has_class("-drawer"), "-tree-open")
        if self._zoomed:
            self._zoom(name)
        self.set_focus(self.query_one(f"#{name}"))

    def _focus_document(self) -> None:
        self.action_pane("document")

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, or take it back."""
        name = self.focused.id if self.focused else None
        self._zoom("" if self._zoomed else name if name in PANES else "document")

    def _zoom(self, name: str | None) -> None:
        """Give this pane the whole screen; with no name, none."""
        self.remove_class("-zoomed", *(f"-zoom-{pane}" for pane in PANES))
        self._zoomed = name or ""
        if self._zoomed:
            self.add_class("-zoomed", f"-zoom-{name}")

    def action_order(self) -> None:
        """Shelve the tree by the next order."""
        self._tree_presenter.next_order()
        if self._presenter.agreement_id:
            self._tree_presenter.move_cursor_to(self._presenter.agreement_id)

    def action_start(self) -> None:
        """Show the start page."""
        self._navigator.go(START)

    def action_marks(self) -> None:
        """Explain the marks of doubt."""
        self._sheet(start.marks_page())

    def action_problems(self) -> None:
        """List the records that could not be read."""
        self._sheet(start.problems_page(self._catalogue.problems()))

    def _sheet(self, page: Page) -> None:
        from tui.explorer.screens.modal import PageModal

        self.app.push_screen(PageModal(page))

    def action_out(self) -> None:
        """One step out: of the search, of a drawer, of the zoom, of the hits."""
        if self.has_class("-finding"):
            self._leave_find(kept=False)
        elif self.has_class("-searching"):
            if not self._back_to_results():
                self._cancel_search()
        elif self._zoomed:
            self._zoom("")
        elif self.has_class("-links-open") or self.has_class("-tree-open"):
            self._focus_document()
        elif self._presenter.query:
            self._presenter.mark(None)
        else:
            self.action_pane("tree")

    def on_unmount(self) -> None:
        """Leave no question behind that would keep the program from ending."""
        for worker in self._workers_by_name.values():
            worker.cancel()

    def _cancel_search(self) -> None:
        self._search_worker("search").cancel()
        self._search.remember()
        self.remove_class("-searching")
        self._presenter.mark(None)
        before, self._before_search = self._before_search, None
        if before is None:
            return
        self._presenter.query, self._result_list = before.query, before.walked
        if before.place.address != self._presenter.address:
            self._navigator.return_to(before.place)
        else:
            self._presenter.mark(before.query)
        self._presenter.select_hit(before.hit)
        self._document.go_to(before.place.position)
        self._zoom(before.zoomed)
        if before.drawer:
            self.add_class(before.drawer)
        focused = before.focused
        self.set_focus(self.query_one(f"#{focused}" if focused in PANES and self.query(f"#{focused}") else "#document"))

    def titled(self, words: str) -> list[AgreementSummary]:
        """The agreements whose titles hold these words, for the palette."""
        return self._presenter.searcher.titled(words)

    def go(self, agreement_id: str) -> None:
        """Open an agreement and give its document the keys."""
        self._go(agreement_id)
        self._focus_document()


def _character(key: str) -> str | None:
    """The character that a key types, or None for a key that types none."""
    try:
        return unicodedata.lookup(key.replace("_", " ").upper()) if len(key) > 1 else key
    except KeyError:
        return {"slash": "/", "minus": "-", "plus": "+"}.get(key)
