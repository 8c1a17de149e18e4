"""How a text becomes words, for the index, for queries and for the marks in a document: one way for all three.

SQLite's own Unicode tokenizer does the work (case and accents folded). It takes a run of Chinese or Japanese characters
for one word, so a run is written out as its pairs first (漁業権 is 漁業 業権 権), by a sign that no stored text can
hold: a word of two characters is then one word of the index, and not a phrase of two that stand everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import apsw

from tui.catalogue.schema import TOKENIZER

PAIR_SEPARATOR = "\u200b"
_PAIR_SEPARATOR = PAIR_SEPARATOR.encode()
"""A zero-width space around each pair of East Asian characters; `corpus.safe` has made those of the store visible."""

# Letters only: a sign in a pair would cut it in two.
CJK = (
    "\u3005-\u3007\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{CJK}]+")
# Where those and full-width forms may be: one range, passed over three times as fast as many.
_WIDE = re.compile("[\u2e80-\U0003ffff]+")
# What a pair holds beyond its first letter.
_SECOND = re.compile(f"(?<={PAIR_SEPARATOR}[{CJK}])[{CJK}]?{PAIR_SEPARATOR}")
# One character for one, so that places in the text stay what they are: ё is е, full-width forms are the plain ones.
_SAME = str.maketrans({"\u3000": " ", **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}})


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
    return _WIDE.sub(_wide, text.replace("ё", "е").replace("Ё", "Е"))


def _wide(run: re.Match[str]) -> str:
    return _RUN.sub(_pairs, run[0].translate(_SAME))


def _pairs(run: re.Match[str]) -> str:
    letters = run[0]
    return PAIR_SEPARATOR + "".join(letters[at : at + 2] + PAIR_SEPARATOR for at in range(len(letters)))


def restore(prepared: str) -> str:
    """Indexed text as a reader wrote it, but for forms that count as the same."""
    return _SECOND.sub("", prepared).replace(PAIR_SEPARATOR, "") if PAIR_SEPARATOR in prepared else prepared


def is_pair(word: str) -> bool:
    """Whether a word of the index is one or two letters of an East Asian run, and not a word between spaces."""
    return len(word) <= 2 and _RUN.match(word) is not None


def without_covered_letter(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the last letter of an East Asian run where they end with one and its pair says it already."""
    if len(words) > 1 and len(words[-1]) == 1 and is_pair(words[-1]):
        before = words[-2]
        if len(before) == 2 and before[1] == words[-1] and is_pair(before):
            return words[:-1]
    return words


def tokenizer(connection: apsw.Connection) -> Tokenize:
    """The index's own way of cutting words."""
    name, *arguments = TOKENIZER
    cut = connection.fts5_tokenizer(name, arguments)

    def tokenize(text: str) -> list[Token]:
        raw = prepare(text).encode("utf-8", "replace")
        found: list[tuple[int, int, str]] = cut(raw, apsw.FTS5_TOKENIZE_DOCUMENT, None)  # type: ignore[assignment]
        if len(raw) == len(text):
            return [Token(word, start, end) for start, end, word in found]
        if _PAIR_SEPARATOR not in raw:
            return list(_placed(raw, found))
        places = _places(raw.decode())
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
    """The text's words as a query asks for them, one space between."""
    return " ".join(without_covered_letter(tuple(token.word for token in tokenize(text))))


def _placed(raw: bytes, found: Iterable[tuple[int, int, str]]) -> Iterator[Token]:
    """The words that were found between bytes, between characters; of a text without East Asian runs."""
    reached = place = 0
    for start, end, word in found:
        first = place + len(raw[reached:start].decode())
        reached, place = end, first + len(raw[start:end].decode())
        yield Token(word, first, place)


def _places(prepared: str) -> dict[int, int]:
    """For each byte at which a character of the prepared text begins, the place of that character in the text."""
    widths = [
        1 if letter < "\x80" else 2 if letter < "\u0800" else 3 if letter < "\U00010000" else 4 for letter in prepared
    ]
    steps = [int(letter != PAIR_SEPARATOR) for letter in prepared]
    for second in _SECOND.finditer(prepared):
        # The second of a pair comes once more, as the first of the next: the place goes back behind it.
        steps[second.end() - 1] = 1 - len(second[0])
    return dict(zip(accumulate(widths, initial=0), accumulate(steps, initial=0), strict=True))
