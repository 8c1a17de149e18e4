"""Snippets: the stretch of an agreement's text around the first hit, shown with a result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.catalogue.words import restore
from tui.search.highlight import Highlighter

SNIPPET_COLUMNS = ("summary", "body", "claims", "title", "person", "place", "other")
"""Columns of the index that are searched for the snippet, in this order."""
BEFORE, AFTER = 80, 140
"""Most characters of a snippet before and after the start of its first hit."""
LONGEST = 400
"""Most characters of a snippet without a hit."""

_BREAKS = re.compile(r"\s*\n\s*")
_ACCENT = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1fff]")
"""Letters whose accents the index drops, so that only the tokenizer recognises the word."""


class Snippet(NamedTuple):
    """One line of text and the ranges of the hits in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def find_snippet(highlighter: Highlighter, texts: Sequence[str]) -> Snippet:
    """Return the snippet of an agreement; `texts` are its columns SNIPPET_COLUMNS as they are indexed."""
    for text in map(restore, texts):
        at = highlighter.find_first(text)
        if at >= 0 and (snippet := _snippet(highlighter, text, at)).marks:
            return snippet
    for text in filter(_ACCENT.search, map(restore, texts)):
        mark = next(highlighter.iterate_marks(text), None)
        if mark and (snippet := _snippet(highlighter, text, mark[0])).marks:
            return snippet
    first, _, _ = restore(texts[0]).partition("\n")
    return Snippet(first if len(first) <= LONGEST else f"{first[: LONGEST - 1]}…")


def _snippet(highlighter: Highlighter, text: str, at: int) -> Snippet:
    start, stop = _bounds(text, at)
    line = _BREAKS.sub(" · ", text[start:stop])
    before, after = "…" * (start > 0), "…" * (stop < len(text))
    hits = ((first + len(before), last + len(before)) for first, last in highlighter.marks(line))
    return Snippet(before + line + after, tuple(hits))


def _bounds(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the snippet around a position; it starts with the sentence if that is near enough."""
    first = max(0, at - BEFORE)
    start = max(text.rfind(end, first, at) for end in (". ", "。", "\n")) + 1
    if not start and first:
        start = text.find(" ", first, at) + 1 or first
    while start < at and text[start].isspace():
        start += 1
    if len(text) <= at + AFTER:
        return start, len(text)
    stop = text.rfind(" ", at + AFTER // 2, at + AFTER)
    return start, stop if stop >= 0 else at + AFTER
