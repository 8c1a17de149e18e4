"""Rewriting of queries by the vocabulary of the corpus: other forms, prefixes, common words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations

from tui.catalogue import schema
from tui.catalogue.columns import count, line
from tui.catalogue.connection import CatalogueConnection
from tui.catalogue.words import stemmer
from tui.corpus.verdicts import VERDICT_WORDS
from tui.search import parser
from tui.search import sql as statements
from tui.search.syntax import And, Node, Or, Phrase, Query, Term, map_phrases

MAX_EXPANSION = 8
"""Words with the same prefix that are searched one by one instead of the prefix."""
MAX_FORMS = 64
"""Other forms of a name, and other words of a stem, that are searched with it."""
MIN_OPTIONAL_WORDS, MAX_OPTIONAL_WORDS = 5, 8
"""Queries of 5 to 8 words may lack one word if fewer than MIN_MATCHES records match all of them."""
MIN_MATCHES = 3


def parse(connection: CatalogueConnection, text: str) -> Query:
    """Return the query in a text, with the other forms of its words and names, not planned. Never raises."""
    return parser.parse(text, connection.tokenize(), partial(other_forms, connection))


def other_forms(connection: CatalogueConnection, folded: str) -> tuple[list[str], list[str]]:
    """Return the other forms of the names that have this form; and, of one word, the other words of its stem.

    A verdict is a name too: its forms are its key and the words that stand for it on the screen.
    """
    names = connection.fetch_all(
        "SELECT DISTINCT other.folded FROM form JOIN form AS other USING (name) "
        f"WHERE form.folded = ?1 AND other.folded != ?1 LIMIT {MAX_FORMS}",
        (line,),
        (folded,),
    )
    inflections = []
    if " " not in folded:
        inflections = connection.fetch_all(
            "SELECT word FROM vocabulary WHERE stem = (SELECT stem FROM vocabulary WHERE word = ?1) AND word != ?1 "
            f"UNION SELECT word FROM vocabulary WHERE stem = ?2 AND word != ?1 LIMIT {MAX_FORMS}",
            (line,),
            (folded, stemmer(connection.connection)(folded)),
        )
    verdicts = [{verdict, *words} for verdict, words in VERDICT_WORDS.items()]
    words = [form for forms in verdicts if folded in forms for form in sorted(forms - {folded})]
    return [*(form for (form,) in names), *words], [form for (form,) in inflections]


def plan(connection: CatalogueConnection, query: Query) -> Query:
    """Return the query with its conditions rewritten for the search.

    Prefixes are expanded. In a query of many words, those that most agreements contain are dropped; or else, if few
    agreements match, one word may be missing, unless the words are too common for that to be searched in time.
    """
    if query.planned is not None:
        return query
    nodes = expand_prefixes(connection, query.nodes)
    planned = replace(query, planned=nodes)
    terms = [node for node in nodes if isinstance(node, Term)]
    if not MIN_OPTIONAL_WORDS - 1 <= len(terms) == len(nodes):
        return planned
    documents = document_counts(connection, terms)
    limit = common_word_limit(agreement_count(connection))
    selective = tuple(term for term in terms if term_documents(term, documents) <= limit)
    if 2 <= len(selective) < len(terms):
        note = query.note or "Words that most records hold are passed over."
        return replace(query, planned=selective, note=note)
    if (
        not MIN_OPTIONAL_WORDS <= len(terms) <= MAX_OPTIONAL_WORDS
        or sum(term_documents(term, documents) for term in terms) > statements.MAX_RANKED
    ):
        return planned
    sql, bound = statements.select_numbers(nodes)
    if not 0 < len(connection.fetch_all(f"{sql} LIMIT {MIN_MATCHES}", (count,), bound)) < MIN_MATCHES:
        return planned
    all_but_one = Or(tuple(And(nodes) for nodes in combinations(terms, len(terms) - 1)))
    return replace(query, planned=(all_but_one,), note=query.note or "Few hold all these words: one may be wanting.")


def expand_prefixes(connection: CatalogueConnection, nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the conditions with each prefix replaced by the words that begin with it, if they are few.

    FTS5 would read all postings of those words before it returns the first match.
    """

    def words(phrase: Phrase) -> list[Phrase]:
        *before, last = phrase.words
        if not phrase.prefix or len(last) <= schema.MAX_PREFIX_LENGTH:
            return [phrase]
        rows = connection.fetch_all(
            "SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?",
            (line,),
            (*prefix_range(last), MAX_EXPANSION + 1),
        )
        if not 0 < len(rows) <= MAX_EXPANSION:
            return [phrase]
        return [Phrase((*before, word)) for (word,) in rows]

    return tuple(map_phrases(node, words) for node in nodes)


def document_counts(connection: CatalogueConnection, nodes: Iterable[Node]) -> dict[Phrase, int]:
    """Return for each phrase of the text conditions roughly how many agreements contain it: as many as its rarest word.

    For a prefix the count is that of the commonest word that begins with it.
    """
    phrases = {phrase for node in nodes if statements.is_text(node) for phrase in statements.phrases(node)}
    words = json.dumps(list({word for phrase in phrases for word in phrase.words}))
    sql = "SELECT word, documents FROM json_each(?) CROSS JOIN vocabulary ON word = value"
    documents: dict[str, int] = dict(connection.fetch_all(sql, (line, count), (words,)))

    def documents_of(phrase: Phrase) -> int:
        *words, last = phrase.words
        if phrase.prefix:
            sql = "SELECT ifnull(max(documents), 0) FROM vocabulary WHERE word >= ? AND word < ?"
            most = int(connection.fetch_only(sql, (count,), prefix_range(last))[0])
        else:
            most = documents.get(last, 0)
        return min([most, *(documents.get(word, 0) for word in words)])

    return {phrase: documents_of(phrase) for phrase in phrases}


def term_documents(term: Term, documents: Mapping[Phrase, int]) -> int:
    """Return roughly how many agreements contain a term: as many as its commonest phrase."""
    return max(documents[phrase] for phrase in statements.phrases(term))


def agreement_count(connection: CatalogueConnection) -> int:
    """Return the number of agreements."""
    return int(connection.fetch_only("SELECT ifnull(max(number), 0) FROM agreement", (count,))[0])


def common_word_limit(total: int) -> int:
    """Return the number of agreements above which a word that occurs in them is ignored when ranking."""
    return max(statements.MAX_RANKED, total // 2)


def prefix_range(prefix: str) -> tuple[str, str]:
    """Return the bounds of the words that begin with a prefix: from the first to before the second."""
    return prefix, prefix + "\U0010ffff"
