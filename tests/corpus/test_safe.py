"""Unsafe characters become visible marks, and no other text changes."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.helpers.stores import HOSTILE, unsafe_characters
from tui.corpus import safe

everything = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("détente 漁業 рыба [sic] <b>", "détente 漁業 рыба [sic] <b>"),
        ("\x1b[31m", "␛[31m"),
        ("\x00\x07\x7f", "␀␇␡"),
        ("\x9b2J", "‹U+009B›2J"),
        ("\u202eabc", "‹U+202E›abc"),
        ("a\u200bb", "a‹U+200B›b"),
        ("\ufeff", "‹U+FEFF›"),
        ("\u2028\u2029", "‹U+2028›‹U+2029›"),
        ("\ud800", "‹U+D800›"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc", "a\nb␍c"),
        ("e\u0301", "e\u0301"),
        ("\u3164", "‹U+3164›"),
        ("\ue000", "‹U+E000›"),
        ("\u0378\uffff\U0003fffe\U00050000", "‹U+0378›‹U+FFFF›‹U+3FFFE›‹U+50000›"),
        ("a\u00a0b\u3000c\u2009d\n", "a\u00a0b\u3000c\u2009d\n"),
    ],
)
def test_unsafe_characters_become_marks(raw: str, shown: str) -> None:
    assert safe.text(raw) == shown


def test_every_unsafe_character_of_unicode_is_replaced() -> None:
    """Only printable characters in Python's sense, spaces and the line feed pass."""
    leaked = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if not chr(code).isprintable()
        and unicodedata.category(chr(code)) != "Zs"
        and chr(code) != "\n"
        and chr(code) in safe.text(chr(code))
    ]
    assert leaked == []


def test_printable_characters_are_kept() -> None:
    """All that str.isprintable() accepts is kept, except letters without a glyph."""
    changed = {
        code for code in range(sys.maxunicode + 1) if chr(code).isprintable() and safe.text(chr(code)) != chr(code)
    }
    assert changed == {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}


@given(everything)
def test_safe_text_is_unchanged_by_a_second_pass(raw: str) -> None:
    shown = safe.text(raw)
    assert unsafe_characters(shown) == []
    assert safe.text(shown) == shown


@given(everything)
def test_line_has_no_line_break(raw: str) -> None:
    assert len(safe.line(raw).splitlines()) <= 1
    assert unsafe_characters(safe.line(raw), allowed="") == []


@given(everything)
def test_no_character_is_dropped(raw: str) -> None:
    """Every character remains as itself, as its picture or as its code point."""
    assert len(safe.text(raw)) >= len(raw.replace("\r\n", "\n"))


@given(st.recursive(everything, lambda inner: st.lists(inner) | st.dictionaries(everything, inner)))
def test_all_strings_of_a_value_become_safe(raw: object) -> None:
    def strings(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [*map(str, value), *(s for item in value.values() for s in strings(item))]
        return [s for item in value for s in strings(item)]  # type: ignore[attr-defined]

    assert unsafe_characters("".join(strings(safe.value(raw)))) == []


def test_value_keeps_numbers_and_structure() -> None:
    assert safe.value({"a": [1, 2.5, None, True, {"b\x1b": "c\x1b"}]}) == {"a": [1, 2.5, None, True, {"b␛": "c␛"}]}


def test_hostile_sample_becomes_one_safe_line() -> None:
    assert unsafe_characters(safe.line(HOSTILE), allowed="") == []
    assert "[@click=app.quit]quit[/]" in safe.line(HOSTILE)


def test_only_paragraph_fields_keep_line_feeds() -> None:
    raw = {"text": "a\nb", "title": "a\nb", "deep": [{"text": ["a\nb"], "other": ["a\nb"]}]}
    shown = {"text": "a\nb", "title": "a␊b", "deep": [{"text": ["a\nb"], "other": ["a␊b"]}]}
    assert safe.value(raw, frozenset({"text", "deep.text"})) == shown


@given(everything)
@example(" \u200b ")
def test_pasted_text_is_one_line_without_invisible_characters(raw: str) -> None:
    pasted = safe.pasted(raw)
    assert "\n" not in pasted
    assert "  " not in pasted
    assert not {unicodedata.category(character) for character in pasted} & {"Cc", "Cf", "Zl", "Zp"}
    assert unicodedata.is_normalized("NFC", pasted)
