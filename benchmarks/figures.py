"""Medians, ratios and the table that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles


def middle(values: Sequence[float | None]) -> float | None:
    """The median of what was measured; None where nothing was."""
    known = [value for value in values if value is not None]
    return median(known) if known else None


def late(values: Sequence[float]) -> float | None:
    """The 95th percentile; None of fewer than two."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else None


def ratio(value: float | None, floor: float | None) -> float | None:
    """How many times the floor a value is."""
    return value / floor if value is not None and floor else None


def shown(value: float | None, unit: str = "", digits: int = 0) -> str:
    """A figure for the table; a dash where there is none."""
    return "-" if value is None else f"{value:,.{digits}f}{unit}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns that stand under their heads: the first to the left, figures to the right."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        first = f"{cells[0]:<{widths[0]}}"
        return "  ".join([first, *(f"{cell:>{width}}" for cell, width in zip(cells[1:], widths[1:], strict=True))])

    return "\n".join([line(heads), "  ".join("-" * width for width in widths), *map(line, rows)])
