"""Presenter of the tree: fills it from the catalogue, group by group, and moves its cursor."""

from __future__ import annotations

from tui import address
from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CatalogueReader
from tui.catalogue.schema import ORDERINGS
from tui.corpus import dates
from tui.explorer.tree_model import MAX_UNDIVIDED, Branch, Entry
from tui.explorer.widgets.agreement_tree import AgreementTree


class TreePresenter:
    """Shows the agreements of a catalogue in groups: by era, topic, place or kind."""

    def __init__(self, catalogue: CatalogueReader, tree: AgreementTree, ordering: str = "") -> None:
        self._catalogue = catalogue
        self._tree = tree
        self.ordering = ordering if ordering in ORDERINGS else ORDERINGS[0]
        """Name of the ordering by which the agreements are grouped."""

    def next_order(self, agreement_id: str) -> None:
        """Group the agreements by the next ordering. Move the cursor to an agreement, unless its id is empty."""
        self.ordering = ORDERINGS[(ORDERINGS.index(self.ordering) + 1) % len(ORDERINGS)]
        self.rebuild()
        if agreement_id:
            self.move_cursor_to(agreement_id)

    def rebuild(self) -> None:
        """Build the tree in the current ordering."""
        self._tree.border_title = f"By {self.ordering}"
        years = self._years_of_eras() if self.ordering == "era" else {}
        branches = [
            Branch(group.key, f"{group.label}{years.get(group.key, '')}", group.size, background=group.background)
            for group in self._catalogue.groups(self.ordering)
        ]
        self._tree.rebuild(branches)
        if self.ordering == "era":  # the first groups begin open, as many as have MAX_UNDIVIDED agreements together
            room = MAX_UNDIVIDED
            for branch in branches:
                if not branch.background and branch.size <= room:
                    room -= branch.size
                    self._fill_and_open(branch)

    def _years_of_eras(self) -> dict[str, str]:
        """Return the years of each era for its branch. Background eras have them in their titles."""
        spans = {era.id: dates.read(era.span) for era in self._catalogue.eras() if not era.background}
        return {era: f" {span.earliest.year}–{span.latest.year}" for era, span in spans.items() if span}

    def fill(self, branch: Branch) -> None:
        """Fill a branch with its agreements, or with years if there are more than MAX_UNDIVIDED."""
        if branch.year == "every" and branch.size > MAX_UNDIVIDED:
            years = self._catalogue.years(self.ordering, branch.group)
            self._tree.fill(branch, [branch.of_year(year, size) for year, size in years])
        else:
            self._tree.fill(branch, self._catalogue.agreements(self.ordering, branch.group, branch.year))

    def move_cursor_to(self, agreement_id: str) -> None:
        """Move the cursor to an agreement, opening the branches that hold it."""
        if self._tree.move_cursor_to(agreement_id, self._tree.cursor_group):
            return
        found = self._catalogue.group_of(self.ordering, agreement_id)
        if found is None:
            return
        group, year = found
        for branch in self._tree.branches:
            if branch.group == group:
                self._fill_and_open(branch)
                for entry in self._tree.entries(branch):
                    if isinstance(entry, Branch) and entry.year == year:
                        self._fill_and_open(entry)
        self._tree.move_cursor_to(agreement_id, group)

    def address_of(self, entry: Entry) -> Address | None:
        """Return the address of an entry of the tree: an agreement, or an era; None for other groups and for years."""
        if isinstance(entry, AgreementSummary):
            return address.agreement(entry.id)
        is_era = self.ordering == "era" and entry.year == "every" and entry.group
        return Address("era", (entry.group,)) if is_era else None

    def neighbour(self, agreement_id: str, step: int) -> str | None:
        """Return the agreement before (-1) or after (1) one in the tree, or None. After an empty id comes the first."""
        return self._catalogue.neighbour(self.ordering, agreement_id, step, self._tree.cursor_group)

    def _fill_and_open(self, branch: Branch) -> None:
        self.fill(branch)
        self._tree.open(branch)
