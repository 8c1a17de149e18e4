"""Values that describe a corpus on the start page. They need no record classes, because the first frame shows them."""

from __future__ import annotations

from typing import Any, NamedTuple


class CorpusDescription(NamedTuple):
    """Description of the corpus; the fields are those of `records.About`."""

    title: str
    subtitle: str
    description: str
    version: str
    licence: str
    bias: str
    provisions_note: str


class EraSummary(NamedTuple):
    """Era of the corpus; `span` is an EDTF interval."""

    id: str
    title: str
    span: str
    summary: str
    background: bool


class CorpusSummary(NamedTuple):
    """Content of the start page, known before the agreements are read.

    `eras` are in the order of the tree. `sizes` has the number of agreements, links, claims and sources in the store,
    unreadable ones included.
    """

    description: CorpusDescription
    eras: list[EraSummary]
    sizes: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as dictionaries, for JSON."""
        eras = [era._asdict() for era in self.eras]
        return {"description": self.description._asdict(), "eras": eras, "sizes": self.sizes}

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> CorpusSummary:
        """Return the summary that `to_dict` turned into these fields."""
        eras = [EraSummary(**era) for era in fields["eras"]]
        return cls(CorpusDescription(**fields["description"]), eras, fields["sizes"])
