"""Addresses: the whole grammar, and that any id of a store survives it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.helpers.stores import HOSTILE, SHIPPED, load
from tui import address
from tui.address import Address, AddressError, parse, slug

ENCODABLE = st.characters(exclude_categories=["Cs"])
"""Characters that a store can hold: safe.py lets no lone surrogate in."""
SUBJECTS = st.one_of(
    st.text(ENCODABLE, min_size=1),
    st.sampled_from(
        [
            "a/b",
            "a:b",
            "a,b",
            "a b",
            "-gas",
            "--store",
            "start:",
            "era:interwar",
            "sja:x",
            "1956@x#y",
            "%41",
            "%",
            "%zz",
        ]
    ),
    st.sampled_from(
        ["日ソ共同宣言", "Рыболовная конвенция", "千島\u3000", "\x00\x1b", "\u202e", HOSTILE.replace("\ud800", "")]
    ),
)
VIEWS = st.from_regex("[a-z]+", fullmatch=True).filter(lambda name: name != "sja")
DAYS = st.one_of(st.just(""), st.dates().map(str))
CHECKS = st.one_of(st.just(""), st.from_regex("[0-9a-f]{8}", fullmatch=True))


@given(
    st.builds(Address, VIEWS, st.lists(SUBJECTS, max_size=3).map(tuple), st.one_of(st.just(""), SUBJECTS), DAYS, CHECKS)
)
@example(Address("agreement", ("-",), "-", "1945-08-08", "4f1c09ab"))
@example(Address("agreement", ("a", "b")))
def test_parse_reads_back_what_text_writes(written: Address) -> None:
    if written.view == "agreement" and not written.subject:
        return  # an address of no agreement is none
    text = written.text()
    assert parse(text) == parse(f"sja:{text}") == written
    assert not text.startswith("-")
    assert not any(character.isspace() for character in text)


@given(st.text())
@example("\ud800")
def test_any_text_is_an_address_or_one_sentence(text: str) -> None:
    sentence = ""
    try:
        found = parse(text)
    except AddressError as error:
        sentence = str(error)
    assert sentence or parse(found.text()) == found
    assert "\n" not in sentence.replace(text, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1956-10-19-joint-declaration", Address("agreement", ("1956-10-19-joint-declaration",))),
        ("agreement:x", Address("agreement", ("x",))),
        ("x/point-9", Address("agreement", ("x",), "point-9")),
        ("start:", Address("start")),
        ("era:interwar", Address("era", ("interwar",))),
        ("claims:x/gse-1-04", Address("claims", ("x",), "gse-1-04")),
        ("timeline:1925..1945", Address("timeline", ("1925..1945",))),
        ("search:topic%3Afisheries%20sakhalin", Address("search", ("topic:fisheries sakhalin",))),
        ("search:topic:fisheries", Address("search", ("topic:fisheries",))),
        ("compare:a,b", Address("compare", ("a", "b"))),
        ("x/point-9@1945-08-08#4F1C09AB", Address("agreement", ("x",), "point-9", "1945-08-08", "4f1c09ab")),
        ("第三条%2F1", Address("agreement", ("第三条/1",))),
        ("100%", Address("agreement", ("100%",))),
    ],
)
def test_examples_of_the_grammar(text: str, expected: Address) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "sja:",
            "/place",
            "a//b",
            "a/b/c",
            "a@1945-08-08@1946-01-01",
            "a#4f1c09ab#4f1c09ab",
            "a#4f1c09ab@1945-08-08",
        ),
        *("a@1945-8-8", "a@1945-02-30", "a@", "a/", "a#", "a#4f1c09a", "a#4f1c09ag", "Era:x", "sja:sja:x", "a b:c"),
        *("x/poi:nt", "era:,a", "compare:a,,b", "compare:a,", "%FF", "x/%C3"),
    ],
)
def test_text_that_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        parse(text)


def test_addresses_are_values_and_never_tuples() -> None:
    assert Address("start") != ("start", (), "", "", "")
    assert len({parse("a/b"), Address("agreement", ("a",), "b")}) == 1


def test_cyrillic_and_kanji_stay_readable() -> None:
    assert address.agreement("Пакт-о-нейтралитете", "第三条").text() == "Пакт-о-нейтралитете/第三条"


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        *(("Art. II", "art-ii"), ("Protocol A, 3", "protocol-a-3"), ("Point 9.", "point-9"), ("第三条", "第三条")),
        *(
            ("Ст. III", "ст-iii"),
            ("Arts 4–6", "arts-4-6"),
            ("¶ 1", "1"),
            ("", ""),
            ("…", ""),
            ("Ⅳ", "iv"),
            ("か\u3099", "が"),
        ),
    ],
)
def test_slug_keeps_letters_and_digits_of_any_script(reference: str, place: str) -> None:
    assert slug(reference) == place


@given(st.text(ENCODABLE))
def test_slug_of_a_slug_is_itself(reference: str) -> None:
    assert slug(slug(reference)) == slug(reference)


def test_every_id_of_the_shipped_store_is_its_own_address() -> None:
    for record in load(SHIPPED).agreements:
        assert address.agreement(record.id).text() == record.id
