"""Damaged catalogues: compiled again once wherever the damage shows, then in memory; other errors pass through."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import apsw
import pytest

from benchmarks.fuzz_catalogue import texts
from tests.helpers.catalogues import damage_sealed, only_file
from tests.helpers.stores import write_store
from tui.catalogue import build, columns, directory, schema
from tui.catalogue.columns import Damaged
from tui.catalogue.connection import Interrupted
from tui.catalogue.reader import CatalogueReader
from tui.corpus import safe
from tui.corpus.file import StoreError
from tui.search.engine import Searcher, open_searcher

TABLES: dict[str, list[dict[str, Any]]] = {
    "corpus": [{"title": "Pacts"}],
    "eras": [{"id": "war", "title": "War", "summary": "Two lines.\nOf words."}],
    "agreements": [
        {"id": "a", "short_title": "Alpha", "date": "1941-04-13", "era": "war", "summary": "Fish.\nTimber."},
        {"id": "b", "short_title": "Beta", "summary": "Timber.", "signatories": [{"name": "Molotov"}]},
        {"id": 7},
    ],
    "links": [
        {"from": "a", "to": "b", "type": "cites", "reason": "It says so."},
        {"from": "a", "to": "c", "type": "renews", "reason": ""},
    ],
    "claims": [{"id": "k", "source": "s", "locus": "p. 1", "about": "a", "says": "So.", "verdict": "agrees"}],
    "sources": [{"id": "s", "title": "Source"}],
    "names": [{"id": "molotov", "kind": "person", "name": "Molotov", "forms": {"ru": ["Молотов"]}}],
}


def answers(reader: CatalogueReader, searcher: Searcher) -> Iterator[object]:
    """Yield the answers to questions that read every table."""
    yield reader.description(), reader.eras(), reader.counts(), reader.problems()
    yield reader.all_agreements(), reader.agreements("era", "war"), reader.years("era", "war")
    yield [reader.groups(ordering) for ordering in schema.ORDERINGS], reader.labels("kind")
    yield reader.neighbour("era", "", 1), reader.group_of("era", "b")
    yield reader.agreement("a"), reader.summary("a"), reader.checksum("a"), reader.similar_ids("b")
    yield reader.links("a"), reader.links("b"), reader.claims("a"), reader.sources(["s"])
    yield directory.names(reader), directory.name(reader, "molotov"), directory.signed_by(reader, "molotov")
    yield directory.names_of_forms(reader, ["молотов"]), directory.all_sources(reader)
    yield directory.citations(reader, "s")
    query = searcher.parse("timb* молотов")
    yield query, searcher.search(query), searcher.suggestions(searcher.parse("timbar"))
    query = searcher.parse("timber")
    yield searcher.search(query), searcher.search(query, order="era"), searcher.count_matches(query)
    yield searcher.facets(query), searcher.key_terms("b"), searcher.nearest("b"), searcher.titled("alpha")


ESC = "'x' || char(27) || ']0;owned' || char(7)"
DAMAGES = {
    "record that is no JSON": "UPDATE record SET record = '{'",
    "record of another type": "UPDATE record SET record = '[]'",
    "record without its fields": "UPDATE record SET record = '{}'",
    "record that is missing": "DELETE FROM record",
    "record with an escape sequence": """UPDATE record SET record = '{"id":"a","summary":"\\u001b[2J"}'""",
    "record with a line feed in a title": """UPDATE record SET record = '{"id":"a","short_title":"a\\nb"}'""",
    "claim that is no JSON": "UPDATE claim SET record = '{'",
    "source of a wrong type": "UPDATE source SET record = x'00ff'",
    "name that is no JSON": "UPDATE name SET record = ''",
    "number for a text": "UPDATE about SET value = x'ff'",
    "missing text": "DELETE FROM about WHERE key = 'bias'",
    "text for a number": "UPDATE groups SET size = 'many'",
    "negative number": "UPDATE groups SET size = -1",
    "fraction": "UPDATE groups SET size = 1.5",
    "number that is no flag": "UPDATE groups SET background = 2",
    "text for a year": "UPDATE grouping SET year = 'soon'",
    "blob for a link": "UPDATE link SET reason = x'00'",
    "unknown type of link": "UPDATE link SET type = 'loves'",
    "unknown role of a citation": "UPDATE citation SET role = 'loves'",
    "bytes that are not UTF-8": "UPDATE agreement SET name = CAST(x'80' AS TEXT)",
    "empty id": "UPDATE agreement SET id = '' WHERE id = 'a'",
    "list of numbers that is cut": "UPDATE membership SET numbers = x'01'",
    "missing list of numbers": "DELETE FROM membership",
    "list without its groups": "UPDATE membership SET numbers = x'01000000', ranks = x'ffffff7f'",
    "list of records that are not there": "UPDATE membership SET numbers = x'ffffff7f', ranks = x'00000000'",
    "lists of different lengths": "UPDATE membership SET numbers = x'01000000', ranks = x''",
    "number that no store has": "UPDATE agreement SET number = 1 << 40 WHERE id = 'a'",
    "large group without members": "UPDATE groups SET members = NULL",
    "text for a set of bits": "UPDATE groups SET members = 'all'",
    "escape sequence in a title": f"UPDATE agreement SET name = {ESC}",
    "escape sequence in a date": f"UPDATE agreement SET date = {ESC}",
    "escape sequence in a label": f"UPDATE groups SET label = {ESC}",
    "escape sequence in an era": f"UPDATE era SET summary = {ESC}",
    "escape sequence in a problem": f"UPDATE problem SET message = {ESC}",
    "escape sequence in a reason": f"UPDATE link SET reason = {ESC}",
    "escape sequence in a citation": f"UPDATE citation SET label = {ESC}",
    "escape sequence in a name": f"UPDATE name SET name = {ESC}",
    "escape sequence in a word": f"UPDATE vocabulary SET word = {ESC} WHERE word = 'timber'",
    "escape sequence in the index": f"UPDATE search_content SET c7 = {ESC}",
    "direction of writing in a title": "UPDATE agreement SET name = 'a' || char(8238)",
    "wrong counts of words": "UPDATE vocabulary SET documents = -9",
    "no text in the index": "DELETE FROM search_content",
    "no index of words": "DELETE FROM search_data",
    "no lengths of texts": "UPDATE search_data SET block = x'0000' WHERE id = 1",
    "other format of the index": "UPDATE search_config SET v = 0",
    "no table of agreements": "DROP TABLE agreement",
    "no table of the names": "DROP TABLE name",
    "no full-text index": "DROP TABLE search",
    "no index of years": "DROP INDEX grouping_year",
    "missing column": "ALTER TABLE agreement DROP COLUMN checksum",
    "renamed column": "ALTER TABLE link RENAME COLUMN reason TO why",
    "view in place of a table": "DROP TABLE about; CREATE VIEW about AS SELECT 'title' AS key, 'x' AS value",
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return write_store(tmp_path / "store.json", TABLES)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of the places, `file` or `memory`, into which the catalogue is compiled from now on."""
    places: list[str] = []
    for name, place in (("compile_file", "file"), ("_compile_in_memory", "memory")):
        real = getattr(build, name)
        monkeypatch.setattr(build, name, lambda *args, real=real, place=place: (places.append(place), real(*args))[1])
    return places


