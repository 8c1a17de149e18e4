"""Random keys, mouse events, pastes and sizes in a pseudo-terminal (benchmarks/fuzz_keys.py)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if not hasattr(os, "pidfd_open"):
    pytest.skip("the processes of the benchmarks need Linux", allow_module_level=True)

from benchmarks.fuzz_keys import SIZES, Fuzzer, cases

pytestmark = pytest.mark.xdist_group("terminal")


def test_no_keys_stop_the_program_or_leave_it_without_focus(tmp_path: Path) -> None:
    fuzzer = Fuzzer(tmp_path)
    failures = [f"{case.description}: {error!r}" for case, error in fuzzer.failures(cases(fuzzer.content, 0))]
    assert failures == []
    assert fuzzer.outcomes.total() == len(SIZES)
