"""Rules for evidence: statements have a basis, claims have a verdict, sources exist and are used."""

from __future__ import annotations

import re

from tui.corpus.check.survey import Faults, Rule, Survey
from tui.corpus.safe import quoted

_LOCUS = re.compile("¶[1-9][0-9]*")
_WITHOUT_RECORD = frozenset({"agrees", "unverified"})


def basis(survey: Survey) -> Faults:
    """Require a basis or a source for every provision and event."""
    for agreement in survey.agreements:
        for index, provision in enumerate(agreement.record.provisions):
            if not provision.basis and not provision.sources:
                yield agreement, f"provisions[{index}] has neither a basis nor a source."
        for index, event in enumerate(agreement.record.events):
            if not event.basis and not event.sources:
                yield agreement, f"events[{index}] ({event.kind}) has neither a basis nor a source."


def claim_source(survey: Survey) -> Faults:
    """Require a source for every claim."""
    for claim in survey.claims:
        if not claim.record.source.strip():
            yield claim, "The claim does not name the source that makes it."


def claim_locus(survey: Survey) -> Faults:
    """Require the locus of a claim to be a paragraph: `¶1`."""
    for claim in survey.claims:
        if not _LOCUS.fullmatch(claim.record.locus):
            yield claim, f"The locus “{quoted(claim.record.locus)}” is not of the form ¶1."


def claim_confidence(survey: Survey) -> Faults:
    """Require a confidence for the verdict on every claim."""
    for claim in survey.claims:
        if claim.record.confidence is None:
            yield claim, "The judgement on the claim has no confidence."


def claim_about(survey: Survey) -> Faults:
    """Require the agreement of a claim to be in the store."""
    for claim in survey.claims:
        if claim.record.about not in survey.ids["agreements"]:
            yield claim, f"The claim is about “{quoted(claim.record.about)}”, which is no record of the store."


def claim_record(survey: Survey) -> Faults:
    """Require the record's version for a claim that contradicts, differs from or omits it."""
    for claim in survey.claims:
        if claim.record.verdict not in _WITHOUT_RECORD and not claim.record.record.strip():
            yield claim, f"The verdict is “{claim.record.verdict}”, but what the record says is missing."


def source_known(survey: Survey) -> Faults:
    """Require every cited source to be in the table of sources."""
    known = survey.ids["sources"]
    for agreement in survey.agreements:
        for source in dict.fromkeys(agreement.record.cited()):
            if source not in known:
                yield agreement, f"The store has no source “{quoted(source)}”."
    for claim in survey.claims:
        for source in dict.fromkeys(claim.record.cited()):
            if source not in known and source.strip():
                yield claim, f"The store has no source “{quoted(source)}”."


def source_used(survey: Survey) -> Faults:
    """Require every source in the table to be cited."""
    used = {source for agreement in survey.agreements for source in agreement.record.cited()}
    used |= {source for claim in survey.claims for source in claim.record.cited()}
    for source in survey.sources:
        if source.id not in used:
            yield source, "No record and no claim rests on this source."


RULES = (
    Rule("basis", "error", basis),
    Rule("claim-source", "error", claim_source),
    Rule("claim-locus", "error", claim_locus),
    Rule("claim-confidence", "error", claim_confidence),
    Rule("claim-about", "error", claim_about),
    Rule("claim-record", "error", claim_record),
    Rule("source-known", "error", source_known),
    Rule("source-used", "error", source_used),
)
