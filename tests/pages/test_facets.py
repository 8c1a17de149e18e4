"""Tests of the facets of a search: the queries to which they lead."""

from __future__ import annotations

import pytest

from tui.address import parse
from tui.pages.search import chips, facet_list, narrowed, words_and_conditions


@pytest.mark.parametrize(
    ("key", "target"),
    [
        ("treaty", "kind:=treaty"),
        ("peace treaty", 'kind:="peace treaty"'),
        ("treaty(draft)", 'kind:="treaty(draft)"'),
    ],
)
def test_narrowing_quotes_only_keys_with_spaces_or_brackets(key: str, target: str) -> None:
    page = facet_list({"era": [], "kind": [(key, "A kind", 3)]})
    assert [block.text for block in page] == ["By kind", "A kind  3"]
    assert parse(page[1].spans[0].target).subject == (target,)
    assert [block.above for block in page] == [0, 0]


@pytest.mark.parametrize(
    ("text", "conditions", "expected"),
    [
        ("fish", [], "fish"),
        ("fish ", ["kind:=treaty"], "kind:=treaty fish "),
        ("fish", ["kind:=treaty", "era:=war"], "kind:=treaty era:=war fish"),
        ("", ["kind:=treaty"], "kind:=treaty"),
        ("fish OR oi", ["kind:=treaty"], "kind:=treaty (fish OR oi"),
        ("fish | oil ", ["kind:=treaty"], "kind:=treaty (fish | oil "),
        ("(fish)OR(oil)", ["kind:=treaty"], "kind:=treaty ((fish)OR(oil)"),
        ("(fish OR oil)", ["kind:=treaty"], "kind:=treaty (fish OR oil)"),
        ('"fish OR oil"', ["kind:=treaty"], 'kind:=treaty "fish OR oil"'),
        ("fish) OR (oil", ["kind:=treaty"], "kind:=treaty fish) OR (oil"),
        ("ORder", ["kind:=treaty"], "kind:=treaty ORder"),
    ],
)
def test_narrowed_query_keeps_its_last_word_last_and_its_alternatives_together(
    text: str, conditions: list[str], expected: str
) -> None:
    assert narrowed(text, conditions) == expected
    assert words_and_conditions(expected, ["era:=war", "kind:=treaty"]) == (text, conditions)


@pytest.mark.parametrize("text", ["(fish OR oil)", "((fish OR oil)", "(fish) OR (oil)", "(fish", ""])
def test_bracketed_text_is_the_same_after_it_was_narrowed_twice(text: str) -> None:
    for conditions in ([], ["era:=war"], ["era:=war", "kind:=treaty"]):
        assert words_and_conditions(narrowed(text, conditions), ["kind:=treaty", "era:=war"]) == (text, conditions)


def test_chips_lead_to_the_query_without_them() -> None:
    page = chips([("Topic: Fisheries", "era:=war fish"), ("Era: War", "")])
    assert [block.text for block in page] == ["Topic: Fisheries ×", "Era: War ×"]
    assert [parse(block.spans[0].target).subject for block in page] == [("era:=war fish",), (" ",)]
