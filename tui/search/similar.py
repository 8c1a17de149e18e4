"""What lies near an agreement: the words that set it apart, and the agreements that share them."""

from __future__ import annotations

from collections import Counter
from math import log

from tui.catalogue.connection import SUMMARY_COLUMNS, AgreementSummary, CatalogueConnection, interruptible, to_summary
from tui.catalogue.words import restore
from tui.corpus import safe
from tui.search import sql as statements

KEY_TERMS = 8
"""How many words set an agreement apart."""
LONGEST_READ = 20_000
"""How many characters of an agreement are read for them."""


class Similarity(CatalogueConnection):
    """An open catalogue that compares agreements."""

    @interruptible
    def key_terms(self, id: str, most: int = KEY_TERMS) -> list[str]:
        """The words of its titles and summary that set an agreement apart: frequent in it, rare elsewhere."""
        return [term for term, _ in self._key_terms(id, most)]

    def _key_terms(self, id: str, most: int) -> list[tuple[str, int]]:
        """Its key terms, each with how many agreements hold it."""
        columns = self.fetch_one(
            "SELECT title || char(10) || summary, body FROM search "
            "WHERE rowid = (SELECT number FROM agreement WHERE id = ?)",
            (safe.line(id),),
        )
        if columns is None:
            return []
        named, body = ([token.word for token in self.tokenize()(restore(column[:LONGEST_READ]))] for column in columns)
        counted = Counter(word for word in named if len(word) > 3 and not word.isdigit())
        counted.update(word for word in body if word in counted)
        total = max(2, self.fetch_all("SELECT ifnull(max(number), 0) FROM agreement")[0][0])
        words = list(counted)
        held = dict(
            self.fetch_all(
                f"SELECT word, documents FROM vocabulary WHERE word IN ({', '.join('?' * len(words))})", words
            )
        )
        score = {word: counted[word] * log(total / held[word]) for word in words if held.get(word, 0) > 1}
        return [(word, held[word]) for word in sorted(score, key=lambda word: -score[word])[:most]]

    @interruptible
    def nearest(self, id: str, most: int = 5) -> list[AgreementSummary]:
        """The agreements nearest in content: those that share most of its key terms, of the rarer ones if many."""
        terms: list[str] = []
        held = 0
        for term, documents in sorted(self._key_terms(id, KEY_TERMS), key=lambda term: term[1]):
            held += documents
            if terms and held > statements.MANY:
                break
            terms.append(f'"{term}"')
        if not terms:
            return []
        rows = self.fetch_all(
            f"SELECT {SUMMARY_COLUMNS} FROM search JOIN agreement ON agreement.number = search.rowid "
            f"WHERE search MATCH ? AND id != ? ORDER BY {statements.relevance()}, search.rowid LIMIT ?",
            (" OR ".join(terms), id, most),
        )
        return [to_summary(row) for row in rows]
