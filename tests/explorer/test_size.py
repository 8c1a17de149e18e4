"""Size of a page: drawing a line takes the same work however much the page holds."""

from __future__ import annotations

from typing import get_args

from rich.cells import cell_len
from rich.style import Style

from tests.helpers.work import steps
from tui.explorer.render import line_segments
from tui.pages.blocks import Block, Role, Span
from tui.pages.layout import Layout


def drawing_work(links: int) -> int:
    block = Block("link " * links, spans=tuple(Span(5 * at, 5 * at + 4, "link", "a") for at in range(links)))
    hits = [Span(5 * at, 5 * at + 4, "hit") for at in range(links)]
    layout, role_styles = Layout((block,), 40, cell_len), dict.fromkeys(get_args(Role), Style())
    line = layout.lines[20]
    segments = line_segments(layout, line, role_styles, hits)
    assert "".join(segment.text for segment in segments).count("link") == 8
    assert len(segments) == 15
    return steps(lambda: line_segments(layout, line, role_styles, hits))


def test_line_of_a_block_with_many_links_is_drawn_in_the_same_work() -> None:
    assert drawing_work(4_000) < 1.2 * drawing_work(400)


def test_spans_that_contain_others_are_drawn_on_every_line() -> None:
    text = "word " * 40
    links = [Span(5 * at, 5 * at + 4, "link", "a") for at in range(12, 20)]
    layout = Layout((Block(text, spans=(Span(0, 4, "strong"), Span(10, len(text), "dim"), *links)),), 40, cell_len)
    styles = {role: Style(meta={role: True}) for role in get_args(Role)}
    hits, letters = [Span(60, 64, "hit"), Span(160, 164, "hit")], [Span(0, 2, "letter"), Span(161, 162, "letter")]
    drawn = [segment for line in layout.lines for segment in line_segments(layout, line, styles, hits, letters)]
    shown = {role: "".join(part.text for part in drawn if part.style and role in part.style.meta) for role in styles}
    assert shown["dim"].replace(" ", "") == text[10:].replace(" ", "")
    assert (shown["strong"], shown["link"], shown["hit"]) == ("word", "word" * 8, "wordword")
    assert shown["letter"] == "woo"
