"""Snippets: the stretch of a record's text that answers a query best, and its place in the record."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, NamedTuple

from tui.catalogue.words import Tokenize
from tui.corpus import dates, text
from tui.corpus.verdicts import VERDICT_WORDS
from tui.search.highlight import PIECE, Highlighter
from tui.search.syntax import Query, asked_verdicts, leaves

if TYPE_CHECKING:
    from tui.corpus.records import Agreement, Claim

BEFORE, AFTER = 80, 140
"""Most characters of a snippet before and after the start of its first hit."""
LONGEST = 400
"""Most characters of a snippet without a hit, of one before the verdict of a claim, and of a hit that it contains."""
MAX_TRIED = 3
"""Parts that are tried until one has a hit that can be marked."""

_BREAKS = re.compile(r"\s*\n\s*")
_ACCENT = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1fff]")
"""Letters whose accents the index drops, so that only the tokenizer recognises the word."""


class Part(NamedTuple):
    """Part of a record: its place in words, its text, the column of the index that has it, the verdict of a claim."""

    place: str
    text: str
    column: str
    verdict: str = ""


class Snippet(NamedTuple):
    """One line of text, the ranges of the hits in it, and its place in the record; no place for a text without hits."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    place: str = ""


def parts(agreement: Agreement, claims: Iterable[Claim]) -> Iterator[Part]:
    """Yield the parts of a record and the claims about it. Of parts that answer as well, the first is shown."""
    yield Part("Summary", text.plain(agreement.summary), "summary")
    for provision in agreement.provisions:
        place, heading = (provision.ref, provision.heading) if provision.ref else (provision.heading, "")
        yield Part(place or "Provisions", _joined(heading, text.plain(provision.text)), "body")
    if agreement.outcome:
        yield Part("What became of it", text.plain(agreement.outcome.text), "body")
    yield Part("Background", text.plain(agreement.background), "body")
    for event in agreement.events:
        words = (dates.words(event.date), event.place, event.note, event.reading)
        yield Part("Life", ", ".join(filter(None, words)), "body")
    for point in agreement.unverified:
        yield Part("Not confirmed", point, "body")
    for claim in claims:
        verdict = _verdict_line(claim.verdict)
        answer = f"{verdict}: {text.plain(claim.record)}" if claim.record else verdict
        why = f"Why: {text.plain(claim.why)}" if claim.why else ""
        says = _joined(text.plain(claim.says), answer, why)
        yield Part(f"Claim {claim.locus}".rstrip(), says, "claims", claim.verdict)
    for title in agreement.titles.values():
        yield Part("Title", title or "", "title")
    for who in agreement.signatories:
        yield Part("Signatories", ", ".join(filter(None, (who.name, who.capacity))), "person")
    yield Part("Place", agreement.place or "", "place")
    yield Part("Parties", "; ".join(agreement.parties), "other")
    for item in agreement.references:
        printed = (item.series, item.volume, item.page, item.number, item.note)
        yield Part("Printed in", ", ".join(filter(None, printed)), "other")


def _verdict_line(verdict: str) -> str:
    return VERDICT_WORDS[verdict][0].capitalize()


def _joined(*texts: str) -> str:
    return "\n".join(filter(None, texts))


