"""Pages: every section, every field, every mark of doubt; hostile text is text; and the same in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest

from tests.helpers.stores import HOSTILE, SHIPPED, hostile_record, load, unsafe_characters
from tui.address import Address, parse
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CatalogueReader, CrossLink
from tui.corpus import safe
from tui.corpus.records import (
    PARAGRAPHS,
    UNVERIFIED,
    About,
    Agreement,
    Basis,
    Claim,
    Era,
    EventKind,
    Problem,
    Source,
    Verdict,
)
from tui.pages import agreement as agreement_page
from tui.pages import claims as claims_page
from tui.pages import help, links, marks, parts, plain, problems, search, start
from tui.pages.blocks import Block, Page
from tui.pages.cells import length
from tui.pages.resources import Resources
from tui.pages.signs import MARKS, MEANINGS, mark
from tui.search.engine import Result

FULL: dict[str, Any] = {
    "id": "1941-pact",
    "short_title": "The pact",
    "titles": {"ja": "条約", "en": "Pact", "ru": "Пакт", "fr": "Pacte"},
    "kind": "treaty",
    "place": "Moscow",
    "date": "1941-04-13",
    "parties": ["Japan", "USSR"],
    "signatories": [{"name": "Matsuoka", "side": "Japan", "capacity": "Minister"}],
    "topics": ["war-and-peace"],
    "summary": "It was signed.",
    "provisions": [{"ref": "Art. I", "heading": "Peace", "text": "There is [[peace|peace]].\n\nAnd more."}],
    "background": "Before it.",
    "outcome": {"text": "It was broken."},
    "events": [
        {"kind": "ended", "date": "1945-08-09"},
        {"kind": "signed", "date": "1941-04-13", "note": "at night"},
        {"kind": "notice", "date": "1945-04-05", "reading": "Tokyo"},
    ],
    "references": [{"series": "UNTS", "volume": "5", "page": "1–9", "number": "7"}],
    "sources": ["book", "lost"],
    "unverified": ["The hour."],
}
BOOK = Source(id="book", title="A book", publisher="Press", bias="Partial.", note="A note.")
CLAIM = Claim(id="c", source="gse", locus="¶1", about="1941-pact", says="It says.", verdict="contradicts", why="So.")
GSE = Source(id="gse", title="Agreements", type="entry-encyclopedia", container_title="GSE")


def page(**fields: Any) -> Page:
    return agreement_page.compose(agreement_page.AgreementPage(msgspec.convert(fields or FULL, Agreement)))


def full_page(*claims: Claim) -> Page:
    agreement = msgspec.convert(FULL, Agreement)
    return agreement_page.compose(
        agreement_page.AgreementPage(agreement, claims=claims, sources={"book": BOOK, "gse": GSE})
    )


def read(blocks: Page) -> str:
    return "\n".join(f"{block.lead} {block.mark} {block.text}" for block in blocks)


def headings(blocks: Page) -> list[str]:
    return [block.text for block in blocks if block.role == "heading"]


# -- sections


def test_every_section_of_a_full_agreement_in_its_order() -> None:
    found = full_page(CLAIM)
    assert headings(found) == [
        "Provisions",
        "What became of it",
        "Background",
        "What the encyclopedia says",
        "Not confirmed",
        "Sources",
    ]
    shown = read(found)
    for words in [
        "Pact", "Пакт", "条約", "Pacte", "It was signed.", "13 April 1941, Moscow – at night", "9 August 1945",
        "5 April 1945 (reading: Tokyo)", "Japan; USSR", "Matsuoka, Minister, for Japan",
        "UNTS, vol. 5, pp. 1–9, no. 7", "Treaty", "War and peace", "1941-pact", "Art. I", "Peace", "There is peace.",
        "And more.", "It was broken.", "Before it.", "It says.", "Contradicted by the record", "Why: So.", "The hour.",
        "A book. Press.", "Partial.", "A note.", "lost (not in this store)",
    ]:  # fmt: skip
        assert words in shown, words


def test_titles_stand_in_english_russian_japanese_and_the_rest() -> None:
    assert [block.text for block in page()[:4]] == ["Pact", "Пакт", "条約", "Pacte"]


def test_an_agreement_of_an_id_alone_has_a_page() -> None:
    found = page(id="bare")
    assert found[0].text == "bare"
    assert headings(found) == []


def test_links_in_text_lead_to_their_targets() -> None:
    spans = [(block.text[s.start : s.end], s.target) for block in page() for s in block.spans if s.role == "link"]
    assert spans == [("peace", "peace")]


def test_every_provision_has_an_anchor() -> None:
    found = page(id="a", provisions=[{"text": "One."}, {"text": "Two.", "heading": "H"}])
    anchors = [".provisions", ".provision.1", ".provision.2"]
    assert [block.anchor for block in found if block.anchor.startswith(".provision")] == anchors


def test_two_ends_are_a_dispute_and_both_stand() -> None:
    ended = {"kind": "ended", "reading": "Tokyo"}
    shown = read(page(id="a", events=[{**ended, "date": "1945"}, {**ended, "date": "1946", "reading": "Moscow"}]))
    assert "in dispute: 1945 or 1946" in shown
    assert "1946 (reading: Moscow)" in shown


def facts(blocks: Page) -> list[tuple[str, str]]:
    """Return the dated facts, each with its lead; one without a lead stands under the one above."""
    found: list[tuple[str, str]] = []
    for block in blocks:
        if block.lead in agreement_page.EVENT_WORDS.values() or (
            found and not block.lead and block.hang == agreement_page.FACT
        ):
            found.append((block.lead, block.text))
    return found


def test_place_of_agreement_is_shown_only_at_event_that_dates_it() -> None:
    found = page(
        id="a",
        date="1941-04-13",
        place="Moscow",
        events=[
            {"kind": "signed", "date": "1941-04-13"},
            {"kind": "signed", "date": "1941-04-20"},
            {"kind": "signed", "date": "1941-04-25", "place": "Tokyo"},
            {"kind": "in-force", "date": "1941-04-13"},
        ],
    )
    shown = sorted(text for _, text in facts(found) if "1941" in text)
    assert shown == ["13 April 1941", "13 April 1941, Moscow", "20 April 1941", "25 April 1941, Tokyo"]


def test_events_stand_by_last_day_that_their_dates_can_mean() -> None:
    events = [
        {"kind": "broken", "date": "1945", "note": "by the year"},
        {"kind": "broken", "date": "1945-08", "note": "by the month"},
        {"kind": "broken", "date": "1945-08-09", "note": "by the day"},
        {"kind": "signed", "date": "1941-04-13", "note": "signed"},
    ]
    shown = [text for lead, text in facts(page(id="a", events=events)) if lead == "Broken"]
    assert shown == [
        "9 August 1945 – by the day",
        "August 1945 – by the month",
        "1945 – by the year",
    ]


@pytest.mark.parametrize("kind", get_args(EventKind))
def test_every_kind_of_event_is_shown(kind: str) -> None:
    shown = read(page(id="a", events=[{"kind": kind, "date": "1941-04-13", "place": "Moscow", "note": "a note"}]))
    assert "13 April 1941" in shown
    assert "Moscow" in shown
    assert "a note" in shown
    assert agreement_page.EVENT_WORDS[kind] in shown


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_has_words(verdict: str) -> None:
    claim = msgspec.structs.replace(CLAIM, verdict=verdict, confidence="low")
    found = claims_page.blocks((claim,), {})[1]
    (block,) = [block for block in found if "low" in block.text]
    assert claims_page.VERDICTS[verdict][0] in block.text.lower()


def test_claims_of_several_kinds_of_sources_are_not_called_the_encyclopedias() -> None:
    other = msgspec.structs.replace(CLAIM, id="d", source="book")
    assert "What the sources say" in headings(full_page(CLAIM, other))


@pytest.mark.parametrize(
    "issued",
    [{"date-parts": []}, {"date-parts": [[]]}, {"date-parts": [[1941]]}, {"literal": "n. d."}, {}],
    ids=str,
)
def test_a_source_is_cited_whatever_its_date(issued: dict[str, Any]) -> None:
    source = msgspec.convert({"id": "s", "title": "A title", "issued": issued}, Source)
    assert parts.reference(source).text.startswith("A title.")
    assert ("1941" in parts.reference(source).text) == ("1941" in str(issued))


# -- doubt


def test_every_basis_has_a_mark_or_is_sound_and_a_meaning() -> None:
    assert set(MARKS) == set(MEANINGS) == set(get_args(Basis))
    assert all(mark(basis) for basis in UNVERIFIED)
    assert all(len(sign) <= 1 and sign.isascii() for sign in MARKS.values())
    assert mark(None) == mark("text") == mark("no such basis") == ""


STATEMENTS: dict[str, dict[str, Any]] = {
    "provision": {"provisions": [{"text": "STATEMENT"}]},
    "provision with reference": {"provisions": [{"text": "STATEMENT", "ref": "Art. I"}]},
    "provision with long reference": {"provisions": [{"text": "STATEMENT", "ref": "Protocol A, 3, second paragraph"}]},
    "provision with heading": {"provisions": [{"text": "Text.", "heading": "STATEMENT", "ref": "Art. I"}]},
    "event among the facts": {"events": [{"kind": "signed", "note": "STATEMENT"}]},
    "event of the life-line": {"events": [{"kind": "notice", "note": "STATEMENT"}]},
    "outcome": {"outcome": {"text": "STATEMENT"}},
    "signatory": {"signatories": [{"name": "STATEMENT"}]},
    "reference": {"references": [{"series": "STATEMENT"}]},
}


def with_basis(value: Any, basis: str) -> Any:
    if isinstance(value, list):
        return [{**item, "basis": basis} for item in value]
    return {**value, "basis": basis}


@pytest.mark.parametrize("width", [30, 40, 80, 120])
@pytest.mark.parametrize("basis", ["memory", "article", "unseen", "inferred", "partial"])
@pytest.mark.parametrize("fields", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_statement_in_doubt_wears_its_mark_at_every_width(fields: dict[str, Any], basis: str, width: int) -> None:
    ((field, value),) = fields.items()
    found = page(id="a", **{field: with_basis(value, basis)})
    (line,) = [line for line in plain.lines(found, width) if "STATEMENT" in line]
    assert f"{MARKS[basis]} " in line[: line.index("STATEMENT")]


@pytest.mark.parametrize("basis", ["text", "secondary"])
@pytest.mark.parametrize("fields", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_a_sound_statement_wears_none(fields: dict[str, Any], basis: str) -> None:
    ((field, value),) = fields.items()
    found = page(id="a", **{field: with_basis(value, basis)})
    assert {block.mark for block in found} == {""}


@pytest.mark.parametrize("basis", sorted(UNVERIFIED))
def test_a_title_or_a_date_in_doubt_wears_its_mark(basis: str) -> None:
    found = page(id="a", titles={"en": "Pact", "ru": "Пакт"}, title_basis={"ru": basis}, date="1941", date_basis=basis)
    assert f"Пакт {MARKS[basis]}" in [block.text for block in found]
    (dated,) = [block for block in found if block.lead == "Date"]
    assert dated.mark == MARKS[basis]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_first_title_in_doubt_wears_its_mark_too(language: str) -> None:
    found = page(id="a", titles={language: "TITLE"}, title_basis={language: "memory"})
    assert "?" in found[0].text.replace("TITLE", "") + found[0].mark


def test_what_nobody_could_confirm_stands_under_its_heading() -> None:
    found = [block.text for block in page(id="a", unverified=["One.", "Two."])]
    at = found.index("Not confirmed")
    assert found[at : at + 3] == ["Not confirmed", "One.", "Two."]


def test_a_link_in_doubt_wears_its_mark() -> None:
    summary = AgreementSummary("b", "Other", "1951", 1951, "", False)
    (line,) = [
        block
        for block in links.compose(links.LinksPage(summary, [CrossLink("Cites", summary, "r", "memory")]))
        if block.mark
    ]
    assert line.mark == "?"
    assert line.text.startswith("Other")


def test_the_legend_names_every_mark() -> None:
    shown = read(marks.compose(marks.load(Resources(None), Address("marks"))))
    assert all(sign in shown and MEANINGS[basis] in shown for basis, sign in MARKS.items() if sign)


# -- every page of the shipped corpus


@pytest.mark.parametrize("width", [20, 40, 80])
def test_every_shipped_page_is_laid_out_in_its_width(shipped: CatalogueReader, width: int) -> None:
    for summary in shipped.all_agreements():
        agreement = shipped.agreement(summary.id)
        assert agreement is not None
        claims = shipped.claims(summary.id)
        found = agreement_page.compose(
            agreement_page.AgreementPage(agreement, claims, shipped.sources(agreement_page.cited(agreement, claims)))
        )
        for line in plain.lines(found, width):
            assert length(line) <= width or line.strip().startswith("http")


def test_every_link_in_a_shipped_page_leads_to_an_agreement(shipped: CatalogueReader) -> None:
    for agreement in load(SHIPPED).agreements:
        for block in agreement_page.compose(agreement_page.AgreementPage(agreement)):
            for span in block.spans:
                if span.role == "link":
                    assert shipped.summary(parse(span.target).agreement_id), (agreement.id, span.target)


# -- hostile text


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


def test_every_field_of_a_hostile_agreement_is_shown_as_it_is() -> None:
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


def test_every_field_of_a_hostile_claim_source_and_link_is_shown_as_it_is() -> None:
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


def test_hostile_words_on_the_first_page_are_shown_as_they_are() -> None:
    _, about = hostile("corpus", About)
    _, era = hostile("eras", Era)
    found = start.compose(start.StartPage(about, [era], {"agreement": 1}, [("q", "leave")]))
    shown = read(found)
    for text in (about.title, about.subtitle, about.description, about.bias, about.licence, era.title, era.summary):
        assert text in shown


def test_no_block_of_any_page_breaks_its_line() -> None:
    """A block is one paragraph; a line feed in a title, a name or a place would tear the screen."""
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
    torn = {
        f"{name}: {block.lead or block.role}"
        for name, found in pages.items()
        for block in found
        if "\n" in block.text + block.lead
    }
    assert torn == set()


# -- the smaller pages and plain lines


def test_results_show_title_date_era_passage_and_hits() -> None:
    summary = AgreementSummary("a", "The pact", "1941-04-13", 1941, "war", False)
    found = search.result_list([Result(summary, "At war", "of peace", ((3, 8),))])
    assert [block.text for block in found] == ["The pact  13 April 1941 · At war", "of peace"]
    assert list(plain.lines(found, 80))[1] == "  a"
    (hit,) = found[-1].spans
    assert (hit.role, found[-1].text[hit.start : hit.end]) == ("hit", "peace")


def test_nothing_found_says_what_was_looked_for_and_where() -> None:
    shown = read(search.nothing_found("fish timber", "the text"))
    assert "Nothing matches “fish timber”" in shown
    assert "the text" in shown
    assert "Every word must occur in the same agreement" in shown


def test_query_without_results_is_shown_without_unsafe_characters() -> None:
    assert unsafe_characters(read(search.nothing_found("fish\x1b[31m\u202e" * 20, "the text"))) == []


def test_an_empty_corpus_has_a_first_page() -> None:
    shown = read(start.compose(start.StartPage(About(), [], {}, [])))
    assert "no agreements" in shown


def test_problems_and_their_lines() -> None:
    shown = read(
        problems.compose(
            problems.ProblemsPage([Problem(line=7, table="eras", record="", message="is nested too deeply")])
        )
    )
    assert "line 7" in shown
    assert "eras, a record: is nested too deeply" in shown
    assert "There are none" in read(problems.compose(problems.ProblemsPage([])))


def test_help_lists_every_key() -> None:
    shown = read(help.compose(help.HelpPage([("Moving", [("j, down", "down a line")])], [("life: ID", "events")])))
    assert "Moving" in shown
    assert "j, down" in shown


def test_plain_lines_underline_headings_and_hang_leads() -> None:
    blocks = (
        Block("条約", "title"),
        Block("Text that is longer than the line is.", lead="Art. I", mark="?", hang=12, above=1),
        Block("Part", "heading", above=2),
    )
    assert list(plain.lines(blocks, 44)) == [
        "条約",
        "====",
        "",
        "Art. I    ? Text that is longer than the",
        "            line is.",
        "",
        "",
        "Part",
        "----",
    ]


def test_plain_lines_have_no_space_at_their_end() -> None:
    for line in plain.lines(full_page(CLAIM), 40):
        assert line == line.rstrip()
