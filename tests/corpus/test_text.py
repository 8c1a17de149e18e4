"""Text format: paragraphs and cross-links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.corpus import text
from tui.corpus.text import Paragraph, TextLink

any_text = st.one_of(st.text(), st.text("ab[]| \n\t漁é", max_size=40))


def without_spaces(source: str) -> str:
    return "".join(character for character in source if not character.isspace())


def test_blank_lines_separate_paragraphs() -> None:
    assert text.paragraphs("One\ntwo.\n\nThree.\n \t\n\n\nFour.\n") == [
        Paragraph("One two."),
        Paragraph("Three."),
        Paragraph("Four."),
    ]


@pytest.mark.parametrize("empty", ["", "\n", " \n\n\t "])
def test_blank_text_has_no_paragraphs(empty: str) -> None:
    assert text.paragraphs(empty) == []


def test_link_shows_its_label_and_records_its_position() -> None:
    (paragraph,) = text.paragraphs("By [[1941-pact|the pact of 漁業]], [[b]] and [[c|d]].")
    assert paragraph.text == "By the pact of 漁業, b and d."
    assert [(paragraph.text[link.start : link.end], link.target) for link in paragraph.links] == [
        ("the pact of 漁業", "1941-pact"),
        ("b", "b"),
        ("d", "c"),
    ]


def test_link_positions_start_anew_in_each_paragraph() -> None:
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
def test_incomplete_links_and_other_markup_are_plain_text(source: str) -> None:
    assert text.paragraphs(source) == [Paragraph(source)]
    assert text.plain(source) == source
    assert text.targets(source) == []


def test_label_may_contain_a_line_break() -> None:
    """The three functions agree, so that page, index and check do."""
    source = "By [[pact|the\npact]]."
    (paragraph,) = text.paragraphs(source)
    assert [link.target for link in paragraph.links] == text.targets(source)
    assert " ".join(text.plain(source).split()) == paragraph.text


def test_plain_and_targets_of_several_links() -> None:
    source = "[[a|x]] and [[b]]\n\n[[a]]"
    assert text.plain(source) == "x and b\n\na"
    assert text.targets(source) == ["a", "b", "a"]


def test_label_may_contain_a_bar() -> None:
    assert text.paragraphs("[[a|b|c]]") == [Paragraph("b|c", (TextLink(0, 3, "a"),))]


@given(any_text)
def test_no_character_outside_links_is_lost(source: str) -> None:
    shown = "".join(paragraph.text for paragraph in text.paragraphs(source))
    if not any(paragraph.links for paragraph in text.paragraphs(source)):
        assert without_spaces(shown) == without_spaces(source)
    assert len(without_spaces(shown)) <= len(without_spaces(source))


around = st.text("ab] |\t漁é")
linked = st.tuples(st.text("ab- ", min_size=1), st.text("xyz 千", min_size=1))


@given(st.lists(st.one_of(around, linked)))
def test_text_around_links_is_kept(parts: list[str | tuple[str, str]]) -> None:
    source = "".join(part if isinstance(part, str) else f"[[{part[0]}|{part[1]}]]" for part in parts)
    expected = "".join(part if isinstance(part, str) else part[1] for part in parts)
    found = text.paragraphs(source)
    assert without_spaces("".join(paragraph.text for paragraph in found)) == without_spaces(expected)
    targets = [part[0] for part in parts if not isinstance(part, str)]
    assert [link.target for paragraph in found for link in paragraph.links] == targets


@given(any_text)
def test_links_are_ordered_and_within_their_paragraph(source: str) -> None:
    for paragraph in text.paragraphs(source):
        assert "\n" not in paragraph.text
        edges = [edge for link in paragraph.links for edge in (link.start, link.end)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(paragraph.text) for edge in edges)
