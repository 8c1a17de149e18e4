"""Positions of query hits in a text."""

from __future__ import annotations

from collections.abc import Callable

from tui.catalogue.words import Token, Tokenize, is_pair
from tui.search.syntax import Phrase, Query, phrases


def marker(query: Query, tokenize: Tokenize) -> Callable[[str], list[tuple[int, int]]]:
    """A function that finds where a text holds a phrase: from start to before end, in order, none overlapping."""
    wanted: dict[str, list[Phrase]] = {}
    beginnings: list[Phrase] = []
    for phrase in sorted(set(phrases(query.nodes)), key=lambda each: -len(each.words)):
        if phrase.prefix and len(phrase.words) == 1:
            beginnings.append(phrase)
        else:
            wanted.setdefault(phrase.words[0], []).append(phrase)
    begun = tuple(phrase.words[0] for phrase in beginnings)

    def marks(text: str) -> list[tuple[int, int]]:
        tokens = tokenize(text)
        words = [token.word for token in tokens]
        found: list[tuple[int, int]] = []
        end = 0
        for at, word in enumerate(words):
            if (word not in wanted and not word.startswith(begun)) or tokens[at].start < end:
                continue
            hit = next((phrase for phrase in wanted.get(word, ()) if _follows(phrase, words, at)), None)
            hit = hit or next((phrase for phrase in beginnings if word.startswith(phrase.words[0])), None)
            if hit:
                end = _end(tokens[at + len(hit.words) - 1], hit.words[-1])
                found.append((tokens[at].start, end))
        return found

    return marks if wanted or beginnings else lambda _: []


def _end(token: Token, word: str) -> int:
    """Where a hit ends whose last word is this: the whole word is marked, but of a pair the letters asked for."""
    return token.start + len(word) if is_pair(token.word) else token.end


def _follows(phrase: Phrase, words: list[str], at: int) -> bool:
    *firsts, last = phrase.words
    end = at + len(firsts)
    if end >= len(words) or words[at:end] != firsts:
        return False
    return words[end].startswith(last) if phrase.prefix else words[end] == last
