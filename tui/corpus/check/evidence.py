"""Rules of evidence: every statement says what it rests on, every claim is judged, every source is there and used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.corpus.check.survey import Faults, Rule, Survey
from tui.corpus.records import Agreement, Claim

_LOCUS = re.compile("¶[1-9][0-9]*")
_WITHOUT_RECORD = frozenset({"agrees", "unverified"})


def basis(survey: Survey) -> Faults:
    """Every provision and every event has a basis or names a source."""
    for agreement in survey.agreements:
        for index, provision in enumerate(agreement.record.provisions):
            if not provision.basis and not provision.sources:
                yield agreement, f"provisions[{index}] has neither a basis nor a source."
        for index, event in enumerate(agreement.record.events):
            if not event.basis and not event.sources:
                yield agreement, f"events[{index}] ({event.kind}) has neither a basis nor a source."


def claim_source(survey: Survey) -> Faults:
    """A claim says whose it is."""
    for claim in survey.claims:
        if not claim.record.source.strip():
            yield claim, "The claim does not name the source that makes it."


def claim_locus(survey: Survey) -> Faults:
    """A claim says in which paragraph of its source it stands."""
    for claim in survey.claims:
        if not _LOCUS.fullmatch(claim.record.locus):
            yield claim, f"The locus “{claim.record.locus}” is not of the form ¶1."


def claim_confidence(survey: Survey) -> Faults:
    """The judgement on a claim says how sure it is."""
    for claim in survey.claims:
        if claim.record.confidence is None:
            yield claim, "The judgement on the claim has no confidence."


def claim_about(survey: Survey) -> Faults:
    """A claim is about an agreement of the store."""
    for claim in survey.claims:
        if claim.record.about not in survey.ids["agreements"]:
            yield claim, f"The claim is about “{claim.record.about}”, which is no agreement of the store."


def claim_record(survey: Survey) -> Faults:
    """A claim that the record does not bear out says what the record has instead."""
    for claim in survey.claims:
        if claim.record.verdict not in _WITHOUT_RECORD and not claim.record.record.strip():
            yield claim, f"The verdict is “{claim.record.verdict}”, but what the record says is missing."


def source_known(survey: Survey) -> Faults:
    """Every source that a record names is in the table of sources."""
    known = survey.ids["sources"]
    for agreement in survey.agreements:
        for id in dict.fromkeys(_agreement_sources(agreement.record)):
            if id not in known:
                yield agreement, f"The store has no source “{id}”."
    for claim in survey.claims:
        for id in dict.fromkeys(_claim_sources(claim.record)):
            if id not in known and id.strip():
                yield claim, f"The store has no source “{id}”."


def source_used(survey: Survey) -> Faults:
    """Every source in the table is named by a record."""
    used = {id for agreement in survey.agreements for id in _agreement_sources(agreement.record)}
    used |= {id for claim in survey.claims for id in _claim_sources(claim.record)}
    for source in survey.sources:
        if source.id not in used:
            yield source, "No agreement and no claim rests on this source."


def _agreement_sources(agreement: Agreement) -> Iterator[str]:
    yield from agreement.sources
    for provision in agreement.provisions:
        yield from provision.sources
    for event in agreement.events:
        yield from event.sources
    if agreement.outcome:
        yield from agreement.outcome.sources


def _claim_sources(claim: Claim) -> Iterator[str]:
    yield claim.source
    yield from claim.sources


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
