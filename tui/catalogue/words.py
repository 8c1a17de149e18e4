"""How a text becomes words, for the index, for queries and for the marks in a document: one way for all three.

SQLite's own Unicode tokenizer does the work (case and accents folded). It takes a run of Chinese or Japanese characters
for one word, so each of those is made a word of its own first, by a sign that no stored text can hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import apsw

TOKENIZER = ("unicode61", "remove_diacritics", "2")
JOINT = "\u200b"
"""A zero-width space between East Asian characters; `corpus.safe` has made those of the store visible."""

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3031-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_CJK}]+")
# One character for one, so that places in the text stay what they are: ё is е, full-width forms are the plain ones.
_SAME = str.maketrans(
    {"ё": "е", "Ё": "Е", "\u3000": " ", **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
)


class Token(NamedTuple):
    """A word as the index knows it (folded), and its place in the text in characters."""

    word: str
    start: int
    end: int


Tokenize: TypeAlias = Callable[[str], list[Token]]


def prepare(text: str) -> str:
    """The text as it goes into the index."""
    if text.isascii():
        return text
    return _RUN.sub(lambda run: JOINT + JOINT.join(run[0]) + JOINT, text.translate(_SAME))


def restore(prepared: str) -> str:
    """A stretch of indexed text as a reader wrote it, but for forms that count as the same."""
    return prepared.replace(JOINT, "")


def tokenizer(connection: apsw.Connection) -> Tokenize:
    """The index's own way of cutting words."""
    name, *arguments = TOKENIZER
    cut = connection.fts5_tokenizer(name, arguments)

    def tokenize(text: str) -> list[Token]:
        prepared = prepare(text)
        raw = prepared.encode("utf-8", "replace")
        found: list[tuple[int, int, str]] = cut(raw, apsw.FTS5_TOKENIZE_DOCUMENT, None)  # type: ignore[assignment]
        if len(raw) == len(text):
            return [Token(word, start, end) for start, end, word in found]
        places = _places(prepared)
        return [Token(word, places[start], places[end]) for start, end, word in found]

    return tokenize


def stemmer(connection: apsw.Connection) -> Callable[[str], str]:
    """A word's English stem (Porter's), by which fishery and fisheries meet; other scripts' words are their own.

    Manchurian is Manchuria's, as are the other words in -ian: Porter does not take them off.
    """
    cut = connection.fts5_tokenizer("porter", list(TOKENIZER))

    def stem(word: str) -> str:
        whole = word[:-1] if word.endswith("ian") else word
        found: list[tuple[int, int, str]] = cut(whole.encode(), apsw.FTS5_TOKENIZE_DOCUMENT, None)  # type: ignore[assignment]
        return found[0][2] if len(found) == 1 else word

    return stem


def fold(tokenize: Tokenize, text: str) -> str:
    """The text's words as the index knows them, one space between."""
    return " ".join(token.word for token in tokenize(text))


def _places(prepared: str) -> dict[int, int]:
    """For each byte at which a character of the prepared text begins, the place of that character in the text."""
    places: dict[int, int] = {}
    byte = place = 0
    for character in prepared:
        places[byte] = place
        byte += len(character.encode("utf-8", "replace"))
        place += character != JOINT
    places[byte] = place
    return places
