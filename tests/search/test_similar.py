"""Agreements nearest in content."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.searching import searcher_of
from tui.search.engine import Searcher


def test_nearest_are_other_agreements(shipped: Searcher) -> None:
    near = shipped.nearest("1941-04-13-neutrality-pact")
    assert near
    assert "1941-04-13-neutrality-pact" not in [summary.id for summary in near]


@pytest.mark.parametrize("agreement_id", ["", "no-such-id", "\ud800"])
def test_unknown_agreement_has_no_key_terms_and_none_near(shipped: Searcher, agreement_id: str) -> None:
    assert shipped.nearest(agreement_id) == shipped.key_terms(agreement_id) == []


def test_nearest_shares_any_of_the_key_terms(tmp_path: Path) -> None:
    searcher = searcher_of(
        tmp_path,
        {"id": "subject", "summary": "Amber timber."},
        {"id": "amber", "summary": "Of amber."},
        *({"id": f"timber-{number}", "summary": "Of timber."} for number in range(2)),
        *({"id": f"other-{number}", "summary": "Of fish."} for number in range(9)),
    )
    assert [summary.id for summary in searcher.nearest("subject")] == ["amber", "timber-0", "timber-1"]
