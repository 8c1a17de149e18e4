"""The pane of a page alone: quiet links, links to the web, places."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection

from tui.explorer.widgets.page_view import LinkMessage, PageView
from tui.pages.blocks import Block, Page, Role, Span
from tui.pages.layout import TextPosition


class Alone(App[None]):
    """A page view without anything else."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self.view = view
        self.followed: list[str] = []
        self.ended: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.view

    @on(PageView.LinksEnded)
    def _ended(self, event: PageView.LinksEnded) -> None:
        self.ended.append(event.step)

    @on(PageView.Followed)
    def _followed(self, event: LinkMessage) -> None:
        self.followed.append(event.target)


@asynccontextmanager
async def shown(page: Page, size: tuple[int, int] = (40, 12), **options: bool) -> AsyncIterator[tuple[PageView, Pilot]]:
    view = PageView(**options)
    app = Alone(view)
    async with app.run_test(size=size) as pilot:
        view.show(page)
        view.focus()
        await pilot.pause()
        yield view, pilot


def link(role: Role, target: str, above: int = 0) -> Block:
    return Block(f"to {target}", spans=(Span(3, 3 + len(target), role, target),), above=above)


def text_style(view: PageView, text: str) -> object:
    """Return the style in which a text is drawn, which must be in view."""
    return next(
        segment.style for y in range(view.size.height) for segment in view.render_line(y) if segment.text == text
    )


PAGE = (link("quiet", "day"), link("link", "pact"), link("quiet", "name"), link("link", "note"))


async def walk(view: PageView, pilot: Pilot[None], *keys: str) -> list[str]:
    targets = []
    for key in keys:
        await pilot.press(key)
        targets.append(view.selected_target)
    return targets


# -- quiet links


async def test_quiet_link_is_drawn_like_text() -> None:
    async with shown(PAGE) as (view, _):
        assert text_style(view, "day") == view.role_styles["text"]
        assert text_style(view, "pact") == view.role_styles["link"] != view.role_styles["text"]


async def test_quiet_links_come_last_in_the_walk() -> None:
    async with shown(PAGE) as (view, pilot):
        assert await walk(view, pilot, *["right"] * 5) == ["pact", "note", "day", "name", "name"]
        assert await walk(view, pilot, *["left"] * 4) == ["day", "note", "pact", "pact"]


async def test_links_out_of_view_are_not_selected() -> None:
    page = (link("quiet", "day"), *PAGE, link("link", "far", above=30), link("quiet", "late"))
    async with shown(page) as (view, pilot):
        assert await walk(view, pilot, *["right"] * 6) == ["pact", "note", "day", "day", "name", "name"]
        assert view.top_line == 0
        view.action_bottom()
        assert await walk(view, pilot, "left") == ["name"], "no step back from a link that is out of view"
        bottom = view.top_line
        assert bottom > 0
        assert await walk(view, pilot, "right", "right", "right", "left") == ["far", "late", "late", "far"]
        assert view.top_line == bottom


async def test_step_beyond_the_links_in_view_is_posted() -> None:
    async with shown((Block("no link"), *[Block("filler")] * 30, *PAGE)) as (view, pilot):
        assert isinstance(view.app, Alone)
        await walk(view, pilot, "right", "left")
        assert view.app.ended == [1, -1]
        view.action_bottom()
        await walk(view, pilot, "right", "left", *["right"] * 5)
        assert view.app.ended == [1, -1, -1, 1, 1]


async def test_quiet_links_in_view_count_only_without_others() -> None:
    page = (*PAGE, link("quiet", "late", above=30))
    async with shown(page) as (view, _):
        assert [view.target(number) for number in view.links_in_view()] == ["pact", "note"]
        view.go_to(TextPosition(4, 0))
        assert [view.target(number) for number in view.links_in_view()] == ["late"]


async def test_enter_and_click_follow_a_quiet_link() -> None:
    async with shown(PAGE) as (view, pilot):
        await walk(view, pilot, "right", "right", "right", "enter")
        content = view.content_region
        await pilot.click(offset=(content.x + 4, content.y + 2))
        await pilot.pause()
        assert isinstance(view.app, Alone)
        assert view.app.followed == ["day", "name"]


# -- links to the web

URL = "https://archive.example.org/collections/harbour-records?lang=en&view=page"


def web(target: str, text: str = "") -> Page:
    text = text or target
    return (Block(f"see {text} there", spans=(Span(4, 4 + len(text), "url", target),)),)


def hyperlinks(view: PageView) -> list[tuple[str, str, str]]:
    """Return text, address and id of each hyperlink that the terminal gets."""
    return [
        (segment.text, segment.style.link, segment.style.link_id)
        for strip in view.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style and segment.style.link
    ]


