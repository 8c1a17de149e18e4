"""Page of the records that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.address import Address
from tui.pages.blocks import Block, Page
from tui.pages.resources import Resources

if TYPE_CHECKING:
    from tui.corpus.records import Problem

SUBJECTS = ""


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """Data of the page: the problems in the order of their lines."""

    problems: Sequence[Problem]


def load(resources: Resources, address: Address) -> ProblemsPage:
    """Load the problems of the store."""
    return ProblemsPage(resources.reader.problems())


def compose(data: ProblemsPage, width: int = 0) -> Page:
    """Compose the page: each record with its line and what is wrong."""
    blocks = [Block("Records that could not be read", "title")]
    if not data.problems:
        blocks.append(Block("There are none: every record of this store was read.", above=1))
    for problem in data.problems:
        text = f"{problem.table}, {problem.record or 'a record'}: {problem.message}"
        blocks.append(Block(text, lead=f"line {problem.line}", hang=14, above=1))
    return tuple(blocks)