class SnippetFinder:
    """Finds the snippets of the results of a query."""

    def __init__(self, query: Query, tokenize: Tokenize) -> None:
        self.highlighter = Highlighter(query.conditions, tokenize)
        self._verdicts = asked_verdicts(query.nodes)
        self._tests: list[tuple[str, Highlighter, Highlighter]] = []
        for leaf in dict.fromkeys(leaves(query.conditions)):
            as_typed = leaf._replace(phrases=tuple(phrase for phrase in leaf.phrases if not phrase.is_other_name))
            self._tests.append((leaf.column, Highlighter((as_typed,), tokenize), Highlighter((leaf,), tokenize)))

    def find(self, parts: Iterable[Part]) -> Snippet:
        """Return the snippet of the part that meets most conditions of the query; else how the first part begins."""
        parts = [part for part in parts if part.text]
        scores = self._scores(parts)
        best_first = sorted(filter(scores.__getitem__, range(len(parts))), key=scores.__getitem__, reverse=True)
        answering = (parts[number] for number in best_first[:MAX_TRIED])
        for part in chain(answering, (part for part in parts if _ACCENT.search(part.text))):
            found = self._snippet(part)
            if found.marks:
                return found
        first = parts[0].text.partition("\n")[0] if parts else ""
        return Snippet(first if len(first) <= LONGEST else f"{first[: LONGEST - 1]}…")

    def _scores(self, parts: Sequence[Part]) -> list[int]:
        """Return how many conditions each part meets; one that it meets by another form of a name alone counts half."""
        low = [part.text.lower() for part in parts]
        joined, starts = "\n".join(low), [0, *accumulate(len(text) + 1 for text in low)]
        scores = [2 if part.verdict in self._verdicts else 0 for part in parts]
        most = MAX_TRIED if len(self._tests) == 1 else None  # of one condition, no part answers better than the first
        for column, as_typed, any_form in self._tests:
            met: dict[int, int] = {}
            for score, highlighter in ((1, any_form), (2, as_typed)):
                numbers = _parts_with_hits(highlighter, joined, starts)
                in_column = (number for number in numbers if not column or parts[number].column in column)
                met |= dict.fromkeys(islice(in_column, most), score)
            for number, score in met.items():
                scores[number] += score
        return scores

    def _snippet(self, part: Part) -> Snippet:
        source, verdict = part.text, (0, 0)
        hit = self._first(source)
        if part.verdict:
            start = source.index(_verdict_line(part.verdict))
            verdict = start, start + len(_verdict_line(part.verdict))
            hit = hit or (verdict if part.verdict in self._verdicts else None)
        if hit is None:
            return Snippet("")
        at, end = hit
        start, stop = _bounds(source, at)
        stop = max(stop, min(end, at + LONGEST))
        if verdict[0] <= at < verdict[1]:
            start = _word_start(source, max(0, at - LONGEST), at)
        line = _BREAKS.sub(" · ", source[start:stop])
        before, after = "…" * (start > 0), "…" * (stop < len(source))
        hits = self.highlighter.marks(line)
        words = line.find(source[slice(*verdict)])
        if not hits and part.verdict in self._verdicts and words >= 0:
            hits = [(words, words + verdict[1] - verdict[0])]
        marks = tuple((first + len(before), last + len(before)) for first, last in hits)
        return Snippet(before + line + after, marks, part.place)

    def _first(self, source: str) -> tuple[int, int] | None:
        """Return the hit from which the most different hits follow closely; None if there is no hit."""
        at = self.highlighter.find_first(source)
        window = max(0, at - BEFORE)
        near = self.highlighter.iterate_marks(source[window : at + LONGEST] if at >= 0 else "")
        hit = next(((window + start, window + stop) for start, stop in near if window + start >= at), None)
        if hit is None:  # `find_first` does not divide all words as the tokenizer does
            return next(self.highlighter.iterate_marks(source), None)
        if len(self._tests) < 2 or len(source) > PIECE:
            return hit
        marks = self.highlighter.marks(source)
        words = [source[start:stop].lower() for start, stop in marks]
        ends = [stop for _, stop in marks]

        def different(number: int) -> int:
            return len(set(words[number : bisect_right(ends, marks[number][0] + AFTER)]))

        return marks[max(range(len(marks)), key=different)] if marks else hit


def _parts_with_hits(highlighter: Highlighter, joined: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of the parts with a hit; `starts` has the start of each in their joined text, and its end."""
    at = highlighter.find_in_lower(joined)
    while at >= 0:
        number = bisect_right(starts, at) - 1
        yield number
        at = highlighter.find_in_lower(joined, starts[number + 1])


def _bounds(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the snippet around a position; it starts with the sentence if that is near enough."""
    first = max(0, at - BEFORE)
    start = max(text.rfind(end, first, at) for end in (". ", "。", "\n")) + 1
    start = start or _word_start(text, first, at)
    while start < at and text[start].isspace():
        start += 1
    if len(text) <= at + AFTER:
        return start, len(text)
    stop = text.rfind(" ", at + AFTER // 2, at + AFTER)
    return start, stop if stop >= 0 else at + AFTER


def _word_start(text: str, first: int, at: int) -> int:
    """Return the start of the first whole word behind a position, but no later than `at`."""
    return (text.find(" ", first, at) + 1 or first) if first else 0
