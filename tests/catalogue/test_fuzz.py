"""Hundreds of damages to a catalogue file, at places that a seed chooses (benchmarks/fuzz_catalogue.py)."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.fuzz_catalogue import Fuzzer, cases

CASES = 50
"""Number of cases of a seed."""


@pytest.mark.parametrize("seed", [1, 2])
def test_no_damage_to_a_catalogue_stops_the_program(tmp_path: Path, seed: int) -> None:
    fuzzer = Fuzzer(tmp_path)
    failures = [
        f"{case.description}, {'while' if case.is_open else 'before'} it is open: {error!r}"
        for case, error in fuzzer.failures(islice(cases(fuzzer.content, seed), CASES))
    ]
    assert failures == []
    assert fuzzer.outcomes["compiled again"] > CASES / 10
