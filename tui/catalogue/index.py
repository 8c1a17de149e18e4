"""Content of the full-text index: the columns of an agreement, the forms of names, the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import apsw

from tui.catalogue.schema import COLUMNS
from tui.catalogue.words import MAX_FOLDED, fold, prepare, stemmer, tokenizer
from tui.corpus import calendars, dates, text
from tui.corpus.records import Agreement, Claim, Name


def searchable(agreement: Agreement, claims: Iterable[Claim], era: str, labels: Mapping[str, str]) -> list[str]:
    """Return the indexed text of each column in schema.COLUMNS.

    `era` is the title of the agreement's era, `labels` are the store's labels of topics and kinds, by key.
    """
    claims = list(claims)

    def words(key: str) -> list[str]:
        return [*dict.fromkeys((text.key_label(key), labels.get(key, "")))]

    parts: dict[str, list[str]] = {
        "title": [agreement.short_title, *(title for title in agreement.titles.values() if title)],
        "dated": [agreement.date or "", dates.words(agreement.date), *_spellings(agreement.date)],
        "person": [part for who in agreement.signatories for part in (who.name, who.capacity)],
        "place": [agreement.place or "", *(event.place or "" for event in agreement.events)],
        "topic": [word for topic in agreement.topics for word in words(topic)],
        "kind": words(agreement.kind),
        "era": [agreement.era, era],
        "summary": [text.plain(agreement.summary)],
        "body": _body(agreement),
        "claims": [text.plain(part) for claim in claims for part in (claim.says, claim.record, claim.why)],
        "verdict": [claim.verdict for claim in claims],
        "other": [
            agreement.id,
            *(event.date or "" for event in agreement.events),
            *agreement.parties,
            *(
                " ".join(filter(None, (item.series, item.volume, item.page, item.number, item.note)))
                for item in agreement.references
            ),
        ],
    }
    return [prepare("\n".join(filter(None, parts[column]))) for column in COLUMNS]


def _spellings(date: str | None) -> list[str]:
    """Return the days, months and years of an EDTF date as written in three languages."""
    points = (dates.read(point.rstrip("~?%")) for point in (date or "").split("/"))
    return [spelling for when in points if when for spelling in calendars.spellings(when)]


def _body(agreement: Agreement) -> list[str]:
    return [
        *(part for item in agreement.provisions for part in (item.ref, item.heading, text.plain(item.text))),
        text.plain(agreement.outcome.text) if agreement.outcome else "",
        text.plain(agreement.background),
        *(part for event in agreement.events for part in (dates.words(event.date), event.note, event.reading)),
        *agreement.unverified,
    ]


def index_names(target: apsw.Connection, names: Iterable[Name]) -> None:
    """Store every form of each name, folded, so that a search for one form finds the others."""
    tokenize = tokenizer(target)
    for name in names:
        folded = {fold(tokenize, form) for form in name.all_forms()} - {""}
        target.executemany("INSERT INTO form VALUES (?, ?)", ((form, name.id) for form in folded))


def index_vocabulary(target: apsw.Connection) -> None:
    """Store every indexed word with its English stem and the number of agreements that contain it.

    Words longer than a query may be are left out: FTS5 cuts them at a byte, perhaps within a character.
    """
    stem = stemmer(target)
    target.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
    words = target.execute("SELECT term, doc FROM temp.words WHERE length(term) <= ?", (MAX_FOLDED,))
    target.executemany(
        "INSERT INTO vocabulary VALUES (?, ?, ?)",
        ((word, _stem_if_english(stem, word), count) for word, count in words),
    )
    target.execute("DROP TABLE temp.words")


def _stem_if_english(stem: Callable[[str], str], word: str) -> str:
    return stem(word) if word.isascii() and word.isalpha() else word
