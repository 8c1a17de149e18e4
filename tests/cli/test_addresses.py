"""Addresses on the command line: what `show` and the views print, and the sentences for what is not there."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import Say
from tests.helpers.stores import SHIPPED, hostile_store, unsafe_characters, write_store
from tui import paths
from tui.address import Address
from tui.catalogue.reader import CatalogueReader
from tui.cli.explore import explore
from tui.cli.parser import COMMANDS
from tui.pages.resources import Resources
from tui.pages.views import VIEWS

DECLARATION = "1956-10-19-joint-declaration"
RECORD = next(
    record
    for record in json.loads(SHIPPED.read_text(encoding="utf-8"))["agreements"].values()
    if record["id"] == DECLARATION
)


# -- what is shown


@pytest.mark.parametrize(
    "words", [("Joint", "Declaration"), ("joint-declaration",), (RECORD["titles"]["ja"],), (RECORD["titles"]["ru"],)]
)
def test_title_is_an_address(say: Say, words: tuple[str, ...]) -> None:
    assert say("show", *words) == say("show", DECLARATION)


def test_title_of_several_records_is_no_address(say: Say, tmp_path: Path) -> None:
    store = write_store(
        tmp_path / "s.json", agreements=[{"id": "a", "short_title": "Pact"}, {"id": "b", "short_title": "pact"}]
    )
    code, out, err = say("show", "Pact", "--store", str(store))
    assert (code, out) == (1, "")
    assert err.startswith("There is no record Pact.")


def test_place_prints_title_and_only_that_provision(say: Say) -> None:
    code, out, err = say("show", f"{DECLARATION}/point-9")
    assert (code, err) == (0, "")
    assert out.startswith(RECORD["titles"]["en"])
    for provision in RECORD["provisions"]:
        assert (provision["heading"] in out) == (provision["ref"] == "Point 9")
    assert RECORD["summary"][:30] not in out


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
def test_view_as_a_command_prints_what_show_prints(
    say: Say, shipped: CatalogueReader, name: str, options: list[str]
) -> None:
    sample = VIEWS[name].sample(Resources(shipped))
    address = f"agreement:{sample.subject[0]}" if name == "agreement" else sample.text()
    assert say(name, *sample.subject, *options) == say("show", address, *options)


def test_words_of_a_view_that_reads_text_are_one_text(say: Say) -> None:
    code, out, _ = say("names", "Joint", "Declaration")
    assert code == 0
    assert "that holds “Joint Declaration”" in out
    assert "Karakhan" not in out


def test_text_narrows_the_names(say: Say) -> None:
    _, every, _ = say("names")
    _, narrowed, _ = say("names", "kuril")
    assert "Kurils" in narrowed
    assert set(narrowed.splitlines()[3:]) < set(every.splitlines())


def test_subjects_are_not_decoded(say: Say, tmp_path: Path) -> None:
    store = str(write_store(tmp_path / "s.json", agreements=[{"id": "a%41"}, {"id": "aA"}]))
    assert "a%41" in say("life", "a%41", "--store", store)[1]
    assert "aA" in say("show", "life:a%41", "--store", store)[1]


def test_set_day_stands_on_the_page(say: Say) -> None:
    assert "Day set: 1 January 1957\n" in say("show", f"{DECLARATION}@1957-01-01")[1]


def test_changed_record_is_a_sentence_and_is_shown(say: Say, shipped: CatalogueReader) -> None:
    whole = say("show", DECLARATION)[1]
    code, out, err = say("show", f"{DECLARATION}#00000000")
    assert (code, out) == (0, whole)
    assert err.startswith("This record has changed since it was cited")
    assert err.count("\n") == 1
    assert say("show", f"{DECLARATION}#{shipped.checksum(DECLARATION)}") == (0, whole, "")


# -- an id of the store as it stands

ODD_IDS = ["era:war", "start:", "a/point-9", "a@1945-08-08", "a#00000000", "a b", "100%", "%FF", "a,b", "-x", "show"]


@pytest.mark.parametrize("odd", ODD_IDS)
def test_id_as_it_stands_goes_before_the_grammar(say: Say, tmp_path: Path, odd: str) -> None:
    plain_record = {"id": "a", "provisions": [{"text": "T", "ref": "Point 9"}]}
    store = str(write_store(tmp_path / "s.json", agreements=[plain_record, {"id": odd}]))
    assert json.loads(say("show", "--store", store, "--json", "--", odd)[1])["id"] == odd
    address = Address(subject=(odd,)).text()
    assert json.loads(say("show", "--store", store, "--json", f"sja:{address}")[1])["id"] == odd
    assert json.loads(say("agreement", "--store", store, "--json", "--", odd)[1])["id"] == odd


def test_scheme_always_means_an_address(say: Say, tmp_path: Path) -> None:
    store = str(
        write_store(tmp_path / "s.json", agreements=[{"id": "sja:start:", "summary": "Found."}, {"id": "list"}])
    )
    assert "Found." not in say("show", "sja:start:", "--store", store)[1]
    assert say("show", "sja:list", "--store", store)[0] == 0
    assert say("sja:lists", "--store", store)[2].startswith("There is no record lists")


# -- what is not there


def test_unknown_place_answers_with_those_there_are(say: Say) -> None:
    code, out, err = say("show", f"{DECLARATION}/nowhere")
    assert (code, out) == (1, "")
    assert err.startswith("There is no place nowhere on this page.\n")
    assert {"point-9", ".facts", ".sources"} <= set(err.splitlines()[1].removeprefix("  there are: ").split(", "))


@pytest.mark.parametrize("words", [["show", "lifes:x"], ["lifes:x"]], ids=" ".join)
def test_unknown_view_answers_with_the_list(say: Say, words: list[str]) -> None:
    code, out, err = say(*words)
    assert (code, out) == (2, "")
    assert err == f"There is no view lifes; near it: life. The views are {', '.join(VIEWS)}.\n"


@pytest.mark.parametrize(
    "words",
    [
        ["show", "joint-declaratio"],
        ["links", "joint-declaration"],
        ["show", "life:joint-declaration"],
        ["joint-declaratio"],
    ],
    ids=" ".join,
)
def test_unknown_id_answers_with_near_ones(say: Say, words: list[str]) -> None:
    code, out, err = say(*words)
    assert (code, out) == (1, "")
    assert f"  near it: {DECLARATION}\n" in err


@pytest.mark.parametrize(
    "words",
    [["life"], ["life", "a", "b"], ["start", "a"], ["show", "life:"], ["show", "claims:a,b"], ["era"], ["show"],
     ["check", "a", "b"], ["search"], ["search", " "], ["show", "start:#00000000"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_number_of_subjects_is_one_sentence(say: Say, words: list[str]) -> None:
    code, out, err = say(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.rstrip().endswith((".", "usage."))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["serch", "fish"], "There is no command serch; near it: search.\n"),
        (["explore", "serch", "fish"], "There is no command serch; near it: search.\n"),
        (["--store", str(SHIPPED), "serch", "fish"], "There is no command serch; near it: search.\n"),
        (["check", "a", "b"], "b is more than check takes"),
        (["list", "--jsn"], "--jsn is no option of this command"),
        (["list", "--js"], "--js is no option of this command"),
    ],
)
def test_misspelt_command_or_option_is_named(say: Say, words: list[str], expected: str) -> None:
    code, out, err = say(*words)
    assert (code, out) == (2, "")
    assert err.startswith(expected)
    assert err.count("\n") == 1


def test_single_misspelt_word_may_be_command_or_id(say: Say) -> None:
    code, _, err = say("serch")
    assert code == 1
    assert err == "There is no record serch and no such command; near it: search.\n"


def test_help_shows_four_examples_that_work(say: Say) -> None:
    code, out, err = say("-h")
    assert (code, err) == (0, "")
    lines = [line.strip() for line in out.partition("examples:\n")[2].splitlines()]
    examples = [shlex.split(line.partition("   ")[0].partition(" | ")[0]) for line in lines]
    assert len(examples) == 4
    for name in COMMANDS:
        assert re.search(rf"^    {name}\b", out, re.MULTILINE)
    started = next(n for n, word in enumerate(examples[0]) if word == f"{DECLARATION}/point-9")
    for example in examples[1:]:
        assert say(*example[started:])[0] == 0
    assert say("show", examples[0][started])[0] == 0


HOSTILE_ADDRESSES = [
    "",
    "%FF",
    "a" * 10_000,
    ":" * 10_000,
    f"{'A' * 10_000}:x",
    "x/" + "%FF" * 3_000,
    "\x1b[31m\u202e",
    "a@" + "9" * 10_000,
    "a#" + "\x07" * 90,
    os.fsdecode(b"caf\xe9\x1b"),
    "era:" + "," * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE_ADDRESSES, ids=lambda text: ascii(text[:12]))
@pytest.mark.parametrize("command", [["show"], ["explore"], ["life"], ["list", "--format"], ["--theme"]], ids=" ".join)
def test_hostile_argument_is_quoted_in_short_and_safely(say: Say, command: list[str], text: str) -> None:
    code, out, err = say(*command, text)
    assert code in (1, 2)
    assert out == ""
    assert unsafe_characters(err) == []
    sentence = err.partition("\n")[0]
    assert len(sentence) < 300
    assert not any(letter * 160 in sentence for letter in "a:A9,")


# -- list


def test_query_narrows_the_list(say: Say) -> None:
    code, out, _ = say("list", "fishery", "--ids")
    found = {result["id"] for result in json.loads(say("search", "fishery", "--limit", "0", "--json")[1])}
    assert code == 0
    assert set(out.split()) == found != set()
    assert {entry["id"] for entry in json.loads(say("list", "fishery", "--json")[1])} == found
    assert say("list", "quicksilverish")[:2] == (1, "")


def test_ids_alone_are_all_ids_of_the_store(say: Say) -> None:
    stored = json.loads(SHIPPED.read_text(encoding="utf-8"))["agreements"].values()
    assert sorted(say("list", "--ids")[1].splitlines()) == sorted(record["id"] for record in stored)


def test_tsv_has_five_columns(say: Say) -> None:
    code, out, _ = say("list", "--format", "tsv")
    rows = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert {len(row) for row in rows} == {5}
    assert [DECLARATION, "1956-10-19", "Declaration", "Postwar", "Joint Declaration"] in rows


def test_tsv_of_a_hostile_store_has_a_line_an_agreement(say: Say, tmp_path: Path) -> None:
    odd = "a\tb\nc\r\n\x0b\x0c\x85\u2028d"
    for store, count in ((hostile_store(tmp_path / "s.json"), 2), (hostile_store(tmp_path / "t.json", odd), 2)):
        code, out, _ = say("list", "--format", "tsv", "--store", str(store))
        assert code == 0
        assert unsafe_characters(out, allowed="\n\t") == []
        assert [line.count("\t") for line in out.splitlines()] == [4] * count
        assert len(say("list", "--ids", "--store", str(store))[1].splitlines()) == count


def test_tsv_leaves_what_is_not_known_empty(say: Say, tmp_path: Path) -> None:
    store = str(write_store(tmp_path / "s.json", agreements=[{"id": "a"}]))
    assert say("list", "--format", "tsv", "--store", store)[1] == "a\t\t\t\ta\n"


# -- the explorer


@pytest.mark.parametrize(
    ("theme", "hint"),
    [("norde", "near it: nord"), ("\x1b[31m" + "x" * 999, "there are: ansi-dark")],
    ids=["near", "hostile"],
)
def test_unknown_theme_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], theme: str, hint: str
) -> None:
    for name in ("stdin", "stdout", "__stderr__"):
        monkeypatch.setattr(sys, name, SimpleNamespace(isatty=lambda: True, encoding="utf-8"))
    assert explore(paths.shipped_store(), theme=theme) == 2
    err = capsys.readouterr().err
    assert err.startswith("There is no theme ")
    assert hint in err
    assert (err.count("\n"), unsafe_characters(err)) == (1, [])
    assert len(err) < 600
    assert not paths.state_file().exists()
