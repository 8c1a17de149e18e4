"""Rules of writing: short titles fit the tree, summaries are brief, quotes are of one kind, no text is said twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tui.corpus import text
from tui.corpus.check.survey import Faults, Placed, Rule, Survey, excerpt, field, strings
from tui.corpus.records import Agreement, Record

_PROSE = {
    "corpus": {"title", "subtitle", "description", "bias"},
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
"""The fields, by table, that hold our own sentences: no ids, addresses or titles of other people's works."""
_QUOTE = re.compile("[\"'‘’“”]")
_STRAIGHT = re.compile("[\"']")
_CURLY = re.compile("[‘’“”]")

_YEAR = len("1941 ")
_TREE_LINE = 24
"""The cells that the tree has for a year and a short title."""

_STOP = re.compile(r"(?<![.!?…])[.!?…]+[’”»\")\]]*\s+[‘“«\"(\[]*(\w)")
_WIDE_STOP = re.compile("[\u3002\uff01\uff1f](?=\\s*[^\\s」』\uff09])")
_LAST_WORD = re.compile(r"\w*\Z")
_SHORT = 3
_ABBREVIATIONS = frozenset({"arts", "para", "paras", "nos", "vols", "approx", "prof", "capt", "messrs", "govt", "dept"})

_RUN = 7
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def straight_quote(survey: Survey) -> Faults:
    """Quotes and apostrophes in prose are curly where the text or the corpus on the whole has curly ones."""
    straight: list[tuple[Placed[Record], str, str]] = []
    curly = 0
    for place in survey.records():
        for path, prose in strings(place.record):
            if _QUOTE.search(prose) and _is_prose(path, _PROSE[place.table]):
                curly += bool(_CURLY.search(prose))
                if _STRAIGHT.search(prose):
                    straight.append((place, path, prose))
    for place, path, prose in straight:
        found = _STRAIGHT.search(prose)
        if found and (curly >= len(straight) or _CURLY.search(prose)):
            yield place, f"{path} has a straight quote: “{excerpt(prose, found.start())}”."


def _is_prose(path: str, fields: set[str]) -> bool:
    return field(path) in fields or path.startswith("titles.")


def short_title(survey: Survey) -> Faults:
    """An agreement has a short title that fits a line of the tree after its year."""
    for agreement in survey.agreements:
        title = agreement.record.short_title
        width = _YEAR + _cells(title)
        if not title.strip():
            yield agreement, "The agreement has no short title."
        elif width > _TREE_LINE:
            yield agreement, f"“1900 {title}” is {width} cells wide; a line of the tree has {_TREE_LINE}."


def _cells(title: str) -> int:
    marks = sum(unicodedata.category(character) in ("Mn", "Me") for character in title)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in title)
    return len(title) - marks + wide


def summary(survey: Survey) -> Faults:
    """A summary is two sentences; a stop that may belong to an abbreviation is taken as the writer would have it."""
    for agreement in survey.agreements:
        fewest, most = _sentences(agreement.record.summary)
        if not fewest <= 2 <= most:
            yield agreement, f"The summary has {fewest if fewest > 2 else most} instead of 2 sentences."


def _sentences(prose: str) -> tuple[int, int]:
    """The least and the greatest number of sentences that the text can be read as."""
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
    return len(word) <= _SHORT or word in _ABBREVIATIONS


def shared_run(survey: Survey) -> Faults:
    """No two agreements have seven or more words in a row in common: a digest says what is particular to each."""
    repeated = _repeated(survey.agreements)
    first: dict[tuple[str, ...], Placed[Agreement]] = {}
    for agreement in survey.agreements:
        told: set[int] = set()
        for run in _runs(agreement.record):
            if hash(run) in repeated:
                other = first.setdefault(run, agreement)
                if other is not agreement and id(other) not in told:
                    told.add(id(other))
                    yield agreement, f"Its provisions share the words “{' '.join(run)} …” with {other.id}."


def _repeated(agreements: list[Placed[Agreement]]) -> set[int]:
    """The hashes of the runs that may stand more than once.

    One byte for a place in a table tells first from later, so that memory is spent on the few repeated runs only.
    """
    mask = (1 << min(max(len(agreements) * 4096, 1).bit_length(), 28)) - 1
    met = bytearray(mask + 1)
    repeated: set[int] = set()
    for agreement in agreements:
        for mark in set(map(hash, _runs(agreement.record))):
            if met[mark & mask]:
                repeated.add(mark)
            else:
                met[mark & mask] = 1
    return repeated


def _runs(agreement: Agreement) -> Iterator[tuple[str, ...]]:
    for provision in agreement.provisions:
        words = _WORD.findall(text.plain(provision.text).casefold())
        yield from zip(*(words[offset:] for offset in range(_RUN)), strict=False)


RULES = (
    Rule("straight-quote", "warning", straight_quote),
    Rule("short-title", "warning", short_title),
    Rule("summary", "warning", summary),
    Rule("shared-run", "warning", shared_run),
)
