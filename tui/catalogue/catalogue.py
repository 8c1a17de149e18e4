"""The one door to the compiled catalogue: what the tree, the document, the links and the search ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import apsw

from tui.catalogue import schema

if TYPE_CHECKING:
    from tui.catalogue.query import Query, Tokenize
    from tui.corpus.records import Agreement, Claim, Problem, Source


class Leaf(NamedTuple):
    """An agreement as the tree, the lists and the links know it. `date` is EDTF as written, or nothing."""

    id: str
    name: str
    date: str
    year: int | None
    era: str
    doubtful: bool


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


class Result(NamedTuple):
    """One agreement found: its leaf, its era's title, the best passage and where the hits are marked in it."""

    leaf: Leaf
    era: str
    snippet: str
    marks: tuple[tuple[int, int], ...]


class Results(NamedTuple):
    """What a search found: the first results, how many agreements match in all, and a note on the query or nothing."""

    found: tuple[Result, ...]
    total: int
    note: str = ""


_LEAF = "agreement.id, agreement.name, agreement.date, agreement.year, agreement.era, agreement.doubtful"
_PASSAGES = (2, 3, 0, 1)
"""The columns of the search table in which the passage to show is looked for: text, claims, titles, names."""
_OPENED, _CLOSED = "\x02", "\x03"


class Interrupted(Exception):
    """A search was stopped before it was done."""


