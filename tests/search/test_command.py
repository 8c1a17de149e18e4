"""Number of results that the command `search` prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.stores import write_store
from tui import cli
from tui.search import sql

MATCHING = 450


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store in which 450 agreements match `timber`, and 3 of them `amber`."""
    agreements = [
        {"id": f"a{number}", "short_title": "Timber", "summary": "Amber." if number < 3 else ""}
        for number in range(MATCHING)
    ]
    return write_store(tmp_path_factory.mktemp("store") / "s.json", agreements=agreements)


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the catalogue of the store between the tests, and away from the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def run(capsys: pytest.CaptureFixture[str], store: Path, *words: str) -> tuple[int, str, str]:
    try:
        code = cli.main(["search", *words, "--store", str(store)])
    except SystemExit as leave:
        code = int(leave.code or 0)
    return code, *capsys.readouterr()


@pytest.mark.parametrize(
    ("options", "shown"),
    [((), 200), (("--limit", "5"), 5), (("--limit=449",), 449)],
)
def test_cut_results_are_reported(
    capsys: pytest.CaptureFixture[str], store: Path, options: tuple[str, ...], shown: int
) -> None:
    code, out, err = run(capsys, store, "timber", *options)
    assert (code, err) == (0, f"{shown} of 450 shown; --limit 0 prints all.\n")
    assert len([line for line in out.splitlines() if line.startswith("  a")]) == shown


@pytest.mark.parametrize("limit", ["0", "450", "1000"])
def test_limit_above_total_prints_all_without_remark(
    capsys: pytest.CaptureFixture[str], store: Path, limit: str
) -> None:
    code, out, err = run(capsys, store, "timber", "--limit", limit)
    assert (code, err) == (0, "")
    assert len({line for line in out.splitlines() if line.startswith("  a")}) == MATCHING


@pytest.mark.parametrize(("options", "shown"), [((), 200), (("--limit", "0"), MATCHING)])
def test_json_is_not_cut_silently(
    capsys: pytest.CaptureFixture[str], store: Path, options: tuple[str, ...], shown: int
) -> None:
    _, out, err = run(capsys, store, "timber", "--json", *options)
    assert len(json.loads(out)) == shown
    assert bool(err) == (shown < MATCHING)


def test_results_beyond_ranking_limit_are_counted_and_printed(
    capsys: pytest.CaptureFixture[str], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "MAX_RANKED", 100)
    _, out, err = run(capsys, store, "timber", "--json", "--limit", "2")
    assert len(json.loads(out)) == 2
    assert "2 of 450 shown; --limit 0 prints all.\n" in err
    _, out, err = run(capsys, store, "timber", "--json", "--limit", "0")
    assert {found["id"] for found in json.loads(out)} == {f"a{number}" for number in range(MATCHING)}
    assert "shown" not in err


def test_results_below_limit_are_printed_without_remark(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    code, out, err = run(capsys, store, "amber", "--json")
    assert (code, len(json.loads(out)), err) == (0, 3, "")


@pytest.mark.parametrize("limit", ["-1", "many", "", "²"])
def test_limit_is_a_number(capsys: pytest.CaptureFixture[str], store: Path, limit: str) -> None:
    code, out, err = run(capsys, store, "timber", f"--limit={limit}")
    assert (code, out) == (2, "")
    assert "a number is wanted, 0 for all" in err


def test_limit_may_stand_before_the_command(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    code = cli.main(["--limit", "1", "search", "timber", "--json", "--store", str(store)])
    assert (code, len(json.loads(capsys.readouterr().out))) == (0, 1)


@pytest.mark.parametrize(
    "words",
    ["timber -amber", "-amber timber", "amber OR timber -oak OR timber", "timber --store-room", "timber signed: 1941"],
)
def test_bare_words_mean_what_they_mean_in_one_argument(
    capsys: pytest.CaptureFixture[str], store: Path, words: str
) -> None:
    assert run(capsys, store, *words.split()) == run(capsys, store, words)
