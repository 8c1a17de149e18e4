"""Commands on a catalogue into which somebody else has written: they print what the store says, and safe text only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.catalogues import damage_sealed, only_file
from tests.helpers.stores import write_store
from tui import paths
from tui.cli import main

ESC = "char(27) || ']0;owned' || char(7)"
PLANTED = {
    "list": f"UPDATE agreement SET name = {ESC}",
    "show a": """UPDATE record SET record = '{"id":"a","short_title":"\\u001b]0;owned\\u0007"}'""",
    "show a --json": f"UPDATE record SET record = {ESC}",
    "links a": f"UPDATE link SET reason = {ESC}",
    "search timber": f"UPDATE search_content SET c7 = 'timber ' || {ESC}",
    "life a": "DROP TABLE record",
    "names": "ALTER TABLE name RENAME COLUMN kind TO sort",
}


@pytest.mark.parametrize(("command", "planted"), PLANTED.items(), ids=PLANTED)
def test_command_prints_what_the_store_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, planted: str
) -> None:
    store = write_store(
        tmp_path / "s.json",
        agreements=[{"id": "a", "short_title": "Alpha", "summary": "Fish and timber."}, {"id": "b"}],
        links=[{"from": "a", "to": "b", "type": "cites", "reason": "It says so."}],
        names=[{"id": "n", "kind": "place", "name": "Sakhalin"}],
    )
    arguments = [*command.split(), "--store", str(store)]
    code = main(arguments)
    expected = capsys.readouterr()
    damage_sealed(only_file(paths.cache_folder()), planted)
    assert main(arguments) == code
    assert capsys.readouterr() == expected
    assert expected.out
