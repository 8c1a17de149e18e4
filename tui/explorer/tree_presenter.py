"""Presenter of the tree: fills it from the catalogue, group by group, and moves its cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui import address
from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CatalogueReader
from tui.catalogue.schema import ORDERINGS
from tui.corpus import dates
from tui.explorer.tree_model import MAX_UNDIVIDED, Branch, Entry, TreeModel
from tui.explorer.widgets.agreement_tree import AgreementTree
from tui.pages.parts import ordering_title


class TreePresenter:
    """Shows the agreements of a catalogue in groups, by one of the orderings."""

    def __init__(
        self, catalogue: CatalogueReader, tree: AgreementTree, height: Callable[[], int], ordering: str = ""
    ) -> None:
        """Create a presenter of a tree. `height` returns the number of lines that the tree has when it is in view."""
        self._catalogue = catalogue
        self._tree = tree
        self._height = height
        self.ordering = ordering if ordering in ORDERINGS else ORDERINGS[0]
        """Name of the ordering by which the agreements are grouped."""
        self._models: dict[str, TreeModel] = {}  # of the orderings shown so far, with what is unfolded

    def choose(self, ordering: str, agreement_id: str) -> None:
        """Group the agreements by an ordering. Move the cursor to an agreement, unless its id is empty.

        What was unfolded when the ordering was last shown is unfolded again.
        """
        if ordering != self.ordering:
            self.ordering = ordering
            self.rebuild(agreement_id)

    def rebuild(self, agreement_id: str = "") -> None:
        """Build the tree in the current ordering. The cursor begins on an agreement, or at the top if the id is empty.

        At first the branch of the agreement is open, and so are the first ones that fit in view with all headings.
        """
        self._tree.border_title = ordering_title(self.ordering)
        if self.ordering in self._models:
            self._tree.show_model(self._models[self.ordering])
            if agreement_id:
                self.move_cursor_to(agreement_id)
            return
        years = self._years_of_eras() if self.ordering == "era" else {}
        branches = [
            Branch(group.key, group.label, group.size, background=group.background, span=years.get(group.key, ""))
            for group in self._catalogue.groups(self.ordering)
        ]
        self._models[self.ordering] = TreeModel(branches)
        self._tree.show_model(self._models[self.ordering])
        room = self._height() - len(branches)
        if agreement_id:
            self.move_cursor_to(agreement_id)
            room -= sum(branch.size for branch in branches if self._tree.is_open(branch))
        self._open_what_fits(branches, room)
        if not agreement_id:
            self._tree.move_to_first_entry()

    def _open_what_fits(self, branches: Sequence[Branch], room: int) -> None:
        """Open branches from the first on, until one is in the background or does not fit in `room` lines."""
        for branch in branches:
            if self._tree.is_open(branch):
                continue
            room -= branch.size
            if branch.background or room < 0:
                return
            self._fill_and_open(branch)

    def _years_of_eras(self) -> dict[str, str]:
        """Return the years of each era. Background eras have them in their titles."""
        spans = {era.id: dates.read(era.span) for era in self._catalogue.eras() if not era.background}
        return {era: span.years for era, span in spans.items() if span}

    def fill(self, branch: Branch) -> None:
        """Fill a branch with its agreements, or with years if there are more than MAX_UNDIVIDED."""
        if branch.year == "every" and branch.size > MAX_UNDIVIDED:
            years = self._catalogue.years(self.ordering, branch.group)
            self._tree.fill(branch, [branch.of_year(year, size) for year, size in years])
        else:
            place = self.ordering, branch.group, branch.year
            self._tree.fill(branch, self._catalogue.agreements(*place), self._catalogue.kinds(*place))

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

    def show_address(self, target: Address) -> None:
        """Move the cursor to the agreement or the era at an address, if it has one."""
        if target.agreement_id:
            self.move_cursor_to(target.agreement_id)
        elif target.view == "era" and self.ordering == "era":
            self._tree.move_cursor_to_branch(target.subject[0])

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
