"""Relations between agreements: the link types and their wording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """Wording of a link type as seen from the link's source and from its target."""

    from_source: str
    from_target: str

    @property
    def is_symmetric(self) -> bool:
        """Whether both ends have the same wording."""
        return self.from_source == self.from_target


RELATIONS: dict[str, Relation] = {
    "brings-into-force": Relation("Brings into force", "Brought into force by"),
    "implements": Relation("Carries out", "Carried out by"),
    "supplements": Relation("Supplements", "Supplemented by"),
    "renews": Relation("Renews", "Renewed by"),
    "amends": Relation("Amends", "Amended by"),
    "supersedes": Relation("Replaces", "Replaced by"),
    "conditions": Relation("Sets a condition for", "Depends on"),
    "promises": Relation("Foresees", "Foreseen in"),
    "finances": Relation("Finances", "Financed by"),
    "confirms": Relation("Confirms", "Confirmed by"),
    "restores": Relation("Restores", "Restored by"),
    "denounces": Relation("Denounces", "Denounced by"),
    "terminates": Relation("Ends", "Ended by"),
    "refuses": Relation("Refuses", "Refused by"),
    "contradicts": Relation("Conflicts with", "In conflict with"),
    "cites": Relation("Cites", "Cited in"),
    "related": Relation("Related", "Related"),
}
"""Relation of each link type, in the order in which links are grouped."""