class Catalogue:
    """An open catalogue. Not for use from two threads at once: give each its own by `another`."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._tokenize: Tokenize | None = None
        self._era_titles: dict[str, str] | None = None

    def another(self) -> Catalogue:
        """A second, independent way into the same catalogue, for another thread."""
        name = self._connection.db_filename("main")
        if name:
            return Catalogue(schema.connect(name))
        connection = apsw.Connection(":memory:")
        connection.deserialize("main", self._connection.serialize("main"))
        return Catalogue(connection)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def interrupt(self) -> None:
        """Stop the search that another thread is making; it raises Interrupted there."""
        self._connection.interrupt()

    # -- what the corpus is

    def front(self) -> Front:
        """The corpus's own words about itself."""
        kept = dict(self._connection.execute("SELECT key, value FROM about"))
        return Front(**kept)

    def eras(self) -> list[EraNote]:
        """The eras in the tree's order, background ones last."""
        rows = self._connection.execute("SELECT title, span, summary, background FROM era ORDER BY rank")
        return [EraNote(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many agreements, links, claims and sources there are."""
        return {
            table: self._connection.execute(f"SELECT count(*) FROM {table}").get
            for table in ("agreement", "link", "claim", "source")
        }

    def problem_count(self) -> int:
        """How many records of the store could not be read."""
        return int(self._connection.execute("SELECT count(*) FROM problem").get)

    def problems(self) -> list[Problem]:
        """The records of the store that could not be read."""
        from tui.corpus.records import Problem

        return [
            Problem(line=line, table=table, record=record, message=message)
            for line, table, record, message in self._connection.execute("SELECT * FROM problem ORDER BY line")
        ]

    # -- the tree

    def divisions(self, ordering: str) -> list[Division]:
        """The divisions of one order (schema.ORDERS), in the tree's order."""
        rows = self._connection.execute(
            "SELECT key, label, background, size FROM division WHERE ordering = ? ORDER BY rank", (ordering,)
        )
        return [Division(key, label, bool(background), size) for key, label, background, size in rows]

    def years(self, ordering: str, division: str) -> list[tuple[int | None, int]]:
        """The years of a division and how many agreements each has; None for those without a date, last."""
        rows = self._connection.execute(
            "SELECT year, count(*) FROM shelf WHERE ordering = ? AND division = ? GROUP BY year ORDER BY min(position)",
            (ordering, division),
        )
        return [(year, size) for year, size in rows]

    def leaves(self, ordering: str, division: str, year: int | str | None = "every") -> list[Leaf]:
        """The agreements of a division by date, or those of one of its years."""
        only = "" if year == "every" else "AND shelf.year IS ?"
        rows = self._connection.execute(
            f"SELECT {_LEAF} FROM shelf JOIN agreement USING (number) "
            f"WHERE ordering = ? AND division = ? {only} ORDER BY position",
            (ordering, division) if year == "every" else (ordering, division, year),
        )
        return [_leaf(row) for row in rows]

    def shelf(self, ordering: str, id: str) -> tuple[str, int | None] | None:
        """The division and year in which the tree shows an agreement first; None where there is no such agreement."""
        row = self._connection.execute(
            "SELECT division, shelf.year FROM shelf JOIN agreement USING (number) "
            "WHERE ordering = ? AND id = ? ORDER BY position LIMIT 1",
            (ordering, id),
        ).fetchone()
        return (row[0], row[1]) if row else None

    def neighbour(self, ordering: str, id: str, step: int, division: str | None = None) -> str | None:
        """The id next to an agreement in the tree's order (step 1 or -1), or None at either end.

        `division` says which of its places is meant where an agreement stands in several (an order by topic).
        """
        row = self._connection.execute(
            "SELECT position FROM shelf JOIN agreement USING (number) WHERE ordering = ?1 AND id = ?2 "
            "ORDER BY division IS NOT ?3, position LIMIT 1",
            (ordering, id, division),
        ).fetchone()
        if row is None:
            return None
        direction = ("> ?2", "ASC") if step > 0 else ("< ?2", "DESC")
        found = self._connection.execute(
            f"SELECT id FROM shelf JOIN agreement USING (number) WHERE ordering = ?1 AND position {direction[0]} "
            f"AND id != ?3 ORDER BY position {direction[1]} LIMIT 1",
            (ordering, row[0], id),
        ).fetchone()
        return found[0] if found else None

    def all_leaves(self) -> list[Leaf]:
        """Every agreement in the order of the tree by era."""
        rows = self._connection.execute(
            f"SELECT {_LEAF} FROM shelf JOIN agreement USING (number) WHERE ordering = 'era' ORDER BY position"
        )
        return [_leaf(row) for row in rows]

    # -- one agreement

    def agreement(self, id: str) -> Agreement | None:
        """The whole record, or None where there is none of that id."""
        import msgspec

        from tui.corpus.records import Agreement

        row = self._connection.execute("SELECT record FROM agreement WHERE id = ?", (id,)).fetchone()
        return msgspec.json.decode(row[0], type=Agreement) if row else None

    def leaf(self, id: str) -> Leaf | None:
        """The agreement's leaf, or None where there is none of that id."""
        row = self._connection.execute(f"SELECT {_LEAF} FROM agreement WHERE id = ?", (id,)).fetchone()
        return _leaf(row) if row else None

    def resembling(self, id: str, most: int = 5) -> list[str]:
        """Ids that begin with or hold what was given for one, for a suggestion."""
        rows = self._connection.execute(
            "SELECT id FROM agreement WHERE instr(id, ?1) OR instr(lower(name), lower(?1)) "
            "ORDER BY instr(id, ?1) != 1, id LIMIT ?2",
            (id, most),
        )
        return [found for (found,) in rows]

    def links(self, id: str) -> list[CrossLink]:
        """The agreement's links in both directions, grouped by relation, those of one relation by date."""
        from tui.corpus.vocabulary import WORDING

        found: list[tuple[tuple[int, int, str], CrossLink]] = []
        order = {kind: rank for rank, kind in enumerate(WORDING)}
        for inverse, (here, there) in enumerate((("source", "target"), ("target", "source"))):
            rows = self._connection.execute(
                f"SELECT link.type, link.reason, link.basis, link.{there}, {_LEAF}, agreement.earliest "
                f"FROM link LEFT JOIN agreement ON agreement.id = link.{there} WHERE link.{here} = ?",
                (id,),
            )
            for kind, reason, basis, other, *row, earliest in rows:
                leaf = _leaf(row) if row[0] is not None else Leaf(other, "", "", None, "", False)
                relation = WORDING[kind][inverse]
                rank = (order[kind], 0 if kind == "related" else inverse, earliest or "")
                found.append((rank, CrossLink(relation, leaf, reason, basis)))
        return [link for _, link in sorted(found, key=lambda pair: pair[0])]

    def claims(self, id: str) -> list[Claim]:
        """What the sources claim about the agreement, in the sources' order."""
        import msgspec

        from tui.corpus.records import Claim

        rows = self._connection.execute("SELECT record FROM claim WHERE about = ? ORDER BY position", (id,))
        return [msgspec.json.decode(record, type=Claim) for (record,) in rows]

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """The sources with these ids, as many as there are, by id."""
        import msgspec

        from tui.corpus.records import Source

        found: dict[str, Source] = {}
        for id in ids:
            row = self._connection.execute("SELECT record FROM source WHERE id = ?", (id,)).fetchone()
            if row:
                found[id] = msgspec.json.decode(row[0], type=Source)
        return found

    # -- search

    def query(self, typed: str) -> Query:
        """Read what a reader typed. Never raises."""
        from tui.catalogue import query

        return query.parse(typed, self._cut(), self._forms)

    def search(self, typed: str, most: int = 200) -> Results:
        """The agreements that hold every word typed, the best first.

        Never raises for anything typed; raises Interrupted where another thread said so.
        """
        from tui.catalogue import query

        asked = self.query(typed)
        if not asked.groups:
            return Results((), 0, asked.note)
        expression = query.expression(asked)
        try:
            rows = self._connection.execute(
                f"SELECT {_LEAF}, "
                + ", ".join(f"snippet(search, {column}, ?2, ?3, '…', 24)" for column in _PASSAGES)
                + " FROM search JOIN agreement ON agreement.number = search.rowid WHERE search MATCH ?1 "
                "ORDER BY bm25(search, 12.0, 6.0, 1.0, 0.6), earliest LIMIT ?4",
                (expression, _OPENED, _CLOSED, most),
            ).fetchall()
            total = len(rows)
            if total == most:
                total = self._connection.execute("SELECT count(*) FROM search WHERE search MATCH ?", (expression,)).get
        except apsw.InterruptError:
            raise Interrupted from None
        titles = self._titles()
        found = tuple(
            Result(_leaf(row), titles.get(str(row[4]), ""), *_marked(_best([str(passage) for passage in row[6:]])))
            for row in rows
        )
        return Results(found, total, asked.note)

    def marks(self, query: Query, texts: list[str]) -> list[list[tuple[int, int]]]:
        """Where each of the texts holds a hit of the query."""
        from tui.catalogue import query as queries

        cut = self._cut()
        return [queries.marks(query, text, cut) for text in texts]

    def _cut(self) -> Tokenize:
        from tui.catalogue.query import tokenizer

        if self._tokenize is None:
            schema.enable_search(self._connection)
            self._tokenize = tokenizer(self._connection)
        return self._tokenize

    def _forms(self, folded: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT DISTINCT other.folded FROM form JOIN form AS other USING (name) "
            "WHERE form.folded = ?1 AND other.folded != ?1",
            (folded,),
        )
        return [form for (form,) in rows]

    def _titles(self) -> dict[str, str]:
        if self._era_titles is None:
            self._era_titles = {division.key: division.label for division in self.divisions("era")}
        return self._era_titles


def _leaf(row: Sequence[Any]) -> Leaf:
    id, name, date, year, era, doubtful = row[:6]
    return Leaf(id, name, date, year, era, bool(doubtful))


def _best(passages: Sequence[str]) -> str:
    return next((passage for passage in passages if _OPENED in passage), passages[0])


def _marked(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """FTS5's snippet without its markers, on one line, and where they stood."""
    text = ""
    found: list[tuple[int, int]] = []
    for piece in snippet.replace("\n", " · ").split(_OPENED):
        hit, closed, rest = piece.partition(_CLOSED)
        if closed:
            found.append((len(text), len(text) + len(hit)))
        text += hit + rest
    return text, tuple(found)
