"""Tests of the marks of doubt: every statement without a sound basis has one."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from tests.helpers.pages import page, read
from tui.address import Address
from tui.catalogue.connection import AgreementSummary
from tui.catalogue.reader import CrossLink
from tui.corpus.records import UNVERIFIED, Basis
from tui.pages import links, marks, plain
from tui.pages.resources import Resources
from tui.pages.signs import MARKS, MEANINGS, SHORT_MEANINGS, mark


def test_every_unverified_basis_has_a_mark_and_every_basis_a_meaning() -> None:
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
    "event of the list": {"events": [{"kind": "notice", "note": "STATEMENT"}]},
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
def test_mark_of_doubt_precedes_its_statement_at_every_width(fields: dict[str, Any], basis: str, width: int) -> None:
    ((field, value),) = fields.items()
    found = page(id="a", **{field: with_basis(value, basis)})
    (line,) = [line for line in plain.lines(found, width) if "STATEMENT" in line]
    assert f"{MARKS[basis]} " in line[: line.index("STATEMENT")]


@pytest.mark.parametrize("basis", ["text", "secondary"])
@pytest.mark.parametrize("fields", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_sound_statement_has_no_mark(fields: dict[str, Any], basis: str) -> None:
    ((field, value),) = fields.items()
    found = page(id="a", **{field: with_basis(value, basis)})
    assert {block.mark for block in found} == {""}


@pytest.mark.parametrize("basis", sorted(UNVERIFIED))
def test_uncertain_title_and_date_have_a_mark(basis: str) -> None:
    found = page(id="a", titles={"en": "Pact", "ru": "Пакт"}, title_basis={"ru": basis}, date="1941", date_basis=basis)
    assert f"Пакт {MARKS[basis]}" in [block.text for block in found]
    (dated,) = [block for block in found if block.lead == "Date"]
    assert dated.mark == MARKS[basis]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_uncertain_first_title_has_a_mark(language: str) -> None:
    found = page(id="a", titles={language: "TITLE"}, title_basis={language: "memory"})
    assert "?" in found[0].text.replace("TITLE", "") + found[0].mark


def test_unverified_statements_follow_their_heading() -> None:
    found = [block.text for block in page(id="a", unverified=["One.", "Two."])]
    at = found.index("Not confirmed")
    assert found[at : at + 3] == ["Not confirmed", "One.", "Two."]


def test_uncertain_link_has_a_mark() -> None:
    summary = AgreementSummary("b", "Other", "1951", 1951, "", False)
    (line,) = [
        block
        for block in links.compose(links.LinksPage(summary, [CrossLink("Cites", summary, "r", "memory")]))
        if block.mark
    ]
    assert line.mark == "?"
    assert line.text.startswith("Other")


def test_marks_on_the_page_are_explained_once_under_the_facts() -> None:
    events = [{"kind": "signed", "date": "1941", "basis": "inferred"}]
    provisions = [{"text": "One.", "basis": "memory"}, {"text": "Two.", "basis": "unseen"}]
    found = page(id="a", events=events, provisions=provisions, titles={"en": "A"}, title_basis={"en": "article"})
    legend = "Marks: ~ inferred, * only the encyclopedia says so, ? from memory, ! no text seen"
    assert [block.text for block in found if block.text.startswith("Marks")] == [legend]
    assert not [block for block in page(id="a") if block.text.startswith("Marks")]


def test_each_mark_has_one_meaning() -> None:
    signs = [sign for sign in MARKS.values() if sign]
    assert len(set(signs)) == len(signs) == len(SHORT_MEANINGS)


def test_legend_lists_every_mark() -> None:
    shown = read(marks.compose(marks.load(Resources(None), Address("marks"))))
    assert all(sign in shown and MEANINGS[basis] in shown for basis, sign in MARKS.items() if sign)
