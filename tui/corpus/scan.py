"""Finds the records of a TinyDB file in its raw text: where each begins and ends, and on which line.

A store may be large or hostile. Finding the records needs no JSON parser, only brackets and strings, so a file of any
depth is walked without recursion, and each record is decoded alone: one that cannot be is known by its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
# From one bracket to the next: plain characters and whole strings are passed over at the speed of the regex engine.
_TO_BRACKET = re.compile(rf'[^"{{}}\[\]]*(?:{_STRING}[^"{{}}\[\]]*)*([{{}}\[\]])', re.DOTALL)
_SCALAR = re.compile(rf"{_STRING}|[^\s,\]}}\[{{:\"]+", re.DOTALL)


class Malformed(ValueError):
    """The text is not the JSON that it should be, at `line`; the message says what stands there."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class Located(NamedTuple):
    """One record's place: the key it stands under, its extent in the text (characters), its first line."""

    key: str
    start: int
    end: int
    line: int


def tables(text: str) -> dict[str, list[Located]]:
    """The tables of a TinyDB file and the records in each, in file order, a key that stands twice included twice.

    Raises Malformed where the text is not an object of objects, as far as that can be seen without decoding.
    """
    walker = _Walker(text)
    found: dict[str, list[Located]] = {}
    for name, _ in walker.members("the store must be an object of tables"):
        if walker.peek() == "{":
            found.setdefault(name, []).extend(walker.records())
        else:
            raise Malformed(walker.line(), f"the table {name!r} must be an object of numbered records")
    if walker.peek():
        raise Malformed(walker.line(), "there is more text after the end of the store")
    return found


def decode(text: str, where: Located) -> Any:
    """The record's JSON value. Raises Malformed with a reason in plain words."""
    try:
        value, end = _DECODER.raw_decode(text, where.start)
    except json.JSONDecodeError as error:
        raise Malformed(error.lineno, f"is not valid JSON: {error.msg[0].lower()}{error.msg[1:]}") from None
    except RecursionError:
        raise Malformed(where.line, "is nested too deeply to read") from None
    except ValueError as error:
        reason = str(error) if isinstance(error, _Unfit) else "holds a number too long to read"
        raise Malformed(where.line, reason) from None
    if end != where.end:
        raise Malformed(where.line, "is not valid JSON")
    return value


class _Unfit(ValueError):
    """Python's parser would take it, but JSON or a record has no place for it."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Unfit(f"has the field {twice!r} twice")
    return value


def _constant(name: str) -> Any:
    raise _Unfit(f"holds {name}, which is not a JSON value")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


class _Walker:
    """A cursor over JSON text that knows its line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted = 0
        self._line = 1

    def line(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def peek(self) -> str:
        """The next character that is not space, or nothing at the end."""
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def members(self, otherwise: str) -> Iterator[tuple[str, int]]:
        """Yield each member's key and line with the cursor before its value; the caller moves past the value."""
        self._take("{", otherwise)
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            if self.peek() != '"':
                raise Malformed(self.line(), self._unexpected("a name in quotation marks"))
            line = self.line()
            try:
                key, self._at = scanstring(self._text, self._at + 1, True)
            except ValueError:
                raise Malformed(line, "a name in quotation marks does not end") from None
            self._take(":", "a colon is missing")
            yield key, line
            if self.peek() == "}":
                self._at += 1
                return
            self._take(",", self._unexpected("a comma or a closing brace"))

    def records(self) -> Iterator[Located]:
        for key, _ in self.members("a table must be an object"):
            self.peek()
            start, line = self._at, self.line()
            self._skip()
            yield Located(key, start, self._at, line)

    def _take(self, character: str, otherwise: str) -> None:
        if self.peek() != character:
            raise Malformed(self.line(), otherwise if self.peek() else "the file ends in the middle")
        self._at += 1

    def _unexpected(self, wanted: str) -> str:
        return f"expected {wanted}" if self.peek() else "the file ends in the middle"

    def _skip(self) -> None:
        if self.peek() not in ("{", "["):
            match = _SCALAR.match(self._text, self._at)
            if match is None:
                raise Malformed(self.line(), self._unexpected("a value"))
            self._at = match.end()
            return
        depth = 0
        while True:
            match = _TO_BRACKET.match(self._text, self._at)
            if match is None:
                self._at = len(self._text)
                raise Malformed(self.line(), "the file ends in the middle")
            self._at = match.end()
            depth += 1 if match[1] in "{[" else -1
            if depth == 0:
                return
