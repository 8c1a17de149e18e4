"""Views in the explorer: every one can be reached, and back returns from it to the very line."""

from __future__ import annotations

import json

import pytest

from tests.helpers.explorer import DECLARATION, PACT, Explore, Reader
from tests.helpers.stores import SHIPPED
from tui import address as addresses
from tui.address import Address, parse
from tui.explorer.palette import Actions, Provisions, Records, Views
from tui.explorer.screens.question import QuestionModal
from tui.pages.views import VIEWS

STORE = json.loads(SHIPPED.read_text(encoding="utf-8"))


def place(reader: Reader) -> tuple[str, int]:
    """Return the address on show and the first line in view."""
    return reader.main_screen.visit.address.text(), reader.document.top_line


async def offers(reader: Reader, provider: type, query: str = "") -> list[str]:
    """Return the lines that a provider of the palette offers."""
    source = provider(reader.main_screen)
    hits = source.search(query) if query else source.discover()
    return [str(hit.text or hit.prompt) async for hit in hits]


@pytest.mark.parametrize("name", VIEWS)
async def test_back_from_every_view_returns_to_the_very_line(explore: Explore, name: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        await reader.press("pagedown", "pagedown", "down")
        before = place(reader)
        sample = VIEWS[name].sample(reader.main_screen.addresses.resources)
        reader.main_screen.addresses.open(sample)
        await reader.settle()
        assert reader.main_screen.visit.address == sample
        await reader.press("pagedown", "backspace")
        assert place(reader) == before
        await reader.press("L")
        assert reader.main_screen.visit.address == sample


@pytest.mark.parametrize("name", VIEWS)
async def test_every_view_is_in_the_palette(explore: Explore, name: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        if name in ("era", "name", "source"):
            reader.main_screen.addresses.open(VIEWS[name].sample(reader.main_screen.addresses.resources))
            await reader.settle()
        lines = [*await offers(reader, Views), *await offers(reader, Actions)]
        assert len([line for line in lines if line.endswith(f": {VIEWS[name].description}")]) == 1


async def test_heading_of_an_era_previews_its_page(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        await reader.press("home", "down", "up")
        era = STORE["eras"]["1"]
        assert reader.main_screen.visit.address == Address("era", (era["id"],))
        assert era["title"] in reader.screen
        assert era["summary"][:40] in reader.screen
        first = reader.document.target(0)
        assert parse(first).agreement_id.startswith("1925")


@pytest.mark.parametrize("view", ["life", "claims"])
async def test_cross_links_of_an_agreement_stand_beside_its_other_views(explore: Explore, view: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        beside = reader.links.border_title
        assert "Cross-links · " in str(beside)
        reader.main_screen.addresses.open(Address(view, (DECLARATION,)))
        await reader.settle()
        assert reader.links.border_title == beside
        assert "Brings into force" in [block.text for block in reader.links.page]


async def test_explorer_opens_at_a_place_and_says_if_there_is_none(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        reader.main_screen.addresses.open(parse(f"{DECLARATION}/point-9"))
        await reader.settle()
        top = reader.document.page[reader.document.top.block]
        assert (top.anchor, top.lead) == ("point-9", "Point 9")
        reader.main_screen.addresses.open(parse(f"{DECLARATION}/point-99"))
        await reader.settle()
        assert "no place point-99" in reader.hear()
        assert place(reader) == (DECLARATION, 0)


async def test_back_returns_to_the_top_of_a_page_that_was_opened_at_a_place(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        reader.main_screen.addresses.open(parse(f"{DECLARATION}/point-9"))
        await reader.settle()
        line = reader.document.top_line
        await reader.press("home")
        assert reader.document.top_line == 0
        reader.main_screen.addresses.open(parse(f"{DECLARATION}/point-9"))  # again, from elsewhere on the page
        await reader.settle()
        assert reader.document.top_line == line > 0
        await reader.press("home")
        reader.main_screen.addresses.open(parse(PACT))
        await reader.settle()
        await reader.press("backspace")
        assert (reader.shown, reader.document.top_line) == (DECLARATION, 0)


@pytest.mark.parametrize("target", ["", "a/", "x%FF", "mailto:x@y", "sja:"])
async def test_link_that_is_no_address_is_a_notice(explore: Explore, target: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        reader.main_screen.addresses.follow(target)
        await reader.settle()
        assert reader.hear()
        assert reader.shown == DECLARATION


async def test_set_day_goes_on_with_the_reader_and_comes_back(explore: Explore) -> None:
    async with explore((120, 36), PACT) as reader:
        reader.main_screen.addresses.open(parse(f"{PACT}@1945-08-08"))
        await reader.settle()
        assert "day 1945-08-08" in reader.title
        reader.main_screen.addresses.open(addresses.agreement(DECLARATION))
        await reader.settle()
        assert reader.main_screen.visit.address.day == "1945-08-08"
        assert "day 1945-08-08" in reader.title
        await reader.press("backspace", "backspace")
        assert reader.main_screen.visit.address == addresses.agreement(PACT)
        assert "day" not in reader.title


@pytest.mark.parametrize("query", ["point 9", "Point 9", "пункт 9", "9", "項 九", "pt ix", "point IX"])
async def test_palette_goes_to_a_provision_by_unit_and_number(explore: Explore, query: str) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        lines = await offers(reader, Provisions, query)
        assert [line.partition(" · ")[0] for line in lines] == ([] if query.startswith("pt") else ["Point 9"])


async def test_palette_takes_an_address(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        assert f"{PACT}/art-i" in await offers(reader, Records, f"sja:{PACT}/art-i")
        assert "name:kuril-islands" in await offers(reader, Records, "name:kuril-islands")
        assert "nothing-of-this-name" not in await offers(reader, Records, "nothing-of-this-name")


async def test_palette_prefers_what_was_typed_exactly(explore: Explore) -> None:
    async with explore((120, 36), PACT) as reader:
        for query, expected in (
            ("era:war", "era:war"),
            ("sources", "Sources: list the sources"),
            ("coal", "Coal concession"),
            ("life", "Life: list all events of a record in order"),
        ):
            sources = [provider(reader.main_screen) for provider in (Actions, Views, Provisions, Records)]
            hits = [hit for source in sources async for hit in source.search(query)]
            best = max(hits, key=lambda hit: hit.score, default=None)
            assert best is not None
            assert str(best.text) == expected


async def test_search_keeps_the_set_day(explore: Explore) -> None:
    async with explore((120, 36), PACT) as reader:
        reader.main_screen.addresses.open(parse(f"{PACT}@1945-08-08"))
        await reader.settle()
        await reader.search("fishery")
        await reader.press("enter")
        assert reader.main_screen.visit.address.day == "1945-08-08"
        reader.main_screen.action_clear_day()
        await reader.settle()
        assert reader.main_screen.visit.address.day == ""
        await reader.press("backspace", "backspace")  # by the results
        assert reader.main_screen.visit.address.day == "1945-08-08"


async def test_era_in_the_palette_is_that_of_the_record_on_show(explore: Explore) -> None:
    async with explore((120, 36), DECLARATION) as reader:
        source = Views(reader.main_screen)
        hits = {str(hit.text): hit async for hit in source.search("era")}
        hits["Era: show an era and its records"].command()
        await reader.settle()
        assert reader.main_screen.visit.address == Address("era", ("postwar",))


async def test_prompt_narrows_a_list(explore: Explore) -> None:
    async with explore((120, 36)) as reader:
        reader.main_screen.addresses.ask_for(VIEWS["names"])
        await reader.settle()
        for key in "kuril":
            await reader.press(key)
        assert "kuril" in reader.screen
        await reader.press("enter")
        assert reader.main_screen.visit.address == Address("names", ("kuril",))
        assert "that hold “kuril”" in reader.screen


async def test_web_address_is_opened_after_a_question(explore: Explore, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    async with explore((120, 36), DECLARATION) as reader:
        monkeypatch.setattr(reader.app, "open_url", lambda url, **_: opened.append(url))
        url = "https://worldjpn.net/a?b=c"
        for key, expected in (("escape", []), ("enter", []), ("т", []), ("y", [url]), ("н", [url, url])):
            reader.main_screen.addresses.follow(url)
            await reader.settle()
            assert isinstance(reader.app.screen, QuestionModal)
            assert url in reader.screen
            await reader.press(key)
            assert opened == expected
