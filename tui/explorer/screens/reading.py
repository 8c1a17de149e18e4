"""The main screen: era tree, document, cross-links and search. It owns the present agreement and the history."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Input, Static
from textual.worker import get_current_worker

from tui.catalogue.catalogue import Catalogue, CrossLink, Leaf
from tui.catalogue.schema import ORDERS
from tui.corpus import dates, safe
from tui.explorer.actions import ACTIONS, bindings
from tui.explorer.history import History, Place
from tui.explorer.outline import MANY, Branch
from tui.explorer.screens.steady import Steady
from tui.explorer.widgets.era_tree import EraTree
from tui.explorer.widgets.page_view import TOP, PageView, Spot
from tui.page import welcome
from tui.page.blocks import Block, Page

if TYPE_CHECKING:
    from tui.catalogue.searcher import Offer, Results, Searcher
    from tui.explorer.widgets.find_line import FindLine
    from tui.explorer.widgets.search_panel import SearchPanel

FIRST_KEYS = ("open", "search", "follow", "back", "order", "help")
"""The six actions that the start page names."""
NARROW_KEYS = ("search", "tree", "links", "back", "help", "quit")
"""What the footer shows where it has room for little."""
SORTS = ("relevance", "date", "era")
WIDE = 160
"""From this many cells on, what the sources claim has a pane of its own."""
PANES = ("tree", "document", "links", "claims")


class Before(NamedTuple):
    """Where the reader was before searching: the place, the pane with the keys, zoom, drawer, hits."""

    place: Place
    focused: str | None
    zoomed: str
    drawer: str
    typed: str
    hit: int


class ReadingScreen(Steady, Screen[None]):
    """Widgets post what the reader did; this screen decides and hands pages down."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reading")]
    REST: ClassVar[float] = 0.2
    """Seconds after which the cursor counts as resting, and what is nearest in content is looked for."""
    HORIZONTAL_BREAKPOINTS = [(0, "-drawer"), (60, "-two"), (110, "-three"), (WIDE, "-four")]

    class Found(Message):
        """The answer to a search, from the worker that asked."""

        def __init__(self, typed: str, results: Results, offers: Sequence[Offer]) -> None:
            super().__init__()
            self.typed = typed
            self.results = results
            self.offers = offers

    def __init__(self, catalogue: Catalogue, id: str = "") -> None:
        super().__init__()
        self._catalogue = catalogue
        self._searcher: Searcher | None = None  # in the worker's thread
        self._marker: Searcher | None = None  # in this one
        self._shown = ""  # the agreement on show; nothing for the start page
        self._wanted: str | None = id
        self._history = History()
        self._before_search: Before | None = None
        self._typed = ""  # the query whose hits the document shows
        self._order = ORDERS[0]
        self._searched = ""
        self._heading = self._dated = ""
        self._said: Page = ()
        self._searching = Lock()
        self._results: Results | None = None
        self._sort = 0
        self._looks_for_words = False
        self._zoomed = ""  # the pane that has the whole screen
        self._cross_links: list[CrossLink] = []

    def compose(self) -> ComposeResult:
        """The panes, left to right; style sheet and width decide which are seen."""
        width = self.app.size.width
        self.add_class([name for least, name in self.HORIZONTAL_BREAKPOINTS if width >= least][-1])  # spares a layout
        problems = self._catalogue.problem_count()
        if problems:
            noun = "record" if problems == 1 else "records"
            yield Static(
                f"! {problems} {noun} of this store could not be read: press ! for the list.", id="banner", markup=False
            )
        yield EraTree(id="tree")
        yield PageView(id="document")
        with Vertical(id="side"):
            yield PageView(items=True, id="links")
            if width >= WIDE:
                yield self._claims_pane()

    def on_mount(self) -> None:
        """Shelve the tree; the rest follows once the first frame is out."""
        self._links.border_title = "Cross-links"
        self.call_after_refresh(self._show_keys)
        self._shelve()
        (self._document if self.has_class("-drawer") else self._tree).focus()
        wanted, self._wanted = self._wanted, None
        self._show_start()
        if wanted:
            self._go(wanted, remember=False)
            self._document.focus()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that act now, for the footer: while one types, a printable key is a letter."""
        active = super().active_bindings
        line = self.focused
        if not isinstance(line, Input):
            if self.has_class("-drawer"):
                return {key: found for key, found in active.items() if found.binding.id in NARROW_KEYS}
            return active
        return {
            key: found._replace(
                binding=replace(
                    found.binding, key_display=found.binding.key_display if found.node.id == "search" else None
                )
            )
            for key, found in active.items()
            if key not in line._bindings.key_to_bindings and not line.check_consume_key(key, _character(key))
        }

    async def _show_keys(self) -> None:
        await self.mount(Footer(show_command_palette=False, compact=True))
        self.refresh_bindings()
        await self._make_search()
        from tui.explorer.widgets.find_line import FindLine

        await self.mount(FindLine(id="find"))

    def _say(self, sentence: str) -> None:
        """A passing word; the one before it goes, so that a held key does not pile them up."""
        self.app.clear_notifications()
        self.notify(sentence, timeout=2.5, markup=False)

    # -- the parts

    @property
    def _tree(self) -> EraTree:
        return self.query_one("#tree", EraTree)

    @property
    def _document(self) -> PageView:
        return self.query_one("#document", PageView)

    @property
    def _links(self) -> PageView:
        return self.query_one("#links", PageView)

    @property
    def _search(self) -> SearchPanel:
        from tui.explorer.widgets.search_panel import SearchPanel

        return self.query_one("#search", SearchPanel)

    @property
    def _finder(self) -> Searcher:
        """A searcher of this thread's own, for what is asked at once."""
        if self._marker is None:
            self._marker = self._catalogue.searcher()
        return self._marker

    def _claims_pane(self) -> PageView:
        pane = PageView(id="claims")
        pane.border_title = "Claims"
        return pane

    def on_resize(self, event: events.Resize) -> None:
        """A fourth pane is made when there is first room for it."""
        if event.size.width >= WIDE and not self.query("#claims"):
            self.query_one("#side").mount(self._claims_pane())
            self._show_claims()
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        """Give the keys to a pane that is seen, where the one that had them went with the old width."""
        focused = self.focused
        if focused is None or not focused.region:
            searching = self.has_class("-searching")
            self.set_focus(self.query_one("#query") if searching else None)
            if not searching:
                self._focus_document()

    @property
    def _place(self) -> Place:
        return Place(self._shown, *self._document.top)

    # -- the tree

    def _shelve(self) -> None:
        tree = self._tree
        tree.border_title = f"By {self._order}"
        branches = [
            Branch(division.key, division.label, division.size, background=division.background)
            for division in self._catalogue.divisions(self._order)
        ]
        tree.shelve(branches)
        if self._order == "era":  # the whole tree is open as far as it is short; other orders begin as headings
            room = MANY
            for branch in branches:
                if not branch.background and branch.size <= room:
                    room -= branch.size
                    self._unfold(branch)

    @on(EraTree.Wanted)
    def _fill_branch(self, event: EraTree.Wanted) -> None:
        self._fill(event.branch)

    def _fill(self, branch: Branch) -> None:
        """Give a branch of the tree its entries: its years where it holds many agreements, else these."""
        if branch.year == "every" and branch.size > MANY:
            years = self._catalogue.years(self._order, branch.division)
            self._tree.fill(branch, [branch.of_year(year, size) for year, size in years])
        else:
            self._tree.fill(branch, self._catalogue.leaves(self._order, branch.division, branch.year))

    def _unfold(self, branch: Branch) -> None:
        self._fill(branch)
        self._tree.open(branch)

    @on(EraTree.Reached)
    def _preview(self, event: EraTree.Reached) -> None:
        if event.leaf.id != self._shown:
            self._wanted = event.leaf.id
            self.call_later(self._show_wanted)

    def _show_wanted(self) -> None:
        """Show what the cursor last stood on; a held key leaves the ones between unread."""
        wanted, self._wanted = self._wanted, None
        if wanted and wanted != self._shown:
            self._history.leave(self._place)
            self._show(wanted)

    @on(EraTree.Chosen)
    def _open_leaf(self, event: EraTree.Chosen) -> None:
        self._wanted = None
        self._go(event.leaf.id)
        self._focus_document()

    # -- showing an agreement

    def _go(self, id: str, *, remember: bool = True) -> None:
        """Show an agreement as a new place, or say that the store does not hold it."""
        if id == self._shown:
            return
        if self._catalogue.leaf(id) is None:
            self._say(f"This store holds no agreement {safe.line(id)}.")
            return
        if remember:
            self._history.leave(self._place)
        self._show(id)
        self._place_tree_on(id)

    def _show(self, id: str, at: Spot = TOP) -> None:
        from tui.page import compose

        agreement = self._catalogue.agreement(id)
        if agreement is None:
            return
        claims = self._catalogue.claims(id)
        sources = self._catalogue.sources(compose.cited(agreement, claims))
        links = self._catalogue.links(id)
        subject = compose.Subject(agreement, claims, sources, self._catalogue.labels())
        self._shown = id
        self._document.show(compose.document(subject), at=at)
        self._heading, when = agreement.name, dates.words(agreement.date)
        self._dated = f" · {when}" if when else ""
        self._links.border_title = f"Cross-links · {len(links)}"
        self._links.show(compose.cross_links(links) or (Block("No cross-links are recorded.", "dim"),))
        self._said = compose.claims(subject)
        self._show_claims()
        self._mark_hits()
        self._cross_links = links
        self.set_timer(self.REST, partial(self._find_near, id))  # once the cursor rests

    def _find_near(self, id: str) -> None:
        """Add what is nearest in content to the cross-links."""
        from tui.page import compose

        if self.app.screen is not self:
            self.set_timer(self.REST, partial(self._find_near, id))  # letters on the links: not now
        elif id == self._shown:
            linked = {link.other.id for link in self._cross_links}
            near = [leaf for leaf in self._finder.nearest(id, 8) if leaf.id not in linked][:4]
            self._links.reshow((*compose.cross_links(self._cross_links), *compose.nearest(near)))

    def _show_start(self, at: Spot = TOP) -> None:
        by_id = {action.id: action for action in ACTIONS}
        keys = [(by_id[id].shown or by_id[id].keys, by_id[id].words) for id in FIRST_KEYS]
        page = welcome.start_page(self._catalogue.front(), self._catalogue.eras(), self._catalogue.counts(), keys)
        self._shown = ""
        self._document.show(page, at=at)
        self._heading, self._dated = "Start", ""
        self._say_hit()
        self._links.border_title = "Cross-links"
        self._links.show((Block("The cross-links of the agreement on show stand here.", "dim"),))
        self._said = ()
        self._show_claims()

    def _show_claims(self) -> None:
        for pane in self.query("#claims").results(PageView):
            pane.show(self._said[1:] or (Block("No source’s claim is recorded.", "dim"),))
            pane.border_title = self._said[0].text if self._said else "Claims"

    def _place_tree_on(self, id: str) -> None:
        """Bring the tree's cursor to an agreement, unfolding its branches."""
        tree = self._tree
        division = tree.cursor_division
        if tree.place_on(id, division):
            return
        shelf = self._catalogue.shelf(self._order, id)
        if shelf is None:
            return
        division, year = shelf
        for branch in tree.branches:
            if branch.division == division:
                self._unfold(branch)
                for entry in tree.entries(branch):
                    if isinstance(entry, Branch) and entry.year == year:
                        self._unfold(entry)
        tree.place_on(id, division)

    # -- links

    @on(PageView.Followed, "#document, #links, #claims")
    def _follow(self, event: PageView.Followed) -> None:
        self._go(event.target)
        self._focus_document()

    def action_follow(self) -> None:
        """Put a letter on every link in view; the next key follows one."""
        from tui.explorer.screens.letters import LettersScreen, assign

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
                self._go(view.target(link))
                self._focus_document()

        self.app.push_screen(LettersScreen(list(letters)), chosen)

    def action_back(self) -> None:
        """Go to the place before this one."""
        self._return_to(self._history.back(self._place), "This is where you began.")

    def action_forward(self) -> None:
        """Go to the place after this one, after going back."""
        self._return_to(self._history.forward(self._place), "There is nothing further ahead.")

    def _return_to(self, place: Place | None, otherwise: str) -> None:
        if place is None:
            self._say(otherwise)
        elif not place.id:
            self._show_start(Spot(place.block, place.offset))
        else:
            self._show(place.id, Spot(place.block, place.offset))
            self._place_tree_on(place.id)

    def action_neighbour(self, step: int) -> None:
        """Open the agreement next to this one in the tree's order."""
        if not self._shown:
            first = next((d for d in self._catalogue.divisions(self._order) if d.size), None)
            if first and step > 0:
                self._go(self._catalogue.leaves(self._order, first.key)[0].id)
            else:
                self._say("There is nothing before the start page.")
            return
        id = self._catalogue.neighbour(self._order, self._shown, step, self._tree.cursor_division)
        if id is None:
            self._say("This is the last agreement." if step > 0 else "This is the first agreement.")
        else:
            self._go(id)

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
            self._before_search = Before(self._place, focused, self._zoomed, drawer, self._typed, hit)
            self._zoom("")
            self.remove_class("-finding", "-links-open", "-tree-open")
            self.add_class("-searching")
            if not self._searched:
                sizes = self._catalogue.counts()
                self._searched = f"{sizes['agreement']:,} agreements, their titles, names, texts and claims"
                self._search.show_results("", None, self._searched)
        self._search.open()

    async def _make_search(self) -> None:
        """The search pane is made after the first frame, so that it is there when keys come in one piece."""
        if not self.query("#search"):
            from tui.explorer.widgets.search_panel import SearchPanel

            # Made here and not in the worker: the catalogue's own connection belongs to this thread.
            self._searcher = self._catalogue.searcher()
            panel = SearchPanel(id="search")
            panel.border_title = "Search: enter opens, esc closes"
            await self.mount(panel, before=self._tree)

    def on_search_panel_typed(self, event: SearchPanel.Typed) -> None:
        """Ask for what is typed now, and no longer for what was."""
        if self._searcher is not None:
            self._searcher.interrupt()
        if event.text.strip():
            self._find(event.text)
        else:
            self.workers.cancel_group(self, "search")
            self._search.show_results("", None, self._searched)

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _find(self, typed: str) -> None:
        worker = get_current_worker()
        from tui.catalogue.searcher import Interrupted

        with self._searching:  # one at a time; those that waited too long find that they are not wanted any more
            if worker.is_cancelled:
                return
            assert self._searcher is not None
            try:
                results = self._searcher.search(typed, order=SORTS[self._sort])
                offers = [] if results.found else self._searcher.offers(typed)
            except Interrupted:
                return
        if not worker.is_cancelled:
            self.post_message(self.Found(typed, results, offers))

    def on_reading_screen_found(self, event: Found) -> None:
        """Show what was found, if it still answers what is typed."""
        if event.typed == self._search.text:
            self._results = event.results
            if not event.results.found and self.has_class("-searching"):
                self._forget_hits()
            self._search.show_results(event.typed, event.results, self._searched, event.offers)
            if self.has_class("-searching"):  # an answer may come when the reader has already gone on
                self._preview_result(self._search.chosen)

    def on_search_panel_narrow_wanted(self) -> None:
        """Show how the answers divide."""
        self._search.show_narrowing(self._finder.facets(self._search.text))

    def on_search_panel_sort_wanted(self) -> None:
        """Sort the answers by the next order."""
        self._sort = (self._sort + 1) % len(SORTS)
        self._search.border_title = f"Search, sorted by {SORTS[self._sort]}"
        self._find(self._search.text)

    async def action_alike(self) -> None:
        """Search for the words that set this agreement apart."""
        terms = self._finder.key_terms(self._shown) if self._shown else []
        if not terms:
            self._say("Open an agreement first.")
            return
        await self.action_search()
        self._search.ask(" OR ".join(terms))

    def action_find(self) -> None:
        """Find words in the agreement on show."""
        if not self._shown:
            self._say("Open an agreement first.")
            return
        from tui.explorer.widgets.find_line import FindLine

        self._close_search()
        self.remove_class("-links-open", "-tree-open")
        if self._zoomed:
            self._zoom("document")
        self._results = None  # n and N walk what is found here
        self.add_class("-finding")
        self.query_one("#find", FindLine).open()

    def on_find_line_typed(self, event: FindLine.Typed) -> None:
        """Mark what is typed in the document and go to the first place."""
        self._typed = event.text
        if event.text.strip():
            self._mark_hits()
            self._document.go_to_hit(1)
        else:
            self._document.mark_hits([])
        self._say_hit()

    def on_find_line_left(self, event: FindLine.Left) -> None:
        """Back to the document; with `kept` the hits stay marked, for n and N."""
        self.remove_class("-finding")
        if not event.kept:
            self._forget_hits()
        self._document.focus()

    async def on_find_line_everywhere(self, event: FindLine.Everywhere) -> None:
        """Ask the same of all agreements."""
        self.remove_class("-finding")
        await self.action_search()
        self._search.ask(event.text)

    def on_search_panel_passed(self, event: SearchPanel.Passed) -> None:
        """Preview the result that the cursor came to."""
        self._preview_result(event.id)

    def _preview_result(self, id: str) -> None:
        """Where there is room, the document stands beside the results, at the hit."""
        if id and self._document.region.width:
            self._show_hit(id)

    def on_search_panel_chosen(self, event: SearchPanel.Chosen) -> None:
        """Open a result."""
        before, self._before_search = self._before_search, None
        if before and before.place.id != event.id:
            self._history.leave(before.place)
        self._show_hit(event.id)
        self._place_tree_on(event.id)
        self._zoom("document" if before and before.zoomed else "")
        self._focus_document()

    def _close_search(self) -> None:
        """Leave the search for where its preview led; where one was before stays a place to go back to."""
        self.remove_class("-searching")
        before, self._before_search = self._before_search, None
        if before and before.place.id != self._shown:
            self._history.leave(before.place)

    def _show_hit(self, id: str) -> None:
        self._typed = self._search.text
        if id != self._shown:
            self._show(id)
        else:
            self._mark_hits()
        self._document.go_to_hit(1)
        self._say_hit()

    def _mark_hits(self) -> None:
        """Mark every hit of the last search in the document."""
        if not self._typed.strip() or not self._shown:
            self._say_hit()
            return
        query = self._finder.query(self._typed)
        self._looks_for_words = self._finder.has_phrases(query)
        self._document.mark_hits(self._finder.marks(query, [block.text for block in self._document.page]))
        self._say_hit()

    def _say_hit(self) -> None:
        at, total = self._document.hits
        none = " · no hits" if self._looks_for_words and self._shown else self._dated
        where = f" · hit {at} of {total}" if at else f" · {total} hits" if total else none
        self._document.border_title = Content(self._heading + where)  # a string would be read as markup

    def action_hit(self, step: int) -> None:
        """Go to the next or previous hit of the last search."""
        if not self._typed:
            self._say("Search first: press /.")
        elif not self._document.go_to_hit(step):
            self._go_to_hit_beyond(step)
        self._say_hit()

    def _go_to_hit_beyond(self, step: int) -> None:
        """On into the agreement that the search found next, or before."""
        found = [result.leaf for result in self._results.found] if self._results else []
        ids = [leaf.id for leaf in found]
        at = ids.index(self._shown) + step if self._shown in ids else -1
        if not 0 <= at < len(found):
            self._say("This is the last hit." if step > 0 else "This is the first hit.")
            return
        self._history.leave(self._place)
        self._show(ids[at])
        self._place_tree_on(ids[at])
        self._document.go_to_hit(1)
        self._say(f"On to {found[at].name}, result {at + 1} of {len(found)}.")

    # -- panes

    def action_pane(self, name: str) -> None:
        """Go to a pane, opening the drawer that it is in where there is no room for all; a zoom goes with it."""
        self._close_search()
        self.remove_class("-finding")
        self.set_class(
            name in ("links", "claims") and (self.has_class("-drawer") or self.has_class("-two")), "-links-open"
        )
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
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._shelve()
        if self._shown:
            self._place_tree_on(self._shown)

    def action_start(self) -> None:
        """Show the start page."""
        if self._shown:
            self._history.leave(self._place)
            self._show_start()

    def action_marks(self) -> None:
        """Explain the marks of doubt."""
        self._sheet(welcome.marks_page())

    def action_problems(self) -> None:
        """List the records that could not be read."""
        self._sheet(welcome.problems_page(self._catalogue.problems()))

    def _sheet(self, page: Page) -> None:
        from tui.explorer.screens.sheet import SheetScreen

        self.app.push_screen(SheetScreen(page))

    def action_out(self) -> None:
        """One step out: of the search, of a drawer, of the zoom, of the hits."""
        if self.has_class("-finding"):
            self.remove_class("-finding")
            self._forget_hits()
            self._document.focus()
        elif self.has_class("-searching"):
            self._leave_search()
        elif self._zoomed:
            self._zoom("")
        elif self.has_class("-links-open") or self.has_class("-tree-open"):
            self._focus_document()
        elif self._typed:
            self._forget_hits()
        else:
            self.action_pane("tree")

    def _forget_hits(self) -> None:
        self._typed = ""
        self._looks_for_words = False
        self._document.mark_hits([])
        self._say_hit()

    def _leave_search(self) -> None:
        self.remove_class("-searching")
        self._forget_hits()
        before, self._before_search = self._before_search, None
        if before is None:
            return
        self._typed = before.typed
        if before.place.id != self._shown:
            self._return_to(before.place, "")
        else:
            self._mark_hits()
        self._document.stand_at_hit(before.hit)
        self._document.go_to(Spot(before.place.block, before.place.offset))
        self._say_hit()
        self._zoom(before.zoomed)
        if before.drawer:
            self.add_class(before.drawer)
        focused = before.focused
        self.set_focus(self.query_one(f"#{focused}" if focused in PANES and self.query(f"#{focused}") else "#document"))

    def titled(self, words: str) -> list[Leaf]:
        """The agreements whose titles hold these words, for the palette."""
        return self._finder.titled(words)

    def go(self, id: str) -> None:
        """Open an agreement, as the palette asks."""
        self._go(id)
        self._focus_document()


def _character(key: str) -> str | None:
    """The character that a key types, or None for a key that types none."""
    try:
        return unicodedata.lookup(key.replace("_", " ").upper()) if len(key) > 1 else key
    except KeyError:
        return {"slash": "/", "minus": "-", "plus": "+"}.get(key)
