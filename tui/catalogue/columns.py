"""Kinds of columns: the checks and conversions of values that are read from a catalogue.

A catalogue file is trusted no more than a store. Each statement names the kinds of its columns, and a value that the
compiler would not have written makes the whole catalogue count as damaged.
"""

from __future__ import annotations

import operator
from array import array
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeAlias

from tui.corpus import safe

# The first frame reads no records and searches nothing, so what that needs is imported in functions.

Values: TypeAlias = Sequence[Any]
Column: TypeAlias = Callable[[Values], Values]
"""Function that returns the values of a column, converted where needed. It raises Damaged for a wrong one."""


class Damaged(Exception):
    """A catalogue is not as it was compiled."""


def convert(rows: list[tuple[Any, ...]], columns: Sequence[Column]) -> list[tuple[Any, ...]]:
    """Return the rows with each column checked and converted. Raises Damaged."""
    if not rows:
        return rows
    found = list(zip(*rows, strict=True))
    converted = [column(values) for column, values in zip(columns, found, strict=True)]
    return rows if all(map(operator.is_, converted, found)) else list(zip(*converted, strict=True))


def line(values: Values) -> Values:
    """Check safe texts of one line."""
    joined = _joined(values)
    if safe.line(joined) != joined:
        raise Damaged("an unsafe text")
    return values


def name(values: Values) -> Values:
    """Check safe texts of one line that are not empty, as ids are."""
    if "" in values:
        raise Damaged("an empty name")
    return line(values)


def text(values: Values) -> Values:
    """Check safe texts of any number of lines."""
    line([_joined(values).replace("\n", "")])
    return values


def raw(values: Values) -> Values:
    """Check texts as they are indexed. What is shown of them is to be checked in its turn."""
    _joined(values)
    return values


def number(values: Values) -> Values:
    """Check whole numbers."""
    if not set(map(type, values)) <= {int}:
        raise Damaged("no number")
    return values


def count(values: Values) -> Values:
    """Check whole numbers that are not negative."""
    if min(number(values)) < 0:
        raise Damaged("a negative count")
    return values


def numbers(values: Values) -> Values:
    """Return lists of numbers, stored as the bytes of arrays."""
    if not set(map(type, values)) <= {bytes} or any(len(value) % array("I").itemsize for value in values):
        raise Damaged("no list of numbers")
    return [array("I", value) for value in values]


def bits(values: Values) -> Values:
    """Return sets of bits, stored as bytes with the lowest first, as numbers."""
    if not set(map(type, values)) <= {bytes}:
        raise Damaged("no set of bits")
    return [int.from_bytes(value, "little") for value in values]


def flag(values: Values) -> Values:
    """Return truth values, stored as 0 and 1."""
    return [value == 1 for value in _bits(values)]


def optional(column: Column) -> Column:
    """Return the kind of a column that may also hold NULL and is not converted."""

    def check(values: Values) -> Values:
        present = [value for value in values if value is not None]
        if present:
            column(present)
        return values

    return check


def one_of(known: Collection[Any]) -> Column:
    """Return the kind of a column that holds some known texts or numbers."""
    allowed = {(type(value), value) for value in known}

    def check(values: Values) -> Values:
        if not allowed.issuperset(zip(map(type, values), values, strict=True)):
            raise Damaged("an unknown value")
        return values

    return check


_bits = one_of((0, 1))


def record(kind: Any) -> Column:
    """Return the kind of a column that holds records of a type as JSON. They are decoded."""
    import msgspec

    from tui.corpus.conversion import is_safe

    def decode(values: Values) -> Values:
        _joined(values)
        try:
            found = [msgspec.json.decode(value, type=kind) for value in values]
        except (msgspec.DecodeError, RecursionError) as error:
            raise Damaged(str(error)) from error
        if not all(map(is_safe, found, values)):
            raise Damaged("a record with an unsafe text")
        return found

    return decode


def _joined(values: Values) -> str:
    """Return the texts of a column as one, which is faster to check than each."""
    if not set(map(type, values)) <= {str}:
        raise Damaged("no text")
    return "".join(values)
