"""Tests of the letters of links: they cover no name, and the page comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.helpers.explorer import DECLARATION, PACT, Explore
from tests.pages.test_layout import WIDTHS, laid_out, pages
from tui.address import parse
from tui.explorer.letters import fits_before, with_letters
from tui.explorer.screens.link_letters import link_labels
from tui.explorer.widgets.page_view import PageView
from tui.pages.blocks import Block, Page, Span

PEKING = "1925-01-20-peking-convention"


def linked(text: str, *names: str, **fields: int) -> Block:
    """Return a block with links on these words of its text."""
    return Block(text, spans=tuple(Span(text.index(n), text.index(n) + len(n), "link", n) for n in names), **fields)  # type: ignore[arg-type]


def lettered(page: Page, width: int, labels: list[str]) -> list[str]:
    layout = laid_out(page, width)
    new = laid_out(with_letters(layout, dict(enumerate(labels)), ()).page, width)
    return [new.line_text(number).replace("\u00a0", " ") for number in range(len(new.lines))]


@pytest.mark.parametrize(
    ("block", "width", "labels", "lines"),
    [
        (linked("see the Peking convention", "Peking convention"), 40, ["a"], ["see the [a] Peking convention"]),
        (
            linked("by Protocol A and (Protocol B) too", "Protocol A", "Protocol B"),
            50,
            ["a", "s"],
            ["by [a] Protocol A and ([s] Protocol B) too"],
        ),
        (
            linked("see the Peking convention of 1925", "Peking convention"),
            24,
            ["a"],
            ["see the [a] Peking", "convention of 1925"],
        ),
        (linked("under the Pact of 1941", "Pact"), 16, ["as"], ["under the", "[as] Pact of", "1941"]),
        (linked("は日ソ基本条約により", "日ソ基本条約"), 20, ["a"], ["は[a] 日ソ基本条約に", "より"]),
        (linked("によりこれは日ソ条約", "日ソ条約"), 16, ["a"], ["によりこれは", "[a] 日ソ条約"]),
    ],
)
def test_letters_in_text_stand_before_the_name(block: Block, width: int, labels: list[str], lines: list[str]) -> None:
    assert lettered((block,), width, labels) == lines


def test_letters_stand_in_the_blanks_before_an_entry() -> None:
    page = (linked("Protocol A  1925", "Protocol A", hang=2), linked("Protocol B", "Protocol B", hang=2, indent=4))
    layout = laid_out((*page, page[0]._replace(mark="~"), linked("as Protocol A", "Protocol A", hang=6)), 40)
    assert [fits_before(layout, link, "a") for link in range(4)] == [True, True, False, False]
    assert [fits_before(layout, link, "as") for link in range(4)] == [False, True, False, False]


@given(pages, WIDTHS)
def test_names_hits_and_all_other_text_are_kept(page: Page, width: int) -> None:
    layout = laid_out(page, width)
    hits = [(number, min(1, len(block.text)), len(block.text)) for number, block in enumerate(page)]
    labels = link_labels(len(layout.links))
    found = with_letters(layout, dict(enumerate(labels)), hits)
    new = laid_out(found.page, width)
    for label, old, link in zip(labels, layout.links, new.links, strict=True):
        text, (block, span) = found.page[link.block].text, link
        assert text[span.start : span.end].startswith(page[old.block].text[old.span.start : old.span.end][:1])
        letters = next(span_ for span_ in found.spans[block] if span_.end == span.start - 1)
        assert text[letters.start : span.start] == f"[{label}]\u00a0"
    for number, block in enumerate(found.page):
        text = block.text
        for letters in sorted(found.spans.get(number, ()), reverse=True):
            text = text[: letters.start] + text[letters.end + 1 :]
        assert text == page[number].text
        _, start, end = found.hits[number]
        assert end == len(block.text)
        assert block.text[start:end].endswith(page[number].text[min(1, len(page[number].text)) :][-1:])


PAGES = (PEKING, f"{DECLARATION}/.outcome", PACT, f"life:{PACT}", "era:war", f"claims:{PEKING}", "start:")


@pytest.mark.parametrize("width", [40, 80, 200])
async def test_name_is_whole_behind_its_letter_at_every_width(explore: Explore, width: int) -> None:
    async with explore((width, 24)) as reader:
        labelled = 0
        await reader.keys_named()
        for address in PAGES:
            reader.main_screen.addresses.open(parse(address))
            await reader.settle()
            for _ in range(2):
                before = reader.screen
                await reader.press("f")
                if not reader.hear():  # no link is in view
                    for view in (reader.pane(name) for name in ("document", "links", "claims") if reader.sees(name)):
                        labelled += len(view._letters)
                        for link, label in view._letters.items():
                            assert_lettered(view, link, label)
                    await reader.press("escape")
                    assert reader.screen == before
                await reader.press("pagedown")
        assert labelled > 10


async def test_resize_removes_the_letters_and_keeps_the_line(explore: Explore) -> None:
    async with explore((120, 24), PACT) as reader:
        await reader.press("pagedown", "pagedown")
        top = reader.document.top
        await reader.press("f")
        assert "a–z follows the link" in reader.screen
        await reader.resize(80, 24)
        assert "a–z follows" not in reader.screen
        assert not any(reader.pane(name)._letters for name in ("document", "links"))
        assert reader.document.page_layout.line_at(top) == reader.document.top_line
        await reader.resize(120, 24)
        assert reader.document.top == top


async def test_hits_stay_on_their_words_beside_letters(explore: Explore) -> None:
    async with explore((80, 24), DECLARATION) as reader:
        await reader.press("ctrl+f")
        await reader.type("memorandum")
        await reader.press("enter")
        await reader.press("f")
        view = reader.document
        assert "[a]" in drawn(view)
        marked = {
            segment.text.casefold()
            for y in range(view.size.height)
            for segment in view.render_line(y)
            if segment.style
            and segment.style.bgcolor in (view.role_styles["hit"].bgcolor, view.role_styles["current"].bgcolor)
        }
        assert marked - {"[a]", "[s]"} == {"memorandum"}


async def test_row_of_the_footer_says_what_letters_do(explore: Explore) -> None:
    async with explore((60, 20), DECLARATION) as reader:
        await reader.press("3", "f")
        assert reader.screen.splitlines()[-1] == "a–z follows the link · esc leaves"
        await reader.press("escape")
        assert reader.screen.splitlines()[-1].endswith("Quit")


async def test_more_links_than_letters_have_two_letters_each(explore: Explore) -> None:
    async with explore((120, 50)) as reader:
        page = tuple(linked(f"Entry {number}", f"Entry {number}", hang=2) for number in range(30))
        reader.document.show(page)
        await reader.press("f")
        assert "[aa] Entry 0" in drawn(reader.document)
        assert "[as] Entry 1" in drawn(reader.document)
        assert reader.screen.splitlines()[-1] == "the letters of a link follow it · esc leaves"
        await reader.press("a")
        assert reader.screen.splitlines()[-1] == "a… the next letter follows a link · esc leaves"
        await reader.press("1")
        assert "[aa]" not in drawn(reader.document)


def drawn(view: PageView) -> str:
    """Return what a pane draws; the screen of the letters may not have drawn it yet."""
    return "\n".join(view.render_line(y).text.replace("\u00a0", " ") for y in range(view.size.height))


def assert_lettered(view: PageView, link: int, label: str) -> None:
    """Check that a link that is in view is drawn with its letters, a blank, and its whole name."""
    layout = view.page_layout
    number = layout.line_of_link(link)
    if number >= view.scroll_offset.y + view.size.height:
        return  # the letters above it have moved it below the pane
    strip = view.render_line(number - view.scroll_offset.y).crop(view._margin)
    line, (block, span) = layout.lines[number], layout.links[link]
    first = layout.cells_of_link(link, number)[0]
    before = strip.crop(0, first).text.replace("\u00a0", " ")
    assert before.endswith((f"[{label}] ", f" {label} ")) or before == f"{label} "
    assert strip.crop(first).text.startswith(layout.page[block].text[span.start : min(span.end, line.end)])
