"""What to ask instead where nothing is found: other spellings, pieces of a phrase, less."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice, product
from typing import NamedTuple

from tui.catalogue.connection import interruptible
from tui.catalogue.words import without_covered_letter
from tui.search import sql as statements
from tui.search.rewrite import Rewriting
from tui.search.syntax import Query, Term, as_phrase

MOST_MENDED = 8
"""How many conditions a query may have that is to be mended one by one."""
MOST_TRIED = 12
"""How many ways of mending several conditions together are tried."""
LONGEST_PIECE = 8
"""How many words the pieces may have into which a run of words is taken."""

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя", "0123456789")


class Suggestion(NamedTuple):
    """Another query to try: what it is in words, what to type, how many agreements answer it."""

    words: str
    typed: str
    size: int


class Suggestions(Rewriting):
    """An open catalogue that mends queries."""

    @interruptible
    def suggestions(self, typed: str) -> list[Suggestion]:
        """Where nothing answers a query: what to ask instead, each with how many agreements would answer.

        Of conditions that nothing answers even alone, all are mended together: spelt otherwise, taken to pieces or left
        out. Where each has its answers: any of the words, then all but one, then other spellings.
        """
        asked = self.query(typed)
        parts = asked.parts
        alone = [at for at, node in enumerate(asked.nodes) if len(asked.nodes) == 1 or not self._count(Query((node,)))]
        found: dict[str, Suggestion] = {}

        def offer(words: str, changed: dict[int, str]) -> None:
            other = together([new for at, part in enumerate(parts) if (new := changed.get(at, part))])
            size = self._count(self.query(other))
            if size:
                found.setdefault(other, Suggestion(words, other, size))

        if alone:
            few = len(alone) <= MOST_MENDED
            choices = [[*self._spellings(parts[at]), *self._pieces(asked, at), ""] if few else [""] for at in alone]
            for chosen in islice(product(*choices), MOST_TRIED):
                changed = dict(zip(alone, chosen, strict=True))
                words = [
                    f"{new} instead of {parts[at]}" if new else f"without {parts[at]}" for at, new in changed.items()
                ]
                offer(", ".join(words), changed)
            rest = together([part for at, part in enumerate(parts) if at not in alone])
            return list(found.values()) or (self.suggestions(rest) if rest else [])
        if len(parts) > MOST_MENDED:
            return []
        if len(parts) > 2 and all(isinstance(node, Term) for node in asked.nodes):
            other = " OR ".join(parts)
            found[other] = Suggestion("any of these words", other, self._count(self.query(other)))
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
                for near, _ in near_spellings(token.word, self._like(token.word)):
                    found.append(part[: token.start] + near + part[token.end :])
        return found

    def _pieces(self, asked: Query, at: int) -> list[str]:
        """A run of words that stands nowhere, as the longest runs that do stand somewhere, where there are such."""
        node, part = asked.nodes[at], asked.parts[at]
        tokens = self.tokenize()(part)
        words = without_covered_letter(tuple(token.word for token in tokens))
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
        return [together(found)]

    def _stands(self, words: tuple[str, ...]) -> bool:
        asked = statements.expression(Term((as_phrase(words),)))
        return self.fetch_one("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (asked,)) is not None

    def _count(self, asked: Query) -> int:
        if not asked.nodes:
            return 0
        sql, bound = statements.numbers(self._expand_prefixes(asked))
        return int(self.fetch_all(f"SELECT count(*) FROM ({sql} LIMIT {statements.MANY + 1})", bound)[0][0])

    def _like(self, word: str) -> list[tuple[str, int]]:
        """The words of the corpus that one slip makes of this one; failing these, those of its beginning and length."""
        found = self.fetch_all(
            "SELECT word, documents FROM vocabulary WHERE word IN (SELECT value FROM json_each(?)) AND word != ?",
            (json.dumps(list(slips(word))), word),
        )
        return found or self.fetch_all(
            "SELECT word, documents FROM vocabulary WHERE word >= ?1 AND word < ?2 AND word != ?3 "
            "AND length(word) BETWEEN length(?3) - 2 AND length(?3) + 2",
            (word[:2], word[:2] + "\U0010ffff", word),
        )


def slips(word: str) -> Iterator[str]:
    """What one slip makes of a word: a letter left out, put in or taken for another of its alphabet, or two swapped."""
    letters = next((letters for letters in _ALPHABETS if word[:1] in letters), "")
    for at in range(len(word) + 1):
        before, behind = word[:at], word[at:]
        yield from (before + letter + behind for letter in letters)
        if behind:
            yield before + behind[1:]
            yield before + behind[1::-1] + behind[2:]
            yield from (before + letter + behind[1:] for letter in letters if letter != behind[0])


def near_spellings(word: str, vocabulary: Iterable[tuple[str, int]], most: int = 3) -> list[tuple[str, int]]:
    """Words of the corpus spelt much like this one, with the number of documents that hold each; the nearest first."""
    known = dict(vocabulary)
    return [(near, known[near]) for near in get_close_matches(word, known, most, 0.72)]


def together(parts: Sequence[str]) -> str:
    """Parts of a query as one would type them."""
    return " ".join(parts)
