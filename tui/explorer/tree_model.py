"""The tree as an outline: branches that open and close, their entries, and the rows that are seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tui.catalogue.connection import AgreementSummary


class Branch(NamedTuple):
    """A group of the tree, or one year of it (`year` is "every" for the whole group)."""

    group: str
    label: str
    size: int
    year: int | str | None = "every"
    background: bool = False

    def of_year(self, year: int | None, size: int) -> Branch:
        """The branch in this one that holds the agreements of one year, or those without a date."""
        return Branch(self.group, "No date" if year is None else str(year), size, year)


MANY = 200
"""A group with more agreements than this is divided by year."""

Entry: TypeAlias = "Branch | AgreementSummary"


class Row(NamedTuple):
    """A line of the tree: what stands on it, how deep, in which branch."""

    entry: Entry
    depth: int = 0
    within: Branch | None = None


class TreeModel:
    """Branches begin closed and empty; a branch is filled once, and keeps its entries while it is closed."""

    def __init__(self, branches: Sequence[Branch] = ()) -> None:
        self.branches = tuple(branches)
        self._entries: dict[Branch, tuple[Entry, ...]] = {}
        self._open: set[Branch] = set()
        self.rows: list[Row] = []
        self._rebuild_rows()

    def entries(self, branch: Branch) -> tuple[Entry, ...]:
        """What the branch was filled with; nothing before that."""
        return self._entries.get(branch, ())

    def is_filled(self, branch: Branch) -> bool:
        """Whether the branch has been given its entries."""
        return branch in self._entries

    def is_open(self, branch: Branch) -> bool:
        """Whether the branch's entries are to be seen."""
        return branch in self._open

    def fill(self, branch: Branch, entries: Iterable[Entry]) -> None:
        """Give a branch its entries."""
        self._entries[branch] = tuple(entries)
        if branch in self._open:
            self._rebuild_rows()

    def open(self, *branches: Branch) -> None:
        """Show what stands in these branches."""
        self._open.update(branches)
        self._rebuild_rows()

    def close(self, branch: Branch) -> None:
        """Show no longer what stands in the branch."""
        self._open.discard(branch)
        self._rebuild_rows()

    def paths(self, id: str) -> Iterator[tuple[Branch, ...]]:
        """The branches, from the outermost, in which an agreement stands, as far as they are filled."""
        for branch in self.branches:
            for entry in self.entries(branch):
                if isinstance(entry, Branch):
                    if any(
                        isinstance(summary, AgreementSummary) and summary.id == id for summary in self.entries(entry)
                    ):
                        yield branch, entry
                elif entry.id == id:
                    yield (branch,)

    def row_of(self, id: str, within: Branch) -> int | None:
        """The number of the row on which an agreement is seen in this branch."""
        for number, (entry, _, branch) in enumerate(self.rows):
            if branch == within and isinstance(entry, AgreementSummary) and entry.id == id:
                return number
        return None

    def _rebuild_rows(self) -> None:
        self.rows = list(self._rows(self.branches, 0, None))

    def _rows(self, entries: Sequence[Entry], depth: int, within: Branch | None) -> Iterator[Row]:
        for entry in entries:
            yield Row(entry, depth, within)
            if isinstance(entry, Branch) and entry in self._open:
                yield from self._rows(self.entries(entry), depth + 1, entry)
