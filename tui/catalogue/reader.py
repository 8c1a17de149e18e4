"""The one door to the compiled catalogue for all but search: tree, document, cross-links, claims, sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from tui.catalogue.connection import LEAF, Door, Leaf, leaf

if TYPE_CHECKING:
    from tui.corpus.records import Agreement, Claim, Problem, Source

__all__ = ["Catalogue", "CrossLink", "Division", "EraNote", "Front", "Leaf"]


class Division(NamedTuple):
    """One division of the tree in some order: an era, a topic, a place, a kind."""

    key: str
    label: str
    background: bool
    size: int


class Front(NamedTuple):
    """What the first page says of the corpus; the fields are those of `records.About`."""

    title: str
    subtitle: str
    description: str
    version: str
    licence: str
    bias: str


class EraNote(NamedTuple):
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
    other: Leaf
    reason: str
    basis: str | None


class Catalogue(Door):
    """An open catalogue, as the explorer and the command line read it."""

    _labels: dict[str, str] | None = None

    # -- what the corpus is

    def front(self) -> Front:
        """The corpus's own words about itself."""
        kept = dict(self.ask("SELECT key, value FROM about"))
        return Front(**kept)

    def eras(self) -> list[EraNote]:
        """The eras in the tree's order, background ones last."""
        rows = self.ask("SELECT title, span, summary, background FROM era ORDER BY rank")
        return [EraNote(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many agreements, links, claims and sources there are."""
        return {
            table: self.ask(f"SELECT count(*) FROM {table}")[0][0] for table in ("agreement", "link", "claim", "source")
        }

    def text_count(self) -> int:
        """How many agreements have their provisions in the store."""
        return int(self.ask("SELECT value FROM meta WHERE key = 'texts'")[0][0])

    def problem_count(self) -> int:
        """How many records of the store could not be read."""
        return int(self.ask("SELECT count(*) FROM problem")[0][0])

    def problems(self) -> list[Problem]:
        """The records of the store that could not be read."""
        from tui.corpus.records import Problem

        return [
            Problem(line=line, table=table, record=record, message=message)
            for line, table, record, message in self.ask("SELECT * FROM problem ORDER BY line")
        ]

    # -- the tree

    def divisions(self, ordering: str) -> list[Division]:
        """The divisions of one order (schema.ORDERS), in the tree's order."""
        rows = self.ask(
            "SELECT key, label, background, size FROM division WHERE ordering = ? ORDER BY rank", (ordering,)
        )
        return [Division(key, label, bool(background), size) for key, label, background, size in rows]

    def years(self, ordering: str, division: str) -> list[tuple[int | None, int]]:
        """The years of a division and how many agreements each has; None for those without a date, last."""
        rows = self.ask(
            "SELECT year, count(*) FROM shelf WHERE ordering = ? AND division = ? "
            "GROUP BY year ORDER BY year IS NULL, year",
            (ordering, division),
        )
        return [(year, size) for year, size in rows]

    def leaves(self, ordering: str, division: str, year: int | str | None = "every") -> list[Leaf]:
        """The agreements of a division by date, or those of one of its years."""
        only = "" if year == "every" else "AND shelf.year IS ?"
        rows = self.ask(
            f"SELECT {LEAF} FROM shelf INDEXED BY shelf_{'members' if year == 'every' else 'division'} "
            f"CROSS JOIN agreement USING (number) WHERE ordering = ? AND division = ? {only} ORDER BY number",
            (ordering, division) if year == "every" else (ordering, division, year),
        )
        return [leaf(row) for row in rows]

    def shelf(self, ordering: str, id: str) -> tuple[str, int | None] | None:
        """The division and year in which the tree shows an agreement first; None where there is no such agreement."""
        row = self.one(
            "SELECT division, year FROM shelf INDEXED BY shelf_number WHERE ordering = ? "
            "AND number = (SELECT number FROM agreement WHERE id = ?) ORDER BY position LIMIT 1",
            (ordering, id),
        )
        return (row[0], row[1]) if row else None

    def neighbour(self, ordering: str, id: str, step: int, division: str | None = None) -> str | None:
        """The id next to an agreement in the tree's order (step 1 or -1), or None at either end; after "", the first.

        `division` says which of its places is meant where an agreement stands in several (an order by topic).
        """
        row = self.one(
            "SELECT position FROM shelf WHERE ordering = ?1 AND number = (SELECT number FROM agreement WHERE id = ?2) "
            "ORDER BY division IS NOT ?3, position LIMIT 1",
            (ordering, id, division),
        )
        if not id:
            row = (-1,)
        if row is None:
            return None
        direction = ("> ?2", "ASC") if step > 0 else ("< ?2", "DESC")
        found = self.one(
            f"SELECT id FROM shelf CROSS JOIN agreement USING (number) WHERE ordering = ?1 AND position {direction[0]} "
            f"AND id != ?3 ORDER BY position {direction[1]} LIMIT 1",
            (ordering, row[0], id),
        )
        return found[0] if found else None

    def all_leaves(self) -> list[Leaf]:
        """Every agreement in the order of the tree by era."""
        rows = self.ask(
            f"SELECT {LEAF} FROM shelf JOIN agreement USING (number) WHERE ordering = 'era' ORDER BY position"
        )
        return [leaf(row) for row in rows]

    def labels(self) -> dict[str, str]:
        """The kinds and topics in words."""
        if not self._labels:
            self._labels = dict(self.ask("SELECT key, label FROM division WHERE ordering IN ('kind', 'topic')"))
        return self._labels

    # -- one agreement

    def agreement(self, id: str) -> Agreement | None:
        """The whole record, or None where there is none of that id."""
        import msgspec

        from tui.corpus.records import Agreement

        row = self.one("SELECT record FROM record JOIN agreement USING (number) WHERE id = ?", (id,))
        return msgspec.json.decode(row[0], type=Agreement) if row else None

    def leaf(self, id: str) -> Leaf | None:
        """The agreement's leaf, or None where there is none of that id."""
        row = self.one(f"SELECT {LEAF} FROM agreement WHERE id = ?", (id,))
        return leaf(row) if row else None

    def resembling(self, id: str, most: int = 5) -> list[str]:
        """Ids that begin with or hold what was given for one, for a suggestion."""
        rows = self.ask(
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
            rows = self.ask(
                f"SELECT link.type, link.reason, link.basis, link.{there}, {LEAF}, agreement.earliest "
                f"FROM link LEFT JOIN agreement ON agreement.id = link.{there} WHERE link.{here} = ?",
                (id,),
            )
            for kind, reason, basis, other, *row, earliest in rows:
                other_leaf = leaf(row) if row[0] is not None else Leaf(other, "", "", None, "", False)
                relation = WORDING[kind][inverse]
                rank = (order[kind], 0 if kind == "related" else inverse, earliest or "")
                found.append((rank, CrossLink(relation, other_leaf, reason, basis)))
        return [link for _, link in sorted(found, key=lambda pair: pair[0])]

    def claims(self, id: str) -> list[Claim]:
        """What the sources claim about the agreement, in the sources' order."""
        import msgspec

        from tui.corpus.records import Claim

        rows = self.ask("SELECT record FROM claim WHERE about = ? ORDER BY position", (id,))
        return [msgspec.json.decode(record, type=Claim) for (record,) in rows]

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """The sources with these ids, as many as there are, by id."""
        import msgspec

        from tui.corpus.records import Source

        found: dict[str, Source] = {}
        for id in ids:
            row = self.one("SELECT record FROM source WHERE id = ?", (id,))
            if row:
                found[id] = msgspec.json.decode(row[0], type=Source)
        return found
