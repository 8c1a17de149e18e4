"""Names of keys, and the Latin key in the place of a Cyrillic or full-width one."""

from __future__ import annotations

import unicodedata
from functools import cache

from textual.keys import KEY_NAME_REPLACEMENTS

REPLACEMENT = "\ufffd"
"""Character of an undecodable byte; as a key it does nothing."""


class TakesEveryKey:
    """Base of a screen that takes every key, also one that was sent before the screen stood."""


def key_name(character: str) -> str:
    """Return Textual's name of the key that types a character: `/` is slash. A longer text is a name already."""
    if len(character) != 1 or character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


_RUSSIAN = "ё йцукенгшщзхъ фывапролджэ ячсмитьбю. ЙЦУКЕНГШЩЗХЪ ФЫВАПРОЛДЖЭ ЯЧСМИТЬБЮ, Ё№"
_LATIN = "` qwertyuiop[] asdfghjkl;' zxcvbnm,./ QWERTYUIOP{} ASDFGHJKL:\" ZXCVBNM<>? ~#"
_NUMPAD = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "decimal": ".", "separator": ",", "equal": "="}
_FULL_WIDTH = ["\u3000", *map(chr, range(0xFF01, 0xFF5F))]


@cache  # made at the first key without a binding: the first frame does not need it
def _latin_keys() -> dict[str, str]:
    """Map keys to Latin keys: Russian letters by their place, the signs of the numpad, full-width forms."""
    characters = {**dict(zip(_RUSSIAN, _LATIN, strict=True)), **_NUMPAD}
    characters |= {wide: unicodedata.normalize("NFKC", wide) for wide in _FULL_WIDTH}
    return {key_name(key): key_name(character) for key, character in characters.items()}


def latin_key(key: str) -> str:
    """Return the Latin key for a key of another layout, modifiers included: `ctrl+й` is `ctrl+q`. Others stay.

    The Russian layout has `.` and `,` where the Latin one has `/` and `?`; so `full_stop` is `slash` here, and a caller
    looks for bindings of the key itself first.
    """
    modifiers, plus, last = key.rpartition("+")
    return f"{modifiers}{plus}{_latin_keys().get(last, last)}"
