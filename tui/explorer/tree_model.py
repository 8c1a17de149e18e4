"""Model of the tree: branches that open and close, their entries, and the visible rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tui.catalogue.connection import AgreementSummary


class Branch(NamedTuple):
    """Group of agreements, or one year of it. `year` is "every" for the whole group, None for those without a date.

    `span` has the years of an era.
    """

    group: str
    label: str
    size: int
    year: int | str | None = "every"
    background: bool = False
    span: str = ""

    def of_year(self, year: int | None, size: int) -> Branch:
        """Return the branch for the agreements of one year, or for those without a date."""
        return Branch(self.group, "No date" if year is None else str(year), size, year)


MAX_UNDIVIDED = 200
"""Agreements in the largest group that is not divided by year."""

Entry: TypeAlias = "Branch | AgreementSummary"


class Row(NamedTuple):
    """Line of the tree: its entry, the depth, and the branch that holds the entry."""

    entry: Entry
    depth: int = 0
    within: Branch | None = None


class TreeModel:
    """Branches and their entries. A branch begins closed and empty; it keeps its entries when it is closed again."""

    def __init__(self, branches: Sequence[Branch] = ()) -> None:
        self.branches = tuple(branches)
        self._entries: dict[Branch, tuple[Entry, ...]] = {}
        self._open: set[Branch] = set()
        self.rows: list[Row] = []
        self._rebuild_rows()

    def entries(self, branch: Branch) -> tuple[Entry, ...]:
        """Return the entries of a branch; none before it is filled."""
        return self._entries.get(branch, ())

    def is_filled(self, branch: Branch) -> bool:
        """Return whether a branch has been filled."""
        return branch in self._entries

    def is_open(self, branch: Branch) -> bool:
        """Return whether a branch is open."""
        return branch in self._open

    def fill(self, branch: Branch, entries: Iterable[Entry]) -> None:
        """Set the entries of a branch."""
        self._entries[branch] = tuple(entries)
        if branch in self._open:
            self._rebuild_rows()

    def open(self, *branches: Branch) -> None:
        """Show the entries of branches."""
        self._open.update(branches)
        self._rebuild_rows()

    def close(self, branch: Branch) -> None:
        """Hide the entries of a branch."""
        self._open.discard(branch)
        self._rebuild_rows()

    def paths(self, agreement_id: str) -> Iterator[tuple[Branch, ...]]:
        """Yield each path of filled branches, from the outermost, that leads to an agreement."""
        for branch in self.branches:
            for entry in self.entries(branch):
                if isinstance(entry, Branch):
                    if any(
                        isinstance(summary, AgreementSummary) and summary.id == agreement_id
                        for summary in self.entries(entry)
                    ):
                        yield branch, entry
                elif entry.id == agreement_id:
                    yield (branch,)

    def row_of(self, agreement_id: str, within: Branch) -> int | None:
        """Return the number of the row of an agreement in a branch, or None if it is not visible."""
        for number, (entry, _, branch) in enumerate(self.rows):
            if branch == within and isinstance(entry, AgreementSummary) and entry.id == agreement_id:
                return number
        return None

    def _rebuild_rows(self) -> None:
        self.rows = list(self._rows(self.branches, 0, None))

    def _rows(self, entries: Sequence[Entry], depth: int, within: Branch | None) -> Iterator[Row]:
        for entry in entries:
            yield Row(entry, depth, within)
            if isinstance(entry, Branch) and entry in self._open:
                yield from self._rows(self.entries(entry), depth + 1, entry)
