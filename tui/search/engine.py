"""What a search finds: the agreements that answer, ranked or by date, their passages and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import apsw

from tui.catalogue import schema
from tui.catalogue.connection import SUMMARY_COLUMNS, AgreementSummary, CatalogueConnection, interruptible, to_summary
from tui.catalogue.connection import Interrupted as Interrupted
from tui.corpus import safe
from tui.search import parser, snippets
from tui.search import sql as statements
from tui.search.highlight import marker
from tui.search.ranking import RankingCollector, RankingData, best, rarity
from tui.search.similar import Similarity
from tui.search.suggestions import Suggestion as Suggestion
from tui.search.suggestions import Suggestions
from tui.search.syntax import And, DateCondition, Node, Or, Phrase, Query, Term, phrases

if TYPE_CHECKING:
    from apsw import FTS5ExtensionApi

LONG, MAX_OPTIONAL_WORDS = 5, 8
"""How many words a question has of which one may be wanting: with fewer, each tells; more take too long."""
FEW = 3
"""Where fewer agreements answer such a question, those that hold all its words but one answer too."""
SHOWN = 8
"""How many results have their passage at once: as many as are in view on a screen of 36 lines."""
PAGES = 8_000
"""How many kilobytes of the file are kept at hand."""
SAMPLE_RATIO = 64
"""Of so many agreements that can be ranked one is looked at first, to guess whether more will be found than these."""


class Result(NamedTuple):
    """One agreement found: its leaf, its era's title, the best passage and where the hits are marked in it.

    There is no passage yet where `Searcher.complete` has not made it.
    """

    summary: AgreementSummary
    era: str
    snippet: str
    marks: tuple[tuple[int, int], ...]


class Results(NamedTuple):
    """What a search found: the first results, how many agreements match in all, and a note on the query or nothing.

    With `more` there are more than `total`; `Searcher.count_matches` counts them.
    """

    found: tuple[Result, ...]
    total: int
    note: str = ""
    more: bool = False

    @property
    def size(self) -> str:
        """How many agreements were found, in words."""
        return f"{'more than ' * self.more}{self.total:,} agreement{'s' if self.total != 1 else ''}"


class MatchCounts(NamedTuple):
    """How many agreements answer a query, and how often their texts hold its words."""

    agreements: int
    hits: int


class Searcher(Suggestions, Similarity):
    """Searches an open catalogue. None of it is needed for the first frame, so it is a module of its own.

    Whatever is typed, nothing is raised but Interrupted, where another thread said so. `search`, `query`, `marks`,
    `titled`, `key_terms` and `nearest` are done within a frame at 100,000 agreements; `complete`, `count_matches`,
    `facets` and `suggestions` may take longer and are to be asked apart.
    """

    def _configure(self) -> None:
        """The functions that are asked of the rows of the index, and room for its pages that each search reads."""
        self._connection.pragma("cache_size", -PAGES)
        self._connection.register_fts5_function("hits", _hits)
        self._connection.register_fts5_function("all_hits", _approximate_hits)
        self._connection.register_fts5_function("keep", _keep)

    @interruptible
    def search(self, typed: str, most: int = 200, order: str = "relevance", shown: int = SHOWN) -> Results:
        """The agreements that answer the query, the best first; or by `date`, or by `era`.

        Counts no further than search.MANY; the first `shown` have their passages.
        """
        asked = self._asked(typed)
        if not asked.nodes:
            return Results((), 0, asked.note)
        if order == "relevance" and statements.matching(asked):
            first, kept = self._collect_ranking(asked)
        else:
            first, kept = self._first(asked, statements.MANY + 1), {}
        more = len(first) > statements.MANY
        note = asked.note
        if order == "date":
            best = first[:most]
        elif order == "era":
            best = self._by_era(asked, None if more else first, most)
        elif more:
            best = self._heading_matches_first(asked, first, most)
            note = note or "Unranked: headings, then the oldest."
        else:
            best = self._ranked(kept, most) if kept else first[:most]
        results = Results(self._results(best), min(len(first), statements.MANY), note, more)
        return self._with_passages(asked, results, shown)

    @interruptible
    def complete(self, typed: str, results: Results) -> Results:
        """The results of a search for what was typed, all with their passages."""
        return self._with_passages(self._asked(typed), results, len(results.found))

    def _asked(self, typed: str) -> Query:
        """What was typed. Of a long question the words that most agreements hold are passed over.

        Where few answer it otherwise, one word may be wanting; not where its words are many agreements' words: so many
        could not be read in time.
        """
        asked = self._expand_prefixes(self.query(typed))
        terms = [node for node in asked.nodes if isinstance(node, Term)]
        if not LONG - 1 <= len(terms) == len(asked.nodes):
            return asked
        held = self._held(terms)
        most = _common_word_limit(self._total())
        telling = [term for term in terms if _most_held(term, held) <= most]
        if 2 <= len(telling) < len(terms):
            note = asked.note or "Words that most agreements hold are passed over."
            return asked._replace(nodes=tuple(telling), note=note)
        if (
            not LONG <= len(terms) <= MAX_OPTIONAL_WORDS
            or sum(_most_held(term, held) for term in terms) > statements.MANY
        ):
            return asked
        sql, bound = statements.numbers(asked)
        if not 0 < len(self._numbers(f"{sql} LIMIT {FEW}", bound)) < FEW:
            return asked
        loose = Or(tuple(And(nodes) for nodes in combinations(terms, len(terms) - 1)))
        return Query((loose,), asked.note or "Few hold all these words: one may be wanting.", asked.parts)

    def _total(self) -> int:
        return int(self.fetch_all("SELECT ifnull(max(number), 0) FROM agreement")[0][0])

    def _collect_ranking(self, asked: Query) -> tuple[list[int], RankingData]:
        """The first of those that answer, and what ranks them, if they are not too many."""
        listed = statements.MANY + 1
        held = self._held(asked.nodes)
        if _is_of_many(asked, held):
            return self._first(asked, listed), {}
        total = self._total()
        most = _common_word_limit(total)

        def tells(node: Node) -> bool:
            return not isinstance(node, Term) or _most_held(node, held) <= most

        keeper = RankingCollector(asked, tells, lambda phrase: rarity(held[phrase], total))
        found: list[int] = []
        may_be_many = any(isinstance(node, DateCondition) for node in asked.nodes)  # what is of one time lies close
        if not may_be_many:
            few = 1 + statements.MANY // SAMPLE_RATIO
            found = self._first(asked, few, keeper=keeper)
            if len(found) < few:
                return found, keeper.kept
            may_be_many = (total - found[0]) * few > (found[-1] - found[0]) * statements.MANY
        after, left = (found[-1], listed - len(found)) if found else (0, listed)
        if may_be_many:
            many = found + self._first(asked, left, after=after)
            if len(many) == listed:
                return many, {}
        return found + self._first(asked, left, after=after, keeper=keeper), keeper.kept

    def _first(self, asked: Query, most: int, *, after: int = 0, keeper: RankingCollector | None = None) -> list[int]:
        """The numbers of the first of those that answer, beyond a number; the keeper keeps what ranks them."""
        beside = "keep(search, ?)" if keeper else ""
        sql, bound = statements.numbers(asked, also=f"{{number}} > {after}" if after else "", beside=beside)
        first = (apsw.pyobject(keeper),) if keeper else ()
        return [row[0] for row in self.fetch_all(f"{sql} LIMIT {most}", (*first, *bound))]

    def _numbers(self, sql: str, bound: Sequence[Any]) -> list[int]:
        return [number for (number,) in self.fetch_all(sql, bound)]

    def _headings(self, asked: Query, most: int, ranked: bool = False) -> list[int]:
        """The first of those that the heading alone answers, by date or by rank."""
        headed = statements.select_heading_matches(asked, ranked)
        return self._numbers(f"{headed[0]} LIMIT ?", (*headed[1], most)) if headed else []

    def _ranked(self, kept: RankingData, most: int) -> list[int]:
        """The best of the few that were found, those first to which many links lead."""
        rows = self.fetch_all(
            "SELECT number, times FROM json_each(?) CROSS JOIN cited ON number = value", (str([*kept]),)
        )
        return best(kept, dict(rows))[:most]

    def _heading_matches_first(self, asked: Query, oldest: list[int], most: int) -> list[int]:
        """Of many, those that the heading answers, the best first if they are not many too; then the oldest."""
        headed = self._headings(asked, most)
        if 1 < len(headed) < most:
            headed = self._headings(asked, most, ranked=True)
        return list(dict.fromkeys([*headed, *oldest]))[:most]

    def _by_era(self, asked: Query, found: list[int] | None, most: int) -> list[int]:
        """The first of those found, or of all that answer, in the tree's order by era."""
        if found is not None:
            return self._numbers(
                "SELECT number FROM json_each(?) AS found CROSS JOIN grouping ON number = found.value "
                "WHERE ordering = 'era' ORDER BY position LIMIT ?",
                (str(found), most),
            )
        here = "(SELECT number FROM grouping WHERE ordering = 'era' AND group_key = ? ORDER BY number {way} LIMIT 1)"
        # What is filed under one era stands mostly together, since numbers go by date.
        also = (
            f"{{number}} BETWEEN {here.format(way='ASC')} AND {here.format(way='DESC')} AND EXISTS "
            "(SELECT 1 FROM grouping WHERE grouping.number = {number} AND ordering = 'era' AND group_key = ?)"
        )
        sql, bound = statements.numbers(asked, also=also)
        best: list[int] = []
        for (key,) in self.fetch_all("SELECT key FROM groups WHERE ordering = 'era' ORDER BY rank"):
            best += self._numbers(f"{sql} LIMIT ?", (*bound, key, key, key, most - len(best)))
            if len(best) >= most:
                break
        return best

    def _results(self, numbers: list[int]) -> tuple[Result, ...]:
        titles = dict(self.fetch_all("SELECT key, label FROM groups WHERE ordering = 'era'"))
        rows = self.fetch_all(
            f"SELECT {SUMMARY_COLUMNS} FROM json_each(?) AS best CROSS JOIN agreement ON agreement.number = best.value",
            (str(numbers),),
        )
        return tuple(Result(to_summary(row), titles.get(row[4], ""), "", ()) for row in rows)

    def _with_passages(self, asked: Query, results: Results, shown: int) -> Results:
        if not any(not result.snippet for result in results.found[:shown]):
            return results
        find = snippets.snippet_finder(asked, self.tokenize())
        columns = ", ".join(f"search.{column}" for column in snippets.COLUMNS)
        found = list(results.found)
        for at, result in enumerate(found[:shown]):
            if not result.snippet:
                texts = self.fetch_all(
                    f"SELECT {columns} FROM agreement JOIN search ON search.rowid = number WHERE id = ?",
                    (result.summary.id,),
                )[0]
                passage = find(texts)
                found[at] = result._replace(snippet=passage.text, marks=passage.marks)
        return results._replace(found=tuple(found))

    @interruptible
    def count_matches(self, typed: str) -> MatchCounts:
        """How many agreements answer a query, and how often their texts hold its words."""
        asked = self._asked(typed)
        if not asked.nodes:
            return MatchCounts(0, 0)
        if not statements.matching(asked):
            sql, bound = statements.numbers(asked)
            return MatchCounts(self.fetch_all(f"SELECT count(*) FROM ({sql})", bound)[0][0], 0)
        sql, bound = statements.source(asked)
        few = len(self._numbers(f"SELECT search.rowid {sql} LIMIT {statements.MANY + 1}", bound)) <= statements.MANY
        count = "hits" if few else "all_hits"
        # The limit keeps SQLite from drawing the function out of the rows of the index, where alone it can be asked.
        sql = f"SELECT count(*), ifnull(sum(held), 0) FROM (SELECT {count}(search) AS held {sql} LIMIT -1)"
        return MatchCounts(*self.fetch_all(sql, bound)[0])

    @interruptible
    def titled(self, words: str, most: int = 20) -> list[AgreementSummary]:
        """The agreements whose titles or dates hold these words, the best first."""
        tokens = [token.word for token in self.tokenize()(safe.line(words))][: parser.LONGEST]
        if not tokens:
            return []
        asked = "{title dated} : (" + " AND ".join(f'"{word}"*' for word in tokens) + ")"
        found = self._numbers(f"SELECT rowid FROM heading WHERE heading MATCH ? LIMIT {statements.MANY + 1}", (asked,))
        if len(found) <= statements.MANY:
            ranked = statements.ranking("heading")
            found = self._numbers(f"SELECT rowid FROM heading WHERE heading MATCH ? ORDER BY {ranked}, rowid", (asked,))
        return [result.summary for result in self._results(found[:most])]

    def has_phrases(self, query: Query) -> bool:
        """Whether the query looks for words that can be marked, and not only for dates and groups."""
        return any(True for _ in phrases(query.nodes))

    def marks(self, query: Query, texts: list[str]) -> list[list[tuple[int, int]]]:
        """Where each of the texts holds a hit of the query."""
        marks = marker(query, self.tokenize())
        return [marks(text) for text in texts]

    @interruptible
    def facets(self, typed: str) -> dict[str, list[tuple[str, str, int]]]:
        """For each order of the tree, the groups that the answers stand in (key, label, how many), most first."""
        asked = self._asked(typed)
        if not asked.nodes:
            return {}
        sql, bound = statements.numbers(asked)
        found: dict[str, list[tuple[str, str, int]]] = {ordering: [] for ordering in schema.ORDERINGS}
        rows = self.fetch_all(
            "SELECT ordering, counted.group_key, label, counted.size FROM "
            "(SELECT ordering, group_key, count(*) AS size FROM grouping "
            f"WHERE number IN ({sql}) GROUP BY ordering, group_key) AS counted "
            "JOIN groups USING (ordering) WHERE groups.key = counted.group_key AND counted.group_key != '' "
            "ORDER BY counted.size DESC, rank",
            bound,
        )
        for ordering, key, label, size in rows:
            found[ordering].append((key, label, size))
        return found


