"""Link types: the records, the table of relations and the data page list the same ones in the same order."""

from __future__ import annotations

import re
from typing import get_args

from tests.helpers.stores import ROOT
from tui.corpus.records import LinkType
from tui.corpus.relations import RELATIONS


def test_records_allow_exactly_the_types_of_the_table() -> None:
    assert get_args(LinkType) == tuple(RELATIONS)


def test_only_related_reads_alike_from_both_ends() -> None:
    assert [link_type for link_type, relation in RELATIONS.items() if relation.is_symmetric] == ["related"]


def test_no_two_relations_share_a_wording() -> None:
    wordings = [wording for relation in RELATIONS.values() for wording in {relation.from_source, relation.from_target}]
    assert len(set(wordings)) == len(wordings)


def test_data_page_lists_the_types_with_their_wording() -> None:
    page = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    table = page.partition("| type | from its source | from its target |\n|---|---|---|\n")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `(.+)` \| (.+) \| (.+) \|$", table, re.MULTILINE)
    assert rows == [(key, relation.from_source, relation.from_target) for key, relation in RELATIONS.items()]
