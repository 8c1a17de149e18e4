"""Positions of query hits in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tui.catalogue.words import Token, Tokenize, is_pair
from tui.search.syntax import Node, Phrase, marked_phrases

PIECE, OVERLAP = 20_000, 1_000
"""Characters of a piece of a text that is searched at a time, and of what follows it, where its last hit may end."""


class Highlighter:
    """Finds the hits of a query's conditions in texts. False if they have no words that can be marked."""

    def __init__(self, nodes: Iterable[Node], tokenize: Tokenize) -> None:
        self._tokenize = tokenize
        self._phrases: dict[str, list[Phrase]] = {}  # by first word, the longest first
        self._prefixes: list[Phrase] = []
        phrases = set(marked_phrases(nodes))
        for phrase in sorted(phrases, key=lambda each: -len(each.words)):
            if phrase.prefix and len(phrase.words) == 1:
                self._prefixes.append(phrase)
            else:
                self._phrases.setdefault(phrase.words[0], []).append(phrase)
        self._begins = tuple(phrase.words[0] for phrase in self._prefixes)
        endings: dict[tuple[str, bool], list[str]] = {}
        for phrase in phrases:
            first, rest = _pattern(phrase)
            is_whole = not (phrase.prefix or is_pair(phrase.words[-1]))
            endings.setdefault((first, is_whole), []).append(rest)
        self._literals = [
            (first, re.compile("|".join(sorted(rests, key=len, reverse=True))).match, is_whole)
            for (first, is_whole), rests in endings.items()
        ]

    def __bool__(self) -> bool:
        return bool(self._literals)

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Return the ranges (start, end) of the hits in a text, in order and without overlaps."""
        return list(self.iterate_marks(text))

    def iterate_marks(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield what `marks` returns. The words of a long text are held in memory a piece at a time."""
        end = 0
        for start, stop in _pieces(text) if self else ():
            for first, last in self._marks_of_piece(text[start : stop + OVERLAP], end - start):
                if start + first < stop:
                    end = start + last
                    yield start + first, end

    def _marks_of_piece(self, text: str, end: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges of the hits in a text behind a position."""
        tokens = self._tokenize(text)
        words = [token.word for token in tokens]
        for at, word in enumerate(words):
            if (word not in self._phrases and not word.startswith(self._begins)) or tokens[at].start < end:
                continue
            hit = next((phrase for phrase in self._phrases.get(word, ()) if _follows(phrase, words, at)), None)
            hit = hit or next((phrase for phrase in self._prefixes if word.startswith(phrase.words[0])), None)
            if hit:
                end = _end(tokens[at + len(hit.words) - 1], hit.words[-1])
                yield tokens[at].start, end

    def find_first(self, text: str) -> int:
        """Return the start of the first hit, or -1; does not see words whose accents the index drops.

        Searches for the words as they are written, several times faster than `marks`.
        """
        low = text.lower()
        return self.find_in_lower(low) if len(low) == len(text) else -1

    def find_in_lower(self, low: str, start: int = 0) -> int:
        """Return what `find_first` returns for a text in lower case, behind a position."""
        found = -1
        end = len(low)
        for first, follows, is_whole in self._literals:
            at = low.find(first, start, end)
            while at >= 0:
                begins = at == 0 or is_pair(first[0]) or _parts_words(low[at - 1])
                rest = follows(low, at + len(first)) if begins else None
                if rest and not (is_whole and rest.end() < len(low) and not _parts_words(low[rest.end()])):
                    found = end = at
                    break
                at = low.find(first, at + 1, end)
        return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the pieces of a text, cut at spaces if it has any."""
    start = 0
    while start < len(text):
        stop = len(text)
        if stop - start > PIECE:
            stop = text.rfind(" ", start, start + PIECE) + 1 or start + PIECE
        yield start, stop
        start = stop


def _end(token: Token, word: str) -> int:
    """Return the end of a hit: that of its last word, but of an East Asian pair only the letters in the query."""
    return token.start + len(word) if is_pair(token.word) else token.end


def _follows(phrase: Phrase, words: list[str], at: int) -> bool:
    *firsts, last = phrase.words
    end = at + len(firsts)
    if end >= len(words) or words[at:end] != firsts:
        return False
    return words[end].startswith(last) if phrase.prefix else words[end] == last


def _pattern(phrase: Phrase) -> tuple[str, str]:
    """Return the phrase's first word as it is written, and a pattern for its other words."""
    words = list(phrase.words)
    first, rest = words[0], ""
    for before, word in pairwise(words):
        if is_pair(before) and is_pair(word) and before[-1] == word[0]:
            rest += re.escape(word[1:])
        else:
            rest += (r"[\W_]*" if is_pair(before) or is_pair(word) else r"[\W_]+") + re.escape(word)
    return first, rest


def _parts_words(character: str) -> bool:
    """Return whether a word of letters ends before this character, and begins after it."""
    return not character.isalnum() or is_pair(character)
