"""Medians, percentiles and ratios of measurements, and the plain text table that shows them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def median(values: Sequence[float | None]) -> float | None:
    """Return the median of the values that are not None, or None if there are none."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def p95(values: Sequence[float]) -> float | None:
    """Return the 95th percentile, or None for fewer than two values."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else None


def ratio(value: float | None, base: float | None) -> float | None:
    """Return the value divided by `base`, or None if either is missing."""
    return value / base if value is not None and base else None


def cell(value: float | None, unit: str = "", digits: int = 0) -> str:
    """Format a figure for the table; None becomes a dash."""
    return "-" if value is None else f"{value:,.{digits}f}{unit}"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Format a table whose first column is aligned left and whose others are aligned right."""
    widths = [max(len(row[column]) for row in (headings, *rows)) for column in range(len(headings))]

    def line(cells: Sequence[str]) -> str:
        first = f"{cells[0]:<{widths[0]}}"
        return "  ".join([first, *(f"{text:>{width}}" for text, width in zip(cells[1:], widths[1:], strict=True))])

    return "\n".join([line(headings), "  ".join("-" * width for width in widths), *map(line, rows)])
