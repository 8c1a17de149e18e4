"""The command that searches."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli.output import OpenCatalogue, print_json, print_page, summary_json
from tui.cli.parser import FOUND, NOTHING, parser
from tui.search.engine import open_searcher

if TYPE_CHECKING:
    from argparse import Namespace


def search(options: Namespace) -> int:
    """Print the agreements that match a query."""
    from tui.corpus import safe

    if not options.words:
        parser().error("search wants words to look for")
    with OpenCatalogue(options.store) as catalogue:
        searcher, typed = open_searcher(catalogue), " ".join(options.words) + " "
        results = searcher.complete(typed, searcher.search(typed))
        suggestions = [] if results.found else searcher.suggestions(typed)
        titles = {group.key: group.label for group in catalogue.groups("era")}
    if results.note:
        print(results.note, file=sys.stderr)
    if options.json:
        print_json([{**summary_json(result.summary, titles), "snippet": result.snippet} for result in results.found])
    elif results.found:
        from tui.pages.search import result_list

        print_page(result_list(results.found, ids=True))
    else:
        print("Nothing matches: every word must occur in the same agreement.", file=sys.stderr)
        for offer in suggestions[:5]:
            print(f"{safe.line(offer.words)}: {offer.size:,}", file=sys.stderr)
    return FOUND if results.found else NOTHING
