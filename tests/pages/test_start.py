"""Tests of the start page: its questions and their answers, records by kind, claims by verdict, stores with little."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from tests.helpers.lake import LAKE
from tests.helpers.stores import SHIPPED, write_store
from tui import address as addresses
from tui.address import Address
from tui.catalogue import build
from tui.catalogue.reader import CatalogueReader
from tui.corpus.records import About, Verdict
from tui.pages import start, views
from tui.pages.blocks import Block, Page
from tui.pages.resources import NotFound, Resources
from tui.pages.signs import VERDICTS, tally

STORE = json.loads(SHIPPED.read_text("utf-8"))


def start_page(reader: CatalogueReader) -> Page:
    return start.compose(start.load(Resources(reader), Address("start")))


@pytest.fixture
def lake(tmp_path: Path) -> CatalogueReader:
    return build.build_catalogue(write_store(tmp_path / "lake.json", LAKE), tmp_path / "cache")


def part(page: Page, heading: str) -> list[Block]:
    """Return the blocks under a heading."""
    texts = [block.text for block in page]
    after = page[texts.index(heading) + 1 :] if heading in texts else ()
    headings = [index for index, block in enumerate(after) if block.role == "heading"]
    return list(after[: headings[0] if headings else None])


def links(block: Block) -> dict[str, str]:
    """Return the targets of the links of a block, by their words."""
    return {block.text[span.start : span.end]: span.target for span in block.spans if span.target}


def answer(reader: CatalogueReader, target: str) -> str:
    """Return the text of the page that a link leads to; the place of the address must be on it."""
    resources, address = Resources(reader), addresses.parse(target)
    page = views.page(resources, address, 80)
    assert not isinstance(page, NotFound), target
    if address.place:
        excerpt = views.excerpt(page, address.place)
        assert not isinstance(excerpt, NotFound), target
        page = excerpt
    return "\n".join(block.text for block in page)


# -- questions


def test_questions_of_the_shipped_corpus_are_answered(shipped: CatalogueReader) -> None:
    questions = {block.text: block.target for block in part(start_page(shipped), "You can ask")}
    answers = {question: answer(shipped, target) for question, target in questions.items()}
    expected = {
        "What was agreed from 1917 to 1939?": "Fishery convention",
        "Territory: what was agreed?": "26 records",
        "Peking convention: what became of it?": "What became of it",
        "What did Molotov sign?": "Neutrality pact",
        "Where does the encyclopedia differ?": "The convention was signed on 1 January 1925.",
        "Which sources does all this rest on?": "251 sources",
    }
    assert list(answers) == list(expected)
    for question, words in expected.items():
        assert words in answers[question], question


def test_questions_are_made_of_what_another_store_holds(lake: CatalogueReader) -> None:
    questions = {block.text: block.target for block in part(start_page(lake), "You can ask")}
    answers = {question: answer(lake, target) for question, target in questions.items()}
    assert list(answers) == [
        "What was agreed in the era New (era)?",
        'Lake "Upper" level: what was agreed?',
        "Lake treaty: what became of it?",
        "What did Doe sign?",
        "Where does the source differ?",
        "Which sources does all this rest on?",
    ]
    assert "1 record" in answers['Lake "Upper" level: what was agreed?']
    assert "It ended." in answers["Lake treaty: what became of it?"]
    assert "One." in answers["Where does the source differ?"]


@pytest.mark.parametrize(
    ("span", "when"),
    [
        ("1917-11-07/1939~", "from 1917 to 1939"),
        ("1941-04-13/1941-12", "in 1941"),
        ("1928/", "in the era Old"),
        ("../1917", "in the era Old"),
        ("soon", "in the era Old"),
    ],
)
def test_question_about_an_era_has_its_years_where_both_are_known(tmp_path: Path, span: str, when: str) -> None:
    store = write_store(
        tmp_path / "s.json",
        agreements=[{"id": "a", "era": "old"}],
        eras=[{"id": "new", "title": "New"}, {"id": "old", "title": "Old", "span": span}],
    )
    page = start_page(build.build_catalogue(store, tmp_path / "cache"))
    assert [block.text for block in part(page, "You can ask")] == [f"What was agreed {when}?"]


def test_question_is_a_link_and_its_own_address(shipped: CatalogueReader) -> None:
    for block in part(start_page(shipped), "You can ask"):
        assert links(block) == {block.text: block.target}


def test_first_lines_name_the_main_source(shipped: CatalogueReader, lake: CatalogueReader) -> None:
    for reader, name, target in (
        (shipped, "The Great Soviet Encyclopedia, 3rd edition", "source:gse"),
        (lake, "A history of the lake", "source:book"),
    ):
        page = start_page(reader)
        assert [links(block) for block in page[:3] if links(block)] == [{name: target}]


# -- what the store holds


def test_records_are_counted_by_kind_the_most_frequent_first(shipped: CatalogueReader) -> None:
    line = part(start_page(shipped), "What it holds")[0].text
    assert line == (
        "82 records: 17 protocols, 13 agreements, 10 conventions, 7 declarations, 6 treaties, "
        "5 general agreements, 24 others"
    )


def test_kinds_of_another_store_have_their_labels(lake: CatalogueReader) -> None:
    assert part(start_page(lake), "What it holds")[0].text == (
        "5 records: 2 treaties, 1 agreed minutes, 1 UN resolution, 1 other"
    )


def test_one_kind_is_never_summed_up_as_other() -> None:
    kinds = [(f"Kind {letter}x", 1) for letter in "abcdefg"]
    data = start.StartPage(About(), [], {"agreement": 7}, [], kinds)  # type: ignore[arg-type]
    assert part(start.compose(data), "What it holds")[0].text.endswith("1 kind fx, 1 kind gx")


def test_claims_are_counted_by_verdict_each_with_its_list(shipped: CatalogueReader) -> None:
    line = part(start_page(shipped), "What it holds")[-1]
    counts = Counter(claim["verdict"] for claim in STORE["claims"].values())
    assert line.text == (
        "183 claims of the encyclopedia: 66 agree, 61 leave something out, 28 differ, 26 could not be verified, "
        "2 contradicted"
    )
    assert [int(words.split()[0]) for words in links(line)] == sorted(counts.values(), reverse=True)
    for (words, target), (verdict, number) in zip(links(line).items(), counts.most_common(), strict=True):
        assert words == dict(tally(counts))[verdict]
        listed = answer(shipped, target).split("\n")
        assert listed.count(VERDICTS[verdict].words.capitalize()) == number, verdict


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_tally_has_the_words_of_each_verdict(verdict: str) -> None:
    words = VERDICTS[verdict].words
    assert tally({verdict: 1}) == [(verdict, f"1 {VERDICTS[verdict].of_one}")]
    assert words.startswith(VERDICTS[verdict].of_one)
    many = tally({verdict: 1200})[0][1].removeprefix("1,200 ")
    assert many.split()[0] in words
    assert words.endswith(many.partition(" ")[2])


def test_verdicts_with_as_many_claims_are_in_the_order_of_the_table() -> None:
    assert [verdict for verdict, _ in tally({"omits": 2, "differs": 2, "agrees": 1})] == ["differs", "omits", "agrees"]
    assert tally({}) == tally({"agrees": 0}) == []


def test_store_without_claims_has_no_tally_and_names_no_source(tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", {**LAKE, "claims": []})
    page = start_page(build.build_catalogue(store, tmp_path / "cache"))
    shown = "\n".join(block.text for block in page)
    assert "claim" not in shown
    assert "wrong" not in shown
    assert part(page, "What it holds")[-1].text == "3 links between them, 1 source"


def test_store_of_one_bare_record_has_a_start_page(tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a"}])
    page = start_page(build.build_catalogue(store, tmp_path / "cache"))
    assert part(page, "You can ask") == []
    assert [block.text for block in part(page, "What it holds")] == ["1 record"]
