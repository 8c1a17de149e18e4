"""Tokenization shared by the full-text index, by queries and by the highlighting of hits.

SQLite's Unicode tokenizer splits and folds the text (case and accents). It takes a run of Chinese or Japanese
characters for one word, so `prepare` first writes such a run as overlapping pairs (漁業権 becomes 漁業 業権 権),
separated by a character that stored text never contains. A word of two characters is then a single indexed word, which
is faster to find than a phrase of two characters that occur everywhere.

apsw's Unicode segmentation was measured and not used: it runs in Python, 0.8 ms for a document of 3 KB against 0.06.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import apsw

from tui.catalogue.schema import TOKENIZER

PAIR_SEPARATOR = "\u200b"
_PAIR_SEPARATOR = PAIR_SEPARATOR.encode()
"""Zero-width space around each pair of East Asian characters. Stored text has none: `corpus.safe` replaces them."""

# Letters only: the tokenizer would split a pair at a symbol.
CJK = (
    "\u3005-\u3007\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{CJK}]+")
_WORD = re.compile(r"\w+")
# One range that contains those and the full-width forms; scanning it is three times as fast as scanning many ranges.
_WIDE = re.compile("[\u2e80-\U0003ffff]+")
# The part of a pair after its first letter.
_SECOND = re.compile(f"(?<={PAIR_SEPARATOR}[{CJK}])[{CJK}]?{PAIR_SEPARATOR}")
# Full-width forms become the plain ones, one character for one, so that text positions do not change.
_PLAIN_FORMS = str.maketrans({"\u3000": " ", **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}})


MAX_FOLDED = 400
"""Characters of a name or a label that count when it is looked up."""


class Token(NamedTuple):
    """Folded word of the index, with its start and end in the text in characters."""

    word: str
    start: int
    end: int


Tokenize: TypeAlias = Callable[[str], list[Token]]


def prepare(text: str) -> str:
    """Return the text as it is indexed: ё as е, full-width letters as plain ones, East Asian runs as pairs."""
    if text.isascii():
        return text
    return _WIDE.sub(_prepare_wide, text.replace("ё", "е").replace("Ё", "Е"))


def _prepare_wide(run: re.Match[str]) -> str:
    return _RUN.sub(_as_pairs, run[0].translate(_PLAIN_FORMS))


def _as_pairs(run: re.Match[str]) -> str:
    letters = run[0]
    return PAIR_SEPARATOR + "".join(letters[at : at + 2] + PAIR_SEPARATOR for at in range(len(letters)))


def restore(prepared: str) -> str:
    """Return prepared text without its pairs of East Asian letters. Letters that `prepare` replaced stay replaced."""
    return _SECOND.sub("", prepared).replace(PAIR_SEPARATOR, "") if PAIR_SEPARATOR in prepared else prepared


def is_pair(word: str) -> bool:
    """Return whether an indexed word is a piece of an East Asian run: one or two letters."""
    return len(word) <= 2 and _RUN.match(word) is not None


def without_covered_letter(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without a final single East Asian letter that the pair before it already contains."""
    if len(words) > 1 and len(words[-1]) == 1 and is_pair(words[-1]):
        before = words[-2]
        if len(before) == 2 and before[1] == words[-1] and is_pair(before):
            return words[:-1]
    return words


def tokenizer(connection: apsw.Connection) -> Tokenize:
    """Return a function that splits text into tokens exactly as the index does."""
    name, *arguments = TOKENIZER
    split = connection.fts5_tokenizer(name, arguments)

    def tokenize(text: str) -> list[Token]:
        raw = prepare(text).encode("utf-8", "replace")
        found: list[tuple[int, int, str]] = split(raw, apsw.FTS5_TOKENIZE_DOCUMENT, None)  # type: ignore[assignment]
        if len(raw) == len(text):
            return [Token(word, start, end) for start, end, word in found]
        locate = _locate_pairs if _PAIR_SEPARATOR in raw else _locate_words
        return list(locate(raw, found))

    return tokenize


def stemmer(connection: apsw.Connection) -> Callable[[str], str]:
    """Return a function from a word to its English stem (Porter's algorithm), the same for fishery and fisheries.

    The n of a final -ian, which Porter keeps, is removed first: Manchurian has the stem of Manchuria. Words of other
    scripts are returned unchanged.
    """
    split = connection.fts5_tokenizer("porter", list(TOKENIZER))

    def stem(word: str) -> str:
        base = word[:-1] if word.endswith("ian") else word
        found: list[tuple[int, int, str]]
        found = split(base.encode(), apsw.FTS5_TOKENIZE_DOCUMENT, None)  # type: ignore[assignment]
        return found[0][2] if len(found) == 1 else word

    return stem


def fold(tokenize: Tokenize, text: str) -> str:
    """Return the folded words of a name or label as a query contains them, separated by one space.

    Of a longer text than a query may be, only the beginning counts.
    """
    return " ".join(without_covered_letter(tuple(token.word for token in tokenize(text[:MAX_FOLDED]))))


def title_key(title: str) -> int | None:
    """Return a number that is the same for titles of the same words, whatever their case and punctuation.

    Of a longer title than a query may be, only the beginning counts.
    """
    words = " ".join(_WORD.findall(unicodedata.normalize("NFKC", title[:MAX_FOLDED]).casefold()))
    digest = blake2b(words.encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) if words else None


def _locate_words(raw: bytes, found: Iterable[tuple[int, int, str]]) -> Iterator[Token]:
    """Yield tokens with character positions for byte positions. The text has no East Asian runs."""
    reached = position = 0
    for start, end, word in found:
        first = position + len(raw[reached:start].decode())
        reached, position = end, first + len(raw[start:end].decode())
        yield Token(word, first, position)


def _locate_pairs(raw: bytes, found: Iterable[tuple[int, int, str]]) -> Iterator[Token]:
    """Yield tokens of prepared text with their character positions in the text before it was prepared."""
    prepared = raw.decode()
    widths = bytearray(
        1 if letter < "\x80" else 2 if letter < "\u0800" else 3 if letter < "\U00010000" else 4 for letter in prepared
    )
    steps = array("b", (letter != PAIR_SEPARATOR for letter in prepared))
    for second in _SECOND.finditer(prepared):
        # The second letter of a pair is repeated as the first of the next pair: step back before it.
        steps[second.end() - 1] = 1 - len(second[0])
    positions = zip(accumulate(widths), accumulate(steps), strict=True)
    reached = position = 0
    for start, end, word in found:
        while reached < start:
            reached, position = next(positions)
        first = position
        while reached < end:
            reached, position = next(positions)
        yield Token(word, first, position)
