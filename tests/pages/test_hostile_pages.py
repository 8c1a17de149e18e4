"""Tests of pages with hostile text: it is shown as it is and breaks no line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec

from tests.helpers.pages import read
from tests.helpers.stores import HOSTILE, hostile_record, unsafe_characters
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CrossLink
from tui.corpus import safe
from tui.corpus.records import (
    PARAGRAPHS,
    About,
    Agreement,
    Claim,
    Era,
    EventKind,
    Problem,
    Source,
)
from tui.pages import agreement as agreement_page
from tui.pages import links, problems, start
from tui.pages.blocks import Page


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def hostile(table: str, kind: Any, text: str = HOSTILE, **sure: Any) -> tuple[dict[str, Any], Any]:
    record = safe.value(hostile_record(table, text, **sure), PARAGRAPHS)
    return record, msgspec.convert(record, kind)


def test_every_field_of_a_hostile_agreement_is_shown_verbatim() -> None:
    record, agreement = hostile("agreements", Agreement)
    shown = read(agreement_page.compose(agreement_page.AgreementPage(agreement)))
    not_shown = {"era", "short_title", "title_basis", "named_by_article", "date_basis"}
    reworded = {"kind", "topics"}
    for field, value in record.items():
        if field in not_shown | reworded or (field in ("date", "place") and agreement.events):
            continue
        for text in strings(value):
            assert text in shown or text == "memory" or text in get_args(EventKind), (field, text[:60])
    assert unsafe_characters(shown) == []


def test_every_field_of_hostile_claim_source_and_link_is_shown_verbatim() -> None:
    claim_record, claim = hostile("claims", Claim, source="s")
    source_record, source = hostile("sources", Source, id="s")
    shown = read(
        agreement_page.compose(agreement_page.AgreementPage(Agreement(id="a"), claims=(claim,), sources={"s": source}))
    )
    for field in ("locus", "says", "record", "why"):
        assert claim_record[field] in shown, field
    for field in ("title", "container-title", "publisher", "note", "bias", "URL", "volume", "page"):
        assert source_record[field] in shown, field
    summary = AgreementSummary("b", safe.line(HOSTILE), "", None, "", False)
    shown_links = read(links.compose(links.LinksPage(summary, [CrossLink("Cites", summary, safe.text(HOSTILE), None)])))
    assert shown_links.count(safe.line(HOSTILE)) == 3
    assert unsafe_characters(shown + shown_links) == []


def test_hostile_text_on_the_start_page_is_shown_verbatim() -> None:
    _, about = hostile("corpus", About)
    _, era = hostile("eras", Era)
    found = start.compose(start.StartPage(about, [era], {"agreement": 1}, [("q", "leave")]))
    shown = read(found)
    for text in (about.title, about.subtitle, about.description, about.bias, about.licence, era.title, era.summary):
        assert text in shown


def test_no_block_contains_a_line_feed() -> None:
    """A block is one paragraph; a line feed in a title, a name or a place would break the layout."""
    text = "first\nsecond\n\nthird"
    _, agreement = hostile("agreements", Agreement, text)
    _, claim = hostile("claims", Claim, text, source="s")
    _, source = hostile("sources", Source, text, id="s")
    _, about = hostile("corpus", About, text)
    _, era = hostile("eras", Era, text)
    summary = AgreementSummary("b", "n", "1941", 1941, "", False)
    pages: dict[str, Page] = {
        "document": agreement_page.compose(
            agreement_page.AgreementPage(agreement, claims=(claim,), sources={"s": source})
        ),
        "start": start.compose(start.StartPage(about, [era], {}, [])),
        "links": links.compose(links.LinksPage(summary, [CrossLink("Cites", summary, text, None)])),
        "problems": problems.compose(problems.ProblemsPage([Problem(line=1, table="eras", record="a", message="b")])),
    }
    broken = {
        f"{name}: {block.lead or block.role}"
        for name, found in pages.items()
        for block in found
        if "\n" in block.text + block.lead
    }
    assert broken == set()
