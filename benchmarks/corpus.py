"""A synthetic store of any size in the corpus's own schema, streamed to a file.

Eras, names, sources, kinds, topics and the commonest words are those of the shipped corpus. The rest of the vocabulary
is made of random syllables (English 40,000 words, Russian 15,000, Japanese 8,000 of two characters) and drawn by Zipf's
law. A record is about 3 KB of JSON on one line. The same seed and shipped corpus give the same bytes, and record N is
the same in a store of any size. Only the vocabulary is kept in memory.
"""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, TextIO

from benchmarks.programs import STORE

SEED = 1941
ENGLISH, RUSSIAN, JAPANESE = 40_000, 15_000, 8_000
"""Sizes of the three vocabularies."""
FIRST_DAY, LAST_DAY = date(1855, 2, 7), date(1991, 12, 25)
CLAIM_INTERVAL = 10
"""Every tenth agreement has a claim about it."""
LINK_COUNTS = (0, 1, 1, 2, 3)
"""Possible numbers of links from an agreement to lower numbered ones, all equally likely."""

_LATIN = (
    "ba be bo ca ce co cu da de di fa fe ga go ha he la le li lo ma me mi mo na ne no pa pe po ra re ri ro "
    "sa se si so ta te ti to tra pre con sta ver ment ran gor tel min vis dor pal kest lam bru fin"
)
_CYRILLIC = "ба ве го да же зи ка ле мо на по ро са ти ру фа хо це че ша пре ста вер ско гор мин дор пал лен тра"
_RUSSIAN_ENDINGS = ["", "а", "ов", "ский", "ние", "ость", "ами"]
_KANJI = (
    "日本国政府条約協定議書共和社会主義連邦漁業平交換公文声明貿易分野天然資源行渡占領終了細目第三次露及関係基的法責任樹立北樺太撤兵"
    "石油利権契炭通好下田千島列択捉歯舞丹海陸軍大使外務臣東京都港船鉄道満州蒙古中華民英米独仏年月火水木金土時間人口地図線境界点"
    "西南春夏秋冬山川河林森野原村町市県州省庁局部課員長副官令規則定款項章節改正修補足付属録記事実例証拠調査研究報告通知送受取引"
    "渉会談判決裁停戦争講降伏武器弾薬保障安全中立不可侵略友隣善経済財銀行信用借款返済利子元価格税関輸入出産物品農工商科学技術教育"
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of the generator."""
    parser.add_argument("--size", type=int, default=10_000, help="how many agreements (10,000)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"another seed makes another store ({SEED})")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write; else standard output")


def run(options: Namespace) -> int:
    """Write the store and return 0. `--json` has no effect, since a store is JSON."""
    with options.out.open("w", encoding="utf-8") if options.out else nullcontext(sys.stdout) as file:
        write(file, options.size, options.seed)
    return 0


def write(file: TextIO, size: int, seed: int = SEED) -> None:
    """Write a store with `size` agreements, record by record."""
    generator = RecordGenerator(seed)
    tables = {
        "agreements": generator.agreements(size),
        "claims": generator.claims(size),
        "corpus": iter(generator.shipped["corpus"].values()),
        "eras": iter(generator.shipped["eras"].values()),
        "links": generator.links(size),
        "names": iter(generator.shipped["names"].values()),
        "sources": iter(generator.shipped["sources"].values()),
    }
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
    file.write("{")
    for position, (table, records) in enumerate(tables.items()):
        file.write(("," if position else "") + f'\n"{table}": {{')
        for number, record in enumerate(records, start=1):
            file.write(("," if number > 1 else "") + f'\n"{number}": {encode(record)}')
        file.write("\n}")
    file.write("\n}\n")


class Vocabulary:
    """Words of one language, drawn by Zipf's law: the word of rank r is 1/r as likely as the first."""

    def __init__(self, words: Sequence[str], separator: str) -> None:
        self._words = words
        self._weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
        self._separator = separator

    def rare_words(self, random: Random, count: int) -> list[str]:
        """Return words drawn evenly from all but the commonest hundred."""
        return [self._words[random.randrange(100, len(self._words))] for _ in range(count)]

    def phrase(self, random: Random, count: int) -> str:
        """Return `count` words drawn by Zipf's law."""
        return self._separator.join(random.choices(self._words, cum_weights=self._weights, k=count))

    def sentence(self, random: Random) -> str:
        """Return 8 to 20 words and a full stop."""
        text = self.phrase(random, random.randint(8, 20))
        return f"{text[:1].upper()}{text[1:]}{'.' if self._separator else '。'}"


class RecordGenerator:
    """Generates the records of one seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.shipped: dict[str, dict[str, Any]] = json.loads(STORE.read_text(encoding="utf-8"))
        agreements = list(self.shipped["agreements"].values())
        self._kinds = [record["kind"] for record in agreements]
        self._topics = [topic for record in agreements for topic in record.get("topics", ())]
        self._places = [record["place"] for record in agreements if record.get("place")]
        people = [name for name in self.shipped["names"].values() if name["kind"] == "person"]
        self._people = [str(name["name"]) for name in people]
        self._sources = [source["id"] for source in self.shipped["sources"].values()]
        self._parties = ("Union of Soviet Socialist Republics", "Empire of Japan", "Japan", "Empire of Russia")
        self._eras = [
            (str(era["span"].partition("/")[0]), str(era["id"]))
            for era in sorted(self.shipped["eras"].values(), key=lambda era: str(era["span"]))
        ]
        text = " ".join(strings([agreements, list(self.shipped["names"].values())]))
        random = Random(seed)
        self._english = Vocabulary(_english(text, random), " ")
        self._russian = Vocabulary(_russian(text, random), " ")
        self._japanese = Vocabulary(_japanese(text, random), "")

    def agreements(self, size: int) -> Iterator[dict[str, Any]]:
        """Yield the agreements, whose dates are in random order."""
        for number in range(1, size + 1):
            yield self._agreement(number)

    def claims(self, size: int) -> Iterator[dict[str, Any]]:
        """Yield a claim about every tenth agreement."""
        for number in range(CLAIM_INTERVAL, size + 1, CLAIM_INTERVAL):
            random = Random(f"{self._seed} claim {number}")
            yield {
                "id": f"claim-{number}",
                "source": random.choice(self._sources),
                "locus": f"¶{random.randint(1, 20)}",
                "about": self._head(number)[0]["id"],
                "says": self._english.sentence(random),
                "record": self._english.sentence(random),
                "verdict": random.choice(("agrees", "agrees", "agrees", "contradicts", "differs", "omits")),
            }

    def links(self, size: int) -> Iterator[dict[str, Any]]:
        """Yield links from agreements to lower numbered ones."""
        for number in range(2, size + 1):
            random = Random(f"{self._seed} link {number}")
            for _ in range(random.choice(LINK_COUNTS)):
                yield {
                    "from": self._head(number)[0]["id"],
                    "to": self._head(random.randrange(1, number))[0]["id"],
                    "type": random.choice(("cites", "cites", "supplements", "renews", "implements", "related")),
                    "reason": self._english.sentence(random),
                    "basis": "text",
                }

    def _agreement(self, number: int) -> dict[str, Any]:
        record, random = self._head(number)
        day = date.fromisoformat(record["date"])
        kind = record["kind"].replace("-", " ").capitalize()
        topics = list(dict.fromkeys(random.choices(self._topics, k=random.randint(1, 4))))
        place = random.choice(self._places)
        vagueness = random.random()
        if vagueness > 0.9:
            record["date"] = f"{day:%Y-%m}" if vagueness < 0.95 else f"{day:%Y}~" if vagueness < 0.985 else None
        name = f"{kind} on {' '.join(self._english.rare_words(random, 2))} at {place}"
        signers = random.sample(self._people, 2)
        ends = day + timedelta(days=random.randint(200, 9000))
        return record | {
            "short_title": name,
            "titles": {
                "en": f"{kind} between {' and '.join(signers)} on {self._english.phrase(random, 5)}",
                "ru": self._russian.phrase(random, 7),
                "ja": self._japanese.phrase(random, 5),
            },
            "era": next(era for begins, era in reversed(self._eras) if begins <= day.isoformat()),
            "place": place,
            "named_by_article": "beyond",
            "parties": list(random.sample(self._parties, 2)),
            "signatories": [
                {"name": signer, "side": side, "capacity": self._english.phrase(random, 2), "basis": "text"}
                for signer, side in zip(signers, ("USSR", "Japan"), strict=True)
            ],
            "topics": topics,
            "summary": f"{self._english.sentence(random)} {self._english.sentence(random)}",
            "provisions": [
                {"ref": f"Art. {item}", "text": self._prose(random, 2), "basis": "text"}
                | ({"heading": self._english.phrase(random, 3).capitalize()} if item % 2 else {})
                for item in range(1, random.randint(3, 7))
            ],
            "background": f"{self._prose(random, 3)}\n\n{self._prose(random, 2)}",
            "events": [
                {"kind": "signed", "date": day.isoformat(), "place": place, "basis": "text"},
                {"kind": "in-force", "date": (day + timedelta(days=30)).isoformat(), "basis": "secondary"},
                {"kind": "ended", "date": ends.isoformat(), "basis": "inferred", "note": self._prose(random, 1)},
            ],
            "references": [{"series": "LNTS", "volume": str(number % 205 + 1), "number": str(number)}],
            "sources": random.sample(self._sources, 2),
        }

    def _head(self, number: int) -> tuple[dict[str, Any], Random]:
        """Return the id, date and kind of an agreement, and the random generator for the rest of the record."""
        random = Random(f"{self._seed} agreement {number}")
        span = (date(1917, 11, 7), date(1975, 7, 24)) if random.random() < 0.75 else (FIRST_DAY, LAST_DAY)
        day = span[0] + timedelta(days=random.randrange((span[1] - span[0]).days + 1))
        kind = random.choice(self._kinds)
        return {"id": f"{day}-{kind}-{number}", "date": day.isoformat(), "kind": kind}, random

    def _prose(self, random: Random, sentences: int) -> str:
        languages = random.choices((self._english, self._russian, self._japanese), (0.78, 0.14, 0.08), k=sentences)
        return " ".join(language.sentence(random) for language in languages)


def strings(value: Any) -> Iterator[str]:
    """Yield every string in a JSON value except the keys of objects."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def _english(text: str, random: Random) -> list[str]:
    words = dict.fromkeys(word for word, _ in Counter(re.findall(r"[a-z]{1,20}", text.lower())).most_common())
    while len(words) < ENGLISH:
        word = "".join(random.choices(_LATIN.split(), k=random.choice((2, 3, 3, 4))))
        words.setdefault(word)
        for ending in ("s", "ed", "ing"):
            if random.random() < 0.2:
                words.setdefault(word + ending)
    return list(words)[:ENGLISH]


def _russian(text: str, random: Random) -> list[str]:
    words = dict.fromkeys(word for word, _ in Counter(re.findall(r"[а-яё]+", text.lower())).most_common())
    while len(words) < RUSSIAN:
        word = "".join(random.choices(_CYRILLIC.split(), k=random.choice((2, 3, 3))))
        words.setdefault(word + random.choice(_RUSSIAN_ENDINGS))
    return list(words)[:RUSSIAN]


def _japanese(text: str, random: Random) -> list[str]:
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", text)
    pairs = Counter(run[start : start + 2] for run in runs for start in range(0, len(run) - 1, 2))
    words = dict.fromkeys(word for word, _ in pairs.most_common())
    while len(words) < JAPANESE:
        words.setdefault("".join(random.choices(_KANJI, k=2)))
    return list(words)[:JAPANESE]
