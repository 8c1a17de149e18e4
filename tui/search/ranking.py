"""How well an agreement answers a query: what the index says of its hits, kept while they are found.

Finding a phrase of common words means comparing their places in many texts. FTS5's own bm25 does so twice more, once to
rank and once to count; here what ranking needs of a row is taken from it the one time that it is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import log
from typing import TYPE_CHECKING, TypeAlias

from tui.catalogue.schema import COLUMNS, HEADING
from tui.search import sql as statements
from tui.search.syntax import And, Near, Node, Or, Phrase, Query

if TYPE_CHECKING:
    from apsw import FTS5ExtensionApi

SATURATION, LENGTH = 1.2, 0.75
"""BM25's k1 (how soon more hits of a word say nothing more) and b (how much a long text's hits count less)."""

_COLUMNS = list(COLUMNS)
_WEIGHTS = tuple(COLUMNS.values())
_HEADING = frozenset(map(_COLUMNS.index, HEADING))
_BRIEF = _HEADING | {_COLUMNS.index("summary")}

RankingData: TypeAlias = dict[int, tuple[int, float]]
"""By number, of each that is found: 0 if the heading answers, 1 if it does with the summary, else 2; and its score."""
_Test: TypeAlias = Callable[[int], bool]


class RankingCollector:
    """Keeps what ranks each row of the index that a statement finds; to be called with each."""

    def __init__(self, query: Query, tells: Callable[[Node], bool], rarity: Callable[[Phrase], float]) -> None:
        """`tells` says whether a condition of the query ranks, `rarity` how much a phrase tells."""
        self.kept: RankingData = {}
        numbers = iter(range(2**31))
        nodes = [(node, _held(node, numbers), tells(node)) for node in query.nodes if statements.is_text(node)]
        self._in_heading = [test for _, test, _ in nodes]
        self._in_brief = [test for _, test, told in nodes if told]
        phrases = [(phrase, told) for node, _, told in nodes for phrase in statements.phrases(node)]
        self._phrases = [(number, rarity(phrase) * told) for number, (phrase, told) in enumerate(phrases)]
        self._bits: dict[tuple[int, ...], tuple[int, int]] = {}
        self._places: dict[tuple[int, int], int] = {}
        self._average = 0.0

    def __call__(self, row: FTS5ExtensionApi) -> None:
        """Keep what the row tells."""
        if not self.kept:
            self._average = row.column_total_size() / row.row_count
        norm = SATURATION * (1 - LENGTH + LENGTH * row.column_size() / self._average)
        standing, offsets = row.phrase_columns, row.phrase_column_offsets
        heading = brief = 0
        score = 0.0
        for number, rarity in self._phrases:
            if columns := standing(number):
                in_heading, in_brief = self._bits.get(columns) or self._standing(columns)
                heading |= in_heading << number
                brief |= in_brief << number
                if rarity:
                    weight = 0.0
                    for column in columns:
                        weight += _WEIGHTS[column] * len(offsets(number, column))
                    score += rarity * weight / (weight + norm)
        place = self._places.get((heading, brief))
        if place is None:
            place = 0 if _all(self._in_heading, heading) else 1 if _all(self._in_brief, brief) else 2
            self._places[heading, brief] = place
        self.kept[row.rowid] = place, score

    def _standing(self, columns: tuple[int, ...]) -> tuple[int, int]:
        """Whether any of these columns is of the heading; and of the heading or the summary."""
        found = int(not _HEADING.isdisjoint(columns)), int(not _BRIEF.isdisjoint(columns))
        self._bits[columns] = found
        return found


def best(kept: RankingData, times: Mapping[int, int]) -> list[int]:
    """The numbers of those kept, the best first. `times`: how many links lead to each, which up to double its score."""
    ranked = [(place, -score * (2 - 8 / (8 + times.get(number, 0))), number) for number, (place, score) in kept.items()]
    return [number for _, _, number in sorted(ranked)]


def rarity(held: int, total: int) -> float:
    """How much a phrase tells that so many of all agreements hold: BM25's inverse document frequency."""
    return max(1e-6, log((total - held + 0.5) / (held + 0.5)) if held < total else 0)


def _held(node: Node, numbers: Iterator[int]) -> _Test:
    """Whether phrases answer a node, given as bits by their numbers; the index numbers them as they are asked for."""
    if isinstance(node, (And, Or)):
        parts = [_held(part, numbers) for part in node.nodes]
        if isinstance(node, And):
            return lambda bits: _all(parts, bits)
        return lambda bits: any(part(bits) for part in parts)
    wanted = sum(1 << next(numbers) for _ in statements.phrases(node))
    return (lambda bits: bits & wanted == wanted) if isinstance(node, Near) else (lambda bits: bits & wanted != 0)


def _all(tests: list[_Test], bits: int) -> bool:
    return all(test(bits) for test in tests)
