"""Period in force, derived from events."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from tui.corpus import status
from tui.corpus.records import Agreement

DATED = {"kind": "ended", "date": "1946-04-24"}
UNDATED = {"kind": "ended"}


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        ([], date.max),
        ([DATED], date(1946, 4, 24)),
        ([DATED, {"kind": "ended", "date": "1945-08-09"}], date(1946, 4, 24)),
        ([UNDATED], date.max),
        ([DATED, UNDATED], date.max),
        ([UNDATED, DATED], date.max),
        ([{"kind": "ended", "date": "soon"}, DATED], date.max),
    ],
    ids=["no end", "dated", "two dated", "undated", "dated and undated", "undated and dated", "unreadable and dated"],
)
def test_last_day_in_force_is_last_end_or_open_if_one_end_is_undated(ends: list[dict[str, Any]], last: date) -> None:
    events = [{"kind": "in-force", "date": "1941-04-25"}, *ends]
    agreement = msgspec.convert({"id": "a", "events": events}, Agreement)
    assert status.in_force(agreement) == (date(1941, 4, 25), last)
