"""The reader's query language: what was typed, read as a tree of conditions.

    words            every word must match, in any order; the last one also as a beginning while it is being typed
    "a phrase"       words that follow each other
    word*            a beginning          =word     exactly this form, no other of the same word or name
    -word  NOT word  must not match       OR ( )    either; grouping       NEAR(a b, 10)   within ten words
    title: text: claim: person: place: topic: kind: era: verdict:     where it must match
    signed:1941  signed:1925..1941  before:1930  after:1956-10  on:1944-03-01 (in force on that day)

Small words (who, did, the, когда) are passed over where two others remain; `=the` is asked for.
A word meets its other inflections (fishery, fisheries), a name each of its forms in any script (千島, Kurils, Курилы).
What cannot be read so is searched as plain words, with a note that says why; nothing typed is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from tui.catalogue.words import is_pair, without_covered_letter
from tui.corpus.dates import HistoricalDate

COLUMNS: dict[str, str] = {
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
"""The fields of the language and the columns of the index that they stand for."""
MARKED = ("", "title", "{summary body}", "claims", "person", "place")
"""The columns whose hits are marked in a document; the others are about the record, not in its text."""
ORDERINGS = ("era", "topic", "place", "kind")
"""The fields that, with `=`, mean a whole group of the tree: `kind:=agreement`."""


class Phrase(NamedTuple):
    """Words that must follow each other; with `prefix` the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    prefix: bool = False


def as_phrase(words: tuple[str, ...], prefix: bool = False) -> Phrase:
    """The phrase as the index holds it: an East Asian letter asked for alone is the beginning of its pairs."""
    words = without_covered_letter(words)
    if is_pair(words[-1]):
        prefix = len(words[-1]) == 1
    return Phrase(words, prefix)


class Term(NamedTuple):
    """Any of these phrases, in one column or in any. `typed` is what the reader wrote."""

    phrases: tuple[Phrase, ...]
    column: str = ""
    typed: str = ""


class Near(NamedTuple):
    """These phrases within so many words of each other."""

    phrases: tuple[Phrase, ...]
    distance: int
    column: str = ""


class DateCondition(NamedTuple):
    """A condition on time: `signed` in the span, `before` or `after` it, or in force `on` its days."""

    kind: str
    span: HistoricalDate
    typed: str = ""


class InGroup(NamedTuple):
    """Standing in just this group of an order of the tree, named by its key or by its folded label."""

    ordering: str
    folded: str
    typed: str


class Not(NamedTuple):
    """What must not match."""

    node: Node


class And(NamedTuple):
    """What must all match."""

    nodes: tuple[Node, ...]


class Or(NamedTuple):
    """Of which one must match."""

    nodes: tuple[Node, ...]


Node: TypeAlias = "Term | Near | DateCondition | InGroup | Not | And | Or"


class Query(NamedTuple):
    """The conditions that must all hold (none: nothing was asked), and a line for the reader, where one is due.

    `parts` holds each condition as it was typed.
    """

    nodes: tuple[Node, ...] = ()
    note: str = ""
    parts: tuple[str, ...] = ()


Forms: TypeAlias = Callable[[str], Iterable[str]]
"""All other forms, folded, of the names that have this folded form; and, of one word, its other inflections."""


def phrases(nodes: Iterable[Node]) -> Iterator[Phrase]:
    """Every phrase whose hits are marked: those that are asked for, in the columns that are a document's text."""
    for node in nodes:
        if isinstance(node, (Term, Near)):
            if node.column in MARKED:
                yield from node.phrases
        elif isinstance(node, (And, Or)):
            yield from phrases(node.nodes)


def changed(node: Node, change: Callable[[Phrase], Iterable[Phrase]]) -> Node:
    """The node with other phrases for each that may stand for itself."""
    if isinstance(node, Term):
        return node._replace(phrases=tuple(new for phrase in node.phrases for new in change(phrase)))
    if isinstance(node, Not):
        return Not(changed(node.node, change))
    if isinstance(node, (And, Or)):
        return node._replace(nodes=tuple(changed(part, change) for part in node.nodes))
    return node
