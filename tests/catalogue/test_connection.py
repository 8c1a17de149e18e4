"""Tests of the connection: it is renewed once when the file proves damaged, and only then."""

from __future__ import annotations

import apsw
import pytest

from tui.catalogue.connection import CATALOGUE_ERRORS, CatalogueConnection, Interrupted


def database(*tables: str) -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    for table in tables:
        connection.execute(f"CREATE TABLE {table} (id)")
    return connection


def test_connection_without_a_table_is_renewed() -> None:
    connection = CatalogueConnection(database(), lambda: database("agreement"))
    assert connection.fetch_all("SELECT id FROM agreement") == []


def test_connection_is_renewed_only_once() -> None:
    renewed: list[apsw.Connection] = []

    def renew() -> apsw.Connection:
        renewed.append(database())
        return renewed[-1]

    connection = CatalogueConnection(database(), renew)
    for _ in range(2):
        with pytest.raises(CATALOGUE_ERRORS):
            connection.fetch_all("SELECT id FROM agreement")
    assert len(renewed) == 1


@pytest.mark.parametrize(
    ("statement", "error"),
    [("SELECT nothing FROM agreement", apsw.SQLError), ("SELECT ?", apsw.BindingsError)],
)
def test_wrong_statement_does_not_renew_the_connection(statement: str, error: type[apsw.Error]) -> None:
    first = database("agreement")
    connection = CatalogueConnection(first, lambda: database("agreement"))
    with pytest.raises(error):
        connection.fetch_all(statement)
    assert connection.connection is first


def test_interrupt_while_the_catalogue_is_built_again_stops_the_operation() -> None:
    def renew() -> apsw.Connection:
        connection.interrupt()
        return database("agreement")

    connection = CatalogueConnection(database(), renew)
    with pytest.raises(Interrupted), connection.operation():
        connection.fetch_all("SELECT id FROM agreement")
    assert connection.fetch_all("SELECT id FROM agreement") == []
