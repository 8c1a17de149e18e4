"""ASCII signs in the place of characters that an encoding lacks."""

from __future__ import annotations

import codecs

import pytest

from tui.corpus import cells
from tui.pages import signs

codecs.register_error("signs", signs.substitute)


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("╭─┬╮│┼╌", "ascii", "+-++|+-"),
        ("┏━┳┓┃═║", "ascii", "#=###=#"),
        ("─━│", "koi8-r", "─=│"),
        ("“it’s” – «x» …", "ascii", '"it\'s" - "x" .'),
        ("détente, Tōkyō", "ascii", "detente, Tokyo"),
        ("рыба й", "koi8-r", "рыба й"),
        ("рыба", "ascii", "????"),
        ("漁業（あ）", "latin-1", "????( ??) "),
        ("‹U+202E›␛\udcff№", "ascii", "<U+202E>???"),
    ],
)
def test_characters_that_an_encoding_lacks_become_ascii_of_their_width(text: str, encoding: str, expected: str) -> None:
    drawn = text.encode(encoding, "signs").decode(encoding)
    assert drawn == expected
    assert cells.length(drawn) == cells.length(text)


def test_signs_of_a_page_stay_different() -> None:
    drawn = [verdict.sign.encode("ascii", "signs") for verdict in signs.VERDICTS.values()]
    assert len(set(drawn)) == len({verdict.sign for verdict in signs.VERDICTS.values()})
    assert {sign.encode("ascii", "signs") for sign in (signs.FOLDED, signs.UNFOLDED)} == {b">", b"v"}
    assert set(signs.ASCII.values()).isdisjoint({"%", "~", "*", "?", "!"}), "these are marks of doubt"


def test_combining_marks_take_no_cell() -> None:
    assert "e\u0301".encode("ascii", "signs") == b"e"


def test_only_errors_of_encoding_are_substituted() -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "signs")
