"""Random stores, catalogues, input, environments and keys for some minutes: how many were tried, and what failed."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from benchmarks import fuzz_catalogue, fuzz_environment, fuzz_input, fuzz_keys, fuzz_stores

FUZZERS = {
    "stores": fuzz_stores,
    "catalogues": fuzz_catalogue,
    "input": fuzz_input,
    "environments": fuzz_environment,
    "keys": fuzz_keys,
}
"""Fuzzers by name: modules with a class `Fuzzer` and a function `cases`."""
BATCH = 50
"""Number of cases of a seed, at most."""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--minutes", type=float, default=1, help="how long the fuzzers run together (1)")
    parser.add_argument("--only", choices=FUZZERS, help="run this fuzzer alone")
    parser.add_argument("--seed", type=int, default=1, help="first seed; each batch of 50 cases takes the next (1)")


def run(options: Namespace) -> int:
    """Run the fuzzers in turn. Print the outcomes and the failures; return 1 if there are failures."""
    fuzzers = {name: module for name, module in FUZZERS.items() if options.only in (None, name)}
    outcomes: dict[str, Counter[str]] = {name: Counter() for name in fuzzers}
    failures: list[str] = []
    end = monotonic() + 60 * options.minutes
    for seed in count(options.seed):
        if monotonic() > end:
            break
        for name, module in fuzzers.items():
            with TemporaryDirectory() as folder:
                fuzzer = module.Fuzzer(Path(folder))
                cases = islice(module.cases(fuzzer.content, seed), BATCH)
                found = [
                    f"{name}, seed {seed}: {case.description}: {error!r}" for case, error in fuzzer.failures(cases)
                ]
                failures += found
                outcomes[name] += fuzzer.outcomes + Counter(failed=len(found))
    if options.json:
        print(json.dumps({"outcomes": outcomes, "failures": failures}, indent=2))
    else:
        for name, counted in outcomes.items():
            print(
                f"{name}: {counted.total():,} tried; " + ", ".join(f"{n:,} {what}" for what, n in counted.most_common())
            )
        print(*failures or ["Nothing failed."], sep="\n")
    return int(bool(failures))
