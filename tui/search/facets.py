"""Facets of results: how many of them are in each group of each ordering of the tree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import compress
from typing import TypeAlias

from tui.catalogue import columns, schema
from tui.catalogue.columns import Damaged
from tui.catalogue.connection import CatalogueConnection
from tui.search import sql as statements
from tui.search.syntax import Node

MAX_GROUPS = 100
"""Groups of one ordering that are returned, the largest of them."""

Facets: TypeAlias = "dict[str, list[tuple[str, str, int]]]"
"""For each ordering of the tree, the groups of the results as (key, label, size)."""


def count(connection: CatalogueConnection, nodes: Sequence[Node]) -> Facets:
    """Return the groups of the agreements that meet all conditions: eras in order of time, the others by size.

    Groups to which all of them belong are left out: they narrow nothing.
    """
    sql, bound = statements.select_numbers(nodes)
    # One string instead of a row for each: 100,000 rows take 60 ms.
    (listed,) = connection.fetch_only(f"SELECT json_group_array(number) FROM ({sql})", (columns.line,), bound)
    numbers = set(json.loads(listed))
    found: Facets = {}
    for ordering in schema.ORDERINGS:
        members, ranks = connection.fetch_only(
            "SELECT numbers, ranks FROM membership WHERE ordering = ?", (columns.numbers, columns.numbers), (ordering,)
        )
        if len(members) != len(ranks):
            raise Damaged("a member without a group")
        sizes = Counter(compress(ranks, map(numbers.__contains__, members)))
        largest = dict(sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:MAX_GROUPS])
        rows = connection.fetch_all(
            "SELECT rank, key, label FROM groups WHERE ordering = ? AND rank IN (SELECT value FROM json_each(?))",
            (columns.count, columns.line, columns.line),
            (ordering, str([*largest])),
        )
        groups = {rank: (key, label, largest[rank]) for rank, key, label in rows}
        if len(groups) < len(largest):
            raise Damaged("a missing group")
        order = sorted(largest) if ordering == "era" else largest
        found[ordering] = [groups[rank] for rank in order if groups[rank][0] and largest[rank] < len(numbers)]
    return found
