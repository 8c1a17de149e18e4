"""Search of a catalogue: parsed queries, results with snippets, counts, facets and suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import wraps
from itertools import combinations, groupby, islice
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import apsw

from tui.catalogue import directory
from tui.catalogue.columns import Damaged, count, line, optional, record
from tui.catalogue.connection import SUMMARY, SUMMARY_COLUMNS, AgreementSummary, CatalogueConnection, to_summary
from tui.catalogue.words import MAX_FOLDED, title_key
from tui.corpus import safe
from tui.corpus.plurals import counted
from tui.search import facets, parser, ranking, rewrite, similar, suggestions
from tui.search import sql as statements
from tui.search.highlight import Highlighter
from tui.search.ranking import RankingCollector, RankingData
from tui.search.snippets import Part, SnippetFinder, parts
from tui.search.suggestions import Suggestion
from tui.search.syntax import DateCondition, Node, Phrase, Query, Term, as_phrase

if TYPE_CHECKING:
    from apsw import FTS5ExtensionApi

P = ParamSpec("P")
T = TypeVar("T")

DEFAULT_LIMIT = 200
"""Results of a search if the caller gives no other limit."""
VISIBLE = 6
"""Results that get their snippets at once: as many as fit a screen of 36 lines."""
CACHE_KILOBYTES = 8_000
"""SQLite's page cache of a searcher."""
MAX_SUBSETS = 40
"""Subsets of the words of a query without results that are searched for partial answers."""
QUOTATION_MARKS = '"“”„«»'
"""Quotation marks around a name that the reader is told about."""
SAMPLE_RATIO = 64
"""1/64 of the ranking limit is sampled to estimate the size of the result before it is ranked."""


class Result(NamedTuple):
    """Agreement that matches a query.

    `era` is the title of its era. `marks` are the ranges of the hits in `snippet`, which is empty until it is made,
    `place` says in words where in the record this stands, and `name_marks` are the ranges of the hits in its name.
    """

    summary: AgreementSummary
    era: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    place: str = ""
    name_marks: tuple[tuple[int, int], ...] = ()


class Results(NamedTuple):
    """First results of a query.

    `total` is the number of all, or if `more` is true a lower bound; `Searcher.count_matches` counts them all. `note`
    is a remark for the reader, or nothing.
    """

    query: Query
    found: tuple[Result, ...] = ()
    total: int = 0
    note: str = ""
    more: bool = False

    @property
    def count_phrase(self) -> str:
        """Number of records that match, as a phrase: `more than 1,000 records`."""
        return f"{'more than ' * self.more}{counted(self.total, 'record')}"


