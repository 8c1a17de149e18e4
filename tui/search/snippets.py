"""The passage that stands beside a result: a stretch of an agreement's text around the first word looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.catalogue.words import CJK, Tokenize, is_pair, restore
from tui.search.highlight import marker
from tui.search.syntax import Phrase, Query, phrases

COLUMNS = ("summary", "body", "claims", "title", "person", "place", "other")
"""The columns of the index in which the passage to show is looked for, in this order."""
BEFORE, BEHIND = 80, 140
"""How many characters stand before and behind the word at most."""

_BREAKS = re.compile(r"\s*\n\s*")
_ACCENT = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1fff]")
"""A sign that the index leaves out of a word, so that only the tokenizer sees the word in the text."""


class Snippet(NamedTuple):
    """A stretch of text on one line, and the places of the hits in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def snippet_finder(query: Query, tokenize: Tokenize) -> Callable[[Sequence[str]], Snippet]:
    """A function that finds the passage in an agreement's texts: those of COLUMNS, as they are indexed."""
    seek = _seeker(set(phrases(query.nodes)))
    marks = marker(query, tokenize)

    def marked(text: str, at: int) -> Snippet:
        start, stop = _around(text, at)
        passage = _BREAKS.sub(" · ", text[start:stop])
        before, behind = "…" * (start > 0), "…" * (stop < len(text))
        hits = ((first + len(before), last + len(before)) for first, last in marks(passage))
        return Snippet(before + passage + behind, tuple(hits))

    def find(texts: Sequence[str]) -> Snippet:
        for text in map(restore, texts):
            at = seek(text)
            if at >= 0 and (found := marked(text, at)).marks:
                return found
        for text in filter(_ACCENT.search, map(restore, texts)):
            if (places := marks(text)) and (found := marked(text, places[0][0])).marks:
                return found
        return Snippet(restore(texts[0]).partition("\n")[0])

    return find


def _around(text: str, at: int) -> tuple[int, int]:
    """Where the passage around a place begins and ends: at the beginning of its sentence, if that is not far."""
    first = max(0, at - BEFORE)
    start = max(text.rfind(end, first, at) for end in (". ", "。", "\n")) + 1
    if not start and first:
        start = text.find(" ", first, at) + 1 or first
    while start < at and text[start].isspace():
        start += 1
    if len(text) <= at + BEHIND:
        return start, len(text)
    stop = text.rfind(" ", at + BEHIND // 2, at + BEHIND)
    return start, stop if stop >= 0 else at + BEHIND


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
                whole = at == 0 or not low[at - 1].isalnum() or is_pair(first[0]) or is_pair(low[at - 1])
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
    return first, rest + ("" if phrase.prefix or is_pair(words[-1]) else f"(?![^\\W_{CJK}])")
