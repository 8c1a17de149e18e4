"""Parser of the query language: text to a tree of conditions.

The language is described in syntax.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from tui.catalogue.schema import ORDERINGS
from tui.catalogue.words import Tokenize, fold, without_covered_letter
from tui.corpus import calendars, safe
from tui.corpus.dates import HistoricalDate
from tui.search.syntax import (
    FIELDS,
    And,
    DateCondition,
    InGroup,
    Near,
    Node,
    Not,
    Or,
    OtherForms,
    Phrase,
    Query,
    Term,
    as_phrase,
)

MAX_WORDS = 32
"""Words of a query that are searched; a longer one is a pasted text."""
_MAX_LENGTH = 40 * MAX_WORDS
_MAX_NAME_WORDS = 4
"""Words of a query that are looked up together as one name."""
_MAX_DEPTH = 12
"""Brackets that may be nested."""
_STOP_WORDS = """
    an the of to in on at by for from with and or as about between into do does did is are was were be been has have had
    what when where which who whom whose why how it its they their this that these those there
    и в во на о об с со к по из от до для за между у что кто где когда почему зачем как какой какая какое какие
    был была было были ли это"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words of a question that are ignored if two others remain."""
ANY_RECORD = frozenset(("agreements", "records", "documents", "соглашения", "документы"))
"""Words for records of any kind, which are ignored if another word or a condition remains."""
DATE_FIELDS = ("signed", "before", "after", "on")


class _SyntaxError(Exception):
    """A text that is no query; the message continues "Read as plain words: "."""


def parse(text: str, tokenize: Tokenize, other_forms: OtherForms) -> Query:
    """Return the query in a text of any kind, in normal form C, with control characters made visible. Never raises."""
    parser = _Parser(_FIELD.sub(r"\1:\2", safe.query(text[:_MAX_LENGTH])), tokenize, other_forms)
    try:
        conditions, note = parser.parse(), parser.note
    except _SyntaxError as error:
        conditions, note = parser.parse_as_words(), f"Read as plain words: {error}."
    if parser.is_cut:
        note = f"Only the first {MAX_WORDS} words are searched."
    return Query(text, tuple(node for node, _ in conditions), tuple(part for _, part in conditions), note)


_FIELD = re.compile(rf"(?<!\w)({'|'.join((*FIELDS, *DATE_FIELDS))}):\s*(=?)\s*(?=\S)", re.IGNORECASE)
_SIGNED = re.compile(r"(?:signed|подписан\w*)\s+(?:(?:in|on|во?)\s+)?", re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}(?=[,;.?!]*(?:[\s)]|$))")
_LEXEME = re.compile(
    r"(?P<near>NEAR\()|(?P<open>\()|(?P<close>\))|(?P<not>-(?=[^\s-]))|(?P<field>[A-Za-z]+):(?=\S)"
    r'|(?P<exact>=)?"(?P<phrase>[^"]*)(?:"(?P<star>\*?)|$)|(?P<word>[^\s()"]+)'
)


_DATE_END = re.compile(r"[,;.?!]*(?:[\s)]|$)")
_TEXT_KINDS = ("word", "phrase", "date")


