"""Command line of the benchmarks: `python -m benchmarks NAME`. Linux only."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from benchmarks import corpus, cursor, document, fuzz, search, startup, typing, views

BENCHMARKS = {
    "startup": startup,
    "cursor": cursor,
    "typing": typing,
    "document": document,
    "search": search,
    "views": views,
    "corpus": corpus,
    "fuzz": fuzz,
}


def main() -> int:
    """Run the named benchmark, or print the list of benchmarks; return the exit code."""
    parser = ArgumentParser(prog="python -m benchmarks", description="Measure this program beside others, in one run.")
    commands = parser.add_subparsers(metavar="BENCHMARK")
    for name, module in BENCHMARKS.items():
        summary = (module.__doc__ or "").partition("\n")[0]
        command = commands.add_parser(name, help=summary, description=summary)
        command.add_argument("--json", action="store_true", help="print every figure as JSON")
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    options: Namespace = parser.parse_args()
    if not hasattr(options, "run"):
        parser.print_help()
        return 0
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
