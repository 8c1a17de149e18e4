"""What a search finds, what else it could ask, and what lies near an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product
from math import log
from typing import NamedTuple

import apsw

from tui.catalogue import query as queries
from tui.catalogue import schema, search
from tui.catalogue.door import LEAF, Door, Leaf, leaf
from tui.catalogue.query import Query, Term
from tui.catalogue.words import restore, stemmer, whole

MOST_MENDED = 8
"""How many conditions a query may have that is to be mended one by one."""
MOST_TRIED = 12
"""How many ways of mending several conditions together are tried."""
LONGEST_PIECE = 8
"""How many words the pieces may have into which a run of words is taken."""

_OPENED, _CLOSED = "\x02", "\x03"


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


class Offer(NamedTuple):
    """Another query to try: what it is in words, what to type, how many agreements answer it."""

    words: str
    typed: str
    size: int


class Interrupted(Exception):
    """A search was stopped before it was done."""


class Searcher(Door):
    """Searches an open catalogue. None of it is needed for the first frame, so it is a module of its own."""

    def query(self, typed: str) -> Query:
        """Read what a reader typed. Never raises."""
        from tui.catalogue import query

        return query.parse(typed, self.tokenize(), self._forms)

    def search(self, typed: str, most: int = 200, order: str = "relevance") -> Results:
        """The agreements that answer the query, the best first; or by `date`, or by `era`.

        Never raises for anything typed; raises Interrupted where another thread said so.
        """
        asked = self.query(typed)
        if not asked.nodes:
            return Results((), 0, asked.note)
        try:
            return self._find(asked, most, order)
        except apsw.InterruptError:
            raise Interrupted from None

    def _find(self, asked: Query, most: int, order: str) -> Results:

        source, bound = search.source(asked)
        indexed = source.startswith("FROM search")
        total = int(self.ask(f"SELECT count(*) {source}", bound)[0][0])
        ranked = indexed and order == "relevance" and total <= search.MANY
        headed, heading = search.headed(asked) if ranked else ("", ())
        by = {
            "relevance": f"{headed}, {search.RANKING}" if ranked else "earliest",
            "date": "earliest",
            "era": "(SELECT rank FROM division WHERE ordering = 'era' AND key = agreement.era) IS NULL, "
            "(SELECT rank FROM division WHERE ordering = 'era' AND key = agreement.era), earliest",
        }[order]
        passages = (
            ", ".join(f"snippet(search, {column}, char(2), char(3), '…', 24)" for column in search.PASSAGES)
            if indexed
            else "NULL"
        )
        rows = self.ask(f"SELECT {LEAF}, {passages} {source} ORDER BY {by} LIMIT ?", (*bound, *heading, most))
        titles = self._titles()
        found = tuple(
            Result(leaf(row), titles.get(row[4], ""), *_marked(_best(row[6:]) or self._summary(row[0]))) for row in rows
        )
        note = asked.note
        if order == "relevance" and total > search.MANY:
            note = note or "Too many to rank: the oldest stand first."
        return Results(found, total, note)

    def _summary(self, id: str) -> str:
        """What to show of an agreement in which no word was looked for."""
        row = self.one(
            "SELECT json_extract(record, '$.summary') FROM record JOIN agreement USING (number) WHERE id = ?", (id,)
        )
        return ((row and row[0]) or "").partition("\n")[0]

    def titled(self, words: str, most: int = 20) -> list[Leaf]:
        """The agreements whose titles or dates hold these words, the best first."""
        tokens = [token.word for token in self.tokenize()(words)][: queries.LONGEST]
        if not tokens:
            return []
        asked = "{title dated other} : (" + " AND ".join(f'"{word}"*' for word in tokens) + ")"
        rows = self.ask(
            f"SELECT {LEAF} FROM search JOIN agreement ON agreement.number = search.rowid WHERE search MATCH ? "
            f"ORDER BY {search.RANKING} LIMIT ?",
            (asked, most),
        )
        return [leaf(row) for row in rows]

    def has_phrases(self, query: Query) -> bool:
        """Whether the query looks for words that can be marked, and not only for dates and divisions."""
        return any(True for _ in queries.phrases(query.nodes))

    def marks(self, query: Query, texts: list[str]) -> list[list[tuple[int, int]]]:
        """Where each of the texts holds a hit of the query."""

        cut = self.tokenize()
        return [queries.marks(query, text, cut) for text in texts]

    def facets(self, typed: str) -> dict[str, list[tuple[str, str, int]]]:
        """For each order of the tree, the divisions that the answers stand in (key, label, how many), most first."""

        asked = self.query(typed)
        if not asked.nodes:
            return {}
        source, bound = search.source(asked)
        found: dict[str, list[tuple[str, str, int]]] = {ordering: [] for ordering in schema.ORDERS}
        rows = self.ask(
            "SELECT ordering, counted.division, label, counted.size FROM "
            "(SELECT ordering, division, count(*) AS size FROM shelf "
            f"WHERE number IN (SELECT agreement.number {source}) GROUP BY ordering, division) AS counted "
            "JOIN division USING (ordering) WHERE division.key = counted.division AND counted.division != '' "
            "ORDER BY counted.size DESC, rank",
            bound,
        )
        for ordering, key, label, size in rows:
            found[ordering].append((key, label, size))
        return found

    def offers(self, typed: str) -> list[Offer]:
        """Where nothing answers a query: what to ask instead, each with how many agreements would answer.

        Of conditions that nothing answers even alone, all are mended together: spelt otherwise, taken to pieces or left
        out. Where each has its answers: any of the words, then all but one, then other spellings.
        """
        asked = self.query(typed)
        parts = asked.parts
        alone = [at for at, node in enumerate(asked.nodes) if not self._count(Query((node,)))]
        found: dict[str, Offer] = {}

        def offer(words: str, changed: dict[int, str]) -> None:
            other = search.typed([new for at, part in enumerate(parts) if (new := changed.get(at, part))])
            size = self._count(self.query(other))
            if size:
                found.setdefault(other, Offer(words, other, size))

        if alone:
            few = len(alone) <= MOST_MENDED
            choices = [[*self._spellings(parts[at]), *self._pieces(asked, at), ""] if few else [""] for at in alone]
            for chosen in islice(product(*choices), MOST_TRIED):
                changed = dict(zip(alone, chosen, strict=True))
                words = [
                    f"{new} instead of {parts[at]}" if new else f"without {parts[at]}" for at, new in changed.items()
                ]
                offer(", ".join(words), changed)
            rest = search.typed([part for at, part in enumerate(parts) if at not in alone])
            return list(found.values()) or (self.offers(rest) if rest else [])
        if len(parts) > MOST_MENDED:
            return []
        if len(parts) > 2 and all(isinstance(node, Term) for node in asked.nodes):
            other = " OR ".join(parts)
            found[other] = Offer("any of these words", other, self._count(self.query(other)))
        for at, part in enumerate(parts):
            offer(f"without {part}", {at: ""})
        for at, part in enumerate(parts):
            for near in self._spellings(part):
                offer(f"{near} instead of {part}", {at: near})
        return list(found.values())

    def _spellings(self, part: str) -> list[str]:
        """A condition as typed, with one of its words spelt otherwise; the nearest spellings first."""
        found: list[str] = []
        for token in self.tokenize()(part):
            if part[token.end : token.end + 1] != ":":  # the name of a field
                for near, _ in search.near_spellings(token.word, self._like(token.word)):
                    found.append(part[: token.start] + near + part[token.end :])
        return found

    def _pieces(self, asked: Query, at: int) -> list[str]:
        """A run of words that stands nowhere, as the longest runs that do stand somewhere, where there are such."""
        node, part = asked.nodes[at], asked.parts[at]
        tokens = self.tokenize()(part)
        words = whole(tuple(token.word for token in tokens))
        if not isinstance(node, Term) or node.column or node.phrases[0].words != words:
            return []
        found: list[str] = []
        start = reached = 0
        while start < len(words):
            if tokens[start].start < reached:  # a pair whose first letter stands in the last piece
                start += 1
                continue
            end = min(start + LONGEST_PIECE, len(words))
            while end > start and not self._stands(words[start:end]):
                end -= 1
            if end == start:
                return []
            reached = tokens[end - 1].end
            piece = part[tokens[start].start : reached]
            found.append(f'"{piece}"' if " " in piece else piece)
            start = end
        return [search.typed(found)]

    def _stands(self, words: tuple[str, ...]) -> bool:
        asked = search.expression(Term((queries.as_phrase(words),)))
        return self.one("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (asked,)) is not None

    def _count(self, asked: Query) -> int:

        if not asked.nodes:
            return 0
        source, bound = search.source(asked)
        try:
            return int(self.ask(f"SELECT count(*) {source}", bound)[0][0])
        except apsw.InterruptError:
            raise Interrupted from None

    def _like(self, word: str) -> list[tuple[str, int]]:
        """The words of the vocabulary that could be a misspelling of this one: of like length, sharing an end."""
        return self.ask(
            "SELECT word, documents FROM vocabulary WHERE length(word) BETWEEN ?1 - 2 AND ?1 + 2 AND word != ?2 AND "
            "(substr(word, 1, 2) = substr(?2, 1, 2) OR substr(word, -3) = substr(?2, -3) OR "
            "substr(word, 1, 1) || substr(word, 3, 1) = substr(?2, 1, 1) || substr(?2, 3, 1)) LIMIT 20000",
            (len(word), word),
        )

    def key_terms(self, id: str, most: int = 8) -> list[str]:
        """The words that set an agreement apart from the others: frequent in it, rare elsewhere."""

        columns = self.one(
            "SELECT title, summary || char(10) || body FROM search "
            "WHERE rowid = (SELECT number FROM agreement WHERE id = ?)",
            (id,),
        )
        if columns is None:
            return []
        counted: dict[str, int] = {}
        for weight, column in zip((3, 1), columns, strict=True):
            for token in self.tokenize()(restore(column)):
                if len(token.word) > 3 and not token.word.isdigit():
                    counted[token.word] = counted.get(token.word, 0) + weight
        total = max(2, int(self.ask("SELECT count(*) FROM agreement")[0][0]))
        frequent = sorted(counted, key=lambda word: -counted[word])[:60]
        held = dict(
            self.ask(
                f"SELECT word, documents FROM vocabulary WHERE word IN ({', '.join('?' * len(frequent))})", frequent
            )
        )
        score = {word: counted[word] * log(total / held[word]) for word in frequent if held.get(word, 0) > 1}
        return sorted(score, key=lambda word: -score[word])[:most]

    def nearest(self, id: str, most: int = 5) -> list[Leaf]:
        """The agreements nearest in content: those that share most of its key terms."""

        terms = self.key_terms(id)
        if not terms:
            return []
        rows = self.ask(
            f"SELECT {LEAF} FROM search JOIN agreement ON agreement.number = search.rowid "
            f"WHERE search MATCH ? AND id != ? ORDER BY {search.RELEVANCE}, earliest LIMIT ?",
            (" OR ".join(f'"{term}"' for term in terms), id, most),
        )
        return [leaf(row) for row in rows]

    def _forms(self, folded: str) -> list[str]:
        """The other forms of the names that have this form; of one word, the other words of its stem too."""
        rows = self.ask(
            "SELECT DISTINCT other.folded FROM form JOIN form AS other USING (name) "
            "WHERE form.folded = ?1 AND other.folded != ?1",
            (folded,),
        )
        if " " not in folded:
            rows += self.ask(
                "SELECT word FROM vocabulary WHERE stem = (SELECT stem FROM vocabulary WHERE word = ?1) AND word != ?1 "
                "UNION SELECT word FROM vocabulary WHERE stem = ?2 AND word != ?1",
                (folded, self._stem(folded)),
            )
        return list(dict.fromkeys(form for (form,) in rows))

    def _stem(self, word: str) -> str:

        return stemmer(self._connection)(word)

    def _titles(self) -> dict[str, str]:
        return dict(self.ask("SELECT key, label FROM division WHERE ordering = 'era'"))


def _best(passages: Sequence[str | None]) -> str:
    """The first passage that holds a hit, as its column is written."""
    return restore(next((passage for passage in passages if passage and _OPENED in passage), ""))


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
