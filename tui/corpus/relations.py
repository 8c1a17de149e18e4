"""Link types and their wording."""

from __future__ import annotations

WORDING: dict[str, tuple[str, str]] = {
    "brings-into-force": ("Brings into force", "Brought into force by"),
    "implements": ("Carries out", "Carried out by"),
    "supplements": ("Supplements", "Supplemented by"),
    "renews": ("Renews", "Renewed by"),
    "amends": ("Amends", "Amended by"),
    "supersedes": ("Replaces", "Replaced by"),
    "conditions": ("Sets a condition for", "Depends on"),
    "promises": ("Foresees", "Foreseen in"),
    "finances": ("Finances", "Financed by"),
    "confirms": ("Confirms", "Confirmed by"),
    "restores": ("Restores", "Restored by"),
    "denounces": ("Denounces", "Denounced by"),
    "terminates": ("Ends", "Ended by"),
    "refuses": ("Refuses", "Refused by"),
    "contradicts": ("Conflicts with", "In conflict with"),
    "cites": ("Cites", "Cited in"),
    "related": ("Related", "Related"),
}
"""Each link type's wording from its source and from its target, in the order in which links are grouped."""
