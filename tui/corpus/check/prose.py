"""Rules for prose: short titles fit the tree, summaries are brief, quotes are uniform, no text is repeated."""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterator
from itertools import islice

from tui.corpus import text
from tui.corpus.cells import length
from tui.corpus.check.survey import Faults, Located, Rule, Survey, excerpt, field_path, strings
from tui.corpus.records import Agreement, Record
from tui.corpus.safe import quoted

_PROSE = {
    "corpus": {"title", "subtitle", "description", "bias", "provisions_note"},
    "eras": {"title", "summary"},
    "agreements": {
        *("short_title", "summary", "background", "unverified", "outcome.text"),
        *("provisions.heading", "provisions.text", "events.note", "references.note"),
    },
    "links": {"reason"},
    "claims": {"says", "record", "why"},
    "sources": {"note", "bias"},
    "names": {"note"},
}
"""The fields of each table that hold the corpus's own sentences, not ids, addresses or titles of cited works."""
_QUOTE = re.compile("[\"'‘’“”]")
_STRAIGHT = re.compile("[\"']")
_CURLY = re.compile("[‘’“”]")

_YEAR = len("1941 ")
_TREE_LINE = 24
"""Width of a tree line (year and short title) in cells."""

_STOP = re.compile(r"(?<![.!?…])[.!?…]+[’”»\")\]]*\s+[‘“«\"(\[]*(\w)")
_WIDE_STOP = re.compile("[\u3002\uff01\uff1f](?=\\s*[^\\s」』\uff09])")
_LAST_WORD = re.compile(r"\w*\Z")
_MAX_ABBREVIATION = 3
_ABBREVIATIONS = frozenset({"arts", "para", "paras", "nos", "vols", "approx", "prof", "capt", "messrs", "govt", "dept"})

_RUN_LENGTH = 7
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def straight_quote(survey: Survey) -> Faults:
    """Require curly quotes and apostrophes in prose if the text or most of the corpus has them."""
    straight: list[tuple[Located[Record], str, str]] = []
    curly = 0
    for located in survey.records():
        for path, prose in strings(located.record):
            is_prose = field_path(path) in _PROSE[located.table] or path.startswith("titles.")
            if is_prose and _QUOTE.search(prose):
                curly += bool(_CURLY.search(prose))
                if _STRAIGHT.search(prose):
                    straight.append((located, path, prose))
    for located, path, prose in straight:
        found = _STRAIGHT.search(prose)
        if found and (curly >= len(straight) or _CURLY.search(prose)):
            yield located, f"{quoted(path)} has a straight quote: “{excerpt(prose, found.start())}”."


def short_title(survey: Survey) -> Faults:
    """Require a short title that fits a tree line after its year."""
    for agreement in survey.agreements:
        title = agreement.record.short_title
        width = _YEAR + length(title)
        if not title.strip():
            yield agreement, "The record has no short title."
        elif width > _TREE_LINE:
            yield agreement, f"“1900 {quoted(title)}” is {width} cells wide; a line of the tree has {_TREE_LINE}."


def summary(survey: Survey) -> Faults:
    """Require two sentences in a summary. Stops after possible abbreviations count in the writer's favour."""
    for agreement in survey.agreements:
        fewest, most = _sentences(agreement.record.summary)
        if not fewest <= 2 <= most:
            yield agreement, f"The summary has {fewest if fewest > 2 else most} instead of 2 sentences."


def _sentences(prose: str) -> tuple[int, int]:
    """Return the least and the greatest possible number of sentences."""
    prose = prose.strip()
    if not prose:
        return 0, 0
    wide = len(_WIDE_STOP.findall(prose))
    stops = [match.start() for match in _STOP.finditer(prose) if not match[1].islower()]
    certain = sum(not _may_be_abbreviated(prose[max(stop - 20, 0) : stop]) for stop in stops)
    return 1 + wide + certain, 1 + wide + len(stops)


def _may_be_abbreviated(before: str) -> bool:
    match = _LAST_WORD.search(before)
    word = match[0].casefold() if match else ""
    return len(word) <= _MAX_ABBREVIATION or word in _ABBREVIATIONS


def shared_run(survey: Survey) -> Faults:
    """Forbid seven or more consecutive words common to the provisions of two agreements."""
    repeated = _repeated(survey.agreements)
    first: dict[int, Located[Agreement]] = {}
    for agreement in survey.agreements:
        reported: set[int] = set()
        for run in _runs(agreement.record):
            if hash(run) in repeated:
                other = first.setdefault(hash(run), agreement)
                if other is not agreement and id(other) not in reported:
                    reported.add(id(other))
                    yield (
                        agreement,
                        f"Its provisions share the words “{quoted(' '.join(run))} …” with {quoted(other.id)}.",
                    )


def _repeated(agreements: list[Located[Agreement]]) -> set[int]:
    """Return the hashes of the runs that may be repeated.

    A table of one byte per hash bucket, about as long as all texts, marks the runs of the agreements before, so that
    only repeated runs take more memory.
    """
    length = sum(len(provision.text) for agreement in agreements for provision in agreement.record.provisions)
    mask = (1 << min(length.bit_length(), 28)) - 1
    seen = bytearray(mask + 1)
    repeated: set[int] = set()
    for agreement in agreements:
        hashes = array("q", map(hash, _runs(agreement.record)))
        repeated.update(run_hash for run_hash in hashes if seen[run_hash & mask])
        for run_hash in hashes:
            seen[run_hash & mask] = 1
    return repeated


def _runs(agreement: Agreement) -> Iterator[tuple[str, ...]]:
    for provision in agreement.provisions:
        words = (match[0] for match in _WORD.finditer(text.plain(provision.text).casefold()))
        run = deque(islice(words, _RUN_LENGTH - 1), maxlen=_RUN_LENGTH)
        for word in words:
            run.append(word)
            yield tuple(run)


RULES = (
    Rule("straight-quote", "warning", straight_quote),
    Rule("short-title", "warning", short_title),
    Rule("summary", "warning", summary),
    Rule("shared-run", "warning", shared_run),
)
