"""Tests of a line of the tree: year of an agreement, and mark of a doubtful date."""

from __future__ import annotations

import pytest
from rich.style import Style

from tui.catalogue.connection import AgreementSummary
from tui.explorer.render import tree_row
from tui.explorer.styles import ROLE_STYLES
from tui.explorer.tree_model import Row


@pytest.mark.parametrize(
    ("date", "doubtful", "shown"),
    [
        ("1925", False, "1925  Pact"),
        ("1925~", False, "1925  Pact"),
        ("1925?", False, "1925? Pact"),
        ("1925%", False, "1925? Pact"),
        ("1925-01-20%", False, "1925? Pact"),
        ("1925", True, "1925? Pact"),
    ],
)
def test_year_in_tree_is_marked_where_date_is_uncertain(date: str, doubtful: bool, shown: str) -> None:
    row = Row(AgreementSummary("a", "Pact", date, 1925, "", doubtful))
    segments = tree_row(row, False, 20, dict.fromkeys(ROLE_STYLES, Style.null()))
    assert "".join(segment.text for segment in segments).rstrip() == shown
