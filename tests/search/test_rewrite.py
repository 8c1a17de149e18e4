"""Planning of a query: expanded prefixes, common words, one missing word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.searching import count, found, search, searcher_of
from tui.search import rewrite, syntax
from tui.search import sql as statements
from tui.search.engine import Searcher
from tui.search.rewrite import document_counts, plan
from tui.search.syntax import Term, as_phrase


@pytest.mark.parametrize("most", [0, 1, 8])
@pytest.mark.parametrize("query", ["fishe", "fishe*", '"of fishe"*', "-fishe", "zzzzz", "coal OR fishe"])
def test_prefix_finds_the_same_expanded_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, most: int
) -> None:
    summaries = ["Of fishers.", "Of fishermen.", "A fishery.", "Of fish.", "Coal."]
    searcher = searcher_of(tmp_path, *({"id": summary, "summary": summary} for summary in summaries))
    expected = set(found(searcher, query))
    monkeypatch.setattr(rewrite, "MAX_EXPANSION", most)
    assert set(found(searcher, query)) == expected
    assert count(searcher, query) == len(expected)


def test_common_words_of_long_query_are_dropped_with_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MAX_RANKED", 1)
    others = ({"id": f"other{number}", "summary": "Japan and soviet."} for number in range(4))
    searcher = searcher_of(
        tmp_path, {"id": "both", "summary": "Soviet coal and oil."}, {"id": "coal", "summary": "Japan, coal."}, *others
    )
    results = search(searcher, "japan soviet coal oil ")
    assert [result.summary.id for result in results.found] == ["both"]
    assert results.note
    assert found(searcher, "japan coal oil ") == []


def test_one_word_of_long_query_with_few_results_may_be_missing(tmp_path: Path) -> None:
    summaries = {"all": "coal oil timber fish crab", "four": "coal oil timber fish", "three": "coal oil timber"}
    searcher = searcher_of(tmp_path, *({"id": id, "summary": summary} for id, summary in summaries.items()))
    results = search(searcher, "coal oil timber fish crab ")
    assert {result.summary.id for result in results.found} == {"all", "four"}
    assert results.note
    assert count(searcher, "coal oil timber fish crab ") == results.total == 2
    assert found(searcher, "coal oil timber crab ") == ["all"]


@pytest.mark.parametrize(
    ("phrases", "kept"),
    [
        (["japan", "empire of japan"], {"japan"}),
        (["fish*", "fish", "fishery", "the fish"], {"fish*"}),
        (["peace treaty", "peace"], {"peace"}),
        (["peace treaty", "treaty of peace"], {"peace treaty", "treaty of peace"}),
        (["japan*", "japan trade"], {"japan*"}),
        (["trade*", "japan trade*"], {"trade*"}),
        (["trade", "japan trade*"], {"trade", "japan trade*"}),
    ],
)
def test_phrase_that_contains_another_is_not_searched(phrases: list[str], kept: set[str]) -> None:
    alternatives = tuple(syntax.Phrase(tuple(phrase.rstrip("*").split()), phrase.endswith("*")) for phrase in phrases)
    assert {" ".join(phrase.words) + "*" * phrase.prefix for phrase in statements.minimal_phrases(alternatives)} == kept


def test_documents_of_single_east_asian_letter_are_those_of_its_pairs(tmp_path: Path) -> None:
    seconds = [chr(code) for code in range(0x4E00, 0x4E00 + 300)]
    searcher = searcher_of(tmp_path, *({"id": second, "summary": f"日{second} 日本"} for second in seconds))
    letter = as_phrase(("日",))
    assert document_counts(searcher.connection, [Term((letter,))]) == {letter: len(seconds)}


@pytest.mark.parametrize("text", ["fishe", "japan soviet coal oil ", "oil timber fish crab coal ", "", "-japan"])
def test_plan_keeps_what_was_written_and_is_made_once(shipped: Searcher, text: str) -> None:
    query = shipped.parse(text)
    planned = plan(shipped.connection, query)
    assert query.planned is None
    assert (planned.text, planned.nodes, planned.parts) == (text, query.nodes, query.parts)
    assert planned.planned == planned.conditions
    assert plan(shipped.connection, planned) is planned
    assert shipped.search(query) == shipped.search(planned)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("contradicted", "contradicts"),
        ("contradicted by the record", "contradicts"),
        ("leaves something out", "omits"),
        ("could not be verified", "unverified"),
        ("omits", "omits"),
    ],
)
def test_words_of_a_verdict_find_its_claims(tmp_path: Path, words: str, verdict: str) -> None:
    said = {"says": "It was broken.", "record": "Not so.", "why": "A slip.", "confidence": "high"}
    claim = {"id": "c", "source": "s", "locus": "¶4", "about": "b", "verdict": verdict, **said}
    searcher = searcher_of(tmp_path, {"id": "a", "summary": "Fish."}, {"id": "b", "summary": "Oil."}, claims=[claim])
    (result,) = search(searcher, f"{words} ").found
    assert (result.summary.id, result.place) == ("b", "Claim ¶4")
    assert result.marks


def test_labels_of_topics_and_kinds_are_found(tmp_path: Path) -> None:
    agreement = {"id": "a", "summary": "A list.", "topics": ["peace-war"], "kind": "class"}
    about = {"labels": {"class": "Class of treaties", "peace-war": "Peace with war"}}
    searcher = searcher_of(tmp_path, agreement, corpus=[about])
    assert found(searcher, '"peace with war" ') == found(searcher, '"class of treaties" ') == ["a"]
    assert found(searcher, '"peace war" ') == ["a"]
