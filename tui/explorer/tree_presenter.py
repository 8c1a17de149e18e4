"""Presenter of the tree: fills it from the catalogue, group by group, and moves its cursor."""

from __future__ import annotations

from tui.catalogue.reader import CatalogueReader
from tui.catalogue.schema import ORDERINGS
from tui.explorer.tree_model import MANY, Branch
from tui.explorer.widgets.agreement_tree import AgreementTree


class TreePresenter:
    """Shows the agreements of a catalogue in groups: by era, topic, place or kind."""

    def __init__(self, catalogue: CatalogueReader, tree: AgreementTree) -> None:
        self._catalogue = catalogue
        self._tree = tree
        self._order = ORDERINGS[0]

    def next_order(self, agreement_id: str) -> None:
        """Group the agreements by the next order, and move the cursor to one of them, if any is given."""
        self._order = ORDERINGS[(ORDERINGS.index(self._order) + 1) % len(ORDERINGS)]
        self.rebuild()
        if agreement_id:
            self.move_cursor_to(agreement_id)

    def rebuild(self) -> None:
        """Build the tree in the present order."""
        self._tree.border_title = f"By {self._order}"
        branches = [
            Branch(group.key, group.label, group.size, background=group.background)
            for group in self._catalogue.groups(self._order)
        ]
        self._tree.rebuild(branches)
        if self._order == "era":  # the first groups are open while they are short; other orders begin closed
            room = MANY
            for branch in branches:
                if not branch.background and branch.size <= room:
                    room -= branch.size
                    self._unfold(branch)

    def fill(self, branch: Branch) -> None:
        """Fill a branch with its agreements, or with years where they are many."""
        if branch.year == "every" and branch.size > MANY:
            years = self._catalogue.years(self._order, branch.group)
            self._tree.fill(branch, [branch.of_year(year, size) for year, size in years])
        else:
            self._tree.fill(branch, self._catalogue.agreements(self._order, branch.group, branch.year))

    def move_cursor_to(self, agreement_id: str) -> None:
        """Move the cursor to an agreement, opening the branches that hold it."""
        if self._tree.move_cursor_to(agreement_id, self._tree.cursor_group):
            return
        found = self._catalogue.group_of(self._order, agreement_id)
        if found is None:
            return
        group, year = found
        for branch in self._tree.branches:
            if branch.group == group:
                self._unfold(branch)
                for entry in self._tree.entries(branch):
                    if isinstance(entry, Branch) and entry.year == year:
                        self._unfold(entry)
        self._tree.move_cursor_to(agreement_id, group)

    def neighbour(self, agreement_id: str, step: int) -> str | None:
        """Return the agreement before (-1) or after (1) one in the tree, or None. After an empty id comes the first."""
        return self._catalogue.neighbour(self._order, agreement_id, step, self._tree.cursor_group)

    def _unfold(self, branch: Branch) -> None:
        self.fill(branch)
        self._tree.open(branch)
