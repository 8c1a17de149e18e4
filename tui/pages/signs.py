"""Marks of doubt beside statements that were not read in a sound text, and the words for verdicts on claims."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from tui.corpus.cells import length
from tui.corpus.verdicts import VERDICT_WORDS
from tui.pages.blocks import Role

MARKS: dict[str, str] = {
    "text": "",
    "secondary": "",
    "partial": "%",
    "inferred": "~",
    "article": "*",
    "memory": "?",
    "unseen": "!",
}
"""Mark of each basis. Every mark is one cell wide in every terminal."""

FOLDED, UNFOLDED = "▸", "▾"
"""Signs of a folded and an unfolded branch of the tree."""

MEANINGS: dict[str, str] = {
    "text": "the instrument’s text was read",
    "secondary": "seen in a sound document about it",
    "partial": "only part of the text was read",
    "inferred": "inferred, or from a document of doubtful quality",
    "article": "only the encyclopedia says so",
    "memory": "from memory; nobody has checked it",
    "unseen": "no text was seen, so no digest is offered",
}

SHORT_MEANINGS: dict[str, str] = {
    "%": "partly read",
    "~": "inferred",
    "*": "only the encyclopedia says so",
    "?": "from memory",
    "!": "no text seen",
}
"""Meaning of each mark in a word or two, for the legend of a page."""


def mark(basis: str | None) -> str:
    """Return the mark of a basis; an empty string for a sound one or None."""
    return MARKS.get(basis or "", "")


class Verdict(NamedTuple):
    """Sign of a verdict, and its words: behind a claim, and behind a number of claims, one or several."""

    sign: str
    words: str
    of_one: str
    of_several: str
    role: Role


VERDICTS: dict[str, Verdict] = {
    "agrees": Verdict("✓", *VERDICT_WORDS["agrees"], "good"),
    "contradicts": Verdict("✗", *VERDICT_WORDS["contradicts"], "bad"),
    "differs": Verdict("⋯", *VERDICT_WORDS["differs"], "doubt"),
    "omits": Verdict("⋯", *VERDICT_WORDS["omits"], "doubt"),
    "unverified": Verdict("⋯", *VERDICT_WORDS["unverified"], "doubt"),
}


def tally(verdicts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return the verdicts, the most frequent first, each with its number of claims in words, as `61 differ`."""
    found = sorted((verdict for verdict in VERDICTS if verdicts.get(verdict)), key=lambda verdict: -verdicts[verdict])
    return [
        (verdict, f"{number:,} {VERDICTS[verdict].of_one if number == 1 else VERDICTS[verdict].of_several}")
        for verdict in found
        for number in (verdicts[verdict],)
    ]


HIT, UNCERTAIN_DATE = "▎", "~"
"""Sign in the margin of a line with a hit, and behind an uncertain date in the tree."""

SIGNS: dict[str, str] = {
    VERDICTS["agrees"].sign: "a claim that agrees with the record",
    VERDICTS["contradicts"].sign: "a claim that the record contradicts",
    VERDICTS["differs"].sign: "a claim that differs, leaves something out, or could not be verified",
    FOLDED: "a folded branch of the tree",
    UNFOLDED: "an unfolded branch of the tree",
    "1925~": "in the tree: the date is uncertain",
    HIT: "a line with a hit of the search",
    "-": "a point that could not be confirmed",
}
"""Signs besides the marks of doubt, and their meanings."""


ASCII: dict[str, str] = {
    VERDICTS["agrees"].sign: "+",
    VERDICTS["contradicts"].sign: "x",
    VERDICTS["differs"].sign: ":",
    FOLDED: ">",
    UNFOLDED: "v",
    HIT: "|",
    **dict.fromkeys("‘’′", "'"),
    "‹": "<",
    "›": ">",
    **dict.fromkeys("“”«»„″", '"'),
    **dict.fromkeys("–—‐‑−", "-"),
    **dict.fromkeys("·•…・", "."),
    **dict.fromkeys("█▓▒░■", "#"),
    **dict.fromkeys("▁▂▃▄▅▆▇", "_"),
    **dict.fromkeys("▀▔", "-"),
    **dict.fromkeys("▏▍▌▋▊▉▐▕", "|"),
}
"""ASCII form of signs, punctuation and blocks, for terminals whose encoding lacks them."""


def substitute(error: UnicodeError) -> tuple[str, int]:
    """Return ASCII text of the same width for characters that an encoding lacks. An error handler for `codecs`.

    Signs are looked up in ASCII, lines become `-`, `|` and `+`, letters lose their accents, and the rest becomes `?`.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_ascii, error.object[error.start : error.end])), error.end


def _ascii(character: str) -> str:
    cells = length(character)
    name = unicodedata.name(character, "")
    if character in ASCII:
        found = ASCII[character]
    elif name.startswith("BOX DRAWINGS"):
        found = _line(name)
    else:
        decomposed = unicodedata.normalize("NFKD", character)
        found = decomposed[0] if all(map(unicodedata.combining, decomposed[1:])) else "?"
    return (found if found.isascii() and found.isprintable() else "?" * cells).ljust(cells)[:cells]


def _line(name: str) -> str:
    """Return the ASCII form of a line by the name of its character; heavy and double lines differ from light ones."""
    is_heavy = "HEAVY" in name or name.startswith("BOX DRAWINGS DOUBLE")
    if "HORIZONTAL" in name and "VERTICAL" not in name and " AND " not in name:
        return "=" if is_heavy else "-"
    if "VERTICAL" in name and "HORIZONTAL" not in name and " AND " not in name:
        return "#" if is_heavy else "|"
    return "#" if is_heavy else "+"
