"""Examples of queries, made of what a catalogue holds, and the list of them that an empty search shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.catalogue import directory
from tui.catalogue.highlights import highlights, verdicts
from tui.corpus import safe
from tui.corpus.cells import length
from tui.pages.blocks import Block, Page
from tui.pages.parts import group_condition, largest, linked, phrase, query_target

if TYPE_CHECKING:
    from tui.catalogue.reader import CatalogueReader

MOST_EARLIER = 8
"""Greatest number of earlier searches that are listed."""
LONGEST = 60
"""Greatest number of characters that are shown of an earlier search."""
QUERY_COLUMN = 24
"""Most cells to which the texts of the examples are padded, so that their descriptions begin in one column."""
_PUNCTUATION = "\"'()[]*=,.;:!?-–—“”‘’«»…"


class Example(NamedTuple):
    """Text of a query that finds something, and what it asks for, in words."""

    text: str
    words: str


def examples(reader: CatalogueReader) -> list[Example]:
    """Return an example of each sort of query for which the catalogue holds something."""
    found = highlights(reader)
    known, person = found.get("record"), found.get("person")
    record = reader.summary(known.id if known else reader.neighbour("era", "", 1) or "")
    if record is None:
        return []
    queries = []
    words = [word.strip(_PUNCTUATION).lower() for word in record.name.split()]
    words = [word for word in words if word and ":" not in word][:2]
    if words:
        queries.append(Example(" ".join(words), "both words, any order" if len(words) > 1 else "this word"))
    if len(words) > 1:
        queries.append(Example(phrase(" ".join(record.name.split()[:3])), "in this order"))
    if person:
        queries += _in_another_script(reader, person.id, person.name)
    if record.year is not None:
        queries.append(Example(f"signed:{record.year}..{record.year + 5}", "of these years"))
    if person:
        queries.append(Example(f"person:{phrase(person.name)}", "signed by this person"))
    if topic := largest(reader.groups("topic")):
        queries.append(Example(group_condition("topic", topic.key, topic.label), "on this topic"))
    if verdicts(reader).get("contradicts"):
        queries.append(Example("verdict:contradicts", "contradicted claims"))
    return queries


def _in_another_script(reader: CatalogueReader, name_id: str, name: str) -> list[Example]:
    """Return as an example the shortest form of a name in another script, if there is one."""
    forms = directory.folded_forms(reader, name_id)
    other = [form for form in forms if form[0].isalpha() and form[0].isascii() != name[:1].isascii()]
    return [Example(other[0], f"{name}, any script")] if other else []


def beginning(queries: Sequence[Example], earlier: Sequence[str]) -> Page:
    """Return the list of an empty search: earlier searches, as they are given, and examples of queries.

    Each is a link to the search for its text.
    """
    column = min(max((length(query.text) for query in queries), default=0), QUERY_COLUMN)
    listed = [Block("Searched before", "heading"), *(_entry(text) for text in earlier[:MOST_EARLIER])]
    return (
        *(listed if earlier else ()),
        *([Block("For example", "heading", above=int(bool(earlier)))] if queries else ()),
        *(_entry(query.text, " " * (column - length(query.text)) + query.words) for query in queries),
    )


def _entry(text: str, detail: str = "") -> Block:
    return linked(safe.quoted(text, LONGEST), query_target(text), detail)._replace(indent=2)
