"""Parser of the query language: text to a tree of conditions.

The language is described in syntax.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.catalogue.words import Tokenize, fold, without_covered_letter
from tui.corpus import dates, safe
from tui.search.syntax import (
    COLUMNS,
    ORDERINGS,
    And,
    DateCondition,
    Forms,
    InGroup,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    as_phrase,
)

LONGEST = 32
"""How many words of a query are searched; no question is longer, and a pasted page is not one."""
LONGEST_NAME = 4
"""How many words of a query are looked up together as one name."""
DEEPEST = 12
"""How many brackets may stand inside each other."""
_SMALL = """
    an the of to in on at by for from with and or as about between into do does did is are was were be been has have had
    what when where which who whom whose why how it its they their this that these those there
    и в во на о об с со к по из от до для за между у что кто где когда почему зачем как какой какая какое какие
    был была было были ли это"""
SMALL = frozenset(_SMALL.split())
"""Words of a question that say nothing of what is sought, passed over where two others stand beside them."""
TIMES = ("signed", "before", "after", "on")


class _Unreadable(Exception):
    """Why a query cannot be read as one."""


def parse(typed: str, tokenize: Tokenize, forms: Forms) -> Query:
    """Read what was typed. Never raises; a wordless query has no conditions."""
    typed = safe.line(typed[: LONGEST * 40])
    reader = _Reader(typed, tokenize, forms)
    try:
        found, note = reader.read(), ""
    except _Unreadable as why:
        found, note = reader.plain(), f"Read as plain words: {why}."
    if reader.cut:
        note = f"Only the first {LONGEST} words are searched."
    return Query(tuple(node for node, _ in found), note, tuple(part for _, part in found))


_LEXEME = re.compile(
    r"(?P<near>NEAR\()|(?P<open>\()|(?P<close>\))|(?P<not>-(?=[^\s-]))|(?P<field>[A-Za-z]+):(?=\S)"
    r'|(?P<exact>=)?"(?P<phrase>[^"]*)(?:"(?P<star>\*?)|$)|(?P<word>[^\s()"]+)'
)


class _Lexeme(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    last: bool  # nothing, not even a space, stands behind it: it may still be being typed
    star: bool = False
    exact: bool = False

    def says(self, word: str) -> bool:
        """Whether it is this word of the language, and not a word that is still being typed."""
        return self.kind == "word" and self.text == word and not self.last


class _Reader:
    """A recursive descent over the lexemes, as deep as DEEPEST and no deeper."""

    def __init__(self, typed: str, tokenize: Tokenize, forms: Forms) -> None:
        self._typed = typed
        self._tokenize = tokenize
        self._forms = forms
        self._left = LONGEST
        self.cut = False
        self._lexemes: list[_Lexeme] = []
        self._at = 0
        self._parts: list[str] = []  # of the conditions of the outermost level

    def read(self) -> list[tuple[Node, str]]:
        """The conditions that must all hold, each with what was typed for it."""
        self._lexemes = list(_lexemes(self._typed))
        node = self._either(0)
        if self._peek() is not None:
            raise _Unreadable("a bracket closes that was not opened")
        if node is None:
            return []
        if isinstance(node, And) and len(node.nodes) == len(self._parts):
            return list(zip(node.nodes, self._parts, strict=True))
        return [(node, self._typed.strip())]

    def plain(self) -> list[tuple[Node, str]]:
        """Everything typed as words, no sign meaning anything."""
        self._left, self.cut = LONGEST, False
        chunks = [
            _Lexeme("word", match[0], match.start(), match.end(), match.end() == len(self._typed))
            for match in re.finditer(r"\S+", self._typed)
        ]
        node = self._words(chunks, "")
        nodes = node.nodes if isinstance(node, And) else (node,) if node else ()
        return [(node, getattr(node, "typed", "")) for node in nodes]

    def _peek(self) -> _Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _either(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            raise _Unreadable("too many brackets stand inside each other")
        sides = [self._every(depth)]
        while (lexeme := self._peek()) and lexeme.says("OR"):
            self._at += 1
            sides.append(self._every(depth))
        if len(sides) == 1:
            return sides[0]
        if any(side is None for side in sides):
            raise _Unreadable("OR wants a word on either side")
        return Or(tuple(side for side in sides if side is not None))

    def _every(self, depth: int) -> Node | None:
        nodes: list[Node] = []
        while (lexeme := self._peek()) and lexeme.kind != "close" and not lexeme.says("OR"):
            if lexeme.says("AND"):
                if not nodes or self._at + 1 == len(self._lexemes):
                    raise _Unreadable("AND wants a word on either side")
                self._at += 1
                continue
            node = self._factor(depth, "")
            found = node.nodes if isinstance(node, And) else (node,) if node else ()
            nodes.extend(found)
            if depth == 0:
                whole = self._typed[lexeme.start : self._lexemes[self._at - 1].end]
                self._parts += [getattr(part, "typed", whole) if len(found) > 1 else whole for part in found]
        if not nodes:
            return None
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _factor(self, depth: int, column: str) -> Node | None:
        lexeme = self._peek()
        assert lexeme is not None
        if lexeme.kind == "not" or lexeme.says("NOT"):
            self._at += 1
            if self._peek() is None:
                raise _Unreadable("NOT wants a word behind it")
            if depth > DEEPEST:
                raise _Unreadable("too many signs of negation follow each other")
            following = self._peek()
            if following is not None and following.kind in ("word", "phrase"):
                self._at += 1
                node = self._words([following], column)
            else:
                node = self._factor(depth + 1, column)
            return Not(node) if node is not None else None
        if lexeme.kind == "open":
            self._at += 1
            node = self._either(depth + 1)
            if (closing := self._peek()) is not None and closing.kind == "close":
                self._at += 1
            return node
        if lexeme.kind == "near":
            return self._near(column)
        if lexeme.kind == "close":
            raise _Unreadable("a bracket closes that was not opened")
        if lexeme.kind == "field":
            return self._field(lexeme, depth)
        return self._run(column)

    def _field(self, lexeme: _Lexeme, depth: int) -> Node | None:
        name = lexeme.text.lower()
        self._at += 1
        value = self._peek()
        if value is None:
            return None
        if name in TIMES:
            self._at += 1
            return _when(name, value.text)
        if name not in COLUMNS:
            raise _Unreadable(f"there is no field “{lexeme.text}:”")
        if value.exact and name in ORDERINGS:
            self._at += 1
            return InGroup(name, fold(self._tokenize, value.text), value.text.lstrip("="))
        if value.kind in ("field", "not", "near", "open", "close"):
            raise _Unreadable(f"{name}: wants a word or a phrase")
        self._at += 1
        return self._words([value], COLUMNS[name])

    def _run(self, column: str) -> Node | None:
        """Words and phrases until something else comes; names of several words are seen in it."""
        run: list[_Lexeme] = []
        while (lexeme := self._peek()) and lexeme.kind in ("word", "phrase"):
            if lexeme.says("OR") or lexeme.says("AND") or lexeme.says("NOT"):
                break
            run.append(lexeme)
            self._at += 1
        if not run:
            self._at += 1
            return None
        return self._words(run, column)

    def _near(self, column: str) -> Node | None:
        self._at += 1
        inside: list[_Lexeme] = []
        while (lexeme := self._peek()) and lexeme.kind != "close":
            inside.append(lexeme)
            self._at += 1
        self._at = min(self._at + 1, len(self._lexemes))  # the bracket that closes may not be typed yet
        distance = 10
        if len(inside) > 1 and inside[-1].text.isascii() and inside[-1].text.isdigit():
            distance = min(int(inside.pop().text[:4]), 1000)
        found = [phrase for item in inside if (phrase := self._phrase(item)) is not None]
        if len(found) < 2:
            raise _Unreadable("NEAR wants two words in its brackets")
        return Near(tuple(found), distance, column)

    def _phrase(self, lexeme: _Lexeme) -> Phrase | None:
        words = tuple(token.word for token in self._tokenize(lexeme.text))
        if not words:
            return None
        if self._left < len(words):
            self.cut = True
            words = words[: self._left]
        self._left -= len(words)
        return as_phrase(words, lexeme.star) if words else None

    def _words(self, run: list[_Lexeme], column: str) -> Node | None:
        found = [(lexeme, phrase) for lexeme in run if (phrase := self._phrase(lexeme)) is not None]
        nodes: list[Node] = []
        telling: list[Node] = []
        at = 0
        while at < len(found):
            taken, term = self._term(found, at, column)
            nodes.append(term)
            if taken > 1 or not _is_small(*found[at]):
                telling.append(term)
            at += taken
        if len(telling) > 1:
            nodes = telling
        if not nodes:
            return None
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def _term(self, found: list[tuple[_Lexeme, Phrase]], at: int, column: str) -> tuple[int, Term]:
        """The longest known name from here on, or one word with its inflections."""
        lexeme, phrase = found[at]
        if lexeme.exact or lexeme.star:
            return 1, Term((phrase,), column, self._typed[lexeme.start : lexeme.end])
        plain = 1
        while (
            plain < LONGEST_NAME and at + plain < len(found) and _is_plain(lexeme) and _is_plain(found[at + plain][0])
        ):
            plain += 1
        for taken in range(plain, 0, -1):
            words = phrase.words if taken == 1 else self._together(found[at][0], found[at + taken - 1][0])
            others = list(self._forms(" ".join(words)))
            if others or taken == 1:
                typing = found[at + taken - 1][0].last and lexeme.kind == "word"
                every = [as_phrase(words, typing), *(as_phrase(tuple(form.split())) for form in others)]
                typed = self._typed[lexeme.start : found[at + taken - 1][0].end]
                return taken, Term(tuple(dict.fromkeys(every)), column, typed)
        raise AssertionError("one word is always taken")

    def _together(self, first: _Lexeme, last: _Lexeme) -> tuple[str, ...]:
        return without_covered_letter(
            tuple(token.word for token in self._tokenize(self._typed[first.start : last.end]))
        )


def _is_plain(lexeme: _Lexeme) -> bool:
    return lexeme.kind == "word" and not lexeme.exact and not lexeme.star


def _is_small(lexeme: _Lexeme, phrase: Phrase) -> bool:
    """Whether it is a small word, and not one that is still being typed."""
    return _is_plain(lexeme) and not lexeme.last and len(phrase.words) == 1 and phrase.words[0] in SMALL


def _lexemes(typed: str) -> Iterator[_Lexeme]:
    at = 0
    while at < len(typed):
        if typed[at].isspace():
            at += 1
            continue
        match = _LEXEME.match(typed, at)
        if match is None:
            at += 1
            continue
        glued = at > 0 and not typed[at - 1].isspace() and typed[at - 1] not in "(-:"
        start, at = match.span()
        kind = match.lastgroup or "word"
        if match["phrase"] is not None:
            yield _Lexeme("phrase", match["phrase"], start, at, False, bool(match["star"]), bool(match["exact"]))
        elif kind == "word":
            text = match["word"]
            star = text.endswith("*")
            yield _Lexeme("word", text, start, at, at == len(typed) and not star, star, text.startswith("="))
        elif not (kind == "not" and glued):
            yield _Lexeme(kind, match[kind], start, at, at == len(typed))


def _when(name: str, text: str) -> DateCondition:
    sides = text.split("..")
    try:
        if len(sides) == 2 and any(sides):
            return DateCondition(name, dates.parse("/".join(side or ".." for side in sides)), f"{name}:{text}")
        return DateCondition(name, dates.parse(text), f"{name}:{text}")
    except ValueError:
        raise _Unreadable(f"“{text}” is not a date for {name}: (write 1941, 1941-04-13 or 1925..1941)") from None