class OtherNames(NamedTuple):
    """Name as it was typed, without quotation marks, and other forms of it that were searched too."""

    typed: str
    forms: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Sentence about what was found and how to find less: `karafuto finds also Sakhalin; =karafuto …`."""
        exact = f'="{self.typed}"' if " " in self.typed else f"={self.typed}"
        return f"{self.typed} finds also {', '.join(self.forms)}; {exact} finds just this"


class PartialAnswer(NamedTuple):
    """Result that lacks some words of the query; `missing` are these words as they were written."""

    result: Result
    missing: tuple[str, ...]


def interruptible(method: Callable[Concatenate[Searcher, P], T]) -> Callable[Concatenate[Searcher, P], T]:
    """Make a method that runs several statements one question, which is interrupted or asked again as a whole."""

    @wraps(method)
    def run(searcher: Searcher, /, *args: P.args, **named: P.kwargs) -> T:
        return searcher.connection.answer(lambda: method(searcher, *args, **named))

    return run


class Searcher:
    """Search of a catalogue over a connection of its own. Not thread-safe, except for `interrupt`.

    A text becomes a Query once, by `parse`, and all other methods take the query. No text is an error; an interrupted
    method raises Interrupted. `parse`, `containing`, `search`, `highlighter`, `titled`, `key_terms`
    and `nearest` take less than a frame at 100,000 records; `complete`, `count_matches`, `facets`, `suggestions`,
    `signed_in_year`, `other_names` and `partial_answers` may take longer and belong in a worker.
    """

    def __init__(self, connection: CatalogueConnection) -> None:
        self.connection = connection

    def interrupt(self) -> None:
        """Interrupt the method that runs in another thread."""
        self.connection.interrupt()

    @interruptible
    def parse(self, text: str) -> Query:
        """Return the query in a text."""
        return rewrite.parse(self.connection, text)

    @interruptible
    def containing(self, texts: Iterable[str]) -> Query:
        """Return the query for the agreements that contain one of these texts word by word; of many, the first ones."""
        tokenize = self.connection.tokenize()
        found = (
            tuple(token.word for token in tokenize(text[:MAX_FOLDED])) for text in islice(texts, rewrite.MAX_FORMS)
        )
        phrases = tuple(dict.fromkeys(as_phrase(words[: parser.MAX_WORDS]) for words in found if words))
        return Query("", (Term(phrases),) if phrases else ())

    @interruptible
    def search(
        self, query: Query, most: int | None = DEFAULT_LIMIT, order: str = "relevance", visible: int = VISIBLE
    ) -> Results:
        """Return the first results by relevance, `date` or `era`; all if `most` is None.

        The first `visible` have their snippets. No more than sql.MAX_RANKED are ranked or counted.
        """
        query = rewrite.plan(self.connection, query)
        nodes = query.conditions
        if not nodes:
            return Results(query, note=query.note)
        if order == "relevance" and statements.match_expression(nodes):
            first, data = self._collect_ranking(nodes)
        else:
            first, data = self._first(nodes, statements.MAX_RANKED + 1), {}
        total = min(len(first), statements.MAX_RANKED)
        more = len(first) > statements.MAX_RANKED
        note = query.note
        if more and order != "era" and (most is None or most > statements.MAX_RANKED):
            first = self._first(nodes, most)
        if order == "date":
            numbers = first
        elif order == "era":
            numbers = self._by_era(nodes, None if more else first, most)
        elif more:
            numbers = self._heading_matches_first(nodes, first, most)
            note = note or "Unranked: headings, then the oldest."
        else:
            numbers = self._ranked(data) if data else first
        if order == "relevance":
            exact = self._numbers("SELECT number FROM title WHERE key = ? LIMIT 20", (title_key(query.text),))
            first_of_all = exact if more else [number for number in numbers if number in exact]
            numbers = list(dict.fromkeys([*first_of_all, *numbers]))
        results = Results(query, self._results(numbers[:most]), total, note, more)
        return self._with_snippets(results, visible)

    @interruptible
    def complete(self, results: Results) -> Results:
        """Return the results, all with their snippets."""
        return self._with_snippets(results, len(results.found))

    @interruptible
    def count_matches(self, query: Query) -> int:
        """Return the number of all agreements that match."""
        nodes = rewrite.plan(self.connection, query).conditions
        if not nodes:
            return 0
        sql, bound = statements.select_numbers(nodes)
        return int(self.connection.fetch_only(f"SELECT count(*) FROM ({sql})", (count,), bound)[0])

    @interruptible
    def facets(self, query: Query) -> facets.Facets:
        """Return for each ordering of the tree the groups of all matching agreements, but for those that have all."""
        nodes = rewrite.plan(self.connection, query).conditions
        return facets.count(self.connection, nodes) if nodes else {}

    @interruptible
    def suggestions(self, query: Query) -> list[Suggestion]:
        """Return queries to try instead of one that nothing matches; each has matches."""
        return suggestions.suggest(self.connection, query)

    @interruptible
    def signed_in_year(self, query: Query) -> Suggestion | None:
        """Return the query with its only bare year as the year of signature, if it has one and something matches."""
        return suggestions.signed_in_year(self.connection, query)

    @interruptible
    def other_names(self, results: Results) -> OtherNames | None:
        """Return the first word or name of a query that finds records by its other forms alone; None if none does.

        Names in a field are left out.
        """
        query = results.query
        for node in query.nodes:
            if not isinstance(node, Term) or node.column or not any(phrase.is_other_name for phrase in node.phrases):
                continue
            as_typed = node._replace(phrases=tuple(phrase for phrase in node.phrases if not phrase.is_other_name))
            nodes = tuple(as_typed if other is node else other for other in query.nodes)
            own = self.count_matches(replace(query, nodes=nodes, planned=None))
            forms = directory.other_forms(self.connection, " ".join(node.phrases[0].words))
            if forms and own < results.total:
                return OtherNames(node.text.strip(QUOTATION_MARKS), tuple(forms))
        return None

    @interruptible
    def partial_answers(self, query: Query, most: int = 5) -> list[PartialAnswer]:
        """Return the best results for a query that nothing matches: those that lack the fewest of its words.

        Of subsets of as many words those with the fewest results come first. Other conditions must be met.
        """
        terms = [at for at, node in enumerate(query.nodes) if isinstance(node, Term)]
        subsets = islice(
            (kept for size in range(len(terms) - 1, 0, -1) for kept in combinations(terms, size)), MAX_SUBSETS
        )
        for _, same_size in groupby(subsets, key=len):
            answers = []
            for kept in same_size:
                dropped = [at for at in terms if at not in kept]
                nodes = tuple(node for at, node in enumerate(query.nodes) if at not in dropped)
                results = self.search(replace(query, nodes=nodes, planned=None), most, visible=most)
                answers.append((results, tuple(query.parts[at] for at in dropped)))
            answers.sort(key=lambda answer: answer[0].total)
            found: dict[str, PartialAnswer] = {}
            for results, missing in answers:
                for result in results.found:
                    found.setdefault(result.summary.id, PartialAnswer(result, missing))
            if found:
                return list(found.values())[:most]
        return []

    @interruptible
    def titled(self, words: str, most: int = 20) -> list[AgreementSummary]:
        """Return the agreements whose titles or dates contain these words or prefixes, the best first."""
        tokens = [token.word for token in self.connection.tokenize()(safe.query(words))][: parser.MAX_WORDS]
        if not tokens:
            return []
        match = "{title dated} : (" + " AND ".join(f'"{word}"*' for word in tokens) + ")"
        select = "SELECT rowid FROM heading WHERE heading MATCH ?"
        numbers = self._numbers(f"{select} LIMIT {statements.MAX_RANKED + 1}", (match,))
        if len(numbers) <= statements.MAX_RANKED:
            numbers = self._numbers(f"{select} ORDER BY {ranking.rank('heading')}, rowid", (match,))
        return [result.summary for result in self._results(numbers[:most])]

    @interruptible
    def key_terms(self, agreement_id: str) -> list[str]:
        """Return the words that distinguish an agreement, the best first."""
        return [term for term, _ in similar.key_terms(self.connection, agreement_id)]

    @interruptible
    def nearest(self, agreement_id: str, most: int = 5) -> list[AgreementSummary]:
        """Return the agreements nearest in content to one."""
        return similar.nearest(self.connection, agreement_id, most)

    def highlighter(self, query: Query) -> Highlighter:
        """Return the highlighter of the words of a query, as they were written."""
        return Highlighter(query.nodes, self.connection.tokenize())

    def _collect_ranking(self, nodes: Sequence[Node]) -> tuple[list[int], RankingData]:
        """Return the first MAX_RANKED + 1 matches, and their ranking data if there are no more than MAX_RANKED."""
        limit = statements.MAX_RANKED + 1
        documents = rewrite.document_counts(self.connection, nodes)
        if _has_many_matches(nodes, documents):
            return self._first(nodes, limit), {}
        total = rewrite.agreement_count(self.connection)
        common = rewrite.common_word_limit(total)

        def is_selective(node: Node) -> bool:
            return not isinstance(node, Term) or rewrite.term_documents(node, documents) <= common

        collector = RankingCollector(nodes, is_selective, lambda phrase: ranking.rarity(documents[phrase], total))
        found: list[int] = []
        # A sample of the first matches says nothing if a date condition keeps all matches close together.
        may_be_many = any(isinstance(node, DateCondition) for node in nodes)
        if not may_be_many:
            sample = 1 + statements.MAX_RANKED // SAMPLE_RATIO
            found = self._first(nodes, sample, collector=collector)
            if len(found) < sample:
                return found, collector.data
            may_be_many = (total - found[0]) * sample > (found[-1] - found[0]) * statements.MAX_RANKED
        after, left = (found[-1], limit - len(found)) if found else (0, limit)
        if may_be_many:
            many = found + self._first(nodes, left, after=after)
            if len(many) == limit:
                return many, {}
        return found + self._first(nodes, left, after=after, collector=collector), collector.data

    def _first(
        self, nodes: Sequence[Node], most: int | None, *, after: int = 0, collector: RankingCollector | None = None
    ) -> list[int]:
        """Return the first numbers of matching agreements after a number, and collect their ranking data."""
        sql, bound = statements.select_numbers(
            nodes,
            extra_where=f"{{number}} > {after}" if after else "",
            extra_column="collect_ranking(search, ?)" if collector else "",
        )
        collectors = (apsw.pyobject(collector),) if collector else ()
        kinds = (count, optional(count)) if collector else (count,)
        rows = self.connection.fetch_all(f"{sql} LIMIT {_limit(most)}", kinds, (*collectors, *bound))
        return [row[0] for row in rows]

    def _numbers(self, sql: str, bound: Sequence[Any]) -> list[int]:
        return [number for (number,) in self.connection.fetch_all(sql, (count,), bound)]

    def _ranked(self, data: RankingData) -> list[int]:
        """Return the numbers in the ranking data, the best first."""
        rows = self.connection.fetch_all(
            "SELECT number, earliest, ifnull(times, 0) FROM json_each(?) CROSS JOIN agreement ON number = value "
            "LEFT JOIN cited USING (number)",
            (count, line, count),
            (str([*data]),),
        )
        if len(rows) < len(data):
            raise Damaged("an index of missing records")
        return ranking.best(data, {number: (date, links) for number, date, links in rows})

    def _heading_matches_first(self, nodes: Sequence[Node], oldest: list[int], most: int | None) -> list[int]:
        """Return the order of a large result: heading matches first (ranked if few), then the oldest records."""
        first = self._heading_matches(nodes, most and max(most, DEFAULT_LIMIT))
        if 1 < len(first) < DEFAULT_LIMIT:
            first = self._heading_matches(nodes, DEFAULT_LIMIT, ranking.rank)
        return list(dict.fromkeys([*first, *oldest]))

    def _heading_matches(
        self, nodes: Sequence[Node], most: int | None, rank: Callable[[str], str] | None = None
    ) -> list[int]:
        select = statements.select_heading_matches(nodes, rank)
        return self._numbers(f"{select[0]} LIMIT {_limit(most)}", select[1]) if select else []

    def _by_era(self, nodes: Sequence[Node], found: list[int] | None, most: int | None) -> list[int]:
        """Return the numbers found, or if None those of all matching agreements, in the order of the tree by era."""
        if found is not None:
            return self._numbers(
                "SELECT number FROM json_each(?) AS found CROSS JOIN grouping ON number = found.value "
                "WHERE ordering = 'era' ORDER BY position",
                (str(found),),
            )
        bound_of_era = (
            "(SELECT number FROM grouping WHERE ordering = 'era' AND group_key = ? ORDER BY number {} LIMIT 1)"
        )
        # An era's agreements are close together, since numbers go by date: the range saves most of the lookups.
        in_era = (
            f"{{number}} BETWEEN {bound_of_era.format('ASC')} AND {bound_of_era.format('DESC')} AND EXISTS "
            "(SELECT 1 FROM grouping WHERE grouping.number = {number} AND ordering = 'era' AND group_key = ?)"
        )
        sql, bound = statements.select_numbers(nodes, extra_where=in_era)
        numbers: list[int] = []
        eras = "SELECT key FROM groups WHERE ordering = 'era' ORDER BY rank"
        for (key,) in self.connection.fetch_all(eras, (line,)):
            if most is not None and len(numbers) >= most:
                break
            left = None if most is None else most - len(numbers)
            numbers += self._numbers(f"{sql} LIMIT {_limit(left)}", (*bound, key, key, key))
        return numbers

    def _results(self, numbers: list[int]) -> tuple[Result, ...]:
        titles = dict(self.connection.fetch_all("SELECT key, label FROM groups WHERE ordering = 'era'", (line, line)))
        rows = self.connection.fetch_all(
            f"SELECT {SUMMARY_COLUMNS} FROM json_each(?) AS best CROSS JOIN agreement ON agreement.number = best.value",
            SUMMARY,
            (str(numbers),),
        )
        return tuple(Result(to_summary(row), titles.get(row[4], ""), "", ()) for row in rows)

    def _with_snippets(self, results: Results, visible: int) -> Results:
        """Return the results, of which the first `visible` have their snippets."""
        if not any(not result.snippet for result in results.found[:visible]):
            return results
        finder = SnippetFinder(results.query, self.connection.tokenize())
        found = list(results.found)
        for at, result in enumerate(found[:visible]):
            if not result.snippet:
                text, marks, place = finder.find(self._parts(result.summary.id))
                name_marks = tuple(finder.highlighter.marks(result.summary.name))
                found[at] = result._replace(snippet=text, marks=marks, place=place, name_marks=name_marks)
        return results._replace(found=tuple(found))

    def _parts(self, agreement_id: str) -> Iterator[Part]:
        """Return the parts of a record and of the claims about it."""
        from tui.corpus.records import Agreement, Claim

        sql = "SELECT record FROM agreement LEFT JOIN record USING (number) WHERE id = ?"
        (agreement,) = self.connection.fetch_only(sql, (record(Agreement),), (agreement_id,))
        sql = "SELECT record FROM claim WHERE about = ? ORDER BY position"
        claims = self.connection.fetch_all(sql, (record(Claim),), (agreement_id,))
        return parts(agreement, (claim for (claim,) in claims))


def open_searcher(catalogue: CatalogueConnection) -> Searcher:
    """Return a searcher with a connection of its own to the catalogue, for use in any one thread."""
    return Searcher(catalogue.clone(CatalogueConnection, _configure))


def _configure(connection: apsw.Connection) -> None:
    connection.pragma("cache_size", -CACHE_KILOBYTES)
    connection.register_fts5_function("collect_ranking", _call_collector)


def _limit(most: int | None) -> int:
    return -1 if most is None else most


def _has_many_matches(nodes: Sequence[Node], documents: dict[Phrase, int]) -> bool:
    """Return whether one of several alternative words alone occurs in more than MAX_RANKED agreements."""
    node, *others = nodes
    if others or not isinstance(node, Term) or node.column:
        return False
    return any(
        documents[phrase] > statements.MAX_RANKED for phrase in statements.phrases(node) if len(phrase.words) == 1
    )


def _call_collector(row: FTS5ExtensionApi, /, *arguments: Any) -> None:
    """Pass a row to the RankingCollector that is the argument of the SQL function."""
    arguments[0](row)
