"""Query language of the search, and the tree of conditions that a query is parsed to.

    words            every word must match, in any order; the last one also as a prefix while it is being typed
    "a phrase"       words that follow each other
    word*            a prefix             =word     exactly this form, no other of the same word or name
    -word  NOT word  must not match       OR ( )    either; grouping       NEAR(a b, 10)   within ten words
    title: text: claim: person: place: topic: kind: era: verdict:     where it must match
    signed:1941  signed:1925..1941  before:1930  after:1956-10  on:1944-03-01 (in force on that day)

Stop words (who, did, the, когда) are ignored if two other words remain; `=the` searches one all the same.
A word matches its other inflections (fishery, fisheries), a name all its forms in any script (千島, Kurils, Курилы).
A text that cannot be parsed is searched as plain words, with a note that gives the reason; no text is an error. Fields
at its beginning (`era:=war`, `signed:1941`) are conditions still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from tui.catalogue.words import is_pair, without_covered_letter
from tui.corpus.dates import HistoricalDate
from tui.corpus.verdicts import VERDICT_WORDS

FIELDS: dict[str, str] = {
    "title": "title",
    "text": "{summary body}",
    "claim": "claims",
    "person": "person",
    "place": "place",
    "topic": "topic",
    "kind": "kind",
    "era": "era",
    "verdict": "verdict",
}
"""Fields of the language and the columns of the index that they stand for, in FTS5's syntax."""
_MARKED_COLUMNS = ("", "title", "{summary body}", "claims", "person", "place")
"""Columns whose hits are marked in a document. The others describe the record and are not part of its text."""


class Phrase(NamedTuple):
    """Words that must follow each other; with `prefix` the last may be the beginning of a longer one.

    `is_other_name` marks another form of the name that the query has.
    """

    words: tuple[str, ...]
    prefix: bool = False
    is_other_name: bool = False


def as_phrase(words: tuple[str, ...], prefix: bool = False, *, is_other_name: bool = False) -> Phrase:
    """Return the phrase as the index holds it: a single East Asian letter is a prefix of its pairs."""
    words = without_covered_letter(words)
    if is_pair(words[-1]):
        prefix = len(words[-1]) == 1
    return Phrase(words, prefix, is_other_name)


class Term(NamedTuple):
    """Any of these phrases, in one column or (`column` is empty) in any. `text` is its part of the query."""

    phrases: tuple[Phrase, ...]
    column: str = ""
    text: str = ""


class Near(NamedTuple):
    """Phrases with at most `distance` words between them."""

    phrases: tuple[Phrase, ...]
    distance: int
    column: str = ""


class DateCondition(NamedTuple):
    """Condition on time: signed in the span, before or after it, or in force on its days.

    `kind` is one of parser.DATE_FIELDS.
    """

    kind: str
    span: HistoricalDate
    text: str = ""


class InGroup(NamedTuple):
    """Membership of exactly one group of the tree, named by its key (`text`) or its folded label."""

    ordering: str
    folded: str
    text: str


class Not(NamedTuple):
    """Condition that must not hold."""

    node: Node


class And(NamedTuple):
    """Conditions that must all hold."""

    nodes: tuple[Node, ...]


class Or(NamedTuple):
    """Conditions of which one must hold."""

    nodes: tuple[Node, ...]


Node: TypeAlias = "Term | Near | DateCondition | InGroup | Not | And | Or"


@dataclass(frozen=True, slots=True)
class Query:
    """Parsed query. All its conditions must hold; without any, nothing is found."""

    text: str
    """Text that was parsed, unchanged."""
    nodes: tuple[Node, ...] = ()
    """Conditions as they were written."""
    parts: tuple[str, ...] = ()
    """Text of each condition."""
    note: str = ""
    """Remark for the reader about how the text was understood, or nothing."""
    planned: tuple[Node, ...] | None = None
    """Conditions as rewrite.plan has rewritten them; None until then."""

    @property
    def conditions(self) -> tuple[Node, ...]:
        """Conditions that are searched: the planned ones, or those written."""
        return self.nodes if self.planned is None else self.planned


OtherForms: TypeAlias = Callable[[str], "tuple[list[str], list[str]]"]
"""Function that returns, folded, all other forms of the names with this folded form; and inflections of one word."""


def leaves(nodes: Iterable[Node]) -> Iterator[Term | Near]:
    """Yield the conditions on words that are not negated."""
    for node in nodes:
        if isinstance(node, (Term, Near)):
            yield node
        elif isinstance(node, (And, Or)):
            yield from leaves(node.nodes)


def marked_phrases(nodes: Iterable[Node]) -> Iterator[Phrase]:
    """Yield the phrases whose hits are marked: those not negated, in columns that are part of a document's text."""
    for leaf in leaves(nodes):
        if leaf.column in _MARKED_COLUMNS:
            yield from leaf.phrases


def asked_verdicts(nodes: Iterable[Node]) -> set[str]:
    """Return the verdicts on claims for which `verdict:` asks."""
    phrases = [phrase for leaf in leaves(nodes) if leaf.column == "verdict" for phrase in leaf.phrases]
    return {verdict for verdict in VERDICT_WORDS if any(_has_word(phrase, verdict) for phrase in phrases)}


def _has_word(phrase: Phrase, word: str) -> bool:
    return word.startswith(phrase.words[0]) if phrase.prefix else phrase.words == (word,)


def map_phrases(node: Node, function: Callable[[Phrase], Iterable[Phrase]]) -> Node:
    """Return the node with each phrase of its terms replaced by what the function returns for it."""
    if isinstance(node, Term):
        return node._replace(phrases=tuple(new for phrase in node.phrases for new in function(phrase)))
    if isinstance(node, Not):
        return Not(map_phrases(node.node, function))
    if isinstance(node, (And, Or)):
        return node._replace(nodes=tuple(map_phrases(part, function) for part in node.nodes))
    return node