async def test_wrapped_web_address_is_one_hyperlink() -> None:
    async with shown(web(URL)) as (view, pilot):
        for _ in ("at first", "selected", "with the mouse over it"):
            found = hyperlinks(view)
            assert len(found) > 1
            assert "".join(text for text, _, _ in found) == URL
            assert {address for _, address, _ in found} == {URL}
            assert len({link_id for _, _, link_id in found}) == 1
            await pilot.press("right")
            await pilot.hover(offset=(5, 3))
            await pilot.pause()


async def test_two_addresses_are_two_hyperlinks() -> None:
    async with shown((*web(URL), *web("http://example.org/a"))) as (view, _):
        ids = {address: link_id for _, address, link_id in hyperlinks(view)}
        assert set(ids) == {URL, "http://example.org/a"}
        assert len(set(ids.values())) == 2


async def test_only_http_and_https_become_hyperlinks() -> None:
    for target in ("javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/a", "httpx://a", "1941-pact"):
        async with shown(web(target)) as (view, _):
            assert hyperlinks(view) == []


async def test_hyperlink_reaches_the_terminal_in_printable_ascii() -> None:
    async with shown(web("https://example.org/条約\x1b\\\x07 a%20b", "text")) as (view, _):
        assert hyperlinks(view)[0][1] == "https://example.org/%E6%9D%A1%E7%B4%84%1B%5C%07%20a%20b"


async def test_enter_and_click_follow_an_address_on_each_of_its_lines() -> None:
    async with shown(web(URL)) as (view, pilot):
        await pilot.press("right", "enter")
        content = view.content_region
        assert view.page_layout.line_text(1) + view.page_layout.line_text(2) == URL
        for line in (1, 2):
            await pilot.click(offset=(content.x + 1, content.y + line))
        await pilot.pause()
        assert isinstance(view.app, Alone)
        assert view.app.followed == [URL] * 3


# -- places


async def test_go_to_place_scrolls_to_the_first_block_of_that_name() -> None:
    page = (
        *(Block(f"filler {n}") for n in range(20)),
        Block("first", anchor="point-1"),
        Block("second", anchor="point-1"),
        *(Block(f"more {n}", anchor="point-10") for n in range(20)),
    )
    async with shown(page) as (view, pilot):
        assert view.go_to_place("point-1")
        assert view.top_line == 20
        assert not view.go_to_place("point")
        assert view.top_line == 20
        assert view.go_to_place("point-10")
        assert view.top_line == 22
        await pilot.resize_terminal(30, 12)
        await pilot.pause()
        assert view.page_layout.line_text(view.top_line) == "more 0"


async def test_go_to_place_before_the_pane_has_a_size_takes_effect_when_it_has() -> None:
    view = PageView()
    view.show((*(Block(f"filler {n}") for n in range(20)), Block("here", anchor=".facts"), *[Block("more")] * 20))
    assert view.go_to_place(".facts")
    async with Alone(view).run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert view.top_line == 20


# -- the pane


async def test_empty_page_after_a_long_one_cannot_be_scrolled() -> None:
    async with shown((Block("line"),) * 30) as (view, pilot):
        assert view.max_scroll_y > 0
        view.show(())
        await pilot.pause()
        assert view.max_scroll_y == 0
        assert not "".join(view.render_line(y).text for y in range(view.size.height)).strip(" │")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (None, None, "one two three four five six seven eight nine\nlast"),
        (Offset(4, 0), Offset(5, 1), "two three four five six seven eight"),
        (Offset(0, 0), Offset(0, 0), ""),
        (None, Offset(3, 0), "one"),
        (Offset(6, 1), None, "nine\nlast"),
    ],
)
async def test_selected_text_has_no_breaks_of_lines(start: Offset | None, end: Offset | None, text: str) -> None:
    page = (Block("one two three four five six seven eight nine"), Block("last"))
    async with shown(page) as (view, _):
        assert view.page_layout.line_text(1) == "eight nine"
        assert view.get_selection(Selection(start, end)) == (text, "\n")


async def test_selection_is_drawn_over_the_selected_characters_of_any_width() -> None:
    async with shown((Block("漁業 and 条約"),)) as (view, _):
        view.screen.selections = {view: Selection(Offset(3, 0), Offset(6, 0))}
        styles = view.role_styles
        drawn = [(segment.text, segment.style) for segment in view.render_line(0)][:3]
        assert drawn == [
            ("漁業 ", styles["text"]),
            ("and", styles["text"] + styles["selected"]),
            (" 条約", styles["text"]),
        ]


async def test_blanks_before_a_text_are_not_drawn_as_selected() -> None:
    async with shown((Block("one", mark="?", indent=2), Block("two", hang=9))) as (view, _):
        view.screen.selections = {view: Selection(Offset(0, 0), Offset(12, 1))}
        colour = view.role_styles["selected"].bgcolor
        drawn = [
            "".join(
                segment.text for segment in view.render_line(y) if segment.style and segment.style.bgcolor == colour
            )
            for y in range(2)
        ]
        assert drawn == ["? one", "two"]
