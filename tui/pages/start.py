"""The pages that are about no one agreement: the start page, the marks, the damaged records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.corpus import dates, text
from tui.pages.blocks import Block, Page
from tui.pages.signs import MARKS, MEANINGS

if TYPE_CHECKING:
    from tui.catalogue.summary import CorpusDescription, EraSummary
    from tui.corpus.records import Problem

KEY = 9


def start_page(
    about: CorpusDescription, eras: Sequence[EraSummary], sizes: Mapping[str, int], keys: Sequence[tuple[str, str]]
) -> Page:
    """What this corpus is, in its own words, and the keys to begin with.

    `sizes` has the number of agreements, links, claims and sources; `keys` pairs each key with what it does.
    """
    blocks = [Block(about.title or "A corpus of agreements", "title")]
    if about.subtitle:
        blocks.append(Block(about.subtitle, "subtitle"))
    counted = [
        f"{sizes[table]:,} {table if sizes[table] == 1 else table + 's'}"
        for table in ("agreement", "link", "claim", "source")
        if sizes.get(table)
    ]
    blocks.append(Block(", ".join(counted) if counted else "There are no agreements in this store yet.", "dim"))
    blocks.append(Block("To begin with", "heading", above=1))
    blocks += [Block(words, lead=key, lead_role="key", hang=KEY) for key, words in keys]
    if about.description:
        blocks.append(Block("What this is", "heading", above=1))
    for number, paragraph in enumerate(text.paragraphs(about.description)):
        blocks.append(Block(paragraph.text, above=1 if number else 0))
    if eras:
        blocks.append(Block("The eras", "heading", above=1))
    for era in eras:
        when = dates.words(era.span)
        blocks.append(
            Block(f"{era.title}, {when}" if when else era.title, "strong" if not era.background else "dim", above=1)
        )
        blocks += [Block(paragraph.text, "dim", indent=2) for paragraph in text.paragraphs(era.summary)]
    if about.bias:
        blocks.append(Block("On the main source", "heading", above=2))
        blocks += [
            Block(paragraph.text, above=1 if n else 0) for n, paragraph in enumerate(text.paragraphs(about.bias))
        ]
    facts = " · ".join(filter(None, (about.version and f"Version {about.version}", about.licence)))
    if facts:
        blocks.append(Block(facts, "dim", above=1))
    return tuple(blocks)


def marks_page() -> Page:
    """The legend of the marks of doubt."""
    blocks = [
        Block("Marks of doubt", "title"),
        Block("A mark stands left of a statement that does not rest on a text read or a sound document.", above=1),
        Block("", above=0),
    ]
    for basis, mark in MARKS.items():
        if mark:
            blocks.append(Block(MEANINGS[basis], lead=mark, lead_role="doubt", hang=5))
    blocks.append(Block("No mark: the text itself was read, or a sound document about it.", above=1))
    blocks.append(
        Block("A date written “perhaps” or “about” is uncertain or approximate in the record itself.", above=1)
    )
    return tuple(blocks)


def problems_page(problems: Sequence[Problem]) -> Page:
    """The records that could not be read, each with its line."""
    blocks = [Block("Records that could not be read", "title")]
    if not problems:
        blocks.append(Block("There are none: every record of this store was read.", above=1))
    for problem in problems:
        where = f"line {problem.line}"
        blocks.append(
            Block(f"{problem.table}, {problem.record or 'a record'}: {problem.message}", lead=where, hang=14, above=1)
        )
    return tuple(blocks)


def help_page(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Page:
    """All keys, group by group."""
    blocks = [Block("Keys", "title")]
    for title, rows in groups:
        blocks.append(Block(title, "heading", above=1))
        blocks += [Block(words, lead=keys, lead_role="key", hang=22) for keys, words in rows]
    return tuple(blocks)
