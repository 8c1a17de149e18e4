"""Scanner that locates the records of a TinyDB file in its bytes.

A store may be large or hostile. The scanner matches only brackets and strings, so it handles any depth without
recursion and reads the file in pieces. Each record is then decoded separately, so that a malformed one does not affect
others and is reported with its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from tui.corpus.safe import quoted


class Malformed(ValueError):
    """Invalid JSON or an unexpected structure at `line`."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class RecordExtent(NamedTuple):
    """A record's key in its table, its byte range in the file, and its first line."""

    key: str
    start: int
    end: int
    line: int


def scan_tables(pieces: Iterable[bytes]) -> Iterator[tuple[str, Iterator[RecordExtent]]]:
    """Yield each table's name and records in file order, repeated keys included.

    `pieces` are the file's bytes, split anywhere. Consume a table's records before the next table. Raises Malformed if
    the text is not an object of objects, as far as the brackets show.
    """
    cursor = _Cursor(pieces)
    for name in cursor.members("the store must be an object of tables"):
        if cursor.peek() != b"{":
            raise Malformed(cursor.line(), f"the table {quoted(name)!r} must be an object of numbered records")
        records = cursor.records()
        yield name, records
        for _ in records:
            pass
    if cursor.peek():
        raise Malformed(cursor.line(), "there is more text after the end of the store")


def decode(raw: bytes, line: int) -> Any:
    """Return the JSON value of a record that begins on `line`. Raises Malformed with a plain reason."""
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
        reason = str(error) if isinstance(error, _NotAllowed) else "holds a number too long to read"
        raise Malformed(line, reason) from None
    if end != len(text):
        raise Malformed(line, "is not valid JSON")
    return value


class _NotAllowed(ValueError):
    """JSON that Python's parser accepts, but a store may not contain: a repeated field, NaN, infinity."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _NotAllowed(f"has the field {quoted(repeated)!r} twice")
    return value


def _constant(name: str) -> Any:
    raise _NotAllowed(f"holds {name}, which is not a JSON value")


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


_SPACE = re.compile(rb"[ \t\n\r]*")
_SCALAR = re.compile(rb'[^\s,\]}\[{:"]+')
# A step passes over plain characters, whole strings and small nested values up to the next bracket. The regex engine
# keeps every repetition in memory, so repetitions are limited; a step that reaches the limit ends without a bracket,
# and before a string with more escapes than the limit, of which `_STRING_PART` matches a part.
_STRING_PART = re.compile(rb'[^"\\]*(?:\\.[^"\\]*){0,500}', re.DOTALL)
_STRING = rb'"%b"' % _STRING_PART.pattern
_PLAIN = rb'[^"{}\[\]]*'
_FLAT = rb"[{\[]%b(?:%b%b){0,500}[}\]]" % (_PLAIN, _STRING, _PLAIN)
_NEST = rb"[{\[]%b(?:(?:%b|%b)%b){0,500}[}\]]" % (_PLAIN, _STRING, _FLAT, _PLAIN)
_STEP = re.compile(rb"%b(?:(?:%b|%b)%b){0,500}([{}\[\]]?)" % (_PLAIN, _STRING, _NEST, _PLAIN), re.DOTALL)


class _Cursor:
    """Position in JSON text read in pieces. Text before the position is discarded."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._buffer = b""
        self._buffer_start = 0  # offset in the file
        self._at = 0  # position in the buffer
        self._line = 1
        self._line_at = 0  # position in the buffer up to which lines are counted

    def line(self) -> int:
        """Return the line of the position."""
        self._line += self._buffer.count(b"\n", self._line_at, self._at)
        self._line_at = self._at
        return self._line

    def peek(self) -> bytes:
        """Move to the next byte that is not white space and return it, or an empty string at the end."""
        while True:
            space = _SPACE.match(self._buffer, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def members(self, error: str) -> Iterator[str]:
        """Yield each member's key, positioned before its value. The caller moves past the value."""
        self._take(b"{", error)
        if self.peek() != b"}":
            yield self._name()
            while self.peek() == b",":
                self._at += 1
                yield self._name()
        self._take(b"}", "expected a comma or a closing brace")

    def records(self) -> Iterator[RecordExtent]:
        """Yield the extent of each member's value."""
        for key in self.members("a table must be an object"):
            opening = self.peek()
            start, line = self._buffer_start + self._at, self.line()
            if opening in (b"{", b"["):
                self._skip_nested()
            else:
                self._skip_scalar()
            yield RecordExtent(key, start, self._buffer_start + self._at, line)

    def _more(self) -> bool:
        """Add pieces to the buffer until its rest has doubled. Return whether there were any."""
        piece = next(self._pieces, b"")
        if not piece:
            return False
        self.line()
        kept = [self._buffer[self._at :], piece]
        missing = len(kept[0]) - len(piece)
        while missing > 0 and (piece := next(self._pieces, b"")):
            kept.append(piece)
            missing -= len(piece)
        self._buffer_start += self._at
        self._at = self._line_at = 0
        self._buffer = b"".join(kept)
        return True

    def _name(self) -> str:
        if self.peek() != b'"':
            raise Malformed(self.line(), self._unexpected("a name in quotation marks"))
        try:
            name, _ = scanstring(self._take_string().decode(), 1, True)
        except ValueError:
            raise Malformed(self.line(), "a name in quotation marks does not end") from None
        self._take(b":", "a colon is missing")
        return str(name)

    def _take_string(self) -> bytes:
        """Move past the string that begins here and return it; nothing, without moving, if it does not end."""
        end = self._at + 1
        while self._buffer[end : end + 1] != b'"':
            part = _STRING_PART.match(self._buffer, end)
            end = part.end() if part else end
            if self._buffer[end : end + 2] in (b"", b"\\"):
                end -= self._at
                if not self._more():
                    return b""
        found = self._buffer[self._at : end + 1]
        self._at = end + 1
        return found

    def _take(self, character: bytes, error: str) -> None:
        if self.peek() != character:
            raise Malformed(self.line(), error if self.peek() else "the file ends in the middle")
        self._at += 1

    def _unexpected(self, expected: str) -> str:
        return f"expected {expected}" if self.peek() else "the file ends in the middle"

    def _skip_scalar(self) -> None:
        if self.peek() == b'"' and self._take_string():
            return
        while (match := _SCALAR.match(self._buffer, self._at)) is None or match.end() == len(self._buffer):
            if not self._more():
                break
        if match is None:
            raise Malformed(self.line(), self._unexpected("a value"))
        self._at = match.end()

    def _skip_nested(self) -> None:
        self._at += 1
        depth = 1
        while depth:
            step = _STEP.match(self._buffer, self._at)
            if step is None or step.end() == self._at:
                if self._buffer[self._at : self._at + 1] == b'"' and self._take_string():
                    continue
                if not self._more():
                    self._at = len(self._buffer)
                    raise Malformed(self.line(), "the file ends in the middle")
                continue
            self._at = step.end()
            if step[1]:
                depth += 1 if step[1] in b"{[" else -1
