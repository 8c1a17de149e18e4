"""English plurals of counted nouns: `1 treaty`, `17 exchanges of notes`."""

from __future__ import annotations

import re

_IRREGULAR = {
    "addendum": "addenda",
    "aide-mémoire": "aides-mémoire",
    "memorandum": "memoranda",
    "modus vivendi": "modi vivendi",
    "note verbale": "notes verbales",
    "procès-verbal": "procès-verbaux",
}
"""Plurals of the names of instruments that English takes from Latin and French."""
_COMPLEMENT = re.compile(" (?:about|between|by|concerning|for|from|in|of|on|to|with) ")
"""Word that begins the part of a noun phrase that has no plural: `exchange of notes`."""
_LAST_LATIN = "ɏ"
_HISSING = re.compile("(?:ss|us|x|z|ch|sh)$", re.IGNORECASE)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 record`, `1,200 records`."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Return the plural of an English noun phrase. A plural, or a word in another script, is returned unchanged."""
    complement = _COMPLEMENT.search(noun)
    if complement:
        return plural(noun[: complement.start()]) + noun[complement.start() :]
    for singular, found in _IRREGULAR.items():
        if noun.casefold().endswith(singular):
            start = len(noun) - len(singular)
            return noun[: start + 1] + found[1:]
    last = noun[-1:].casefold()
    if _HISSING.search(noun):
        return f"{noun}es"
    if last == "s" or not last.isalpha() or last > _LAST_LATIN:
        return noun
    return f"{noun[:-1]}ies" if last == "y" and noun[-2:-1].casefold() not in "aeiou" else f"{noun}s"
