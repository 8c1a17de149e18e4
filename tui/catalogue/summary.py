"""Values that describe a corpus on the start page. They need no record classes, because the first frame shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CorpusDescription:
    """Description of the corpus; the fields are those of `records.About`."""

    title: str
    subtitle: str
    description: str
    version: str
    licence: str
    bias: str


@dataclass(frozen=True, slots=True)
class EraSummary:
    """Era of the corpus; `span` is an EDTF interval."""

    id: str
    title: str
    span: str
    summary: str
    background: bool


@dataclass(frozen=True, slots=True)
class CorpusSummary:
    """Content of the start page, known before the agreements are read.

    `eras` are in the order of the tree. `sizes` has the number of agreements, links, claims and sources in the store,
    unreadable ones included.
    """

    description: CorpusDescription
    eras: list[EraSummary]
    sizes: dict[str, int]

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> CorpusSummary:
        """Return the summary that `dataclasses.asdict` turned into these fields."""
        eras = [EraSummary(**era) for era in fields["eras"]]
        return cls(CorpusDescription(**fields["description"]), eras, fields["sizes"])
