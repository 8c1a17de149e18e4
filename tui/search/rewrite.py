"""What a reader typed, read by the words of the corpus: their forms, their beginnings, how many hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tui.catalogue import schema
from tui.catalogue.connection import CatalogueConnection, interruptible
from tui.catalogue.words import stemmer
from tui.search import parser
from tui.search import sql as statements
from tui.search.syntax import Node, Phrase, Query, changed

MOST_WORDS = 8
"""How many words with the same beginning are looked for each by itself."""


class Rewriting(CatalogueConnection):
    """An open catalogue that reads queries."""

    @interruptible
    def query(self, typed: str) -> Query:
        """Read what a reader typed. Never raises."""
        return parser.parse(typed, self.tokenize(), self._forms)

    def _forms(self, folded: str) -> list[str]:
        """The other forms of the names that have this form; of one word, the other words of its stem too."""
        rows = self.fetch_all(
            "SELECT DISTINCT other.folded FROM form JOIN form AS other USING (name) "
            "WHERE form.folded = ?1 AND other.folded != ?1",
            (folded,),
        )
        if " " not in folded:
            rows += self.fetch_all(
                "SELECT word FROM vocabulary WHERE stem = (SELECT stem FROM vocabulary WHERE word = ?1) AND word != ?1 "
                "UNION SELECT word FROM vocabulary WHERE stem = ?2 AND word != ?1",
                (folded, self._stem(folded)),
            )
        return list(dict.fromkeys(form for (form,) in rows))

    def _stem(self, word: str) -> str:
        return stemmer(self._connection)(word)

    def _expand_prefixes(self, asked: Query) -> Query:
        """The query with each beginning as the words that begin so, where they are few.

        The index would read all that they hold before it tells the first.
        """

        def words(phrase: Phrase) -> list[Phrase]:
            *before, last = phrase.words
            if not phrase.prefix or len(last) <= schema.MAX_PREFIX_LENGTH:
                return [phrase]
            rows = self.fetch_all(
                "SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?",
                (*_range(last), MOST_WORDS + 1),
            )
            if not 0 < len(rows) <= MOST_WORDS:
                return [phrase]
            return [Phrase((*before, word)) for (word,) in rows]

        return asked._replace(nodes=tuple(changed(node, words) for node in asked.nodes))

    def _held(self, nodes: Iterable[Node]) -> dict[Phrase, int]:
        """How many agreements hold each phrase of the nodes, nearly: as many as its rarest word."""
        sought = {phrase for node in nodes if statements.is_text(node) for phrase in statements.phrases(node)}
        words = json.dumps(list({word for phrase in sought for word in phrase.words}))
        sql = "SELECT word, documents FROM json_each(?) CROSS JOIN vocabulary ON word = value"
        documents: dict[str, int] = dict(self.fetch_all(sql, (words,)))

        def held(phrase: Phrase) -> int:
            *words, last = phrase.words
            most = self._held_begun(last) if phrase.prefix else documents.get(last, 0)
            return min([most, *(documents.get(word, 0) for word in words)])

        return {phrase: held(phrase) for phrase in sought}

    def _held_begun(self, beginning: str) -> int:
        """How many agreements hold the commonest of the words that begin so."""
        sql = "SELECT ifnull(max(documents), 0) FROM vocabulary WHERE word >= ? AND word < ?"
        return int(self.fetch_all(sql, _range(beginning))[0][0])


def _range(beginning: str) -> tuple[str, str]:
    """The bounds of the words that begin so."""
    return beginning, beginning + "\U0010ffff"
