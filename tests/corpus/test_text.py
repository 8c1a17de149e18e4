"""The text format: paragraphs, links with their places, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.corpus import text
from tui.corpus.text import Paragraph, TextLink

loose = st.one_of(st.text(), st.text("ab[]| \n\t漁é", max_size=40))


def solid(source: str) -> str:
    return "".join(character for character in source if not character.isspace())


def test_blank_lines_part_paragraphs_and_line_breaks_are_spaces() -> None:
    assert text.paragraphs("One\ntwo.\n\nThree.\n \t\n\n\nFour.\n") == [
        Paragraph("One two."),
        Paragraph("Three."),
        Paragraph("Four."),
    ]


@pytest.mark.parametrize("empty", ["", "\n", " \n\n\t "])
def test_no_text_is_no_paragraph(empty: str) -> None:
    assert text.paragraphs(empty) == []


def test_a_link_reads_as_its_label_and_knows_its_place() -> None:
    (paragraph,) = text.paragraphs("By [[1941-pact|the pact of 漁業]], [[b]] and [[c|d]].")
    assert paragraph.text == "By the pact of 漁業, b and d."
    assert [(paragraph.text[start:end], target) for start, end, target in paragraph.links] == [
        ("the pact of 漁業", "1941-pact"),
        ("b", "b"),
        ("d", "c"),
    ]


def test_links_of_a_later_paragraph_count_from_its_own_start() -> None:
    assert text.paragraphs("One.\n\n[[b]] two.")[1] == Paragraph("b two.", (TextLink(0, 1, "b"),))


@pytest.mark.parametrize(
    "source",
    [
        "[sic]",
        "[Signed] L. Karakhan",
        "[[",
        "[[]]",
        "[[|label]]",
        "[[a|]]",
        "[[a[b]]",
        "]]a[[",
        "*a* _b_ `c`",
        "<b>",
        "[@click=app.quit]x[/]",
        "# a",
        "[a](http://b)",
    ],
)
def test_nothing_but_a_whole_link_is_syntax(source: str) -> None:
    assert text.paragraphs(source) == [Paragraph(source)]
    assert text.plain(source) == source
    assert text.targets(source) == []


def test_a_link_across_a_line_break_is_read_the_same_by_all() -> None:
    """A label may be wrapped in the store as any text may; the page, the index and the check agree on what it is."""
    source = "By [[pact|the\npact]]."
    (paragraph,) = text.paragraphs(source)
    assert [link.target for link in paragraph.links] == text.targets(source)
    assert " ".join(text.plain(source).split()) == paragraph.text


def test_plain_and_targets_of_several_links() -> None:
    source = "[[a|x]] and [[b]]\n\n[[a]]"
    assert text.plain(source) == "x and b\n\na"
    assert text.targets(source) == ["a", "b", "a"]


def test_a_label_may_hold_a_bar() -> None:
    assert text.paragraphs("[[a|b|c]]") == [Paragraph("b|c", (TextLink(0, 3, "a"),))]


@given(loose)
def test_no_solid_character_outside_link_syntax_is_lost(source: str) -> None:
    shown = "".join(paragraph.text for paragraph in text.paragraphs(source))
    if not any(paragraph.links for paragraph in text.paragraphs(source)):
        assert solid(shown) == solid(source)
    assert len(solid(shown)) <= len(solid(source))


around = st.text("ab] |\t漁é")
linked = st.tuples(st.text("ab- ", min_size=1), st.text("xyz 千", min_size=1))


@given(st.lists(st.one_of(around, linked)))
def test_text_with_links_keeps_what_is_around_them(parts: list[str | tuple[str, str]]) -> None:
    source = "".join(part if isinstance(part, str) else f"[[{part[0]}|{part[1]}]]" for part in parts)
    expected = "".join(part if isinstance(part, str) else part[1] for part in parts)
    found = text.paragraphs(source)
    assert solid("".join(paragraph.text for paragraph in found)) == solid(expected)
    targets = [part[0] for part in parts if not isinstance(part, str)]
    assert [link.target for paragraph in found for link in paragraph.links] == targets


@given(loose)
def test_links_lie_in_their_paragraph_in_order(source: str) -> None:
    for paragraph in text.paragraphs(source):
        assert "\n" not in paragraph.text
        edges = [edge for link in paragraph.links for edge in link[:2]]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(paragraph.text) for edge in edges)
