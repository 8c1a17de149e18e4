"""Ranking of results: the weights of the columns, and ranking data collected while matches are found.

FTS5's own bm25 finds the positions of each phrase of common words twice more, once to rank and once to count (a p95 of
34 ms at 10,000 records against 4 ms, docs/performance.md). Here they are read once, when a row is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import log
from typing import TYPE_CHECKING, TypeAlias

from tui.catalogue.schema import COLUMNS, HEADING
from tui.search import sql as statements
from tui.search.syntax import And, Near, Node, Or, Phrase, leaves

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
UNRANKED = ("topic", "kind", "era", "verdict")
"""Columns that a record meets or not: a condition on one of these alone orders nothing."""
SCORE_STEPS = 20
"""Steps to which scores are rounded: records of the same step are equally good, and go by date."""
SATURATION, LENGTH = 1.2, 0.75
"""BM25's k1 (how fast further hits of a word lose weight) and b (how much hits in a long text lose)."""

_WEIGHTS = tuple(WEIGHTS[column] for column in COLUMNS)
_SECTIONS = tuple(
    frozenset(map(COLUMNS.index, columns)) for columns in (("title", "dated"), HEADING, (*HEADING, "summary"), COLUMNS)
)
"""Parts of a record, each of which contains the one before it."""
_SECTION_BITS = len(_SECTIONS)

RankingData: TypeAlias = dict[int, tuple[int, float]]
"""Record number -> (tier, score).

The tier is the number of the first section that matches the whole query, plus the number of sections if a name of the
query occurs in the record in other forms only.
"""
_Test: TypeAlias = Callable[[int], bool]


class RankingCollector:
    """Collects ranking data for each matching row. Called by an auxiliary function of FTS5."""

    def __init__(
        self, nodes: Iterable[Node], is_selective: Callable[[Node], bool], rarity: Callable[[Phrase], float]
    ) -> None:
        """Create a collector for a query's conditions.

        `is_selective` returns whether a condition counts in scores and in the summary, `rarity` the weight of a phrase.
        """
        self.data: RankingData = {}
        numbers = iter(range(2**31))
        tests = [(node, _test(node, numbers), is_selective(node)) for node in nodes if statements.is_text(node)]
        heading_tests = [test for _, test, _ in tests]
        summary_tests = [test for _, test, selective in tests if selective]
        self._tests = [heading_tests, heading_tests, summary_tests]
        phrases = [
            (phrase, selective and leaf.column not in UNRANKED)
            for node, _, selective in tests
            for leaf in leaves((node,))
            for phrase in statements.phrases(leaf)
        ]
        self._phrases = [(number, rarity(phrase) * selective) for number, (phrase, selective) in enumerate(phrases)]
        self._masks_as_typed = list(_masks_as_typed(node for node, *_ in tests))
        self._bits: dict[tuple[int, ...], int] = {}
        self._tiers: dict[int, int] = {}
        self._average = 0.0

    def __call__(self, row: FTS5ExtensionApi) -> None:
        """Collect the ranking data of a row."""
        if not self.data:
            self._average = row.column_total_size() / row.row_count
        norm = SATURATION * (1 - LENGTH + LENGTH * row.column_size() / self._average)
        phrase_columns, offsets = row.phrase_columns, row.phrase_column_offsets
        bits = 0  # bit n * _SECTION_BITS + s: phrase n occurs in section s
        score = 0.0
        for number, rarity in self._phrases:
            if columns := phrase_columns(number):
                bits |= (self._bits.get(columns) or self._column_bits(columns)) << number * _SECTION_BITS
                if rarity:
                    weight = 0.0
                    for column in columns:
                        weight += _WEIGHTS[column] * len(offsets(number, column))
                    score += rarity * weight / (weight + norm)
        tier = self._tiers.get(bits)
        if tier is None:
            tier = self._tiers[bits] = self._tier(bits)
        self.data[row.rowid] = tier, score

    def _column_bits(self, columns: tuple[int, ...]) -> int:
        """Return the sections to which the columns belong; bit s stands for section s."""
        bits = sum(1 << section for section, whole in enumerate(_SECTIONS) if not whole.isdisjoint(columns))
        self._bits[columns] = bits
        return bits

    def _tier(self, bits: int) -> int:
        """Return the tier of a record with these phrases in its sections."""
        in_section = [
            sum((bits >> number * _SECTION_BITS + section & 1) << number for number, _ in self._phrases)
            for section in range(_SECTION_BITS)
        ]
        matches = (_all(tests, in_section[section]) for section, tests in enumerate(self._tests))
        tier = next((section for section, matched in enumerate(matches) if matched), len(self._tests))
        is_as_typed = all(in_section[-1] & mask for mask in self._masks_as_typed)
        return tier if is_as_typed else tier + _SECTION_BITS


def best(data: RankingData, details: Mapping[int, tuple[str, int]]) -> list[int]:
    """Return the record numbers, the best first; those whose titles match, and those of nearly the same score, by date.

    `details` has for each record its date as it is sorted, and the number of links to it; many links double its score,
    and of records of one day that with most links comes first.
    """
    scores = {
        number: score * (2 - 8 / (8 + details[number][1]))
        for number, (tier, score) in data.items()
        if tier % _SECTION_BITS
    }
    unit = max(scores.values(), default=0) / SCORE_STEPS or 1

    def key(number: int) -> tuple[int, int, str, int, int]:
        date, links = details[number]
        return data[number][0], -round(scores.get(number, 0) / unit), date, -links, number

    return sorted(data, key=key)


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


def _masks_as_typed(nodes: Iterable[Node]) -> Iterator[int]:
    """Yield for each condition that has other forms of a name the bit set of its phrases that are none of these."""
    number = 0
    for node in nodes:
        phrases = list(statements.phrases(node))
        mask = sum(1 << number + at for at, phrase in enumerate(phrases) if not phrase.is_other_name)
        if mask and any(phrase.is_other_name for phrase in phrases):
            yield mask
        number += len(phrases)
