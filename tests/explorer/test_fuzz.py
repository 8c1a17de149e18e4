"""Keys, replies and damaged bytes of a terminal, which a seed chooses (benchmarks/fuzz_input.py)."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

pytest.importorskip("termios")

from benchmarks.fuzz_input import Fuzzer, cases

CASES = 150
"""Number of cases of a seed."""


@pytest.mark.parametrize("seed", [1, 2])
def test_no_input_stops_the_explorer_and_replies_do_nothing(tmp_path: Path, seed: int) -> None:
    fuzzer = Fuzzer(tmp_path)
    failures = [
        f"{case.description}: {error!r}" for case, error in fuzzer.failures(islice(cases(fuzzer.content, seed), CASES))
    ]
    assert failures == []
    assert min(fuzzer.outcomes.values()) > CASES / 4
