"""Highlights of a catalogue: its main source, the record most linked, the person who signed most; its verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.catalogue.columns import count, line, name, one_of

if TYPE_CHECKING:
    import apsw

    from tui.catalogue.connection import CatalogueConnection


ROLES = ("encyclopedia", "source", "record", "person")


class Highlight(NamedTuple):
    """A source, record or person that stands out, and the number of claims, links or signed records by which it does.

    `role` is one of ROLES.
    """

    role: str
    id: str
    name: str
    size: int


_MAIN_SOURCE = """
SELECT CASE json_extract(record, '$.type') WHEN 'entry-encyclopedia' THEN 'encyclopedia' ELSE 'source' END, id,
    ifnull(json_extract(record, '$."container-title"'), json_extract(record, '$.title')), count(*) AS size
FROM citation JOIN source ON source.id = source WHERE role = 'claim' GROUP BY id ORDER BY size DESC, id LIMIT 1"""
_MOST_LINKED = """
SELECT 'record', id, name, times FROM (SELECT * FROM cited ORDER BY times DESC, number LIMIT 100)
JOIN agreement USING (number) JOIN record USING (number)
WHERE json_extract(record, '$.outcome') IS NOT NULL ORDER BY times DESC, number LIMIT 1"""
"""Record to which most others link, if it says what became of it."""
_SIGNED_MOST = """
SELECT 'person', id, name.name, count(DISTINCT number) AS size
FROM signatory JOIN name_form USING (form) JOIN name ON name.id = name_form.name
WHERE kind = 'person' GROUP BY id ORDER BY size DESC, id LIMIT 1"""


def insert_highlights(target: apsw.Connection) -> None:
    """Insert the highlights of a catalogue, once all records, links, claims, sources and names are in it."""
    for select in (_MAIN_SOURCE, _MOST_LINKED, _SIGNED_MOST):
        target.execute(f"INSERT INTO highlight {select}")


def highlights(catalogue: CatalogueConnection) -> dict[str, Highlight]:
    """Return the highlights by role."""
    rows = catalogue.fetch_all("SELECT role, id, name, size FROM highlight", (one_of(ROLES), name, line, count))
    return {row[0]: Highlight(*row) for row in rows}


def verdicts(catalogue: CatalogueConnection) -> dict[str, int]:
    """Return the number of claims with each verdict."""
    return dict(catalogue.fetch_all("SELECT verdict, count(*) FROM claim GROUP BY verdict", (line, count)))
