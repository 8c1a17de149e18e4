"""The command line as it is used: another folder, pipes, odd encodings, no terminal, hostile stores."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.cli.conftest import Say
from tests.helpers.stores import HOSTILE, ROOT, SHIPPED, hostile_store, unsafe_characters, write_store
from tui import __version__
from tui.corpus import safe
from tui.corpus.records import Agreement

PACT = "1941-04-13-neutrality-pact"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path, shared_cache_home: Path) -> Run:
    """Runs `python -m tui …` in an empty folder, with the cache of these tests."""

    def command(*words: str, env: dict[str, str] | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
        settings = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(shared_cache_home), **(env or {})}
        more = {"stdin": subprocess.DEVNULL, "capture_output": True, **more}
        return subprocess.run(
            [sys.executable, "-m", "tui", *words],
            cwd=tmp_path,
            env=settings,
            encoding="utf-8",
            timeout=60,
            check=False,
            **more,
        )

    return command


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Two agreements, one link."""
    return str(
        write_store(
            tmp_path / "s.json",
            eras=[{"id": "e", "title": "An era"}],
            agreements=[
                {"id": "one", "short_title": "First", "era": "e", "date": "1950", "summary": "Of fish."},
                {"id": "two", "short_title": "Second"},
                {"id": "three"},
            ],
            links=[{"from": "one", "to": "two", "type": "cites", "reason": "So.", "basis": "memory"}],
        )
    )