class _Lexeme(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    is_last: bool  # no character follows, not even a space: it may be unfinished
    star: bool = False
    exact: bool = False

    def is_operator(self, word: str) -> bool:
        """Return whether this is an operator of the language; as the last word it may be unfinished and is not."""
        return self.kind == "word" and self.text == word and not self.is_last

    @property
    def is_or(self) -> bool:
        """Return whether this is the operator OR."""
        return self.is_operator("OR") or self.is_operator("|")


class _Parser:
    """Recursive descent over the lexemes, at most _MAX_DEPTH deep."""

    def __init__(self, text: str, tokenize: Tokenize, other_forms: OtherForms) -> None:
        self._text = text
        self._tokenize = tokenize
        self._other_forms = other_forms
        self._words_left = MAX_WORDS
        self.is_cut = False
        self.note = ""
        self._lexemes: list[_Lexeme] = []
        self._at = 0
        self._conjunctions: list[And] = []  # kept, so that no other gets their identity
        self._parts: dict[int, list[str]] = {}  # texts of the conditions of each of them, by its identity

    def parse(self) -> list[tuple[Node, str]]:
        """Return the conditions that must all hold, each with its part of the text. Raises _SyntaxError."""
        self._lexemes = list(_lexemes(self._text))
        node = self._parse_or(0)
        if self._peek() is not None:
            raise _SyntaxError("a bracket closes that was not opened")
        if node is None:
            return []
        if isinstance(node, And) and id(node) in self._parts:
            return _without_ignored_words(list(zip(node.nodes, self._parts[id(node)], strict=True)))
        return [(node, self._text.strip())]

    def parse_as_words(self) -> list[tuple[Node, str]]:
        """Return the conditions of the text read as plain words, without operators, behind its fields."""
        self._words_left, self.is_cut = MAX_WORDS, False
        in_front, end = self._fields_in_front()
        chunks = [
            _Lexeme("word", match[0], match.start(), match.end(), match.end() == len(self._text))
            for match in re.compile(r"\S+").finditer(self._text, end)
        ]
        return in_front + [(node, getattr(node, "text", "")) for node in _conjuncts(self._terms(chunks))]

    def _fields_in_front(self) -> tuple[list[tuple[Node, str]], int]:
        """Return the conditions on fields with which the text begins, as a narrowed query does, and where they end."""
        conditions: list[tuple[Node, str]] = []
        self._at = end = 0
        while (lexeme := self._peek()) and lexeme.kind == "field":
            try:
                node = self._parse_field(lexeme)
            except _SyntaxError:
                break
            if node is None:
                break
            end = self._lexemes[self._at - 1].end
            conditions.append((node, self._text[lexeme.start : end]))
        return conditions, end

    def _peek(self) -> _Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _parse_or(self, depth: int) -> Node | None:
        if depth > _MAX_DEPTH:
            raise _SyntaxError("too many brackets stand inside each other")
        sides = [self._parse_and(depth)]
        while (lexeme := self._peek()) and lexeme.is_or:
            self._at += 1
            sides.append(self._parse_and(depth))
        if len(sides) == 1:
            return sides[0]
        if any(side is None for side in sides):
            raise _SyntaxError("OR wants a word on either side")
        return Or(tuple(side for side in sides if side is not None))

    def _parse_and(self, depth: int) -> Node | None:
        nodes: list[Node] = []
        parts: list[str] = []
        while (lexeme := self._peek()) and lexeme.kind != "close" and not lexeme.is_or:
            if lexeme.is_operator("AND"):
                if not nodes or self._at + 1 == len(self._lexemes):
                    raise _SyntaxError("AND wants a word on either side")
                self._at += 1
                continue
            factor = self._parse_factor(depth)
            found = _conjuncts(factor)
            nodes.extend(found)
            part = self._text[lexeme.start : self._lexemes[self._at - 1].end]
            parts += self._parts.get(id(factor)) or [part if factor is node else _written(node) for node in found]
        if not nodes:
            return None
        if len(nodes) == 1:
            return nodes[0]
        both = And(tuple(nodes))
        self._conjunctions.append(both)
        self._parts[id(both)] = parts
        return both

    def _parse_factor(self, depth: int) -> Node | None:
        lexeme = self._peek()
        assert lexeme is not None
        if lexeme.kind == "not" or lexeme.is_operator("NOT"):
            return self._parse_not(depth)
        if lexeme.kind == "open":
            self._at += 1
            node = self._parse_or(depth + 1)
            if (closing := self._peek()) is not None and closing.kind == "close":
                self._at += 1
            return node
        if lexeme.kind == "near":
            return self._parse_near()
        if lexeme.kind == "close":
            raise _SyntaxError("a bracket closes that was not opened")
        if lexeme.kind == "field":
            return self._parse_field(lexeme)
        if lexeme.kind == "signed":
            self._at += 1
            self.note = self._text[lexeme.start : lexeme.end]
            return _date_condition("signed", lexeme.text)
        return self._parse_words()

    def _parse_not(self, depth: int) -> Node | None:
        self._at += 1
        following = self._peek()
        if following is None:
            raise _SyntaxError("NOT wants a word behind it")
        if depth > _MAX_DEPTH:
            raise _SyntaxError("too many signs of negation follow each other")
        if following.kind in _TEXT_KINDS:
            self._at += 1
            node = self._terms([following])
        else:
            node = self._parse_factor(depth + 1)
        return Not(node) if node is not None else None

    def _parse_field(self, lexeme: _Lexeme) -> Node | None:
        name = lexeme.text.lower()
        self._at += 1
        value = self._peek()
        if value is None:
            return None
        if name in DATE_FIELDS:
            self._at += 1
            return _date_condition(name, value.text)
        if name not in FIELDS:
            raise _SyntaxError(f"there is no field “{safe.quoted(lexeme.text)}:”")
        if value.exact and name in ORDERINGS and name != "verdict":  # its words are those of the groups
            self._at += 1
            return InGroup(name, fold(self._tokenize, value.text), value.text.lstrip("="))
        if value.kind in ("field", "not", "near", "open", "close"):
            raise _SyntaxError(f"{name}: wants a word or a phrase")
        self._at += 1
        return self._terms([value], FIELDS[name])

    def _parse_words(self) -> Node | None:
        """Parse words and phrases up to anything else, together, so that names of several words are recognised."""
        run: list[_Lexeme] = []
        while (lexeme := self._peek()) and lexeme.kind in _TEXT_KINDS:
            if lexeme.is_or or lexeme.is_operator("AND") or lexeme.is_operator("NOT"):
                break
            run.append(lexeme)
            self._at += 1
        return self._terms(run)

    def _parse_near(self) -> Node | None:
        self._at += 1
        inside: list[_Lexeme] = []
        while (lexeme := self._peek()) and lexeme.kind != "close":
            inside.append(lexeme)
            self._at += 1
        self._at = min(self._at + 1, len(self._lexemes))  # while typing there is no closing bracket yet
        text = self._text[inside[0].start : inside[-1].end] if inside else ""
        words, comma, number = text.rpartition(",")
        if not comma and len(inside) > 1 and inside[-1].text.isdecimal():
            words, _, number = text.rpartition(" ")
        if comma and number and not number.strip().isdecimal():
            raise _SyntaxError("the second part of NEAR is a number of words")
        distance = min(int(number.strip()[:4] or 10), 1000) if words else 10
        phrases = [phrase for item in _lexemes(words or text) if (phrase := self._phrase(item)) is not None]
        if len(phrases) < 2:
            raise _SyntaxError("NEAR wants two words in its brackets")
        return Near(tuple(phrases), distance)

    def _phrase(self, lexeme: _Lexeme) -> Phrase | None:
        words = self._words(lexeme.text)
        if not words:
            return None
        if self._words_left < len(words):
            self.is_cut = True
            words = words[: self._words_left]
        self._words_left -= len(words)
        return as_phrase(words, lexeme.star) if words else None

    def _terms(self, run: list[_Lexeme], column: str = "") -> Node | None:
        """Return the terms of adjacent words and phrases, without stop words if two others remain."""
        pairs = [(lexeme, phrase) for lexeme in run if (phrase := self._phrase(lexeme)) is not None]
        terms: list[Node] = []
        without_stop_words: list[Node] = []
        at = 0
        while at < len(pairs):
            length, term = self._longest_term(pairs, at, column)
            terms.append(term)
            if length > 1 or not _is_stop_word(*pairs[at]):
                without_stop_words.append(term)
            at += length
        if len(without_stop_words) > 1 or any(lexeme.kind == "date" for lexeme in run):
            terms = without_stop_words
        if not terms:
            return None
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def _longest_term(self, pairs: list[tuple[_Lexeme, Phrase]], at: int, column: str) -> tuple[int, Term]:
        """Return the longest known name that starts at a position, or its one word or date, with all other forms."""
        lexeme, phrase = pairs[at]
        if lexeme.kind == "date":
            spellings = map(self._words, calendars.spellings(calendars.parse(lexeme.text)))
            phrases = [phrase, *(as_phrase(words) for words in spellings)]
            return 1, Term(tuple(dict.fromkeys(phrases)), column, lexeme.text)
        if lexeme.exact or lexeme.star:
            return 1, Term((phrase,), column, self._text[lexeme.start : lexeme.end])
        plain = 1
        while (
            plain < _MAX_NAME_WORDS
            and at + plain < len(pairs)
            and _is_plain(lexeme)
            and _is_plain(pairs[at + plain][0])
        ):
            plain += 1
        for length in range(plain, 0, -1):
            last = pairs[at + length - 1][0]
            words = phrase.words if length == 1 else self._words_between(lexeme, last)
            names, inflections = self._other_forms(" ".join(words))
            if names or inflections or length == 1:
                is_unfinished = last.is_last and lexeme.kind == "word"
                phrases = [as_phrase(words, is_unfinished)]
                phrases += [as_phrase(tuple(form.split())) for form in inflections]
                phrases += [as_phrase(tuple(form.split()), is_other_name=True) for form in names]
                return length, Term(tuple(dict.fromkeys(phrases)), column, self._text[lexeme.start : last.end])
        raise AssertionError("a term has at least one word")

    def _words_between(self, first: _Lexeme, last: _Lexeme) -> tuple[str, ...]:
        return without_covered_letter(self._words(self._text[first.start : last.end]))

    def _words(self, text: str) -> tuple[str, ...]:
        return tuple(token.word for token in self._tokenize(text))


def _without_ignored_words(conditions: list[tuple[Node, str]]) -> list[tuple[Node, str]]:
    """Leave out words for any record, and beside a date condition stop words, if a condition remains."""
    has_date = any(isinstance(node, DateCondition) for node, _ in conditions)
    ignored = ANY_RECORD | STOP_WORDS if has_date else ANY_RECORD
    kept = [
        (node, part)
        for node, part in conditions
        if not (isinstance(node, Term) and not node.column and node.text.lower() in ignored)
    ]
    return kept or conditions


def _written(node: Node) -> str:
    """Return the part of the query that a word or phrase of a run was written as."""
    return node.text if isinstance(node, Term) else ""


def _conjuncts(node: Node | None) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, And) else (node,) if node else ()