def opened(store: Path, folder: Path) -> tuple[CatalogueReader, Searcher]:
    reader = build.open_or_build(store, folder)
    return reader, open_searcher(reader)


@pytest.mark.parametrize("is_open", [False, True], ids=["before it is opened", "while it is open"])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_repaired_wherever_it_shows(
    store: Path, folder: Path, compiled: list[str], damage: str, is_open: bool
) -> None:
    expected = list(answers(*opened(store, folder)))
    compiled.clear()
    connections = opened(store, folder) if is_open else None
    damage_sealed(only_file(folder), damage)
    connections = connections or opened(store, folder)
    first = list(answers(*connections))
    assert all(safe.text(text) == text for text in texts(first))
    assert list(answers(*connections)) == expected
    assert list(answers(*opened(store, folder))) == expected
    assert compiled == ["file"], "it is compiled again once, and stays so"


def test_catalogue_that_is_damaged_again_is_compiled_in_memory(
    store: Path, folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(answers(*opened(store, folder)))
    compiled.clear()
    compile_file = build.compile_file

    def compile_and_damage(*arguments: Any) -> Path:
        file = compile_file(*arguments)
        damage_sealed(file, DAMAGES["record that is no JSON"])
        return file

    monkeypatch.setattr(build, "compile_file", compile_and_damage)
    connections = build.build_catalogue(store, folder)
    assert list(answers(connections, open_searcher(connections))) == expected
    assert compiled == ["file", "file", "memory"]
    assert connections.connection.filename == ""


def test_connections_of_several_threads_share_what_is_compiled_again(
    store: Path, folder: Path, compiled: list[str]
) -> None:
    expected = list(answers(*opened(store, folder)))
    compiled.clear()
    reader, searcher = opened(store, folder)
    clones = [(reader.clone(CatalogueReader), open_searcher(reader)) for _ in range(4)]
    damage_sealed(only_file(folder), DAMAGES["no table of the names"])
    with ThreadPoolExecutor() as threads:
        assert list(threads.map(lambda clone: list(answers(*clone)), clones)) == [expected] * 4
    assert list(answers(reader, searcher)) == expected
    assert compiled == ["file"]


def test_question_of_several_statements_is_asked_again_as_a_whole(store: Path, folder: Path) -> None:
    """After the damage another store is compiled, in which a number is that of another agreement."""
    reader, _ = opened(store, folder)
    damage_sealed(only_file(folder), DAMAGES["record that is no JSON"])

    def question() -> tuple[int, object]:
        (number,) = reader.fetch_only("SELECT number FROM agreement WHERE id = 'b'", (columns.count,))
        return number, reader.agreement("b")

    write_store(store, agreements=[{"id": "b"}])
    number, agreement = reader.answer(question)
    assert number == 1
    assert agreement
    assert reader.counts()["agreement"] == 1


def test_new_connection_to_a_newer_file_moves_the_others_to_it(store: Path, folder: Path) -> None:
    """Otherwise the search would find what the reader does not have."""
    reader, searcher = opened(store, folder)
    write_store(store, agreements=[{"id": "new", "summary": "Timber."}])
    build.build_catalogue(store, folder).close()
    assert reader.summary("a")
    assert open_searcher(reader).search(searcher.parse("timber")).found[0].summary == reader.summary("new")
    assert reader.summary("a") is None
    assert searcher.search(searcher.parse("timber")).total == 1


def test_missing_row_is_a_damage_that_compiling_does_not_repair(store: Path, folder: Path, compiled: list[str]) -> None:
    reader, _ = opened(store, folder)
    compiled.clear()
    with pytest.raises(Damaged):
        reader.fetch_only("SELECT 1 FROM agreement WHERE id = 'none'", (columns.count,))
    assert compiled == ["file", "memory"]


# -- errors that are no damage


def fail(error: Exception) -> Any:
    raise error


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (lambda _: fail(TypeError("not a catalogue")), TypeError),
        (lambda _: fail(KeyError("no such key")), KeyError),
        (lambda _: fail(OSError("no space left")), OSError),
        (lambda reader: reader.fetch_all("SELECT nothing FROM agreement", (columns.count,)), apsw.SQLError),
        (lambda reader: reader.fetch_all("SELECT id FROM nothing", (columns.line,)), apsw.SQLError),
        (lambda reader: reader.fetch_all("SELECT FROM", ()), apsw.SQLError),
        (lambda reader: reader.fetch_all("SELECT ?", (columns.count,)), apsw.BindingsError),
        (lambda reader: reader.fetch_all("SELECT 1, 2", (columns.count,)), ValueError),
        (
            lambda reader: reader.fetch_all("SELECT 1 FROM search WHERE search MATCH '(('", (columns.count,)),
            apsw.SQLError,
        ),
        (lambda reader: reader.fetch_all(f"SELECT 1{' + 1' * 2000}", (columns.count,)), apsw.SQLError),
    ],
)
def test_programming_error_passes_through(
    store: Path, folder: Path, compiled: list[str], question: Any, error: type[Exception]
) -> None:
    reader, searcher = opened(store, folder)
    compiled.clear()
    for connection in (reader, searcher.connection):
        before = connection.connection
        with pytest.raises(error):
            connection.answer(lambda connection=connection: question(connection))
        assert connection.connection is before
    assert compiled == []


def test_programming_error_in_a_function_of_the_index_passes_through(
    store: Path, folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.search.engine.RankingCollector.__call__", lambda *_: fail(KeyError("no such phrase")))
    _, searcher = opened(store, folder)
    compiled.clear()
    with pytest.raises(KeyError):
        searcher.search(searcher.parse("timber"))
    assert compiled == []


def test_store_that_cannot_be_read_any_more_is_reported(store: Path, folder: Path) -> None:
    reader, _ = opened(store, folder)
    damage_sealed(only_file(folder), DAMAGES["record that is no JSON"])
    store.unlink()
    with pytest.raises(StoreError, match="There is no store at"):
        reader.agreement("a")
    assert reader.summary("a"), "what is sound is still read"


def test_interrupt_while_the_catalogue_is_compiled_again_stops_the_question(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, _ = opened(store, folder)
    damage_sealed(only_file(folder), DAMAGES["record that is no JSON"])
    compile_file = build.compile_file

    def compile_and_interrupt(*arguments: Any) -> Path:
        reader.interrupt()
        return compile_file(*arguments)

    monkeypatch.setattr(build, "compile_file", compile_and_interrupt)
    with pytest.raises(Interrupted):
        reader.agreement("a")
    assert reader.agreement("a")
