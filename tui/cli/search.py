"""The command `search`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli.output import OpenCatalogue, print_json, print_page, summary_json
from tui.cli.parser import FOUND, NOTHING
from tui.pages.resources import UsageError
from tui.search.engine import open_searcher

if TYPE_CHECKING:
    from argparse import Namespace


def search(options: Namespace) -> int:
    """Print the agreements that match a query."""
    from tui.corpus import safe

    if not options.words:
        raise UsageError("A search wants words to look for.")
    with OpenCatalogue(options.store) as catalogue:
        searcher = open_searcher(catalogue)
        query = searcher.parse(" ".join(options.words) + " ")  # the space ends the last word, which is no prefix then
        results = searcher.complete(searcher.search(query, options.limit or None))
        total = searcher.count_matches(query).agreements if results.more else results.total
        suggestions = [] if results.found else searcher.suggestions(query)
        titles = {group.key: group.label for group in catalogue.groups("era")}
    if results.note:
        print(results.note, file=sys.stderr)
    if len(results.found) < total:
        print(f"{len(results.found):,} of {total:,} shown; --limit 0 prints all.", file=sys.stderr)
    if options.json:
        print_json([{**summary_json(result.summary, titles), "snippet": result.snippet} for result in results.found])
    elif results.found:
        from tui.pages.search import result_list

        print_page(result_list(results.found))
    else:
        print("Nothing matches: every word must occur in the same agreement.", file=sys.stderr)
        for suggestion in suggestions[:5]:
            print(f"{safe.line(suggestion.words)}: {suggestion.size:,}", file=sys.stderr)
    return FOUND if results.found else NOTHING