def _is_plain(lexeme: _Lexeme) -> bool:
    return lexeme.kind == "word" and not lexeme.exact and not lexeme.star


def _is_stop_word(lexeme: _Lexeme, phrase: Phrase) -> bool:
    """Return whether this is a stop word; the last word may be unfinished and is not."""
    return _is_plain(lexeme) and not lexeme.is_last and len(phrase.words) == 1 and phrase.words[0] in STOP_WORDS


def _lexemes(text: str) -> Iterator[_Lexeme]:
    at = 0
    dates_by_start = {found.start: found for found in calendars.find(text)}
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        is_value = text[at - 1 : at] == ":"
        if (signed := _SIGNED.match(text, at)) and not (is_value or text[at - 1 : at].isalnum()):
            when = dates_by_start.get(signed.end())
            year = _YEAR.match(text, signed.end())
            if end := when.end if when else year and year.end():
                at = end
                yield _Lexeme("signed", text[signed.end() : at], signed.start(), at, at == len(text))
                continue
        if (written := dates_by_start.get(at)) and (end := _end_of_date(text, written.end, dates_by_start, is_value)):
            yield _Lexeme("date", text[at:end], at, end, end == len(text))
            at = end
            continue
        match = _LEXEME.match(text, at)
        if match is None:
            at += 1
            continue
        is_inside_word = at > 0 and not text[at - 1].isspace() and text[at - 1] not in "(-:"
        start, at = match.span()
        kind = match.lastgroup or "word"
        if match["phrase"] is not None:
            yield _Lexeme("phrase", match["phrase"], start, at, False, bool(match["star"]), bool(match["exact"]))
        elif kind == "word":
            word = match["word"]
            star = word.endswith("*")
            yield _Lexeme("word", word, start, at, at == len(text) and not star, star, word.startswith("="))
        elif not (kind == "not" and is_inside_word):
            yield _Lexeme(kind, match[kind], start, at, at == len(text))


def _end_of_date(text: str, end: int, others: Mapping[int, calendars.WrittenDate], is_value: bool) -> int:
    """Return the end of a date, or as the value of a field of a span `date..date`; 0 if letters or signs follow it."""
    if is_value and text.startswith("..", end):
        other = others.get(end + 2)
        end = other.end if other else end + 2
    return end if _DATE_END.match(text, end) else 0


def _date_condition(field: str, text: str) -> DateCondition:
    first, dots, last = text.partition("..")
    try:
        begin, end = (calendars.parse(side) if side or not dots else None for side in (first, last if dots else first))
        span = HistoricalDate(begin.earliest if begin else date.min, end.latest if end else date.max, text)
        if span.earliest > span.latest or not (begin or end):
            raise ValueError
    except ValueError:
        raise _SyntaxError(
            f"“{safe.quoted(text)}” is not a date for {field}: (write 1941, 1941-04-13 or 1925..1941)"
        ) from None
    return DateCondition(field, span, f"{field}:{text}")
