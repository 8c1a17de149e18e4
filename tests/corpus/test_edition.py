"""Shipped corpus: coverage of the encyclopedia article, links and published schema."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.helpers.searching import search
from tests.helpers.stores import ROOT, SHIPPED, Corpus, load
from tui.catalogue import build
from tui.corpus.check import check
from tui.corpus.records import TABLES
from tui.corpus.schema import store_schema
from tui.search.engine import Searcher, open_searcher

# Each date in the article with its paragraph and the record that it belongs to.
DATED = [
    (1, "25 February 1925", "1925-02-25-diplomatic-relations"),
    (1, "1 January 1925", "1925-01-20-peking-convention"),
    (1, "7 November 1917", "russo-japanese-treaties-before-1917-11-07"),
    (2, "23 January 1928", "1928-01-23-fisheries-convention"),
    (3, "13 April 1941", "1941-04-13-neutrality-pact"),
    (3, "5 April 1945", "1945-04-05-denunciation"),
    (3, "8 August 1945", "1945-08-08-declaration-of-war"),
    (3, "2 September 1945", "1945-09-02-instrument-of-surrender"),
    (4, "14 May 1956", "1956-05-14-sea-rescue-agreement"),
    (4, "14 May 1956", "1956-05-14-northwest-pacific-fisheries-convention"),
    (4, "19 October 1956", "1956-10-19-joint-declaration"),
    (5, "6 December 1957", "1957-12-06-trade-treaty"),
    (5, "3 June 1958", "1958-06-03-nakhodka-yokohama-line"),
    (5, "21 January 1966", "1966-01-21-air-services-agreement"),
    (5, "21 January 1966", "1966-01-21-far-east-consumer-goods-exchange"),
    (5, "29 July 1966", "1966-07-29-consular-convention"),
    (5, "14 July 1967", "1967-07-24-fisheries-science-agreement"),
    (5, "8 February 1968", "1968-02-08-broadcasting-agreement"),
    (6, "10 October 1973", "1973-10-10-joint-communique"),
    (6, "10 October 1973", "1973-10-10-science-technology-agreement"),
    (6, "10 October 1973", "1973-10-10-scholars-exchange"),
    (6, "10 October 1973", "1973-10-10-official-publications-exchange"),
    (7, "22 April 1974", "1974-04-22-credit-protocol"),
    (7, "26 June 1974", "1974-06-26-credit-agreement"),
    (7, "26 July 1974", "1974-06-03-south-yakutia-coal-agreement"),
    (8, "13 December 1974", "1974-12-13-television-protocol"),
    (8, "28 January 1975", "1975-01-28-sakhalin-shelf-agreement"),
    (8, "7 June 1975", "1975-06-07-fishing-operations-agreement"),
    (8, "15 July 1975", "1975-07-15-yakutia-gas-loan-protocol"),
    (8, "15 July 1975", "1975-07-15-ammonia-plants-protocol"),
    (8, "24 July 1975", "1975-07-24-tv-radio-agreement"),
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(SHIPPED)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return open_searcher(build.build_catalogue(SHIPPED, tmp_path_factory.mktemp("cache")))


def test_shipped_corpus_has_no_findings() -> None:
    assert check(SHIPPED) == []


def test_every_agreement_has_an_english_title_and_events_or_doubts(corpus: Corpus) -> None:
    assert len(corpus.agreements) == 82
    assert all(agreement.titles.get("en") for agreement in corpus.agreements)
    assert all(agreement.events or agreement.unverified for agreement in corpus.agreements)


def test_claims_follow_the_article(corpus: Corpus) -> None:
    loci = [claim.locus for claim in corpus.claims]
    assert loci == sorted(loci)
    assert set(loci) == {f"¶{paragraph}" for paragraph in range(1, 9)}
    assert min(Counter(loci).values()) >= 5
    assert len(loci) >= 60
    assert sum(claim.verdict != "agrees" for claim in corpus.claims) >= 20


@pytest.mark.parametrize(("paragraph", "day", "agreement_id"), DATED)
def test_every_date_of_the_article_has_a_claim(corpus: Corpus, paragraph: int, day: str, agreement_id: str) -> None:
    claims = [claim.says for claim in corpus.claims if claim.locus == f"¶{paragraph}" and claim.about == agreement_id]
    day_and_month, year = day.rsplit(maxsplit=1)
    assert any(day_and_month in says and year in says for says in claims), claims


@pytest.mark.parametrize(("paragraph", "day", "agreement_id"), DATED)
def test_search_for_a_date_of_the_article_finds_its_record(
    searcher: Searcher, paragraph: int, day: str, agreement_id: str
) -> None:
    assert agreement_id in {result.summary.id for result in search(searcher, f'"{day}" ').found}


def test_at_least_200_links_and_most_have_an_exact_type(corpus: Corpus) -> None:
    assert len(corpus.links) >= 200
    assert sum(link.type == "related" for link in corpus.links) * 3 < len(corpus.links)


def test_fisheries_convention_of_1928_has_nine_prolongations_and_renewals(corpus: Corpus) -> None:
    (convention,) = [a for a in corpus.agreements if a.id == "1928-01-23-fisheries-convention"]
    assert sum(event.kind == "prolonged" for event in convention.events) == 9
    renewing = {link.source for link in corpus.links if link.type == "renews" and link.target == convention.id}
    assert len(renewing) == 9


def test_end_of_the_neutrality_pact_has_several_readings(corpus: Corpus) -> None:
    (pact,) = [agreement for agreement in corpus.agreements if agreement.id == "1941-04-13-neutrality-pact"]
    ended = [event for event in pact.events if event.kind == "ended"]
    assert len(ended) > 2
    assert all(event.reading for event in ended)


def test_published_schema_is_current() -> None:
    published = (ROOT / "docs" / "store.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == json.loads(json.dumps(store_schema()))


def test_data_page_names_every_field() -> None:
    page = Path(ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    fields = {name for definition in store_schema()["$defs"].values() for name in definition["properties"]}
    assert {name for name in fields if f"`{name}`" not in page} == set()
    assert all(f"## `{table}`" in page for table in TABLES)
