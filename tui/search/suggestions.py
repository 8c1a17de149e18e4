"""Suggestions of other queries if nothing matches: other spellings, parts of a phrase, fewer conditions.

`apsw.fts5.Table.query_suggest` was measured and not used: it corrects 9 of the 14 judged queries without results, these
functions all 14, and compares a word with the whole vocabulary (400 ms instead of 2 ms at 10,000 records).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import islice, product
from typing import NamedTuple

from tui.catalogue.columns import count, line
from tui.catalogue.connection import CatalogueConnection
from tui.catalogue.words import without_covered_letter
from tui.corpus.plurals import counted
from tui.search import sql as statements
from tui.search.rewrite import expand_prefixes, parse, prefix_range
from tui.search.syntax import Node, Query, Term, as_phrase

MAX_CORRECTED = 8
"""Conditions of a query that are corrected one by one."""
MAX_TRIED = 12
"""Combinations of corrections that are tried."""
MAX_RESPELLED = 40
"""Letters of the longest word that is respelled."""
MAX_PIECE = 8
"""Words in each of the parts into which a phrase is split."""

_APOSTROPHES = ("'", "’")
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя", "0123456789")


class Suggestion(NamedTuple):
    """Another query: its description, its text, and how many agreements match it (no more than MAX_RANKED + 1)."""

    words: str
    text: str
    size: int

    @property
    def count_phrase(self) -> str:
        """Number of records that match it, as a phrase: `more than 1,000 records`."""
        more = "more than " if self.size > statements.MAX_RANKED else ""
        return f"{more}{counted(min(self.size, statements.MAX_RANKED), 'record')}"


def suggest(connection: CatalogueConnection, query: Query) -> list[Suggestion]:
    """Return queries like one that nothing matches, each with a match.

    Conditions without any match are corrected together: respelled, split, or removed. If each has matches: any of
    the words, then all but one, then other spellings.
    """
    parts = query.parts
    nodes = query.nodes
    failed = [at for at, node in enumerate(nodes) if len(nodes) == 1 or not _count(connection, (node,))]
    found: dict[str, Suggestion] = {}

    def add(words: str, changes: dict[int, str]) -> None:
        text = " ".join([new for at, part in enumerate(parts) if (new := changes.get(at, part))])
        size = _count(connection, parse(connection, text).nodes)
        if size:
            found.setdefault(text, Suggestion(words, text, size))

    if failed:
        few = len(failed) <= MAX_CORRECTED
        choices = [
            [*_spellings(connection, parts[at]), *_pieces(connection, nodes[at], parts[at]), ""] if few else [""]
            for at in failed
        ]
        for chosen in islice(product(*choices), MAX_TRIED):
            changes = dict(zip(failed, chosen, strict=True))
            words = [f"{new} instead of {parts[at]}" if new else f"without {parts[at]}" for at, new in changes.items()]
            add(", ".join(words), changes)
        rest = " ".join([part for at, part in enumerate(parts) if at not in failed])
        return list(found.values()) or (suggest(connection, parse(connection, rest)) if rest else [])
    if len(parts) > MAX_CORRECTED:
        return []
    if len(parts) > 2 and all(isinstance(node, Term) for node in nodes):
        add("any of these words", {0: " OR ".join(parts), **dict.fromkeys(range(1, len(parts)), "")})
    for at, part in enumerate(parts):
        add(f"without {part}", {at: ""})
    for at, part in enumerate(parts):
        for near in _spellings(connection, part):
            add(f"{near} instead of {part}", {at: near})
    return list(found.values())


def signed_in_year(connection: CatalogueConnection, query: Query) -> Suggestion | None:
    """Return the query with its only bare year as the year of signature; None if there is none or nothing matches."""
    years = [at for at, node in enumerate(query.nodes) if isinstance(node, Term) and _is_bare_year(node)]
    if len(years) != 1:
        return None
    year = query.parts[years[0]]
    others = [part for at, part in enumerate(query.parts) if at != years[0]]
    text = " ".join([f"signed:{year}", *others])
    size = _count(connection, parse(connection, f"{text} ").nodes)
    return Suggestion(f"signed in {year}", text, size) if size else None


def _is_bare_year(term: Term) -> bool:
    return not term.column and len(term.text) == 4 and term.text.isascii() and term.text.isdecimal()


def _spellings(connection: CatalogueConnection, part: str) -> list[str]:
    """Return a condition with one of its words respelled, the nearest spellings of each word first.

    Numbers, names of fields, and the pieces of a contraction such as `don't` stay as they are.
    """
    found: list[str] = []
    for token in connection.tokenize()(part):
        before, after = part[max(0, token.start - 1) : token.start], part[token.end : token.end + 1]
        is_word = not (token.word.isdecimal() or before in _APOSTROPHES or after in (":", *_APOSTROPHES))
        if is_word and len(token.word) <= MAX_RESPELLED:
            for near in get_close_matches(token.word, _similar_words(connection, token.word), 3, 0.72):
                found.append(part[: token.start] + near + part[token.end :])
    return found


def _pieces(connection: CatalogueConnection, node: Node, part: str) -> list[str]:
    """Return a phrase without matches split into its longest parts that occur; nothing if one of its words does not."""
    tokens = connection.tokenize()(part)
    words = without_covered_letter(tuple(token.word for token in tokens))
    if not isinstance(node, Term) or node.column or node.phrases[0].words != words:
        return []
    found: list[str] = []
    start = reached = 0
    while start < len(words):
        if tokens[start].start < reached:  # a pair whose first letter is in the last piece
            start += 1
            continue
        end = min(start + MAX_PIECE, len(words))
        while end > start and not _occurs(connection, words[start:end]):
            end -= 1
        if end == start:
            return []
        reached = tokens[end - 1].end
        piece = part[tokens[start].start : reached]
        found.append(f'"{piece}"' if " " in piece else piece)
        start = end
    return [" ".join(found)]


def _occurs(connection: CatalogueConnection, words: tuple[str, ...]) -> bool:
    match = statements.expression(Term((as_phrase(words),)))
    return connection.fetch_one("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (count,), (match,)) is not None


def _count(connection: CatalogueConnection, nodes: Iterable[Node]) -> int:
    nodes = expand_prefixes(connection, nodes)
    if not nodes:
        return 0
    sql, bound = statements.select_numbers(nodes)
    sql = f"SELECT count(*) FROM ({sql} LIMIT {statements.MAX_RANKED + 1})"
    return int(connection.fetch_only(sql, (count,), bound)[0])


def _similar_words(connection: CatalogueConnection, word: str) -> list[str]:
    """Return the words of the corpus one edit away from a word, else those of similar length with its first letters."""
    rows = connection.fetch_all(
        "SELECT word FROM vocabulary WHERE word IN (SELECT value FROM json_each(?)) AND word != ?",
        (line,),
        (json.dumps(list(single_edits(word))), word),
    ) or connection.fetch_all(
        "SELECT word FROM vocabulary WHERE word >= ?1 AND word < ?2 AND word != ?3 "
        "AND length(word) BETWEEN length(?3) - 2 AND length(?3) + 2",
        (line,),
        (*prefix_range(word[:2]), word),
    )
    return [word for (word,) in rows]


def single_edits(word: str) -> Iterator[str]:
    """Yield each result of one edit: a letter removed, added or replaced by one of its alphabet, or two swapped."""
    letters = next((letters for letters in _ALPHABETS if word[:1] in letters), "")
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield before + after[1::-1] + after[2:]
            yield from (before + letter + after[1:] for letter in letters if letter != after[0])
