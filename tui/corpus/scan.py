"""Finds the records of a TinyDB file in its bytes: where each begins and ends, and on which line.

A store may be large or hostile. Finding the records needs no JSON parser, only brackets and strings, so a file of any
depth is walked without recursion and in pieces, and each record is decoded alone: one that cannot be is known by its
line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple


class Malformed(ValueError):
    """The text is not the JSON that it should be, at `line`; the message says what stands there."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class Located(NamedTuple):
    """One record's place: the key it stands under, its extent in the file (bytes), its first line."""

    key: str
    start: int
    end: int
    line: int


def tables(pieces: Iterable[bytes]) -> Iterator[tuple[str, Iterator[Located]]]:
    """The tables of a TinyDB file and the records in each, in file order, a key that stands twice included twice.

    `pieces` are the file's bytes, cut anywhere. A table's records are to be taken before the next table. Raises
    Malformed where the text is not an object of objects, as far as that can be seen without decoding.
    """
    walker = _Walker(pieces)
    for name in walker.members("the store must be an object of tables"):
        if walker.peek() != b"{":
            raise Malformed(walker.line(), f"the table {name!r} must be an object of numbered records")
        records = walker.records()
        yield name, records
        for _ in records:
            pass
    if walker.peek():
        raise Malformed(walker.line(), "there is more text after the end of the store")


def decode(raw: bytes, line: int) -> Any:
    """The JSON value that a record's bytes stand for. Raises Malformed with a reason in plain words."""
    try:
        text = raw.decode()
        value, end = _decoder().raw_decode(text)
    except json.JSONDecodeError as error:
        reason = f"is not valid JSON: {error.msg[0].lower()}{error.msg[1:]}"
        raise Malformed(line + error.lineno - 1, reason) from None
    except RecursionError:
        raise Malformed(line, "is nested too deeply to read") from None
    except UnicodeDecodeError:
        raise Malformed(line, "is not UTF-8 text") from None
    except ValueError as error:
        reason = str(error) if isinstance(error, _Unfit) else "holds a number too long to read"
        raise Malformed(line, reason) from None
    if end != len(text):
        raise Malformed(line, "is not valid JSON")
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


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


_SPACE = re.compile(rb"[ \t\n\r]*")
_STRING = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_NAME = re.compile(_STRING, re.DOTALL)
# What mostly stands between two records, in one step.
_NEXT = re.compile(rb'[ \t\n\r]*,[ \t\n\r]*"([ !#-\[\]-~]*)"[ \t\n\r]*:')
_SCALAR = re.compile(_STRING + rb'|[^\s,\]}\[{:"]+', re.DOTALL)
# Over plain characters, whole strings and small values up to the next bracket, at the speed of the regex engine. It
# remembers every repetition, so there are some hundreds at most, and where there are more a step ends at no bracket.
_PLAIN = rb'[^"{}\[\]]*'
_FLAT = rb"[{\[]%b(?:%b%b){0,500}[}\]]" % (_PLAIN, _STRING, _PLAIN)
_NEST = rb"[{\[]%b(?:(?:%b|%b)%b){0,500}[}\]]" % (_PLAIN, _STRING, _FLAT, _PLAIN)
_STEP = re.compile(rb"%b(?:(?:%b|%b)%b){0,500}([{}\[\]]?)" % (_PLAIN, _STRING, _NEST, _PLAIN), re.DOTALL)


class _Walker:
    """A cursor over JSON text that knows its line and holds no more of the text than it needs."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""
        self._before = 0
        self._at = 0
        self._counted = 0
        self._line = 1

    def line(self) -> int:
        """The cursor's line."""
        self._line += self._held.count(b"\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def peek(self) -> bytes:
        """The next byte that is not space, or nothing at the end."""
        while True:
            space = _SPACE.match(self._held, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._held) or not self._more():
                return self._held[self._at : self._at + 1]

    def members(self, otherwise: str) -> Iterator[str]:
        """Yield each member's key with the cursor before its value; the caller moves past the value."""
        self._take(b"{", otherwise)
        if self.peek() == b"}":
            self._at += 1
            return
        yield self._name()
        while True:
            plain = _NEXT.match(self._held, self._at)
            if plain:
                self._at = plain.end()
                yield plain[1].decode()
            elif self.peek() == b"}":
                self._at += 1
                return
            else:
                self._take(b",", self._unexpected("a comma or a closing brace"))
                yield self._name()

    def records(self) -> Iterator[Located]:
        """Yield the place of each member's value."""
        for key in self.members("a table must be an object"):
            opening = self.peek()
            start, line = self._before + self._at, self.line()
            if opening in (b"{", b"["):
                self._skip_nested()
            else:
                self._skip_scalar()
            yield Located(key, start, self._before + self._at, line)

    def _more(self) -> bool:
        """Hold the next pieces too, at least as much as is held; what lies behind the cursor goes."""
        piece = next(self._pieces, b"")
        if not piece:
            return False
        self.line()
        kept = [self._held[self._at :], piece]
        wanted = len(kept[0]) - len(piece)
        while wanted > 0 and (piece := next(self._pieces, b"")):
            kept.append(piece)
            wanted -= len(piece)
        self._before += self._at
        self._at = self._counted = 0
        self._held = b"".join(kept)
        return True

    def _name(self) -> str:
        if self.peek() != b'"':
            raise Malformed(self.line(), self._unexpected("a name in quotation marks"))
        while (match := _NAME.match(self._held, self._at)) is None and self._more():
            pass
        try:
            if match is None:
                raise ValueError
            name, _ = scanstring(match[0].decode(), 1, True)
        except ValueError:
            raise Malformed(self.line(), "a name in quotation marks does not end") from None
        self._at = match.end()
        self._take(b":", "a colon is missing")
        return str(name)

    def _take(self, character: bytes, otherwise: str) -> None:
        if self.peek() != character:
            raise Malformed(self.line(), otherwise if self.peek() else "the file ends in the middle")
        self._at += 1

    def _unexpected(self, wanted: str) -> str:
        return f"expected {wanted}" if self.peek() else "the file ends in the middle"

    def _skip_scalar(self) -> None:
        while (match := _SCALAR.match(self._held, self._at)) is None or match.end() == len(self._held):
            if not self._more():
                break
        if match is None:
            raise Malformed(self.line(), self._unexpected("a value"))
        self._at = match.end()

    def _skip_nested(self) -> None:
        self._at += 1
        depth = 1
        while depth:
            step = _STEP.match(self._held, self._at)
            if step is None or step.end() == self._at:
                if not self._more():
                    self._at = len(self._held)
                    raise Malformed(self.line(), "the file ends in the middle")
                continue
            self._at = step.end()
            if step[1]:
                depth += 1 if step[1] in b"{[" else -1
