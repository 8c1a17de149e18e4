"""Mutations of a store, at places that a seed chooses (benchmarks/fuzz_stores.py)."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.fuzz_stores import Fuzzer, cases

CASES = 30
"""Number of cases of a seed."""


@pytest.mark.parametrize("seed", [1, 2])
def test_no_store_stops_the_program_or_drives_the_terminal(tmp_path: Path, seed: int) -> None:
    fuzzer = Fuzzer(tmp_path)
    failures = [
        f"{case.description}: {error!r}" for case, error in fuzzer.failures(islice(cases(fuzzer.content, seed), CASES))
    ]
    assert failures == []
    assert min(fuzzer.outcomes[outcome] for outcome in ("read", "read in part", "refused")) > 0
