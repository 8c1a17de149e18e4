"""Reads the compiled catalogue for everything except search: tree, documents, cross-links, claims, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.catalogue.columns import count, flag, line, name, number, one_of, optional, record, text
from tui.catalogue.connection import (
    CITED,
    CITED_COLUMNS,
    SUMMARY,
    SUMMARY_COLUMNS,
    AgreementSummary,
    CatalogueConnection,
    to_summary,
)
from tui.catalogue.summary import CorpusDescription, EraSummary
from tui.corpus import safe

if TYPE_CHECKING:
    from tui.corpus.records import Agreement, Claim, Problem, Source


class Group(NamedTuple):
    """Group of the tree in one of the orderings: an era, a topic, a place or a kind."""

    key: str
    label: str
    background: bool
    size: int


class CrossLink(NamedTuple):
    """Link as seen from one of its two agreements.

    `relation` is in words, for this direction. `other.name` is empty if the other agreement is not in the store.
    """

    relation: str
    other: AgreementSummary
    reason: str
    basis: str | None


class CatalogueReader(CatalogueConnection):
    """Connection to a catalogue for the explorer and the command line."""

    def _execute(self, sql: str, bound: Sequence[Any]) -> list[tuple[Any, ...]]:
        # Texts to compare with, such as ids that were typed, are made safe like those of the store.
        return super()._execute(sql, [safe.text(item) if isinstance(item, str) else item for item in bound])

    # -- corpus

    def description(self) -> CorpusDescription:
        """Return the description of the corpus."""
        fields = CorpusDescription._fields
        values = ", ".join(f"(SELECT value FROM about WHERE key = '{field}')" for field in fields)
        return CorpusDescription(*self.fetch_only(f"SELECT {values}", [text] * len(fields)))

    def eras(self) -> list[EraSummary]:
        """Return the eras in the order of the tree, background ones last."""
        rows = self.fetch_all(
            "SELECT id, title, span, summary, background FROM era ORDER BY rank", (name, line, line, text, flag)
        )
        return [EraSummary(*row) for row in rows]

    def era(self, era_id: str) -> EraSummary | None:
        """Return an era, or None if there is none of that id."""
        return next((era for era in self.eras() if era.id == era_id), None)

    def counts(self) -> dict[str, int]:
        """Return the number of agreements, links, claims and sources, by table."""
        return {
            table: self.fetch_only(f"SELECT count(*) FROM {table}", (count,))[0]
            for table in ("agreement", "link", "claim", "source")
        }

    def problem_count(self) -> int:
        """Return the number of records that could not be read."""
        return int(self.fetch_only("SELECT count(*) FROM problem", (count,))[0])

    def problems(self) -> list[Problem]:
        """Return the records that could not be read, in the order of their lines."""
        from tui.corpus.records import Problem

        rows = self.fetch_all("SELECT * FROM problem ORDER BY line", (count, line, line, line))
        return [Problem(line=row[0], table=row[1], record=row[2], message=row[3]) for row in rows]

    # -- the tree

    def groups(self, ordering: str) -> list[Group]:
        """Return the groups of one ordering (of schema.ORDERINGS) in the order of the tree."""
        rows = self.fetch_all(
            "SELECT key, label, background, size FROM groups WHERE ordering = ? ORDER BY rank",
            (line, line, flag, count),
            (ordering,),
        )
        return [Group(*row) for row in rows]

    def years(self, ordering: str, group: str) -> list[tuple[int | None, int]]:
        """Return the years of a group and the number of agreements in each; the undated ones come last, under None."""
        rows = self.fetch_all(
            "SELECT year, count(*) FROM grouping WHERE ordering = ? AND group_key = ? "
            "GROUP BY year ORDER BY year IS NULL, year",
            (optional(number), count),
            (ordering, group),
        )
        return [(year, size) for year, size in rows]

    def agreements(
        self, ordering: str, group: str, year: int | str | None = "every", most: int = -1
    ) -> list[AgreementSummary]:
        """Return the agreements of a group in order of date; of one of its years if `year` is a number or None.

        At most `most` are returned, or all if it is negative.
        """
        only = "" if year == "every" else "AND grouping.year IS ?"
        rows = self.fetch_all(
            f"SELECT {SUMMARY_COLUMNS} FROM grouping INDEXED BY grouping_{'group' if year == 'every' else 'year'} "
            f"CROSS JOIN agreement USING (number) WHERE ordering = ? AND group_key = ? {only} ORDER BY number LIMIT ?",
            SUMMARY,
            (ordering, group, most) if year == "every" else (ordering, group, year, most),
        )
        return [to_summary(row) for row in rows]

    def kinds(self, ordering: str, group: str, year: int | str | None = "every") -> dict[str, str]:
        """Return the kind, in words, of each agreement of a group, or of one of its years, that has a kind."""
        return self.answer(lambda: self._kinds(ordering, group, year))

    def _kinds(self, ordering: str, group: str, year: int | str | None) -> dict[str, str]:
        only = "" if year == "every" else "AND grouping.year IS ?"
        labels = self.labels("kind")
        rows = self.fetch_all(
            f"SELECT agreement.id, kind.group_key FROM grouping INDEXED BY "
            f"grouping_{'group' if year == 'every' else 'year'} "
            "CROSS JOIN grouping AS kind INDEXED BY grouping_number USING (number) "
            "CROSS JOIN agreement USING (number) "
            f"WHERE grouping.ordering = ? AND grouping.group_key = ? {only} AND kind.ordering = 'kind' "
            "AND kind.group_key != ''",
            (name, one_of(labels)),
            (ordering, group) if year == "every" else (ordering, group, year),
        )
        return {agreement_id: labels[key] for agreement_id, key in rows}

    def group_of(self, ordering: str, agreement_id: str) -> tuple[str, int | None] | None:
        """Return the first group and the year in which the tree shows an agreement, or None if there is none."""
        row = self.fetch_one(
            "SELECT group_key, year FROM grouping INDEXED BY grouping_number WHERE ordering = ? "
            "AND number = (SELECT number FROM agreement WHERE id = ?) ORDER BY position LIMIT 1",
            (line, optional(number)),
            (ordering, agreement_id),
        )
        return (row[0], row[1]) if row else None

    def neighbour(self, ordering: str, agreement_id: str, step: int, group: str | None = None) -> str | None:
        """Return the id of the next (step 1) or previous (step -1) agreement in the tree, or None at its end.

        The agreement after "" is the first. `group` is the group to start from, for an agreement in several topics.
        """
        row = self.fetch_one(
            "SELECT position FROM grouping WHERE ordering = ?1 "
            "AND number = (SELECT number FROM agreement WHERE id = ?2) "
            "ORDER BY group_key IS NOT ?3, position LIMIT 1",
            (count,),
            (ordering, agreement_id, group),
        )
        if not agreement_id:
            row = (-1,)
        if row is None:
            return None
        direction = ("> ?2", "ASC") if step > 0 else ("< ?2", "DESC")
        found = self.fetch_one(
            f"SELECT id FROM grouping CROSS JOIN agreement USING (number) "
            f"WHERE ordering = ?1 AND position {direction[0]} "
            f"AND id != ?3 ORDER BY position {direction[1]} LIMIT 1",
            (name,),
            (ordering, row[0], agreement_id),
        )
        return found[0] if found else None

    def all_agreements(self) -> list[AgreementSummary]:
        """Return all agreements in the order of the tree by era."""
        rows = self.fetch_all(
            f"SELECT {SUMMARY_COLUMNS} FROM grouping JOIN agreement USING (number) "
            "WHERE ordering = 'era' ORDER BY position",
            SUMMARY,
        )
        return [to_summary(row) for row in rows]

    def labels(self, ordering: str) -> dict[str, str]:
        """Return the labels of the groups of one ordering, by key; those of "kind" are the kinds in words."""
        if ordering not in self.kept:
            rows = self.fetch_all("SELECT key, label FROM groups WHERE ordering = ?", (line, line), (ordering,))
            self.kept[ordering] = dict(rows)
        labels: dict[str, str] = self.kept[ordering]
        return labels

    # -- one agreement

    def agreement(self, agreement_id: str) -> Agreement | None:
        """Return the whole record, or None if there is no such agreement."""
        from tui.corpus.records import Agreement

        sql = "SELECT record FROM agreement LEFT JOIN record USING (number) WHERE id = ?"
        row = self.fetch_one(sql, (record(Agreement),), (agreement_id,))
        return row[0] if row else None

    def summary(self, agreement_id: str) -> AgreementSummary | None:
        """Return the summary of an agreement, or None if there is no such agreement."""
        row = self.fetch_one(f"SELECT {SUMMARY_COLUMNS} FROM agreement WHERE id = ?", SUMMARY, (agreement_id,))
        return to_summary(row) if row else None

    def ids_titled(self, title: str, most: int = 2) -> list[str]:
        """Return the ids of up to `most` agreements that have this very title, whatever its case and punctuation."""
        from tui.catalogue.words import title_key

        sql = "SELECT id FROM title JOIN agreement USING (number) WHERE key = ? LIMIT ?"
        return [found for (found,) in self.fetch_all(sql, (name,), (title_key(title), most))]

    def checksum(self, agreement_id: str) -> str | None:
        """Return the checksum of a record as it stands in the store, or None if there is no such agreement."""
        row = self.fetch_one("SELECT checksum FROM agreement WHERE id = ?", (line,), (agreement_id,))
        return row[0] if row else None

    def similar_ids(self, text: str, most: int = 5) -> list[str]:
        """Return up to `most` ids that contain a text or whose titles do; ids that begin with it come first."""
        rows = self.fetch_all(
            "SELECT id FROM agreement WHERE instr(id, ?1) OR instr(lower(name), lower(?1)) "
            "ORDER BY instr(id, ?1) != 1, id LIMIT ?2",
            (name,),
            (text, most),
        )
        return [found for (found,) in rows]

    def links(self, agreement_id: str) -> list[CrossLink]:
        """Return the links from and to an agreement, grouped by relation, each group in order of date."""
        from tui.corpus.relations import RELATIONS

        found: list[tuple[tuple[int, int, str], CrossLink]] = []
        order = {kind: rank for rank, kind in enumerate(RELATIONS)}
        for inverse, (here, there) in enumerate((("source", "target"), ("target", "source"))):
            rows = self.fetch_all(
                "SELECT link.type, link.reason, link.basis, ifnull(agreement.earliest, ''), "
                f"link.{there}, {CITED_COLUMNS} FROM link "
                f"LEFT JOIN agreement ON agreement.id = link.{there} WHERE link.{here} = ?",
                (one_of(RELATIONS), line, optional(line), line, line, *CITED),
                (agreement_id,),
            )
            for kind, reason, basis, earliest, *row in rows:
                relation = RELATIONS[kind]
                wording = relation.from_target if inverse else relation.from_source
                rank = (order[kind], 0 if relation.is_symmetric else inverse, earliest)
                found.append((rank, CrossLink(wording, to_summary(row), reason, basis)))
        return [link for _, link in sorted(found, key=lambda pair: pair[0])]

    def claims(self, agreement_id: str) -> list[Claim]:
        """Return the claims about an agreement, in the order of the store."""
        from tui.corpus.records import Claim

        sql = "SELECT record FROM claim WHERE about = ? ORDER BY position"
        return [claim for (claim,) in self.fetch_all(sql, (record(Claim),), (agreement_id,))]

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """Return the sources with these ids, by id, without those that are not in the store."""
        from tui.corpus.records import Source

        kinds = (record(Source),)
        found: dict[str, Source] = {}
        for source_id in ids:
            row = self.fetch_one("SELECT record FROM source WHERE id = ?", kinds, (source_id,))
            if row:
                found[source_id] = row[0]
        return found
