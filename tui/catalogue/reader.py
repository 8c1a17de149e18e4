"""The one door to the compiled catalogue for all but search: tree, document, cross-links, claims, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.catalogue.connection import SUMMARY_COLUMNS, AgreementSummary, CatalogueConnection, to_summary
from tui.corpus import safe

if TYPE_CHECKING:
    from tui.corpus.records import Agreement, Claim, Problem, Source


class Group(NamedTuple):
    """One group of the tree in some order: an era, a topic, a place, a kind."""

    key: str
    label: str
    background: bool
    size: int


class CorpusDescription(NamedTuple):
    """What the first page says of the corpus; the fields are those of `records.About`."""

    title: str
    subtitle: str
    description: str
    version: str
    licence: str
    bias: str


class EraSummary(NamedTuple):
    """An era as the first page tells it; `span` is EDTF."""

    title: str
    span: str
    summary: str
    background: bool


class CrossLink(NamedTuple):
    """A link as it reads from one agreement: the relation in words, the other agreement, the reason, its basis.

    `other.name` is empty where the other agreement is not in the store.
    """

    relation: str
    other: AgreementSummary
    reason: str
    basis: str | None


class CatalogueReader(CatalogueConnection):
    """An open catalogue, as the explorer and the command line read it."""

    _labels: dict[str, str] | None = None

    def fetch_all(self, sql: str, bound: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a statement, with its ids written as the store's ids are: they may come from a user."""
        return super().fetch_all(sql, [safe.text(item) if isinstance(item, str) else item for item in bound])

    # -- what the corpus is

    def description(self) -> CorpusDescription:
        """The corpus's own words about itself."""
        kept = dict(self.fetch_all("SELECT key, value FROM about"))
        return CorpusDescription(**kept)

    def eras(self) -> list[EraSummary]:
        """The eras in the tree's order, background ones last."""
        rows = self.fetch_all("SELECT title, span, summary, background FROM era ORDER BY rank")
        return [EraSummary(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many agreements, links, claims and sources there are."""
        return {
            table: self.fetch_all(f"SELECT count(*) FROM {table}")[0][0]
            for table in ("agreement", "link", "claim", "source")
        }

    def text_count(self) -> int:
        """How many agreements have their provisions in the store."""
        return int(self.fetch_all("SELECT value FROM meta WHERE key = 'texts'")[0][0])

    def problem_count(self) -> int:
        """How many records of the store could not be read."""
        return int(self.fetch_all("SELECT count(*) FROM problem")[0][0])

    def problems(self) -> list[Problem]:
        """The records of the store that could not be read."""
        from tui.corpus.records import Problem

        return [
            Problem(line=line, table=table, record=record, message=message)
            for line, table, record, message in self.fetch_all("SELECT * FROM problem ORDER BY line")
        ]

    # -- the tree

    def groups(self, ordering: str) -> list[Group]:
        """The groups of one order (schema.ORDERINGS), in the tree's order."""
        rows = self.fetch_all(
            "SELECT key, label, background, size FROM groups WHERE ordering = ? ORDER BY rank", (ordering,)
        )
        return [Group(key, label, bool(background), size) for key, label, background, size in rows]

    def years(self, ordering: str, group: str) -> list[tuple[int | None, int]]:
        """The years of a group and how many agreements each has; None for those without a date, last."""
        rows = self.fetch_all(
            "SELECT year, count(*) FROM grouping WHERE ordering = ? AND group_key = ? "
            "GROUP BY year ORDER BY year IS NULL, year",
            (ordering, group),
        )
        return [(year, size) for year, size in rows]

    def agreements(self, ordering: str, group: str, year: int | str | None = "every") -> list[AgreementSummary]:
        """The agreements of a group by date, or those of one of its years."""
        only = "" if year == "every" else "AND grouping.year IS ?"
        rows = self.fetch_all(
            f"SELECT {SUMMARY_COLUMNS} FROM grouping INDEXED BY grouping_{'group' if year == 'every' else 'year'} "
            f"CROSS JOIN agreement USING (number) WHERE ordering = ? AND group_key = ? {only} ORDER BY number",
            (ordering, group) if year == "every" else (ordering, group, year),
        )
        return [to_summary(row) for row in rows]

    def group_of(self, ordering: str, id: str) -> tuple[str, int | None] | None:
        """The group and year in which the tree shows an agreement first; None where there is no such agreement."""
        row = self.fetch_one(
            "SELECT group_key, year FROM grouping INDEXED BY grouping_number WHERE ordering = ? "
            "AND number = (SELECT number FROM agreement WHERE id = ?) ORDER BY position LIMIT 1",
            (ordering, id),
        )
        return (row[0], row[1]) if row else None

    def neighbour(self, ordering: str, id: str, step: int, group: str | None = None) -> str | None:
        """The id next to an agreement in the tree's order (step 1 or -1), or None at either end; after "", the first.

        `group` says which of its places is meant where an agreement stands in several (an order by topic).
        """
        row = self.fetch_one(
            "SELECT position FROM grouping WHERE ordering = ?1 "
            "AND number = (SELECT number FROM agreement WHERE id = ?2) "
            "ORDER BY group_key IS NOT ?3, position LIMIT 1",
            (ordering, id, group),
        )
        if not id:
            row = (-1,)
        if row is None:
            return None
        direction = ("> ?2", "ASC") if step > 0 else ("< ?2", "DESC")
        found = self.fetch_one(
            f"SELECT id FROM grouping CROSS JOIN agreement USING (number) "
            f"WHERE ordering = ?1 AND position {direction[0]} "
            f"AND id != ?3 ORDER BY position {direction[1]} LIMIT 1",
            (ordering, row[0], id),
        )
        return found[0] if found else None

    def all_agreements(self) -> list[AgreementSummary]:
        """Every agreement in the order of the tree by era."""
        rows = self.fetch_all(
            f"SELECT {SUMMARY_COLUMNS} FROM grouping JOIN agreement USING (number) "
            "WHERE ordering = 'era' ORDER BY position"
        )
        return [to_summary(row) for row in rows]

    def labels(self) -> dict[str, str]:
        """The kinds and topics in words."""
        if not self._labels:
            self._labels = dict(self.fetch_all("SELECT key, label FROM groups WHERE ordering IN ('kind', 'topic')"))
        return self._labels

    # -- one agreement

    def agreement(self, id: str) -> Agreement | None:
        """The whole record, or None where there is none of that id."""
        import msgspec

        from tui.corpus.records import Agreement

        row = self.fetch_one("SELECT record FROM record JOIN agreement USING (number) WHERE id = ?", (id,))
        return msgspec.json.decode(row[0], type=Agreement) if row else None

    def summary(self, id: str) -> AgreementSummary | None:
        """The agreement's leaf, or None where there is none of that id."""
        row = self.fetch_one(f"SELECT {SUMMARY_COLUMNS} FROM agreement WHERE id = ?", (id,))
        return to_summary(row) if row else None

    def similar_ids(self, id: str, most: int = 5) -> list[str]:
        """Ids that begin with or hold what was given for one, for a suggestion."""
        rows = self.fetch_all(
            "SELECT id FROM agreement WHERE instr(id, ?1) OR instr(lower(name), lower(?1)) "
            "ORDER BY instr(id, ?1) != 1, id LIMIT ?2",
            (id, most),
        )
        return [found for (found,) in rows]

    def links(self, id: str) -> list[CrossLink]:
        """The agreement's links in both directions, grouped by relation, those of one relation by date."""
        from tui.corpus.relations import WORDING

        found: list[tuple[tuple[int, int, str], CrossLink]] = []
        order = {kind: rank for rank, kind in enumerate(WORDING)}
        for inverse, (here, there) in enumerate((("source", "target"), ("target", "source"))):
            rows = self.fetch_all(
                f"SELECT link.type, link.reason, link.basis, link.{there}, {SUMMARY_COLUMNS}, agreement.earliest "
                f"FROM link LEFT JOIN agreement ON agreement.id = link.{there} WHERE link.{here} = ?",
                (id,),
            )
            for kind, reason, basis, other, *row, earliest in rows:
                other_leaf = to_summary(row) if row[0] is not None else AgreementSummary(other, "", "", None, "", False)
                relation = WORDING[kind][inverse]
                rank = (order[kind], 0 if kind == "related" else inverse, earliest or "")
                found.append((rank, CrossLink(relation, other_leaf, reason, basis)))
        return [link for _, link in sorted(found, key=lambda pair: pair[0])]

    def claims(self, id: str) -> list[Claim]:
        """What the sources claim about the agreement, in the sources' order."""
        import msgspec

        from tui.corpus.records import Claim

        rows = self.fetch_all("SELECT record FROM claim WHERE about = ? ORDER BY position", (id,))
        return [msgspec.json.decode(record, type=Claim) for (record,) in rows]

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """The sources with these ids, as many as there are, by id."""
        import msgspec

        from tui.corpus.records import Source

        found: dict[str, Source] = {}
        for id in ids:
            row = self.fetch_one("SELECT record FROM source WHERE id = ?", (id,))
            if row:
                found[id] = msgspec.json.decode(row[0], type=Source)
        return found
