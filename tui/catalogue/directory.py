"""Directory of the names and sources of a catalogue, and of the records that mention them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import apsw

from tui.catalogue import columns
from tui.catalogue.connection import (
    CITED,
    CITED_COLUMNS,
    SUMMARY,
    SUMMARY_COLUMNS,
    AgreementSummary,
    CatalogueConnection,
    to_summary,
)
from tui.corpus import places

if TYPE_CHECKING:
    from tui.corpus.records import Agreement, Claim, Name, Source

ROLES = ("listed", "provision", "event", "outcome", "claim", "ground")
"""Roles of a citation: in the list of a record, in a provision, an event or an outcome; as the source that makes a
claim, or as one by which a claim is judged (ground)."""


class NameEntry(NamedTuple):
    """Name as lists show it; `kind` is person, place or term."""

    id: str
    name: str
    kind: str


class Citation(NamedTuple):
    """Citation of a source: its role (one of ROLES), the agreement, the place on its page, and a label."""

    role: str
    agreement: AgreementSummary
    place: str
    label: str


# -- filling


def insert_names(target: apsw.Connection, names: Iterable[Name]) -> None:
    """Insert names with all their forms."""
    import msgspec

    for name in names:
        record = msgspec.json.encode(name).decode()
        target.execute("INSERT INTO name VALUES (?, ?, ?, ?)", (name.id, name.name, name.kind, record))
        folded = {form.casefold() for form in name.all_forms()} - {""}
        target.executemany("INSERT INTO name_form VALUES (?, ?)", ((form, name.id) for form in folded))


def insert_mentions(target: apsw.Connection, agreements: Iterable[tuple[int, Agreement]]) -> None:
    """Insert the signatories and the citations of agreements, each with its number."""
    for number, agreement in agreements:
        target.executemany(
            "INSERT INTO signatory VALUES (?, ?)",
            ((form, number) for form in {signatory.name.casefold() for signatory in agreement.signatories}),
        )
        target.executemany("INSERT INTO citation VALUES (?, ?, ?, ?, ?)", dict.fromkeys(_citations(agreement)))


def insert_claim_citations(target: apsw.Connection, claim: Claim) -> None:
    """Insert the source that makes a claim and the sources by which it is judged."""
    cited = dict.fromkeys([(claim.source, "claim"), *((source, "ground") for source in claim.sources)])
    target.executemany(
        "INSERT INTO citation VALUES (?, ?, ?, ?, ?)",
        ((source, role, claim.about, claim.id, claim.locus) for source, role in cited),
    )


def _citations(agreement: Agreement) -> Iterator[tuple[str, str, str, str, str]]:
    for source in agreement.sources:
        yield source, "listed", agreement.id, "", ""
    for place, provision in zip(places.provision_places(agreement), agreement.provisions, strict=True):
        for source in provision.sources:
            yield source, "provision", agreement.id, place, provision.ref or provision.heading
    for place, event in zip(places.event_places(agreement), agreement.events, strict=True):
        for source in event.sources:
            yield source, "event", agreement.id, place, event.kind
    for source in agreement.outcome.sources if agreement.outcome else ():
        yield source, "outcome", agreement.id, ".outcome", ""


# -- reading


def names(catalogue: CatalogueConnection, text: str = "") -> list[NameEntry]:
    """Return the names with a form that contains a text, ignoring case, in alphabetical order. No text: all names."""
    rows = catalogue.fetch_all(
        "SELECT id, name, kind FROM name WHERE ?1 = '' OR id IN (SELECT name FROM name_form WHERE instr(form, ?1))",
        (columns.name, columns.line, columns.line),
        (text.strip().casefold(),),
    )
    return sorted((NameEntry(*row) for row in rows), key=lambda entry: (entry.name.casefold(), entry.id))


def name(catalogue: CatalogueConnection, name_id: str) -> Name | None:
    """Return the whole record of a name, or None if there is none of that id."""
    from tui.corpus.records import Name

    row = catalogue.fetch_one("SELECT record FROM name WHERE id = ?", (columns.record(Name),), (name_id,))
    return row[0] if row else None


def folded_forms(catalogue: CatalogueConnection, name_id: str) -> list[str]:
    """Return the forms of a name in lower case, the shortest first, without reading its record."""
    sql = "SELECT form FROM name_form WHERE name = ? ORDER BY length(form), form"
    return [form for (form,) in catalogue.fetch_all(sql, (columns.name,), (name_id,))]


def other_forms(catalogue: CatalogueConnection, folded: str) -> list[str]:
    """Return for the names with this form in the index the first other one in each script: `Sakhalin`, `樺太`."""
    from tui.catalogue.words import fold
    from tui.corpus.records import Name

    rows = catalogue.fetch_all(
        "SELECT record FROM name WHERE id IN (SELECT name FROM form WHERE folded = ?) ORDER BY id LIMIT 2",
        (columns.record(Name),),
        (folded,),
    )
    by_script: dict[str, str] = {}
    for form in (form for (found,) in rows for form in found.all_forms()):
        if fold(catalogue.tokenize(), form) != folded:
            script = unicodedata.name(form[:1], "").partition(" ")[0]
            by_script.setdefault("CJK" if script in ("HIRAGANA", "KATAKANA") else script, form)
    return list(by_script.values())


def names_of_forms(catalogue: CatalogueConnection, forms: Iterable[str]) -> dict[str, str]:
    """Return name ids by form, for each form that exactly one name has, ignoring case."""
    found: dict[str, str] = {}
    for form in dict.fromkeys(forms):
        sql = "SELECT DISTINCT name FROM name_form WHERE form = ? LIMIT 2"
        rows = catalogue.fetch_all(sql, (columns.name,), (form.casefold(),))
        if len(rows) == 1:
            found[form] = rows[0][0]
    return found


def signed_by(catalogue: CatalogueConnection, name_id: str) -> list[AgreementSummary]:
    """Return the agreements with a form of this name among the signatories, ignoring case, by date."""
    rows = catalogue.fetch_all(
        f"SELECT {SUMMARY_COLUMNS} FROM agreement WHERE number IN "
        "(SELECT number FROM signatory JOIN name_form USING (form) WHERE name = ?) ORDER BY number",
        SUMMARY,
        (name_id,),
    )
    return [to_summary(row) for row in rows]


def all_sources(catalogue: CatalogueConnection) -> list[Source]:
    """Return all sources, in alphabetical order of their ids."""
    from tui.corpus.records import Source

    rows = catalogue.fetch_all("SELECT record FROM source ORDER BY id", (columns.record(Source),))
    return [source for (source,) in rows]


def citations(catalogue: CatalogueConnection, source_id: str) -> list[Citation]:
    """Return everything that cites a source, by role, date of the agreement, and position on its page."""
    rows = catalogue.fetch_all(
        f"SELECT role, place, label, citation.agreement, {CITED_COLUMNS} FROM citation "
        "LEFT JOIN agreement ON agreement.id = citation.agreement WHERE source = ? "
        "ORDER BY number IS NULL, number, citation.rowid",
        (columns.one_of(ROLES), columns.line, columns.line, columns.line, *CITED),
        (source_id,),
    )
    found = [Citation(role, to_summary(row), place, label) for role, place, label, *row in rows]
    return sorted(found, key=lambda citation: ROLES.index(citation.role))
