"""Key terms of an agreement, and the agreements that share them.

`apsw.fts5.Table.more_like` was measured and not used: it finds about as many linked agreements, but reads all columns
and the whole vocabulary (118 ms instead of 1.2 ms at 10,000 records).
"""

from __future__ import annotations

from collections import Counter
from math import log

from tui.catalogue.columns import count, line, raw, text
from tui.catalogue.connection import SUMMARY, SUMMARY_COLUMNS, AgreementSummary, CatalogueConnection, to_summary
from tui.catalogue.words import restore
from tui.corpus import safe
from tui.search import ranking
from tui.search import sql as statements
from tui.search.rewrite import agreement_count

KEY_TERMS = 8
MAX_LENGTH = 20_000
"""Characters of a column that are read for key terms."""


def key_terms(connection: CatalogueConnection, agreement_id: str, most: int = KEY_TERMS) -> list[tuple[str, int]]:
    """Return the words that distinguish an agreement, each with how many agreements contain it.

    They are words of its titles and summary that are frequent in it and rare elsewhere (tf-idf), the best first.
    """
    texts = connection.fetch_one(
        "SELECT title || char(10) || summary, body FROM agreement LEFT JOIN search ON search.rowid = number "
        "WHERE id = ?",
        (raw, raw),
        (safe.line(agreement_id),),
    )
    if texts is None:
        return []
    tokenize = connection.tokenize()
    brief, body = ([token.word for token in tokenize(part)] for part in text([restore(t[:MAX_LENGTH]) for t in texts]))
    counts = Counter(word for word in brief if len(word) > 3 and not word.isdigit())
    counts.update(word for word in body if word in counts)
    total = max(2, agreement_count(connection))
    words = list(counts)
    sql = f"SELECT word, documents FROM vocabulary WHERE word IN ({', '.join('?' * len(words))})"
    documents = dict(connection.fetch_all(sql, (line, count), words))
    scores = {word: counts[word] * log(total / documents[word]) for word in words if documents.get(word, 0) > 1}
    return [(word, documents[word]) for word in sorted(scores, key=lambda word: -scores[word])[:most]]


def nearest(connection: CatalogueConnection, agreement_id: str, most: int = 5) -> list[AgreementSummary]:
    """Return the agreements nearest in content: those that match most of its key terms.

    Of terms that together occur in more than MAX_RANKED agreements only the rarest are used.
    """
    terms: list[str] = []
    total = 0
    for term, documents in sorted(key_terms(connection, agreement_id), key=lambda term: term[1]):
        total += documents
        if terms and total > statements.MAX_RANKED:
            break
        terms.append(f'"{term}"')
    if not terms:
        return []
    rows = connection.fetch_all(
        f"SELECT {SUMMARY_COLUMNS} FROM search JOIN agreement ON agreement.number = search.rowid "
        f"WHERE search MATCH ? AND id != ? ORDER BY {ranking.relevance()}, search.rowid LIMIT ?",
        SUMMARY,
        (" OR ".join(terms), safe.line(agreement_id), most),
    )
    return [to_summary(row) for row in rows]
