"""Hundreds of damages to a catalogue file, at places that a seed chooses (benchmarks/fuzz_catalogue.py)."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.fuzz_catalogue import Fuzzer, cases

CASES = 50
"""Number of cases of a seed."""


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_no_damage_to_a_catalogue_stops_the_program(tmp_path: Path, seed: int) -> None:
    fuzzer = Fuzzer(tmp_path)
    outcomes: Counter[str] = Counter()
    for case in islice(cases(fuzzer.content, seed), CASES):
        try:
            outcomes[fuzzer.check(case)] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}: {case.description}, open: {case.is_open}") from error
    assert outcomes["compiled again"] > CASES / 5
