"""Child process of the search benchmark: one task of one engine, its figures printed as JSON.

`python -m benchmarks.engine_process ENGINE TASK STORE FOLDER ROUNDS`, where TASK is `prepare`, `open` or `search`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from benchmarks.engines import ENGINES, FOLLOW_UPS, Engine, ThisProgram, timed
from benchmarks.queries import JSON_QUERIES

JSON_ROUNDS = 2
"""Maximum number of rounds for engines that read the whole JSON file for each query."""


def main() -> None:
    """Run the task named on the command line."""
    name, task, store, folder, rounds = sys.argv[1:]
    engine = ENGINES[name](Path(store), Path(folder))
    match task:
        case "prepare":
            report = _prepare(engine)
        case "open":
            report = _open(engine)
        case _:
            report = _search(engine, int(rounds))
    json.dump(report, sys.stdout)


def _prepare(engine: Engine) -> dict[str, Any]:
    if type(engine).prepare is Engine.prepare:
        return {}
    milliseconds, _ = timed(engine.prepare)
    return {"prepared": milliseconds / 1000, "prepare_peak": _peak_megabytes()}


def _open(engine: Engine) -> dict[str, Any]:
    opened, _ = timed(engine.open)
    first, _ = timed(lambda: engine.search("coal oil"))
    return {"opened": opened, "first": first, "open_peak": _peak_megabytes()}


def _search(engine: Engine, rounds: int) -> dict[str, Any]:
    """Return the best time of each query, its time in the first round (`cold`) and its number of results."""
    engine.open()
    times: dict[str, list[float]] = {}
    totals: dict[str, int] = {}
    for _ in range(min(rounds, JSON_ROUNDS) if engine.queries is JSON_QUERIES else rounds):
        for query in engine.queries:
            time, total = timed(lambda query=query: engine.search(query))  # type: ignore[misc]
            if total is not None:
                times.setdefault(query, []).append(time)
                totals[query] = total
    report: dict[str, Any] = {
        "times": {query: min(rounds) for query, rounds in times.items()},
        "cold": {query: rounds[0] for query, rounds in times.items()},
        "totals": totals,
        "search_peak": _peak_megabytes(),
    }
    if isinstance(engine, ThisProgram):
        follow_ups = {query: engine.follow_up(query) for query in engine.queries}
        report["follow_ups"] = {
            name: {query: times[name] for query, times in follow_ups.items()} for name in FOLLOW_UPS
        }
    return report


def _peak_megabytes() -> float:
    """Return the peak memory of this process (VmHWM)."""
    status = Path(f"/proc/{os.getpid()}/status").read_text()
    match = re.search(r"VmHWM:\s+(\d+)", status)
    return int(match[1]) / 1024 if match else 0.0


if __name__ == "__main__":
    main()
