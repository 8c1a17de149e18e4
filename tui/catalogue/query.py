"""The reader's words as a query: what the index is asked, and where a text holds the answer.

Every word that the reader types must match; the last one also matches as a beginning, since it may still be being
typed. A word or run of words that is a form of a known name (千島, Kurils, Курилы) matches every form of that name.
Nothing typed is syntax yet, so nothing typed can be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import NamedTuple

import apsw

from tui.catalogue import schema
from tui.corpus import safe

LONGEST = 32
"""How many words of a query are searched; no question is longer, and a pasted page is not one."""
LONGEST_NAME = 4
"""How many words of a query are looked up together as one name."""


class Token(NamedTuple):
    """A word as the index knows it (folded), and its place in the text in characters."""

    word: str
    start: int
    end: int


class Phrase(NamedTuple):
    """Words that must follow each other; with `prefix` the last may be the beginning of a longer one."""

    words: tuple[str, ...]
    prefix: bool = False


class Query(NamedTuple):
    """Groups that must all match, each by any of its phrases; `note` is a line for the reader, where one is due."""

    groups: tuple[tuple[Phrase, ...], ...] = ()
    note: str = ""


Tokenize = Callable[[str], list[Token]]
Forms = Callable[[str], Iterable[str]]
"""All folded forms of the names that have this folded form."""


def tokenizer(connection: apsw.Connection) -> Tokenize:
    """The index's own tokenizer, for texts and queries alike. The connection must have search enabled."""
    name, *arguments = schema.TOKENIZER
    cut = connection.fts5_tokenizer(name, arguments)

    def tokenize(text: str) -> list[Token]:
        raw = text.encode("utf-8", "replace")
        found: list[tuple[int, int, str]] = cut(raw, apsw.FTS5_TOKENIZE_DOCUMENT, None)  # type: ignore[assignment]
        if len(raw) == len(text):
            return [Token(word, start, end) for start, end, word in found]
        at = {
            byte: place
            for place, byte in enumerate(accumulate((len(c.encode("utf-8", "replace")) for c in text), initial=0))
        }
        return [Token(word, at[start], at[end]) for start, end, word in found]

    return tokenize


def fold(connection: apsw.Connection, text: str) -> str:
    """The text's words as the index knows them, one space between."""
    return " ".join(token.word for token in tokenizer(connection)(text))


def parse(typed: str, tokenize: Tokenize, forms: Forms) -> Query:
    """Read what was typed. Never raises; an empty or wordless query has no groups."""
    typed = safe.line(typed[: LONGEST * 100])
    ends_open = bool(typed) and not typed[-1].isspace()
    chunks = [tuple(token.word for token in tokenize(chunk)) for chunk in typed.split()[: LONGEST + 1]]
    chunks = [chunk for chunk in chunks if chunk]
    note = f"Only the first {LONGEST} words are searched." if len(chunks) > LONGEST else ""
    chunks = chunks[:LONGEST]
    groups: list[tuple[Phrase, ...]] = []
    at = 0
    while at < len(chunks):
        taken, names = _longest_name(chunks, at, forms)
        last = ends_open and at + taken == len(chunks)
        words = tuple(word for chunk in chunks[at : at + taken] for word in chunk)
        group = [Phrase(words, prefix=last), *(Phrase(tuple(name.split())) for name in names)]
        groups.append(tuple(dict.fromkeys(group)))
        at += taken
    return Query(tuple(groups), note)


def expression(query: Query) -> str:
    """The query in FTS5's language, every word quoted."""
    return " AND ".join(
        "(" + " OR ".join(f'"{" ".join(words)}"{"*" if prefix else ""}' for words, prefix in group) + ")"
        for group in query.groups
    )


def marks(query: Query, text: str, tokenize: Tokenize) -> list[tuple[int, int]]:
    """Where the text holds a phrase of the query: places from start to before end, in order, none overlapping."""
    tokens = tokenize(text)
    found: list[tuple[int, int]] = []
    phrases = sorted({phrase for group in query.groups for phrase in group}, key=lambda phrase: -len(phrase.words))
    at = 0
    while at < len(tokens):
        length = next((len(phrase.words) for phrase in phrases if _matches(phrase, tokens, at)), 0)
        if length:
            found.append((tokens[at].start, tokens[at + length - 1].end))
        at += length or 1
    return found


def _matches(phrase: Phrase, tokens: list[Token], at: int) -> bool:
    if at + len(phrase.words) > len(tokens):
        return False
    *firsts, last = phrase.words
    if any(tokens[at + offset].word != word for offset, word in enumerate(firsts)):
        return False
    found = tokens[at + len(firsts)].word
    return found.startswith(last) if phrase.prefix else found == last


def _longest_name(chunks: list[tuple[str, ...]], at: int, forms: Forms) -> tuple[int, list[str]]:
    """How many chunks from `at` are one known name, and that name's forms; one chunk where none is known."""
    for taken in range(min(LONGEST_NAME, len(chunks) - at), 0, -1):
        words = " ".join(word for chunk in chunks[at : at + taken] for word in chunk)
        found = list(forms(words))
        if found:
            return taken, found
    return 1, []
