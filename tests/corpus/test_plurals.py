"""Tests of the English plurals of counted nouns."""

from __future__ import annotations

import pytest

from tests.helpers.stores import SHIPPED, load
from tui.corpus.plurals import counted, plural
from tui.corpus.text import key_label

PLURALS = {
    "record": "records",
    "treaty": "treaties",
    "survey": "surveys",
    "exchange of notes": "exchanges of notes",
    "Class of treaties": "Classes of treaties",
    "protocol on fisheries": "protocols on fisheries",
    "general agreement": "general agreements",
    "communiqué": "communiqués",
    "memorandum of understanding": "memoranda of understanding",
    "Note verbale": "Notes verbales",
    "annex": "annexes",
    "speech": "speeches",
    "agreed minutes": "agreed minutes",
    "договор": "договор",
    "条約": "条約",
    "Annex (1925)": "Annex (1925)",
    "": "",
}


@pytest.mark.parametrize(("noun", "expected"), PLURALS.items())
def test_plural_of_a_noun_phrase(noun: str, expected: str) -> None:
    assert plural(noun) == expected


def test_every_kind_of_the_shipped_store_has_its_plural() -> None:
    corpus = load(SHIPPED)
    kinds = {agreement.kind for agreement in corpus.agreements}
    plurals = {plural(corpus.about.labels.get(kind) or key_label(kind)) for kind in kinds}
    assert plurals == {
        "Agreements", "Classes of treaties", "Communiqués", "Conference decisions", "Contracts", "Conventions",
        "Credit agreements", "Declarations", "Decrees", "Events", "Exchanges of letters", "Exchanges of notes",
        "General agreements", "Instruments", "Memoranda", "Pacts", "Protocols", "Treaties", "Truces",
    }  # fmt: skip


def test_noun_is_in_the_number_of_its_count() -> None:
    assert [counted(number, "treaty") for number in (0, 1, 2, 1200)] == [
        "0 treaties", "1 treaty", "2 treaties", "1,200 treaties",
    ]  # fmt: skip
