"""Links of the facts of a record: signatories, parties, place, kind and topics."""

from __future__ import annotations

import pytest

from tests.helpers.pages import page
from tui.address import agreement, parse
from tui.catalogue.reader import CatalogueReader
from tui.pages import views
from tui.pages.blocks import Page
from tui.pages.resources import Resources


def links(found: Page) -> dict[str, str]:
    """Return the texts of the quiet links of a page and their targets."""
    return {
        block.text[span.start : span.end]: span.target
        for block in found
        for span in block.spans
        if span.role == "quiet"
    }


def test_facts_lead_to_the_search_for_what_shares_them() -> None:
    found = links(page())
    assert parse(found["Moscow"]).subject == ("place:=Moscow",)
    assert parse(found["Treaty"]).subject == ("kind:=treaty",)
    assert parse(found["War and peace"]).subject == ("topic:=war-and-peace",)
    assert parse(found["Matsuoka"]).subject == ('person:"Matsuoka"',)
    assert parse(found["USSR"]).subject == ('"USSR"',)


def test_only_the_place_of_the_record_is_a_link() -> None:
    events = [{"kind": "signed", "date": "1941-04-13"}, {"kind": "ratified", "date": "1941-04-25", "place": "Tokyo"}]
    assert set(links(page(id="a", place="Moscow", date="1941-04-13", events=events))) == {"Moscow"}


@pytest.mark.parametrize("text", ['say "no"', "OR", "-not", "a:b", "(x", "漁業*", "a, b; c"])
def test_any_text_is_a_link_that_can_be_parsed(text: str) -> None:
    record = {"id": "a", "parties": [text], "place": text, "date": "1941", "topics": [text], "kind": text}
    for target in links(page(**record)).values():
        assert parse(target).view in ("search", "marks")


def test_every_such_link_of_the_shipped_records_finds_its_record(shipped: CatalogueReader) -> None:
    resources = Resources(shipped)
    answers: dict[str, set[str]] = {}
    for summary in shipped.all_agreements():
        found = views.page(resources, agreement(summary.id), 80)
        assert isinstance(found, tuple)
        searches = [parse(target).subject[0] for target in links(found).values() if target.startswith("search:")]
        assert searches
        for query in searches:
            if query not in answers:
                results = resources.searcher.search(resources.searcher.parse(query), most=1000, visible=0)
                answers[query] = {result.summary.id for result in results.found}
            assert summary.id in answers[query], query
