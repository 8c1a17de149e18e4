"""How the tree is filled from the catalogue: its order, its branches when they are opened, its cursor."""

from __future__ import annotations

from tui.catalogue.reader import Catalogue
from tui.catalogue.schema import ORDERS
from tui.explorer.tree_model import MANY, Branch
from tui.explorer.widgets.agreement_tree import EraTree


class Shelving:
    """Shelves a catalogue's agreements in a tree by era, topic, place or kind."""

    def __init__(self, catalogue: Catalogue, tree: EraTree) -> None:
        self._catalogue = catalogue
        self._tree = tree
        self._order = ORDERS[0]

    def next_order(self) -> None:
        """Shelve by the next order."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self.shelve()

    def shelve(self) -> None:
        """Begin the tree anew."""
        self._tree.border_title = f"By {self._order}"
        branches = [
            Branch(division.key, division.label, division.size, background=division.background)
            for division in self._catalogue.divisions(self._order)
        ]
        self._tree.shelve(branches)
        if self._order == "era":  # the whole tree is open as far as it is short; other orders begin as headings
            room = MANY
            for branch in branches:
                if not branch.background and branch.size <= room:
                    room -= branch.size
                    self._unfold(branch)

    def fill(self, branch: Branch) -> None:
        """Give a branch its entries: its years where it holds many agreements, else these."""
        if branch.year == "every" and branch.size > MANY:
            years = self._catalogue.years(self._order, branch.division)
            self._tree.fill(branch, [branch.of_year(year, size) for year, size in years])
        else:
            self._tree.fill(branch, self._catalogue.leaves(self._order, branch.division, branch.year))

    def place_on(self, id: str) -> None:
        """Bring the tree's cursor to an agreement, unfolding its branches."""
        if self._tree.place_on(id, self._tree.cursor_division):
            return
        shelf = self._catalogue.shelf(self._order, id)
        if shelf is None:
            return
        division, year = shelf
        for branch in self._tree.branches:
            if branch.division == division:
                self._unfold(branch)
                for entry in self._tree.entries(branch):
                    if isinstance(entry, Branch) and entry.year == year:
                        self._unfold(entry)
        self._tree.place_on(id, division)

    def neighbour(self, id: str, step: int) -> str | None:
        """The agreement next to this one in the tree's order; after nothing, the first of the tree."""
        return self._catalogue.neighbour(self._order, id, step, self._tree.cursor_division)

    def _unfold(self, branch: Branch) -> None:
        self.fill(branch)
        self._tree.open(branch)
