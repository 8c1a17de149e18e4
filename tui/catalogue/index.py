"""Content of the full-text index: the columns of an agreement, the forms of names, the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import apsw

from tui.catalogue.schema import COLUMNS
from tui.catalogue.words import fold, prepare, stemmer, tokenizer
from tui.corpus import dates, text
from tui.corpus.records import Agreement, Claim, Name

_DAY_OR_MONTH = re.compile("([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_RUSSIAN_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


def searchable(agreement: Agreement, claims: Iterable[Claim], era: str) -> list[str]:
    """Return the indexed text of each column in schema.COLUMNS; `era` is the title of the agreement's era."""
    claims = list(claims)
    parts: dict[str, list[str]] = {
        "title": [agreement.short_title, *(title for title in agreement.titles.values() if title)],
        "dated": [agreement.date or "", dates.words(agreement.date), *_in_other_languages(agreement.date or "")],
        "person": [part for who in agreement.signatories for part in (who.name, who.capacity)],
        "place": [agreement.place or "", *(event.place or "" for event in agreement.events)],
        "topic": [text.key_label(topic) for topic in agreement.topics],
        "kind": [text.key_label(agreement.kind)],
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


def _in_other_languages(date: str) -> Iterator[str]:
    """Yield the days and months of an EDTF date as written in Russian and Japanese."""
    for year, month, day in _DAY_OR_MONTH.findall(date):
        if 1 <= int(month) <= 12:
            yield f"{day and int(day)} {_RUSSIAN_MONTHS[int(month) - 1]} {year}"
            yield f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
            if day:
                yield f"{day}.{month}.{year}"


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
        forms = [name.name, *(form for forms in name.forms.values() for form in forms)]
        folded = {fold(tokenize, form) for form in forms} - {""}
        target.executemany("INSERT INTO form VALUES (?, ?)", ((form, name.id) for form in folded))


def index_vocabulary(target: apsw.Connection) -> None:
    """Store every indexed word with its English stem and the number of agreements that contain it."""
    stem = stemmer(target)
    target.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
    target.executemany(
        "INSERT INTO vocabulary VALUES (?, ?, ?)",
        ((word, _stem_if_english(stem, word), count) for word, count, _ in target.execute("SELECT * FROM temp.words")),
    )
    target.execute("DROP TABLE temp.words")


def _stem_if_english(stem: Callable[[str], str], word: str) -> str:
    return stem(word) if word.isascii() and word.isalpha() else word
