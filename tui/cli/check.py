"""The commands about a store as a whole: check, schema."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli.output import print_json
from tui.cli.program import FOUND, NOTHING

if TYPE_CHECKING:
    from argparse import Namespace


def check(options: Namespace) -> int:
    """Print the findings of a check of a store against the rules of a corpus."""
    import msgspec

    from tui.corpus.check import check
    from tui.corpus.file import display_path
    from tui.corpus.plurals import counted

    path = options.checked or options.store
    name = display_path(path)
    findings = check(path)
    if options.json:
        print_json(msgspec.to_builtins(findings))
    else:
        for finding in findings:
            print(f"{name}:{finding.line}: {finding.severity}: {finding.record}: {finding.message} [{finding.rule}]")
        print(f"{counted(len(findings), 'finding')} in {name}.", file=sys.stderr)
    failed = findings if options.strict else [finding for finding in findings if finding.severity == "error"]
    return NOTHING if failed else FOUND


def schema(_: Namespace) -> int:
    """Print the JSON Schema of a store."""
    from tui.corpus.schema import store_schema

    print_json(store_schema())
    return FOUND
