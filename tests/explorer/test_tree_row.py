"""Tests of a line of the tree: year of an agreement, and mark of a doubtful date."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.style import Style

from tui.catalogue.connection import AgreementSummary
from tui.explorer.render import tree_row
from tui.explorer.styles import ROLE_STYLES
from tui.explorer.tree_model import Branch, Row

STYLES = dict.fromkeys(ROLE_STYLES, Style.null())


def drawn(row: Row, width: int, kind: str = "") -> str:
    text = "".join(segment.text for segment in tree_row(row, False, width, STYLES, kind=kind))
    assert cell_len(text) == width
    return text.rstrip()


@pytest.mark.parametrize(
    ("date", "doubtful", "shown"),
    [
        ("1925", False, "1925  Pact"),
        ("1925~", False, "1925  Pact"),
        ("1925?", False, "1925~ Pact"),
        ("1925%", False, "1925~ Pact"),
        ("1925-01-20%", False, "1925~ Pact"),
        ("1925", True, "1925~ Pact"),
    ],
)
def test_year_in_tree_is_marked_where_date_is_uncertain(date: str, doubtful: bool, shown: str) -> None:
    row = Row(AgreementSummary("a", "Pact", date, 1925, "", doubtful))
    assert drawn(row, 20) == shown


@pytest.mark.parametrize(
    ("date", "width", "shown"),
    [
        ("1967-07-24?", 54, "1967-07-24~ Joint Declaration      Exchange of letters"),
        ("1967-07-24?", 44, "1967-07-24~ Joint Declaration    Exchange o…"),
        ("1967-07-24?", 40, "1967-07-24~ Joint Declaration"),
        ("1967-07-24?", 31, "1967~ Joint Declaration"),
        ("1967-07", 40, "1967-07     Joint Declaration"),
        ("/1967-04-04", 40, "1967        Joint Declaration"),
        ("1855/1967", 40, "1967        Joint Declaration"),
        ("", 40, "            Joint Declaration"),
    ],
)
def test_wide_tree_shows_full_date_and_kind(date: str, width: int, shown: str) -> None:
    row = Row(AgreementSummary("a", "Joint Declaration", date, 1967 if date else None, "", False))
    assert drawn(row, width, "Exchange of letters") == shown


def test_long_title_in_wide_tree_does_not_touch_its_kind() -> None:
    row = Row(AgreementSummary("a", "漁業" * 30, "1967-07-24", 1967, "", False))
    assert drawn(row, 54, "Protocol") == f"1967-07-24  {'漁業' * 5}…  Protocol"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (40, "▸ A very long era 1925–1941  1,234"),
        (27, "▸ A very… 1925–1941  1,234"),
        (20, "▸… 1925–1941  1,234"),
        (10, "▸… 1925–1…"),
    ],
)
def test_only_the_title_of_an_era_is_cut(width: int, shown: str) -> None:
    assert drawn(Row(Branch("era", "A very long era", 1234, span="1925–1941")), width) == shown
