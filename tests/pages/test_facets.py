"""Tests of the facets of a search: the queries to which they lead."""

from __future__ import annotations

import pytest

from tui.address import parse
from tui.pages.search import facet_list


@pytest.mark.parametrize(
    ("key", "target"),
    [
        ("treaty", "fish kind:=treaty "),
        ("peace treaty", 'fish kind:="peace treaty" '),
        ("treaty(draft)", 'fish kind:="treaty(draft)" '),
    ],
)
def test_narrowing_quotes_only_keys_with_spaces_or_brackets(key: str, target: str) -> None:
    page = facet_list(" fish ", {"era": [], "kind": [(key, "A kind", 3)]})
    assert [block.text for block in page] == ["By kind", "A kind  3"]
    assert parse(page[1].spans[0].target).subject == (target,)
    assert [block.above for block in page] == [0, 0]
