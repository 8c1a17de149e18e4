"""Outline of a page, and the numbers of its screenfuls."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.pages import page
from tui.pages.blocks import Block
from tui.pages.layout import TextPosition
from tui.pages.outline import Paging, outline


def test_outline_of_a_record_has_its_sections_and_provisions() -> None:
    found = outline(page())
    assert [(heading.title, heading.short, heading.is_section) for heading in found] == [
        ("Facts", "facts", True),
        ("Provisions", "provisions", True),
        ("Art. I", "Art. I", False),
        ("What became of it", "became", True),
        ("Background", "background", True),
        ("Not confirmed", "unsure", True),
        ("Sources", "sources", True),
    ]
    assert found[2].position == TextPosition(found[1].position.block + 2, -len("Art. I"))


def test_provision_without_a_reference_is_named_by_its_heading_alone() -> None:
    found = outline(page(id="a", provisions=[{"heading": "Peace", "text": "There is."}, {"text": "And more."}]))
    assert [heading.title for heading in found if not heading.is_section] == ["Peace", ""]


def test_page_without_headings_has_no_outline() -> None:
    assert outline((Block("Title", "title"), Block("text", anchor=".in-force"))) == []


def test_screenfuls_are_those_of_the_key_that_turns_them() -> None:
    paging = Paging(lines=50, height=20, step=18)
    assert paging.total == 3
    assert [paging.number(top) for top in (0, 17, 18, 29, 30, 49)] == [1, 1, 2, 2, 3, 3]
    assert Paging(20, 20, 18).total == Paging(0, 20, 18).total == 1
    assert Paging(21, 20, 18).total == 2


@given(st.integers(0, 500), st.integers(1, 60))
def test_numbers_rise_from_one_to_the_total(lines: int, height: int) -> None:
    paging = Paging(lines, height, max(1, height - 2))
    tops = range(max(0, lines - height) + 1)
    numbers = [paging.number(top) for top in tops]
    assert numbers == sorted(numbers)
    assert numbers[-1] == paging.total
    assert {*numbers} == {*range(1, paging.total + 1)}
