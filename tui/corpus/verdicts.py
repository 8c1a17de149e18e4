"""Words of the verdicts on claims."""

from __future__ import annotations

VERDICT_WORDS: dict[str, tuple[str, str, str]] = {
    "agrees": ("agrees with the record", "agrees", "agree"),
    "contradicts": ("contradicted by the record", "contradicted", "contradicted"),
    "differs": ("differs from the record", "differs", "differ"),
    "omits": ("leaves something out", "leaves something out", "leave something out"),
    "unverified": ("could not be verified", "could not be verified", "could not be verified"),
}
"""Words of each verdict: behind a claim, and behind a number of claims, one or several."""
