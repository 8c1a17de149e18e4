"""Texts and pages of any content for property tests, and their layout."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from tui.corpus.cells import length
from tui.pages.blocks import Block, Page, Span
from tui.pages.layout import Layout

words = st.text("abcdeé.-", min_size=1, max_size=12)
japanese = st.text("漁業日ソ条約のカムかっゃー、。「」（）", min_size=1, max_size=20)
russian = st.text("рыболовство", min_size=1, max_size=12)
marked = st.text("e漁か\u0301\u3099", min_size=1, max_size=8)
mixed = st.lists(st.one_of(words, japanese, russian, marked), max_size=12).flatmap(
    lambda parts: st.sampled_from(["", " ", "  "]).map(lambda gap: gap.join(parts))
)

WIDTHS = st.integers(8, 100)
"""Widths of pages: with fewer cells, indent and marks may leave no room for text."""


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(mixed)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    links = [Span(start, end, "link", f"to-{start}") for start, end in pairwise(ends) if text[start:end].strip()]
    return Block(
        text,
        spans=tuple(links[::2]),
        lead=draw(st.sampled_from(["", "Art. I", "Protocol A, 3 and more", "議定書甲、第三条"])),
        mark=draw(st.sampled_from(["", "?", "*"])),
        hang=draw(st.sampled_from([0, 1, 2, 6, 12, 14])),
        indent=draw(st.sampled_from([0, 2, 4])),
        above=draw(st.integers(0, 2)),
        anchor=draw(st.sampled_from(["", ".facts", "point-1", "point-2"])),
        right=draw(st.sampled_from(["", "1925", "昭和16年4月"])),
    )


pages = st.lists(blocks(), max_size=5).map(tuple)


def laid_out(page: Page, width: int) -> Layout:
    return Layout(page, width, length)
