"""Messages: whatever a store holds or a reader types, a message quotes a stretch of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.stores import hostile_store, load, write_store
from tui import cli
from tui.cli.program import FOUND
from tui.corpus.check import check
from tui.corpus.file import StoreError
from tui.corpus.safe import MAX_QUOTED
from tui.pages.views import VIEWS

LONG = "q" * 3_000
QUOTED = re.compile(f"q{{{MAX_QUOTED + 1}}}")
"""More of the long text than a message may quote."""


def record(**fields: Any) -> dict[str, Any]:
    return {"id": "a", **fields}


BAD_RECORDS: dict[str, dict[str, Any]] = {
    "a value of a closed list": record(events=[{"kind": LONG}]),
    "a value with a path in it": record(events=[{"kind": f"{LONG} - at `$.{LONG}`"}]),
    "a key of another type": record(titles={LONG: 5}),
    "an id": {"id": LONG, "titles": 5},
    "an id of another type": {"id": [LONG], "titles": 5},
    "an unknown field": record(**{LONG: 1}),
    "a date": record(date=LONG),
    "a date of two sides": record(date=f"{LONG}/{LONG}"),
    "a date of three sides": record(date=f"{LONG}/1941/1942"),
    "an era": record(era=LONG),
    "a source": record(sources=[LONG]),
    "a link": record(summary=f"[[{LONG}]] [[ {LONG}"),
    "a title": record(short_title=LONG, titles={"ru": LONG, LONG: " "}),
    "a mixed word": record(summary=f"Я{LONG}"),
    "a run of words": record(provisions=[{"text": f"{LONG} " * 8}]),
    "many dates": record(date="1990", events=[{"kind": "signed", "date": f"{year}"} for year in range(1000, 1900)]),
}


@pytest.mark.parametrize("bad", BAD_RECORDS.values(), ids=BAD_RECORDS.keys())
def test_findings_quote_a_stretch(tmp_path: Path, bad: dict[str, Any]) -> None:
    other = {**bad, "id": f"{LONG}2"}
    link = {"from": LONG, "to": LONG, "type": "cites", "reason": " "}
    claim = {"id": LONG, "source": LONG, "locus": LONG, "about": LONG, "says": "x", "verdict": "agrees"}
    era = {"id": "e", "title": "E"}
    store = write_store(
        tmp_path / "s.json", agreements=[bad, bad, other], links=[link, link], claims=[claim, claim], eras=[era]
    )
    findings = check(store)
    assert findings
    for finding in findings:
        assert not QUOTED.search(finding.message), finding.rule
        assert len(finding.message) < 400
        assert len(finding.record) <= 2 * MAX_QUOTED
    for problem in load(store).problems:
        assert not QUOTED.search(problem.message + problem.record)


@pytest.mark.parametrize("text", [LONG, f"{LONG} ", f'"{LONG}', f"[[{LONG}|", f"\x1b{LONG}", f"{LONG}\n"], ids=repr)
def test_findings_of_hostile_records_quote_a_stretch(tmp_path: Path, text: str) -> None:
    for finding in check(hostile_store(tmp_path / "s.json", text)):
        assert not QUOTED.search(finding.message), finding


@pytest.mark.parametrize(
    "raw",
    [
        f'{{"{LONG}": 5}}',
        f'{{"agreements": {{}} "{LONG}": 5}}',
        f'{{"agreements": {{"1": {{"{LONG}": 1, "{LONG}": 2}}}}}}',
        f'{{"agreements": {{"{LONG}": {{}}}}}}',
    ],
    ids=lambda raw: raw[:20],
)
def test_errors_of_a_store_quote_a_stretch(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(raw)
    try:
        messages = " ".join(problem.message + problem.record for problem in load(path).problems)
    except StoreError as error:
        messages = str(error)
    assert messages
    assert not QUOTED.search(messages)


@pytest.mark.parametrize(
    "arguments",
    [
        *([LONG], [LONG, LONG], ["show", LONG], ["show", f"{LONG}:"], ["show", f"a/{LONG}"], ["show", f"a@{LONG}"]),
        *(
            ["show", f"{LONG}//"],
            ["show", f"a#{LONG}"],
            ["show", f"era:{LONG}"],
            ["show", "a", LONG],
            ["show", f"--{LONG}"],
        ),
        *(["list", "--format", LONG], ["list", f"signed:{LONG}"], ["list", f"{LONG}:x"], ["search", "--limit", LONG]),
        *(["search", LONG], ["search", f"{LONG}:{LONG}"], ["names", LONG], ["sources", LONG], ["--theme", LONG]),
        *([view.name, f"{LONG[1:]}"] for view in VIEWS.values() if view.subjects and view.name != "search"),
        *([view.name, LONG, LONG] for view in VIEWS.values()),
    ],
    ids=lambda arguments: " ".join(word[:12] for word in arguments),
)
def test_command_line_errors_quote_a_stretch(
    long_ids: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = cli.main([*arguments, "--store", str(long_ids)])
    except SystemExit as error:
        code = error.code
    output = capsys.readouterr()
    assert code != FOUND or not output.err
    assert not QUOTED.search(output.err)
    assert len(output.err) < 1_000


@pytest.fixture(scope="module")
def long_ids(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store in which ids are long and much like each other."""
    ids = [f"{LONG}{number}" for number in range(8)]
    return write_store(
        tmp_path_factory.mktemp("store") / "s.json",
        agreements=[{"id": "a", "summary": "Fish."}, *({"id": known, "short_title": known} for known in ids)],
        eras=[{"id": known, "title": known} for known in ids],
        sources=[{"id": known, "title": known} for known in ids],
        names=[{"id": known, "name": known, "kind": "person"} for known in ids],
    )


def test_note_of_what_was_signed_in_a_year_quotes_a_stretch(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "1956", f"-{LONG}"]) == FOUND
    note = capsys.readouterr().err
    assert note.startswith("signed in 1956: 5 records, signed:1956 -qqq")
    assert not QUOTED.search(note)
