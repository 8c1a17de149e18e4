"""Tests of pages: every section and every field of an agreement, the smaller pages, and plain lines."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from tests.helpers.pages import FULL, page, read
from tests.helpers.stores import SHIPPED, load, unsafe_characters
from tui.address import parse
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CatalogueReader
from tui.corpus.cells import length
from tui.corpus.records import About, Agreement, Claim, EventKind, Problem, Source, Verdict
from tui.pages import agreement as agreement_page
from tui.pages import claims as claims_page
from tui.pages import help, parts, plain, problems, search, start
from tui.pages.blocks import Block, Page
from tui.pages.signs import VERDICTS
from tui.search.engine import PartialAnswer, Result
from tui.search.suggestions import Suggestion

BOOK = Source(id="book", title="A book", publisher="Press", bias="Partial.", note="A note.")


CLAIM = Claim(id="c", source="gse", locus="¶1", about="1941-pact", says="It says.", verdict="contradicts", why="So.")


GSE = Source(id="gse", title="Agreements", type="entry-encyclopedia", container_title="GSE")


def full_page(*claims: Claim) -> Page:
    agreement = msgspec.convert(FULL, Agreement)
    return agreement_page.compose(
        agreement_page.AgreementPage(agreement, claims=claims, sources={"book": BOOK, "gse": GSE})
    )


def headings(blocks: Page) -> list[str]:
    return [block.text for block in blocks if block.role == "heading"]


def test_full_agreement_has_every_section_in_order() -> None:
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
        "Pact", "Пакт", "条約", "Pacte", "It was signed.", "13 April 1941, Moscow, at night", "9 August 1945",
        "5 April 1945 (according to Tokyo)", "Japan; USSR", "Matsuoka, Minister, for Japan",
        "UNTS, vol. 5, pp. 1–9, no. 7", "Treaty", "War and peace", "1941-pact", "Art. I", "Peace", "There is peace.",
        "And more.", "It was broken.", "Before it.", "It says.", "Contradicted by the record", "Why: So.", "The hour.",
        "A book. Press.", "Partial.", "A note.", "lost (not in this store)",
    ]:  # fmt: skip
        assert words in shown, words


def test_titles_are_in_english_russian_japanese_then_other_languages() -> None:
    assert [block.text for block in page()[:4]] == ["Pact", "Пакт", "条約", "Pacte"]


def test_agreement_with_only_an_id_has_a_page() -> None:
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


def test_two_ends_are_shown_as_a_dispute() -> None:
    ended = {"kind": "ended", "reading": "Tokyo"}
    shown = read(page(id="a", events=[{**ended, "date": "1945"}, {**ended, "date": "1946", "reading": "Moscow"}]))
    assert "in dispute: 2 dates" in shown
    assert "1945 (according to Tokyo)" in shown
    assert "1946 (according to Moscow)" in shown


def test_ends_that_do_not_exclude_each_other_are_no_dispute() -> None:
    ended = [
        {"kind": "ended", "date": "1945", "basis": "memory"},
        {"kind": "ended", "date": "1945-08-09", "basis": "text"},
    ]
    found = [(block.lead, block.mark, block.text) for block in page(id="a", events=ended)]
    at = found.index(("Ended", "", "9 August 1945"))
    assert found[at + 1] == ("", "?", "1945")
    assert "dispute" not in read(page(id="a", events=ended))


def test_sound_reading_of_an_event_comes_first() -> None:
    in_force = [
        {"kind": "in-force", "date": "1925-02-25", "basis": "inferred", "reading": "Somebody"},
        {"kind": "in-force", "date": "1925-02-26", "basis": "secondary", "reading": "chronology"},
    ]
    found = [block for block in page(id="a", events=in_force) if "February" in block.text]
    assert [(block.lead, block.mark, block.text) for block in found] == [
        ("In force", "", "26 February 1925 (according to chronology)"),
        ("", "~", "25 February 1925 (according to Somebody)"),
    ]


def test_unknown_facts_of_a_signed_record_are_said() -> None:
    signed = {"kind": "signed", "date": "1941"}
    found = {block.lead: block.text for block in page(id="a", events=[signed])}
    assert (found["Signatories"], found["In force"]) == ("not known", "not known")
    known = page(id="a", events=[signed, {"kind": "in-force", "date": "1942"}], signatories=[{"name": "Molotov"}])
    assert "not known" not in read(known)
    assert "not known" not in read(page(id="a", events=[{"kind": "issued", "date": "1941"}]))


def facts(blocks: Page) -> list[tuple[str, str]]:
    """Return the dated facts, each with its lead; one without a lead stands under the one above."""
    found: list[tuple[str, str]] = []
    for block in blocks:
        if block.lead in agreement_page.EVENT_WORDS.values() or (
            found and not block.lead and block.hang == agreement_page.FACT_COLUMN
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


def test_events_are_sorted_by_the_last_possible_day_of_their_dates() -> None:
    events = [
        {"kind": "broken", "date": "1945", "note": "by the year"},
        {"kind": "broken", "date": "1945-08", "note": "by the month"},
        {"kind": "broken", "date": "1945-08-09", "note": "by the day"},
        {"kind": "signed", "date": "1941-04-13", "note": "signed"},
    ]
    shown = [text for lead, text in facts(page(id="a", events=events)) if lead == "Broken"]
    assert shown == [
        "9 August 1945, by the day",
        "August 1945, by the month",
        "1945, by the year",
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
    words = VERDICTS[verdict].words
    assert words.split()[0] in block.text.lower()
    assert [block.mark for block in found if block.mark] == [VERDICTS[verdict].sign]


def test_claims_begin_with_their_tally() -> None:
    others = [msgspec.structs.replace(CLAIM, id=f"c{number}", verdict="agrees") for number in range(2)]
    found = claims_page.blocks((CLAIM, *others), {})[1]
    assert found[0].text == "2 agree, 1 contradicted"
    assert [block.above for block in found[:3]] == [0, 1, 0]
    assert claims_page.blocks((), {})[1] == []


def test_results_show_the_claims_that_were_asked_for_instead_of_a_snippet() -> None:
    summary = AgreementSummary("1941-pact", "The pact", "", None, "", False)
    plain_result, marked = Result(summary, "", "A summary", ()), Result(summary, "", "of peace", ((3, 8),))
    found = search.result_list([plain_result, marked], claims={"1941-pact": [CLAIM]})
    assert [block.text for block in found] == [
        *("The pact", "It says.", "Contradicted by the record"),
        *("The pact", "It says.", "Contradicted by the record"),
    ]
    assert found[2].spans[0].target == "claims:1941-pact/c"


def test_claims_of_several_kinds_of_sources_have_a_general_heading() -> None:
    other = msgspec.structs.replace(CLAIM, id="d", source="book")
    assert "What the sources say" in headings(full_page(CLAIM, other))


@pytest.mark.parametrize(
    "issued",
    [{"date-parts": []}, {"date-parts": [[]]}, {"date-parts": [[1941]]}, {"literal": "n. d."}, {}],
    ids=str,
)
def test_source_is_cited_with_any_form_of_date(issued: dict[str, Any]) -> None:
    source = msgspec.convert({"id": "s", "title": "A title", "issued": issued}, Source)
    assert parts.reference(source).text.startswith("A title.")
    assert ("1941" in parts.reference(source).text) == ("1941" in str(issued))


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


def test_result_is_a_card_of_title_and_date_and_snippet_with_its_place() -> None:
    summary = AgreementSummary("a", "The pact of peace", "1941-04-13", 1941, "war", False)
    found = search.result_list([Result(summary, "At war", "of peace", ((3, 8),), "Art. I", ((12, 17),))])
    assert list(plain.lines(found, 40)) == [
        "The pact of peace          13 April 1941",
        "  a",
        "  Art. I  of peace",
    ]
    for block in found:
        assert [block.text[span.start : span.end] for span in block.spans if span.role == "hit"] == ["peace"]
    assert found[1].text[: found[1].spans[0].end] == "Art. I"


def test_long_title_of_a_result_and_its_snippet_hang() -> None:
    summary = AgreementSummary("a", "Convention embodying basic rules of the relations", "1925-01-20", 1925, "", False)
    found = search.result_list([Result(summary, "", "Both sides keep to " + "what was signed " * 4, ())])
    first, *others = plain.lines(found, 46)
    assert first == "Convention embodying basic     20 January 1925"
    assert others
    assert all(line.startswith("  ") for line in others)
    assert next(plain.lines(found, 26)) == "Convention embodying"  # no room for a date


def test_page_without_results_is_one_sentence_and_other_queries_with_their_size() -> None:
    offers = (Suggestion("any of these words", "fish OR timber", 35), Suggestion("without fish", "timber", 1))
    found = search.nothing_found("fish timber", offers)
    assert [block.text for block in found] == [
        "Nothing matches “fish timber”: every word must occur in the same record.",
        "Try instead",
        "any of these words  35 records",
        "without fish  1 record",
    ]
    assert len(search.nothing_found("fish timber", None)) == 1


def test_page_without_results_ends_with_the_records_that_lack_a_word() -> None:
    summary = AgreementSummary("a", "The pact", "1941-04-13", 1941, "war", False)
    partial = [PartialAnswer(Result(summary, "", "of peace", ((3, 8),), "Art. I"), ("fish", "timber"))]
    found = search.nothing_found("fish timber peace", (), partial)
    assert [block.text for block in found[-4:]] == [
        "Records without some of the words",
        *("The pact", "Art. I  of peace", "without fish, timber"),
    ]
    one = search.nothing_found("fish peace", (), [partial[0]._replace(missing=("fish",))])
    assert one[-4].text == "Records without one of the words"


def test_query_without_results_is_shown_without_unsafe_characters() -> None:
    assert unsafe_characters(read(search.nothing_found("fish\x1b[31m\u202e" * 20))) == []


def test_empty_corpus_has_a_start_page() -> None:
    shown = read(start.compose(start.StartPage(About(), [], {}, [])))
    assert "no records" in shown


def test_problems_are_listed_with_their_lines() -> None:
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


def test_plain_lines_have_no_trailing_space() -> None:
    for line in plain.lines(full_page(CLAIM), 40):
        assert line == line.rstrip()


def test_claim_that_agrees_is_one_paragraph_and_high_confidence_is_not_said() -> None:
    claim = msgspec.structs.replace(CLAIM, verdict="agrees", record="Point 1.", why="", confidence="high")
    found = claims_page.blocks((claim, msgspec.structs.replace(claim, id="d", locus="¶2")), {})[1]
    assert [(block.lead, block.mark, block.text) for block in found[-2:]] == [
        ("¶1", "✓", "It says. Agrees: Point 1."),
        ("¶2", "✓", "It says. Agrees: Point 1."),
    ]


def test_place_in_the_source_stands_only_at_its_first_claim() -> None:
    claims = [
        msgspec.structs.replace(CLAIM, id=id, locus=locus) for id, locus in zip("abc", ("¶1", "¶1", "¶2"), strict=True)
    ]
    found = claims_page.blocks(claims, {})[1]
    assert [block.lead for block in found if block.mark] == ["¶1", "", "¶2"]


@pytest.mark.parametrize(("width", "text_column"), [(70, 14), (50, 2)])
def test_reference_stands_over_its_text_on_a_narrow_page(width: int, text_column: int) -> None:
    shown = list(plain.lines(page(id="a", provisions=[{"ref": "Art. I", "text": "Peace.", "basis": "text"}]), width))
    line = next(line for line in shown if "Peace." in line)
    assert line.index("Peace.") == text_column
    assert ("Art. I" in line) == (width >= 64)
