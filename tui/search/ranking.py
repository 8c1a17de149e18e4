"""Ranking of results: the weights of the columns, and ranking data collected while matches are found.

FTS5's own bm25 finds the positions of each phrase of common words twice more, once to rank and once to count (a p95 of
34 ms at 10,000 agreements against 4 ms, docs/performance.md). Here they are read once, when a row is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import log
from typing import TYPE_CHECKING, TypeAlias

from tui.catalogue.schema import COLUMNS, HEADING
from tui.search import sql as statements
from tui.search.syntax import And, Near, Node, Or, Phrase

if TYPE_CHECKING:
    from apsw import FTS5ExtensionApi

WEIGHTS: dict[str, float] = {
    "title": 100.0,
    "dated": 50.0,
    "person": 20.0,
    "place": 12.0,
    "topic": 12.0,
    "kind": 12.0,
    "era": 1.0,
    "summary": 1.0,
    "body": 1.0,
    "claims": 0.6,
    "verdict": 0.1,
    "other": 5.0,
}
"""Weight of a hit in each column of the index."""
SATURATION, LENGTH = 1.2, 0.75
"""BM25's k1 (how fast further hits of a word lose weight) and b (how much hits in a long text lose)."""

_WEIGHTS = tuple(WEIGHTS[column] for column in COLUMNS)
_HEADING = frozenset(map(COLUMNS.index, HEADING))
_SUMMARY = _HEADING | {COLUMNS.index("summary")}

RankingData: TypeAlias = dict[int, tuple[int, float]]
"""Record number -> (tier, score). Tier 0: the heading matches the whole query, 1: heading and summary, 2: other."""
_Test: TypeAlias = Callable[[int], bool]


class RankingCollector:
    """Collects ranking data for each matching row. Called by an auxiliary function of FTS5."""

    def __init__(
        self, nodes: Iterable[Node], is_selective: Callable[[Node], bool], rarity: Callable[[Phrase], float]
    ) -> None:
        """Create a collector for a query's conditions.

        `is_selective` returns whether a condition counts in scores and in tier 1, `rarity` the weight of a phrase.
        """
        self.data: RankingData = {}
        numbers = iter(range(2**31))
        tests = [(node, _test(node, numbers), is_selective(node)) for node in nodes if statements.is_text(node)]
        self._heading_tests = [test for _, test, _ in tests]
        self._summary_tests = [test for _, test, selective in tests if selective]
        phrases = [(phrase, selective) for node, _, selective in tests for phrase in statements.phrases(node)]
        self._phrases = [(number, rarity(phrase) * selective) for number, (phrase, selective) in enumerate(phrases)]
        self._bits: dict[tuple[int, ...], tuple[int, int]] = {}
        self._tiers: dict[tuple[int, int], int] = {}
        self._average = 0.0

    def __call__(self, row: FTS5ExtensionApi) -> None:
        """Collect the ranking data of a row."""
        if not self.data:
            self._average = row.column_total_size() / row.row_count
        norm = SATURATION * (1 - LENGTH + LENGTH * row.column_size() / self._average)
        phrase_columns, offsets = row.phrase_columns, row.phrase_column_offsets
        heading = summary = 0  # bit n: phrase n occurs there
        score = 0.0
        for number, rarity in self._phrases:
            if columns := phrase_columns(number):
                in_heading, in_summary = self._bits.get(columns) or self._column_bits(columns)
                heading |= in_heading << number
                summary |= in_summary << number
                if rarity:
                    weight = 0.0
                    for column in columns:
                        weight += _WEIGHTS[column] * len(offsets(number, column))
                    score += rarity * weight / (weight + norm)
        tier = self._tiers.get((heading, summary))
        if tier is None:
            tier = 0 if _all(self._heading_tests, heading) else 1 if _all(self._summary_tests, summary) else 2
            self._tiers[heading, summary] = tier
        self.data[row.rowid] = tier, score

    def _column_bits(self, columns: tuple[int, ...]) -> tuple[int, int]:
        """Return whether any of the columns is of the heading, and of the heading or the summary."""
        bits = int(not _HEADING.isdisjoint(columns)), int(not _SUMMARY.isdisjoint(columns))
        self._bits[columns] = bits
        return bits


def best(data: RankingData, citations: Mapping[int, int]) -> list[int]:
    """Return the record numbers, the best first. `citations` counts the links to each; many double its score."""
    ranked = [
        (tier, -score * (2 - 8 / (8 + citations.get(number, 0))), number) for number, (tier, score) in data.items()
    ]
    return [number for _, _, number in sorted(ranked)]


def rarity(documents: int, total: int) -> float:
    """Return BM25's inverse document frequency of a phrase that `documents` of all agreements contain."""
    return max(1e-6, log((total - documents + 0.5) / (documents + 0.5)) if documents < total else 0)


def relevance(table: str = "search") -> str:
    """Return FTS5's BM25 of a row of an index as SQL; the lowest is the best."""
    return f"bm25({table}, {', '.join(map(str, _WEIGHTS))})"


def rank(table: str = "search") -> str:
    """Return the relevance of a row as SQL, up to doubled by links to its agreement; the lowest is the best."""
    citations = f"ifnull((SELECT times FROM cited WHERE number = {table}.rowid), 0)"
    return f"{relevance(table)} * (2 - 8.0 / (8 + {citations}))"


def _test(node: Node, numbers: Iterator[int]) -> _Test:
    """Return a test whether the phrases in a bit set match a condition; `numbers` numbers its phrases as FTS5 does."""
    if isinstance(node, (And, Or)):
        parts = [_test(part, numbers) for part in node.nodes]
        if isinstance(node, And):
            return lambda bits: _all(parts, bits)
        return lambda bits: any(part(bits) for part in parts)
    mask = sum(1 << next(numbers) for _ in statements.phrases(node))
    return (lambda bits: bits & mask == mask) if isinstance(node, Near) else (lambda bits: bits & mask != 0)


def _all(tests: list[_Test], bits: int) -> bool:
    return all(test(bits) for test in tests)
