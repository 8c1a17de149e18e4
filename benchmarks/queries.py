"""Fixed list of queries that every search engine of the search benchmark answers."""

from __future__ import annotations

import re

QUERIES: dict[str, tuple[str, ...]] = {
    "common words": ("the ", "of ", "agreement ", "soviet ", "treaty ", "japan ", "fisheries ", "signed "),
    "rare words": ("crab ", "whales ", "otters ", "shogunate ", "anchorages ", "=lapse"),
    "while typing": ("f", "fi", "fis", "fish", "m", "mo", "mol", "molo", "s", "sa", "sak", "с", "со", "日"),
    "two words": ("coal oil", "peace treaty", "fishing convention ", "the agreement ", "japan trade", "neutrality p"),
    "phrases": ('"peace treaty"', '"northern sakhalin"', '"of the"', '"joint declaration"'),
    "Japanese": ("条約", "漁業 ", "日本 ", "千島", "協定", "共同宣言"),
    "Russian": ("соглашение ", "между ", "рыболовной ", "договор о", "Курилы "),
    "names": ("Matsuoka ", "Molotov", "Karakhan Yoshizawa ", "Sea of Okhotsk ", "person:gromyko"),
    "fields, dates": (
        "title:protocol ",
        "signed:1941",
        "coal signed:1925..1941",
        "on:1944-03-01",
        "kind:=agreement",
        "the before:1930",
        "place:moscow fish",
        "treaty -peace ",
    ),
    "sorted": tuple(
        f"{text}@{order}" for order in ("date", "era") for text in ("the ", "fish ", "crab ", "coal oil ", "条約 ")
    ),
    "nothing found": ("zzxqy ", "molotow otters shogunate ", "fishereis otterz "),
}
"""Queries by kind. A word without a blank after it is still being typed; `@` precedes the order of the results."""
ALL_QUERIES = tuple(query for queries in QUERIES.values() for query in queries)
JSON_QUERIES = ("agreement ", "otters ", "coal oil", '"peace treaty"', "Molotov", "条約", "zzxqy ")
"""The few queries for engines that read the whole JSON file for each query."""

_WORD = re.compile(r'"([^"]+)"|(\S+)')


def split_words(query: str) -> list[tuple[str, bool]] | None:
    """Split a query into words and phrases, each with whether it is the prefix of a word still being typed.

    Returns None for a query with fields, exclusions or an order, which stock engines do not answer.
    """
    if re.search(r"\w+:|(?:^|\s)-|@", query):
        return None
    return [(match[1] or match[2], bool(match[2]) and match.end() == len(query)) for match in _WORD.finditer(query)]