# -- each command, as a process of its own, on the shipped corpus


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (["list"], 0, PACT),
        (["list", "--json"], 0, PACT),
        (["show", PACT], 0, "中立条約"),
        (["show", PACT, "--json"], 0, "provisions"),
        (["search", "neutrality"], 0, PACT),
        (["search", "--json", "neutrality"], 0, PACT),
        (["search", "漁業"], 0, "fisheries-convention"),
        (["links", PACT], 0, "1945-04-05"),
        (["links", PACT, "--json"], 0, "relation"),
        (["schema"], 0, "agreements"),
        (["--version"], 0, __version__),
        (["--help"], 0, "search"),
        (["search", "--help"], 0, "WORDS"),
        (["show", "no-such-id"], 1, ""),
        (["links", "no-such-id"], 1, ""),
        (["search", "quicksilverish"], 1, ""),
        (["search", "--json", "quicksilverish"], 1, "[]"),
        ([], 2, ""),
        ([PACT], 2, ""),
        (["explore"], 2, ""),
        (["explore", PACT], 2, ""),
        (["--store", "x.json"], 2, ""),
        (["show"], 2, ""),
        (["search"], 2, ""),
        (["list", "--no-such-option"], 2, ""),
        (["list", "--store"], 2, ""),
        (["list", "--store", "none.json"], 3, ""),
        (["show", PACT, "--store", "/"], 3, ""),
        (["check", "none.json"], 3, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_every_command_from_another_folder(run: Run, words: list[str], code: int, expected: str) -> None:
    done = run(*words)
    assert done.returncode == code, done.stderr
    assert expected in "".join(done.stdout.split())
    assert "Traceback" not in done.stderr
    if code == 0:
        assert done.stderr == ""
    if code > 1:
        assert done.stdout == ""
        assert done.stderr.strip()
    if "--json" in words and code < 2:
        json.loads(done.stdout)


def test_without_a_terminal_a_sentence_says_what_to_use(run: Run) -> None:
    done = run()
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    for command in ("list", "show", "search", "links"):
        assert command in done.stderr


@pytest.mark.parametrize("words", [[], ["list"], ["list", "--json"], ["show", PACT], ["links", PACT]], ids=" ".join)
@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_closed_streams_are_no_traceback(shared_cache_home: Path, words: list[str], closed: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(shared_cache_home)}
    quoted = " ".join([sys.executable, "-m", "tui", *words])
    done = subprocess.run(["sh", "-c", f"{quoted} {closed}"], env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in ((2,) if not words else (0, 1))


# -- pipes and encodings


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "--json"],
        ["show", PACT],
        ["links", PACT],
        ["search", "fish"],
        ["search", "shimoda"],
        ["schema"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_a_reader_that_has_gone_is_no_error(run: Run, words: list[str]) -> None:
    """`… | head -1`: long output breaks while it is printed, short output when the program ends."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = run(*words, capture_output=False, stdout=write_end, stderr=subprocess.PIPE)
    finally:
        os.close(write_end)
    assert (done.returncode, done.stderr) == (0, "")


def test_head_takes_one_line(shared_cache_home: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(shared_cache_home)}
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m tui show {PACT} | head -1"],
        cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)


NARROW = {
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "strict ascii": {"PYTHONIOENCODING": "ascii:strict"},
}


@pytest.mark.parametrize("env", NARROW.values(), ids=NARROW.keys())
@pytest.mark.parametrize(
    "words", [["list"], ["show", PACT], ["show", PACT, "--json"], ["search", "漁業"]], ids=" ".join
)
def test_an_output_that_cannot_say_it_gets_escapes(run: Run, words: list[str], env: dict[str, str]) -> None:
    done = run(*words, env=env, errors="surrogateescape")
    assert (done.returncode, done.stderr) == (0, "")
    if "--json" in words:
        assert json.loads(done.stdout)["id"] == PACT


@pytest.mark.parametrize("words", [["show"], ["links"], ["search"]], ids=" ".join)
@pytest.mark.parametrize("env", [{}, NARROW["C"]], ids=["UTF-8", "C"])
def test_an_argument_that_is_no_text_is_not_found(run: Run, words: list[str], env: dict[str, str]) -> None:
    done = run(*words, os.fsdecode(b"caf\xe9\x1b[31m"), env=env)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert unsafe_characters(done.stderr) == []


# -- the store that is meant


@pytest.mark.parametrize(
    "words",
    [
        ["--store", "{}", "list"],
        ["list", "--store", "{}"],
        ["--store={}", "list"],
        ["list", "--store={}"],
    ],
    ids=" ".join,
)
def test_the_store_may_stand_before_and_after_the_command(say: Say, store: str, words: list[str]) -> None:
    code, out, err = say(*(word.replace("{}", store) for word in words))
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()] == [["one", "First"], ["two", "Second"], ["three", "three"]]


def test_options_before_the_command_all_count(say: Say, store: str) -> None:
    code, out, _ = say("--store", store, "--json", "search", "fish")
    assert code == 0
    assert [found["id"] for found in json.loads(out)] == ["one"]


def test_an_id_that_is_the_name_of_a_command_can_be_shown(say: Say, tmp_path: Path) -> None:
    path = write_store(tmp_path / "s.json", agreements=[{"id": "list", "summary": "Of lists."}])
    code, out, _ = say("show", "list", "--store", str(path))
    assert code == 0
    assert "Of lists." in out


def test_the_store_is_not_written_and_nothing_appears_beside_it(say: Say, store: str) -> None:
    before = Path(store).read_bytes()
    for words in (["list"], ["show", "one"], ["search", "fish"], ["links", "one"], ["check"]):
        say(*words, "--store", store)
    assert Path(store).read_bytes() == before
    assert [entry.name for entry in Path(store).parent.iterdir()] == ["s.json"]


# -- JSON


def test_search_for_a_verdict_prints_the_claims_that_were_so_judged(say: Say) -> None:
    for words in (["search", "verdict:contradicts"], ["show", "search:verdict%3Acontradicts"]):
        code, out, _ = say(*words)
        assert code == 0
        assert out.count("Contradicted by the record") == 2
        assert "The convention was signed on 1 January 1925." in out


def test_json_of_search_and_list(say: Say, store: str) -> None:
    code, out, _ = say("search", "--json", "fish", "--store", store)
    assert code == 0
    assert json.loads(out) == [{"id": "one", "title": "First", "date": "1950", "era": "An era", "snippet": "Of fish."}]
    _, out, _ = say("list", "--json", "--store", store)
    assert set(json.loads(out)[0]) == {"id", "title", "date", "era"}
    assert len(json.loads(out)) == 3


def test_json_of_links_and_show(say: Say, store: str) -> None:
    _, out, _ = say("links", "one", "--json", "--store", store)
    assert json.loads(out) == [
        {"relation": "Cites", "id": "two", "title": "Second", "date": "", "reason": "So.", "basis": "memory"}
    ]
    _, out, _ = say("show", "one", "--json", "--store", store)
    shown = json.loads(out)
    assert (shown["id"], shown["summary"], shown["claims"], shown["cited"]) == ("one", "Of fish.", [], [])


def test_json_of_no_links_is_an_empty_list(say: Say, store: str) -> None:
    assert say("links", "three", "--json", "--store", store)[:2] == (1, "[]\n")


def test_json_of_a_shipped_agreement_is_its_record(say: Say) -> None:
    _, out, _ = say("show", PACT, "--json")
    shown = json.loads(out)
    (stored,) = [a for a in json.loads(SHIPPED.read_text(encoding="utf-8"))["agreements"].values() if a["id"] == PACT]
    assert msgspec.convert(shown, Agreement) == msgspec.convert(stored, Agreement)
    assert {source["id"] for source in shown["cited"]} >= set(stored["sources"])
    assert shown["claims"]


def test_the_schema_is_a_schema_that_the_shipped_store_keeps(say: Say) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    _, out, _ = say("schema")
    schema = json.loads(out)
    jsonschema.validators.validator_for(schema).check_schema(schema)
    jsonschema.validate(json.loads(SHIPPED.read_text(encoding="utf-8")), schema)


# -- what is not there


def test_show_names_no_topic_in_place_of_an_empty_kind(say: Say, tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a", "kind": ""}, {"id": "b", "topics": ["fish"]}])
    code, printed, _ = say("show", "--store", str(store), "a")
    assert code == 0
    assert re.search(r"^Kind +No kind given$", printed, re.MULTILINE)
    assert "No topic given" not in printed


def test_an_unknown_id_gets_suggestions(say: Say) -> None:
    code, out, err = say("show", "neutrality")
    assert (code, out) == (1, "")
    assert PACT in err


def test_an_empty_store_lists_nothing(say: Say, tmp_path: Path) -> None:
    path = str(write_store(tmp_path / "s.json"))
    assert say("list", "--store", path)[:2] == (1, "")
    assert say("list", "--json", "--store", path)[:2] == (1, "[]\n")


def test_records_that_cannot_be_read_are_counted_and_the_rest_is_shown(say: Say, tmp_path: Path) -> None:
    path = str(write_store(tmp_path / "s.json", agreements=[{"id": 1}, {"id": "good"}]))
    code, out, err = say("list", "--store", path)
    assert code == 0
    assert out.split() == ["good", "good"]
    assert err.startswith("1 record of ")
    code, out, _ = say("check", path)
    assert code == 1
    assert f"{path}:3: error:" in out
    assert "expected text, got a number" in out


@pytest.mark.parametrize(
    ("summary", "severity", "options", "expected"),
    [
        ("Only one sentence.", "warning", [], 0),
        ("Only one sentence.", "warning", ["--json"], 0),
        ("Only one sentence.", "warning", ["--strict"], 1),
        ("Only one sentence.", "warning", ["--strict", "--json"], 1),
        ("Of \x1b. Two.", "error", [], 1),
        ("Of \x1b. Two.", "error", ["--strict"], 1),
        ("One. Two.", "", ["--strict"], 0),
    ],
)
def test_check_fails_of_warnings_only_with_strict(
    say: Say, tmp_path: Path, summary: str, severity: str, options: list[str], expected: int
) -> None:
    path = write_store(tmp_path / "s.json", agreements=[{"id": "a", "short_title": "A", "summary": summary}])
    assert {finding["severity"] for finding in json.loads(say("check", str(path), "--json")[1])} == {severity} - {""}
    assert say("check", str(path), *options)[0] == expected


# -- hostile stores


HOSTILE_COMMANDS = [
    ["list"],
    ["list", "--json"],
    ["show", "plain"],
    ["show", "plain", "--json"],
    ["show", "HOSTILE"],
    ["show", "HOSTILE", "--json"],
    ["search", "plain"],
    ["search", "red"],
    ["search", "--json", "red"],
    ["search", "漁業"],
    ["links", "plain"],
    ["links", "plain", "--json"],
    ["links", "HOSTILE"],
    ["check"],
    ["check", "--json"],
    ["show", "no such \x1b[31m id \u202e"],
    ["links", "no such \x9b id"],
]


@pytest.mark.parametrize("words", HOSTILE_COMMANDS, ids=lambda words: " ".join(map(ascii, words)))
def test_nothing_printed_of_a_hostile_store_drives_the_terminal(say: Say, tmp_path: Path, words: list[str]) -> None:
    path = hostile_store(tmp_path / "s.json")
    given = [safe.text(HOSTILE) if word == "HOSTILE" else word for word in words]
    code, out, err = say(*given, "--store", str(path))
    assert code in (0, 1)
    assert out or err
    assert unsafe_characters(out) == unsafe_characters(err) == []
    if "--json" in words:
        assert unsafe_characters(json.dumps(json.loads(out), ensure_ascii=False)) == []


def test_a_hostile_agreement_is_shown_word_for_word(say: Say, tmp_path: Path) -> None:
    path = hostile_store(tmp_path / "s.json")
    code, out, _ = say("show", "plain", "--store", str(path))
    assert code == 0
    flat = "".join(out.split())
    for piece in ("[/x]", "[@click=app.quit]quit[/]", "[Signed]", "[[", "<b>bold</b>", "␛[31mred␛[0m", "‹U+202E›"):
        assert flat.count(piece) >= 10, piece


def test_a_list_has_a_line_an_agreement_whatever_the_ids_hold(say: Say, tmp_path: Path) -> None:
    path = write_store(
        tmp_path / "s.json", agreements=[{"id": "a\nb", "short_title": "c\nd"}, {"id": "e", "date": "1950"}]
    )
    code, out, _ = say("list", "--store", str(path))
    assert code == 0
    assert len(out.splitlines()) == 2


@pytest.mark.parametrize("words", [["list"], ["check"], ["search", "good"]], ids=" ".join)
def test_the_name_of_a_store_drives_no_terminal(say: Say, tmp_path: Path, words: list[str]) -> None:
    path = write_store(tmp_path / "esc\x1b[31m\u202e.json", agreements=[{"id": 1}, {"id": "good"}])
    _, out, err = say(*words, "--store", str(path))
    assert unsafe_characters(out) == unsafe_characters(err) == []


def test_output_to_a_pipe_has_no_colours(run: Run) -> None:
    assert "\x1b" not in run("show", PACT).stdout
    assert "\x1b" not in run("search", "fish", env={"FORCE_COLOR": "1"}).stdout


@pytest.mark.parametrize("words", [["show", PACT], ["search", "fish"], ["links", PACT]], ids=" ".join)
def test_lines_to_a_pipe_are_at_most_eighty_cells(say: Say, words: list[str]) -> None:
    from tui.corpus.cells import length

    assert max(map(length, say(*words)[1].splitlines())) <= 80
