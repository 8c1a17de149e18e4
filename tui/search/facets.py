"""Facets of results: how many of them are in each group of each ordering of the tree."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import compress
from typing import TypeAlias

from tui.catalogue import schema
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
    numbers = json.loads(connection.fetch_all(f"SELECT json_group_array(number) FROM ({sql})", bound)[0][0])
    is_match = bytearray(int(connection.fetch_all("SELECT ifnull(max(number), 0) + 1 FROM agreement")[0][0]))
    for number in numbers:
        is_match[number] = 1
    found: Facets = {}
    for ordering in schema.ORDERINGS:
        members, ranks = _membership(connection, ordering)
        sizes = Counter(compress(ranks, map(is_match.__getitem__, members)))
        largest = dict(sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:MAX_GROUPS])
        rows = connection.fetch_all(
            "SELECT rank, key, label FROM groups WHERE ordering = ? AND rank IN (SELECT value FROM json_each(?))",
            (ordering, str([*largest])),
        )
        groups = {rank: (key, label, largest[rank]) for rank, key, label in rows}
        order = sorted(largest) if ordering == "era" else largest
        found[ordering] = [groups[rank] for rank in order if groups[rank][0] and largest[rank] < len(numbers)]
    return found


def _membership(connection: CatalogueConnection, ordering: str) -> tuple[array[int], array[int]]:
    """Return the numbers of the agreements of an ordering, and the rank of the group of each."""
    members, ranks = array("I"), array("I")
    row = connection.fetch_one("SELECT numbers, ranks FROM membership WHERE ordering = ?", (ordering,))
    members.frombytes(row[0] if row else b"")
    ranks.frombytes(row[1] if row else b"")
    return members, ranks