def open_searcher(catalogue: CatalogueConnection) -> Searcher:
    """Open a searcher over a connection of its own to the catalogue, for use in another thread too."""
    return catalogue.clone(Searcher)


def _is_of_many(asked: Query, held: Mapping[Phrase, int]) -> bool:
    """Whether more will be found than are ranked, since one of the words that each suffice is so common."""
    node, *others = asked.nodes
    if others or not isinstance(node, Term) or node.column:
        return False
    return any(held[phrase] > statements.MANY for phrase in statements.phrases(node) if len(phrase.words) == 1)


def _keep(row: FTS5ExtensionApi, /, *bound: Any) -> None:
    """Have what ranks the row kept by the keeper that is bound."""
    bound[0](row)


_HIDDEN_COLUMNS = frozenset(list(schema.COLUMNS).index(column) for column in ("dated", "era", "verdict"))
"""The columns of which a document shows other words: its date as it is written elsewhere, its era, its verdicts."""


def _hits(row: FTS5ExtensionApi, /, *_: object) -> int:
    """How often an agreement's text holds what was looked for."""
    places = (enumerate(row.phrase_locations(phrase)) for phrase in range(row.phrase_count))
    return sum(len(offsets) for columns in places for column, offsets in columns if column not in _HIDDEN_COLUMNS)


def _approximate_hits(row: FTS5ExtensionApi, /, *_: object) -> int:
    """The same, not to the letter, for many agreements: in what is not seen too."""
    return row.inst_count


def _common_word_limit(total: int) -> int:
    """What more of all agreements hold hardly says which answers best, and costs most."""
    return max(statements.MANY, total // 2)


def _most_held(term: Term, held: Mapping[Phrase, int]) -> int:
    """How many agreements hold a term, nearly."""
    return max(held[phrase] for phrase in statements.phrases(term))
