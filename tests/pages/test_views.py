"""Views: what every registered view promises, whatever it shows."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.stores import HOSTILE, SHIPPED, hostile_store, unsafe_characters, write_store
from tui import address as addresses
from tui.address import Address
from tui.catalogue import build
from tui.catalogue.reader import CatalogueReader
from tui.corpus import dates, safe
from tui.corpus.cells import length
from tui.corpus.places import is_provision
from tui.pages import plain, views
from tui.pages.blocks import Page
from tui.pages.resources import NotFound, Resources, UsageError
from tui.pages.views import VIEWS

STORE: dict[str, Any] = {
    table: {record.get("id", number): record for number, record in records.items()}
    for table, records in json.loads(SHIPPED.read_text(encoding="utf-8")).items()
}
FIRST = "1855-02-07-shimoda-treaty"
WIDTHS = (20, 44, 80, 200)


@pytest.fixture
def resources(shipped: CatalogueReader) -> Iterator[Resources]:
    resources = Resources(shipped)
    yield resources
    resources.searcher.connection.close()


def read(page: Page) -> str:
    return " ".join(f"{block.lead} {block.mark} {block.text}" for block in page)


def page_at(resources: Resources, text: str, width: int = 80) -> Page:
    page = views.page(resources, addresses.parse(text), width)
    assert not isinstance(page, NotFound), page
    return page


def subject_and_datum(address: Address) -> tuple[str, str]:
    """Return the name of what an address of the shipped store is about, and something said of it, from the file."""
    corpus = next(iter(STORE["corpus"].values()))
    subject = address.subject[0] if address.subject else ""
    agreement = STORE["agreements"].get(subject, {})
    link = next((link for link in STORE["links"].values() if subject in (link["from"], link["to"])), {})
    claim = next((claim for claim in STORE["claims"].values() if claim["about"] == subject), {})
    match address.view:
        case "agreement":
            return agreement["titles"]["en"], agreement["signatories"][0]["name"]
        case "start":
            return corpus["title"], dates.words(STORE["eras"]["war"]["span"])
        case "help":
            return "Keys", "search the full text"
        case "marks":
            return "Marks of doubt", "only the encyclopedia says so"
        case "problems":
            return "Records that could not be read", "every record of this store was read"
        case "links":
            return agreement["short_title"], link["reason"]
        case "claims":
            return agreement["short_title"], claim.get("says", "No source’s claim is recorded.")
        case "life":
            return agreement["short_title"], dates.words(agreement["events"][0]["date"])
        case "search":
            return "agreement", " records"
        case "era":
            return STORE["eras"][subject]["title"], "Peking convention"
        case "name":
            return STORE["names"][subject]["name"], STORE["names"][subject]["forms"]["ja"][0]
        case "names":
            return "Names", STORE["names"]["basic-convention"]["name"]
        case "source":
            return STORE["sources"][subject]["title"], STORE["sources"][subject]["note"]
        case "sources":
            return "Sources", STORE["sources"]["betsukai-jp"]["title"]
    raise AssertionError(f"the view {address.view} has no subject and no datum here: add them")


@pytest.mark.parametrize("name", VIEWS)
def test_sample_is_an_address_and_its_page_names_subject_and_datum(resources: Resources, name: str) -> None:
    sample = VIEWS[name].sample(resources)
    assert addresses.parse(sample.text()) == sample
    subject, datum = subject_and_datum(sample)
    for width in WIDTHS:
        page = views.page(resources, sample, width)
        assert not isinstance(page, NotFound)
        shown = read(page)
        assert subject in shown
        assert plain_words(datum) in plain_words(shown)
        for line in plain.lines(page, width):
            assert length(line) <= width or "http" in line or not line.strip().count(" ")


def plain_words(text: str) -> str:
    """Return a text without the brackets of its links and without line breaks."""
    from tui.corpus import text as texts

    return " ".join(texts.plain(text).split())


@pytest.mark.parametrize("name", VIEWS)
def test_json_of_every_view_can_be_written(resources: Resources, name: str) -> None:
    sample = VIEWS[name].sample(resources)
    value = views.to_json(sample, views.load(resources, sample))
    written = json.loads(json.dumps(value))
    assert all(map(bool, written)) if isinstance(written, list) else written


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("subject", ["plain", HOSTILE, "source", "name", "era", "lost"])
def test_hostile_store_gives_safe_pages_or_safe_answers(tmp_path: Path, name: str, subject: str) -> None:
    reader = build.open_or_build(hostile_store(tmp_path / "store.json"), tmp_path / "cache")
    resources = Resources(reader)
    view = VIEWS[name]
    address = Address(name, (subject,) if view.subjects else ())
    for width in WIDTHS:
        found = views.page(resources, address, width)
        if isinstance(found, NotFound):
            assert unsafe_characters(found.sentence + "".join(found.near), allowed="") == []
        else:
            assert unsafe_characters(read(found), allowed="") == []
            assert unsafe_characters("\n".join(plain.lines(found, width))) == []
            assert all(addresses.parse(span.target) for span in spans(found))


def spans(page: Page) -> Iterator[Any]:
    return (span for block in page for span in block.spans if span.target and span.role in ("link", "quiet"))


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_in_help(resources: Resources, name: str) -> None:
    assert VIEWS[name].description in read(page_at(resources, "help:"))


@pytest.mark.parametrize("name", VIEWS)
def test_empty_store_has_an_answer_at_every_sample(tmp_path: Path, name: str) -> None:
    reader = build.open_or_build(write_store(tmp_path / "store.json"), tmp_path / "cache")
    resources = Resources(reader)
    assert views.page(resources, VIEWS[name].sample(resources), 80)


def test_every_link_of_every_sample_leads_somewhere(resources: Resources) -> None:
    for view in VIEWS.values():
        page = views.page(resources, view.sample(resources), 80)
        assert not isinstance(page, NotFound)
        for span in spans(page):
            if view.name != "search":  # a suggestion is a query
                found = views.load(resources, addresses.parse(span.target))
                assert not isinstance(found, NotFound), span.target


# -- wrong addresses


def test_unknown_view_lists_the_views(resources: Resources) -> None:
    with pytest.raises(UsageError, match=r"no view lifes; near it: life\. The views are agreement, start"):
        views.page(resources, Address("lifes", ("x",)), 80)


@pytest.mark.parametrize(
    ("view", "subject"), [("life", ()), ("life", ("a", "b")), ("start", ("a",)), ("names", ("a", "b"))]
)
def test_wrong_number_of_subjects_is_one_sentence(resources: Resources, view: str, subject: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="is used as"):
        views.load(resources, Address(view, subject))


def test_unknown_id_answers_with_near_ones(resources: Resources) -> None:
    found = views.page(resources, addresses.agreement("joint-declaration"), 80)
    assert isinstance(found, NotFound)
    assert "1956-10-19-joint-declaration" in found.near


# -- places


def test_excerpt_is_the_title_and_the_provision(resources: Resources) -> None:
    record = STORE["agreements"]["1956-10-19-joint-declaration"]
    provision = next(item for item in record["provisions"] if item["ref"] == "Point 9")
    found = views.excerpt(page_at(resources, "1956-10-19-joint-declaration"), "point-9")
    assert not isinstance(found, NotFound)
    assert [block.text for block in found] == [
        record["titles"]["en"],
        provision["heading"],
        *plain_words(provision["text"].replace("\n\n", "\n")).split("\n"),
    ]


def test_shared_place_is_all_that_share_it(resources: Resources) -> None:
    page = page_at(resources, "1956-10-19-joint-declaration")
    shared = sorted(
        {
            block.anchor.rpartition(".")[0]
            for block in page
            if block.anchor.endswith(".2") and is_provision(block.anchor)
        }
        - {""}
    )
    assert shared
    for place in shared:
        found = views.excerpt(page, place)
        assert not isinstance(found, NotFound)
        assert len([block for block in found if block.anchor.startswith(f"{place}.")]) >= 2


def test_excerpt_of_a_section_ends_where_the_next_begins(resources: Resources) -> None:
    page = page_at(resources, "1956-10-19-joint-declaration")
    found = views.excerpt(page, ".background")
    assert not isinstance(found, NotFound)
    assert [block.text for block in found if block.role == "heading"] == ["Background"]
    whole = views.excerpt(page, ".provisions")
    assert not isinstance(whole, NotFound)
    assert len([block for block in whole if block.anchor.startswith("point-")]) >= 9


def test_unknown_place_answers_with_those_there_are(resources: Resources) -> None:
    found = views.excerpt(page_at(resources, "1956-10-19-joint-declaration"), "point-99")
    assert isinstance(found, NotFound)
    assert {"point-9", ".facts", ".sources"} <= set(found.near)


# -- the set day, the check


def test_set_day_is_in_the_head_of_the_page(resources: Resources) -> None:
    page = page_at(resources, "1941-04-13-neutrality-pact@1945-08-08")
    assert "Day set: 8 August 1945" in [block.text for block in page[:5]]


def test_check_says_whether_the_record_changed(resources: Resources) -> None:
    checksum = resources.reader.checksum(FIRST)
    assert views.change_since_cited(resources, addresses.parse(f"{FIRST}#{checksum}")) == ""
    assert "has changed" in views.change_since_cited(resources, addresses.parse(f"{FIRST}#00000000"))
    with pytest.raises(UsageError, match="takes none"):
        views.change_since_cited(resources, addresses.parse("start:#00000000"))


# -- single views


def test_name_page_lists_signed_agreements_and_mentions(resources: Resources) -> None:
    name = next(name for name in STORE["names"].values() if name["name"].startswith("Karakhan"))
    forms = {form.casefold() for form in (name["name"], *(form for forms in name["forms"].values() for form in forms))}
    signed = [
        record["id"]
        for record in STORE["agreements"].values()
        if any(signatory["name"].casefold() in forms for signatory in record.get("signatories", []))
    ]
    data = views.load(resources, Address("name", (name["id"],)))
    assert sorted(agreement.id for agreement in data.signed) == sorted(signed) != []
    assert {agreement.id for agreement in data.mentions} >= set(signed)


def test_signatories_and_sources_are_quiet_links(resources: Resources) -> None:
    page = page_at(resources, "1925-01-20-peking-convention")
    quiet = [span.target for block in page for span in block.spans if span.role == "quiet"]
    assert any(target.startswith("name:") for target in quiet)
    assert any(target.startswith("source:") for target in quiet)


def test_provisions_say_that_they_are_a_digest_and_where_the_text_stands(resources: Resources) -> None:
    note = next(b for b in page_at(resources, "1925-01-20-peking-convention") if b.text.startswith("A digest"))
    assert "The text was read; the record rests on" in note.text
    assert [span.role for span in note.spans] == ["quiet", "url"]
    assert note.text.endswith(note.spans[-1].target)
    cited = next(b for b in page_at(resources, "1925-01-20-portsmouth-declaration") if b.text.startswith("A digest"))
    assert "For the text see" in cited.text
    unread = next(b for b in page_at(resources, "1912-07-08-secret-convention") if b.text.startswith("A digest"))
    assert "The text was not read." in unread.text


def test_other_corpus_does_not_say_that_it_is_a_digest(tmp_path: Path) -> None:
    agreements = [{"id": "a", "provisions": [{"text": "The whole text."}]}]
    reader = build.open_or_build(write_store(tmp_path / "s.json", agreements=agreements), tmp_path / "cache")
    assert "digest" not in read(page_at(Resources(reader), "a"))


@pytest.mark.parametrize("event", [".signed", ".in-force", ".ratified", ".ratified.2"])
def test_excerpt_of_an_event_is_that_event_alone(resources: Resources, event: str) -> None:
    found = views.excerpt(page_at(resources, "1956-10-19-joint-declaration"), event)
    assert not isinstance(found, NotFound)
    assert len(found) == 2
    assert found[1].anchor == event


def test_no_sign_follows_a_web_address(resources: Resources) -> None:
    for source in STORE["sources"].values():
        page = page_at(resources, Address("source", (source["id"],)).text())
        for block in page:
            for span in block.spans:
                if span.role == "url":
                    assert block.text[span.start : span.end] == safe.line(source["URL"])
                    assert span.end == len(block.text)


def test_narrowed_lists_say_by_which_text(resources: Resources) -> None:
    shown = read(page_at(resources, "names:Курил"))
    assert "that hold “Курил”" in shown
    assert "Karakhan" not in shown
    assert "Bluebook" in read(page_at(resources, "sources:bluebook"))


@pytest.mark.parametrize("address", ["names:Пекинский", "sources:communiqué"])
def test_lists_are_narrowed_by_decomposed_text_too(resources: Resources, address: str) -> None:
    decomposed = unicodedata.normalize("NFD", address)
    assert decomposed != address
    shown = page_at(resources, decomposed)
    assert shown == page_at(resources, address)
    assert "There are none" not in read(shown)
