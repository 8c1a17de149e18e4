"""Presenter of the page on show: fills the document, cross-links and claims panes, and marks hits in the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tui.actions import Action
from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CatalogueReader
from tui.corpus import dates, safe
from tui.corpus.plurals import counted
from tui.explorer.history import Visit
from tui.explorer.navigator import START
from tui.explorer.panes import Pane
from tui.explorer.widgets.document_view import DocumentView
from tui.explorer.widgets.link_list import LinkList
from tui.explorer.widgets.page_view import PageView
from tui.pages import views
from tui.pages.blocks import Block, Page
from tui.pages.layout import TOP, TextPosition
from tui.pages.resources import NotFound, Resources, UsageError

if TYPE_CHECKING:
    from tui.search.engine import Searcher
    from tui.search.highlight import Highlighter
    from tui.search.syntax import Query


class DocumentPresenter:
    """Shows addresses: the page in the document pane, its companions in the panes for cross-links and claims."""

    def __init__(
        self, catalogue: CatalogueReader, document: DocumentView, links: LinkList, actions: Sequence[Action]
    ) -> None:
        """Create a presenter for two panes. `actions` have the keys of the reader's keymap, which some pages show."""
        self.resources = Resources(catalogue, actions)
        self._document = document
        self._links = links
        self._claims: PageView | None = None
        self.address = START
        """The address on show. This is the only place that holds it."""
        self.notice = ""
        """Remark on the last address, or the reason why it could not be shown; usually empty."""
        self.query: Query | None = None
        """Query whose hits are marked."""
        self._title = self._date = ""
        self._links_data: Any = None
        self._has_text_terms = False

    @property
    def agreement_id(self) -> str:
        """The id of the agreement on show; empty if another page is."""
        return self.address.agreement_id

    @property
    def visit(self) -> Visit:
        """The address on show, and the text position at the top of the document."""
        return Visit(self.address, self._document.top)

    def show(self, address: Address, position: TextPosition | None = None) -> bool:
        """Show an address from its place or a text position. Return False if it cannot be shown."""
        try:
            data = views.load(self.resources, address)
            self.notice = views.change_since_cited(self.resources, address)
        except UsageError as error:
            self.notice = str(error)
            return False
        if isinstance(data, NotFound):
            self.notice = f"{data.sentence}."
            return False
        page = views.dated(views.compose(address, data, self._document.line_width), address)
        self.address = address
        self._document.show(page, at=position or TOP)
        if address.place and position is None and not self._document.go_to_place(address.place):
            self.notice = f"{views.unknown_place(page, address.place).sentence}."
            self.address = address.at("")
        self._has_text_terms = False
        self._set_title(address, data, page)
        self._show_links()
        self._show_claims()
        self.mark(self.query)
        return True

    def _set_title(self, address: Address, data: Any, page: Page) -> None:
        title = next((block.text for block in page if block.role == "title"), address.text())
        self._date = ""
        if address.agreement_id:
            title, self._date = data.agreement.name, dates.words(data.agreement.date)
        self._title = "Start" if address.view == START.view else safe.quoted(title, 500)
        self.update_title()

    def _companion(self, view: str) -> Any:
        """Return the data of a companion of the address on show, or None if its view has no such companion."""
        if view not in getattr(views.find(self.address.view).module, "COMPANIONS", ()):
            return None
        return views.load(self.resources, Address(view, self.address.subject))

    @property
    def companions(self) -> set[Pane]:
        """Panes that have something to say about the address on show."""
        views_of_panes = {Pane.LINKS: self._links, Pane.CLAIMS: self._claims}
        return {pane for pane, view in views_of_panes.items() if view is not None and view.page}

    def _show_links(self) -> None:
        self._links_data = self._companion("links")
        if self._links_data is None:
            self._links.show(())
        else:
            self._links.border_title = f"Cross-links · {len(self._links_data.links)}"
            self._links.show(self._links_page())

    def _links_page(self) -> Page:
        return _without_titles(views.compose(Address("links"), self._links_data, self._links.line_width))

    def add_claims_pane(self, pane: PageView) -> None:
        """Show claims in this pane from now on."""
        self._claims = pane
        self._show_claims()

    def _show_claims(self) -> None:
        if self._claims is None:
            return
        data = self._companion("claims")
        if data is None or not data.claims:
            self._claims.show(())
        else:
            page = views.compose(Address("claims"), data, self._claims.line_width)
            self._claims.border_title = next(block.text for block in page if block.role == "subtitle")
            self._claims.show(_without_titles(page))

    def add_nearest(self, address: Address, agreements: Sequence[AgreementSummary], most: int = 4) -> None:
        """Add the nearest agreements to the cross-links, unless another address is on show by now.

        At most `most` are added. Linked agreements are left out.
        """
        if address == self.address and self._links_data is not None:
            linked = {link.other.id for link in self._links_data.links}
            near = [agreement for agreement in agreements if agreement.id not in linked][:most]
            self._links_data = replace(self._links_data, nearest=near)
            self._links.reshow(self._links_page())

    # -- hits

    @property
    def searcher(self) -> Searcher:
        """Searcher used on the UI thread for quick lookups."""
        return self.resources.searcher

    def mark_text(self, text: str) -> None:
        """Mark every hit of the query in a text, also in labels, which the search over all records does not read."""
        self.mark(self.searcher.parse(text) if text.strip() else None, in_labels=True)

    def mark(self, query: Query | None, *, in_labels: bool = False) -> None:
        """Mark every hit of a query in the document. None removes all marks."""
        self.query = query
        self._has_text_terms = False
        hits: list[list[tuple[int, int]]] = []
        if query and self.agreement_id:
            from tui.pages.claims import verdict_spans
            from tui.search.syntax import asked_verdicts

            highlighter, verdicts = self.searcher.highlighter(query), asked_verdicts(query.nodes)
            self._has_text_terms = bool(highlighter or verdicts)
            for block in self._document.page:
                marks = _united([*_hits(highlighter, block), *verdict_spans(block, verdicts)])
                labels = highlighter.marks(block.lead) if in_labels else []
                hits.append([*((start - len(block.lead), end - len(block.lead)) for start, end in labels), *marks])
        self._document.mark_hits(hits)
        self.update_title()

    def go_to_passage(self, step: int) -> bool:
        """Go to the next or previous passage with hits. Return False at the last or first one."""
        moved = self._document.go_to_passage(step)
        self.update_title()
        return moved

    def select_passage(self, number: int) -> None:
        """Select a passage by its number from 1, without scrolling."""
        self._document.select_passage(number)
        self.update_title()

    def update_title(self) -> None:
        """Set the title of the document: its name, and its date or the number of the selected passage."""
        at, total = self._document.passages
        if total:
            date, detail = "", f"passage {at} of {total}" if at else counted(total, "passage")
        elif self._has_text_terms:
            date, detail = "", "no hits in the text"
        else:
            date, detail = self._date, f"day {self.address.day}" if self.address.day else ""
        self._document.set_title(self._title, date, f" · {detail}" if detail else "")


def _without_titles(page: Page) -> Page:
    """Return a page without its titles, for a pane whose border names it."""
    first = next((index for index, block in enumerate(page) if block.role not in ("title", "subtitle")), 0)
    return page[first:]


def _united(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, those that overlap as one: marks are drawn by their ends, which must be in order too."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _hits(highlighter: Highlighter, block: Block) -> list[tuple[int, int]]:
    """Return the ranges of the hits in a block's prose."""
    others = [span for span in block.spans if span.role in ("url", "identifier")]
    marks = highlighter.marks(block.text)
    return [(start, end) for start, end in marks if not any(span.start < end and start < span.end for span in others)]
