"""Presenter of the page on show: fills the document, cross-links and claims panes, and marks hits in the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from tui.actions import Action, first_keys
from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CatalogueReader, CrossLink
from tui.corpus import dates
from tui.explorer.history import Visit
from tui.explorer.navigator import START
from tui.explorer.widgets.link_list import LinkList
from tui.explorer.widgets.page_view import PageView
from tui.pages import start
from tui.pages.blocks import Block, Page
from tui.pages.layout import TOP, TextPosition

if TYPE_CHECKING:
    from tui.search.engine import Searcher
    from tui.search.syntax import Query


class DocumentPresenter:
    """Shows addresses: their page in the document pane, what belongs to it in the panes for cross-links and claims."""

    def __init__(
        self, catalogue: CatalogueReader, document: PageView, links: LinkList, actions: Sequence[Action]
    ) -> None:
        """`actions` have the reader's own keys, which the start page names."""
        self._catalogue = catalogue
        self._document = document
        self._links = links
        self._claims: PageView | None = None
        self._actions = actions
        self._searcher: Searcher | None = None
        self.address = START
        """The address on show. This is the only place that holds it."""
        self.query: Query | None = None
        """Query whose hits are marked."""
        self._heading = self._dated = ""
        self._claims_page: Page = ()
        self._cross_links: list[CrossLink] = []
        self._has_text_terms = False

    @property
    def agreement_id(self) -> str:
        """The id of the agreement on show, or nothing where it is another page."""
        return self.address.agreement_id

    @property
    def visit(self) -> Visit:
        """The address on show, and the text position at the top of the document."""
        return Visit(self.address, self._document.top)

    def show(self, address: Address, position: TextPosition = TOP) -> bool:
        """Show an address from a text position. False, without doing so, where nothing has the address."""
        return self._show_start(position) if address == START else self._show_agreement(address, position)

    def _show_start(self, position: TextPosition) -> bool:
        keys = first_keys(self._actions)
        page = start.start_page(self._catalogue.description(), self._catalogue.eras(), self._catalogue.counts(), keys)
        self.address = START
        self._document.show(page, at=position)
        self._heading, self._dated, self._has_text_terms = "Start", "", False
        self.update_title()
        self._links.border_title = "Cross-links"
        self._links.show((Block("The cross-links of the agreement on show stand here.", "dim"),))
        self._claims_page = ()
        self._show_claims()
        return True

    def _show_agreement(self, address: Address, position: TextPosition) -> bool:
        from tui.pages import agreement as agreement_page

        agreement = self._catalogue.agreement(address.agreement_id)
        if agreement is None:
            return False
        claims = self._catalogue.claims(agreement.id)
        sources = self._catalogue.sources(agreement_page.cited(agreement, claims))
        kinds, topics = self._catalogue.labels("kind"), self._catalogue.labels("topic")
        subject = agreement_page.AgreementPageData(agreement, claims, sources, kinds, topics)
        self._cross_links = self._catalogue.links(agreement.id)
        self.address = address
        self._document.show(agreement_page.document(subject), at=position)
        when = dates.words(agreement.date)
        self._heading, self._dated = agreement.name, f" · {when}" if when else ""
        self._links.border_title = f"Cross-links · {len(self._cross_links)}"
        self._links.show(
            agreement_page.cross_links(self._cross_links) or (Block("No cross-links are recorded.", "dim"),)
        )
        self._claims_page = agreement_page.claims(subject)
        self._show_claims()
        self.mark(self.query)
        return True

    def add_claims_pane(self, pane: PageView) -> None:
        """Show the claims of the sources in a pane of their own, from now on."""
        self._claims = pane
        self._show_claims()

    def _show_claims(self) -> None:
        if self._claims:
            self._claims.show(self._claims_page[1:] or (Block("No source’s claim is recorded.", "dim"),))
            self._claims.border_title = self._claims_page[0].text if self._claims_page else "Claims"

    def add_nearest(self, address: Address, agreements: Sequence[AgreementSummary], most: int = 4) -> None:
        """Add the agreements nearest in content to the cross-links, unless another address is on show by now.

        At most `most` are added; those already linked are left out.
        """
        from tui.pages import agreement as agreement_page

        if address == self.address:
            linked = {link.other.id for link in self._cross_links}
            near = [summary for summary in agreements if summary.id not in linked][:most]
            self._links.reshow((*agreement_page.cross_links(self._cross_links), *agreement_page.nearest(near)))

    # -- hits

    @property
    def searcher(self) -> Searcher:
        """Searcher used on the UI thread for quick lookups."""
        from tui.search.engine import open_searcher

        if self._searcher is None:
            self._searcher = open_searcher(self._catalogue)
        return self._searcher

    def mark_text(self, text: str) -> None:
        """Mark every hit of the query in a text."""
        self.mark(self.searcher.parse(text) if text.strip() else None)

    def mark(self, query: Query | None) -> None:
        """Mark every hit of a query in the document, or without a query none."""
        self.query = query
        self._has_text_terms = False
        hits: list[list[tuple[int, int]]] = []
        if query and self.agreement_id:
            highlighter = self.searcher.highlighter(query)
            self._has_text_terms = bool(highlighter)
            hits = [highlighter.marks(block.text) for block in self._document.page]
        self._document.mark_hits(hits)
        self.update_title()

    def go_to_hit(self, step: int) -> bool:
        """Go to the next or previous hit. Return False at the last or first one."""
        moved = self._document.go_to_hit(step)
        self.update_title()
        return moved

    def select_hit(self, number: int) -> None:
        """Select a hit by its number from 1, without scrolling."""
        self._document.select_hit(number)
        self.update_title()

    def update_title(self) -> None:
        """Set the title of the document: its heading, and its date or the number of the selected hit."""
        at, total = self._document.hits
        none = " · no hits in the text" if self._has_text_terms else self._dated
        where = f" · hit {at} of {total}" if at else f" · {total} hits" if total else none
        room = self._document.outer_size.width - 4 - cell_len(where)  # a long heading is cut, never the numbers
        heading = self._heading
        if 0 < room < cell_len(heading):
            heading = set_cell_size(heading, room - 1).rstrip() + "…"
        self._document.border_title = Content(heading + where)  # a string would be read as markup
