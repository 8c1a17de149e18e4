"""The passage that stands beside a result: a stretch of an agreement's text around the first word looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.catalogue import query as queries
from tui.catalogue.query import Phrase, Query
from tui.catalogue.words import Tokenize, is_pair

COLUMNS = ("summary", "body", "claims", "title", "person", "place", "dated", "other")
"""The columns of the index in which the passage to show is looked for, in this order."""
BEFORE, BEHIND = 80, 140
"""How many characters stand before and behind the word at most."""


class Passage(NamedTuple):
    """A stretch of text on one line, and the places of the hits in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def finder(query: Query, tokenize: Tokenize) -> Callable[[Sequence[str]], Passage]:
    """A function that finds the passage in an agreement's texts: those of COLUMNS, as a reader wrote them."""
    seek = _seeker(set(queries.phrases(query.nodes)))

    def marked(text: str, at: int) -> Passage:
        passage = _cut(text, at)
        return Passage(passage, tuple(queries.marks(query, passage, tokenize)))

    def find(texts: Sequence[str]) -> Passage:
        for text in texts:
            at = seek(text)
            if at >= 0 and (found := marked(text, at)).marks:
                return found
        for text in texts:  # written otherwise: with accents, or with signs between
            if (places := queries.marks(query, text, tokenize)) and (found := marked(text, places[0][0])).marks:
                return found
        return Passage(texts[0].partition("\n")[0])

    return find


def _cut(text: str, at: int) -> str:
    """The text around a place: from the beginning of its sentence, if that is not far."""
    first = max(0, at - BEFORE)
    start = max(text.rfind(end, first, at) for end in (". ", "。", "\n")) + 1
    if not start and first:
        start = text.find(" ", first, at) + 1 or first
    stop = len(text) if len(text) <= at + BEHIND else text.rfind(" ", at + BEHIND // 2, at + BEHIND)
    if stop < 0:
        stop = at + BEHIND
    passage = text[start:stop].strip().replace("\n", " · ")
    return "…" * (start > 0) + passage + "…" * (stop < len(text))


def _seeker(phrases: Iterable[Phrase]) -> Callable[[str], int]:
    """A function that tells where a text first holds one of the phrases; -1 where none is seen."""
    endings: dict[str, list[str]] = {}
    for phrase in phrases:
        first, rest = _written(phrase)
        endings.setdefault(first, []).append(rest)
    tests = [(first, re.compile("|".join(rests)).match) for first, rests in endings.items()]

    def seek(text: str) -> int:
        low = text.lower()
        if len(low) != len(text):
            return -1
        found = -1
        end = len(low)
        for first, follows in tests:
            at = low.find(first, 0, end)
            while at >= 0:
                whole = at == 0 or not low[at - 1].isalnum() or is_pair(first[:1])
                if whole and follows(low, at + len(first)):
                    found = end = at
                    break
                at = low.find(first, at + 1, end)
        return found

    return seek


def _written(phrase: Phrase) -> tuple[str, str]:
    """The phrase's first word as it is written, and a pattern for what follows it."""
    words = list(phrase.words)
    first, rest = words[0], ""
    for before, word in pairwise(words):
        if is_pair(before) and is_pair(word) and before[-1] == word[0]:
            rest += re.escape(word[1:])
        else:
            rest += (r"[\W_]*" if is_pair(before) or is_pair(word) else r"[\W_]+") + re.escape(word)
    return first, rest + ("" if phrase.prefix or is_pair(words[-1]) else r"(?![^\W_])")
