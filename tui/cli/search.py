"""The command `search`."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from tui.address import Address
from tui.cli.output import open_catalogue, print_json, print_page
from tui.cli.program import FOUND, NOTHING
from tui.corpus import safe
from tui.pages.resources import Context
from tui.pages.search import encode_results, judged_claims, parse, partial_answers, result_list
from tui.search.engine import open_searcher

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.catalogue.reader import CatalogueReader


def search(options: Namespace) -> int:
    """Print the records that match a query."""
    text = parse(" ".join(options.words), Context(Address("start"), date.today())).subject[0]
    with open_catalogue(options.store) as reader:
        return print_results(reader, text, options.limit, options.json)


def print_results(reader: CatalogueReader, text: str, limit: int, as_json: bool) -> int:
    """Print at most `limit` results of a query, all with 0, or on stderr what is suggested instead."""
    searcher = open_searcher(reader)
    query = searcher.parse(f"{text} ")  # the space ends the last word, which is no prefix then
    results = searcher.complete(searcher.search(query, limit or None))
    total = searcher.count_matches(query) if results.more else results.total
    suggestions = [] if results.found else searcher.suggestions(query)
    if results.note:
        print(results.note, file=sys.stderr)
    if signed := searcher.signed_in_year(query):
        print(f"{safe.quoted(signed.words)}: {signed.count_phrase}, {safe.quoted(signed.text)}", file=sys.stderr)
    if len(results.found) < total:
        print(f"{len(results.found):,} of {total:,} shown; --limit 0 prints all.", file=sys.stderr)
    if as_json:
        print_json(encode_results(results.found))
    elif results.found:
        print_page(result_list(results.found, claims=judged_claims(reader, results)))
    else:
        print("Nothing matches: every word must occur in the same record.", file=sys.stderr)
        for suggestion in suggestions[:5]:
            print(f"{safe.quoted(suggestion.words)}: {suggestion.count_phrase}", file=sys.stderr)
        print_page(partial_answers(searcher.partial_answers(query)), sys.stderr)
    return FOUND if results.found else NOTHING
