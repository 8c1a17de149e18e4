"""JSON output of every command: docs/json.md shows its keys and types."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.conftest import Say
from tests.helpers.stores import ROOT, write_store
from tui import address as addresses
from tui.address import Address
from tui.catalogue import directory
from tui.catalogue.reader import CatalogueReader
from tui.pages import views
from tui.pages.resources import NotFound, Resources
from tui.pages.views import VIEWS

COMMON = "Common objects"
Shape = frozenset[tuple[str, str]]


class Section(NamedTuple):
    """Section of docs/json.md: commands, example, the keys that are explained, and those of objects by id."""

    commands: list[list[str]]
    example: Any
    keys: set[str]
    maps: set[str]


@cache
def sections() -> dict[str, Section]:
    """Return the sections by heading; those of the common objects have no command."""
    parts = re.split(r"^### (.+)\n", (ROOT / "docs/json.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = {}
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        shell, example = (
            re.search(r"```sh\n(.*?)```", text, re.DOTALL),
            re.search(r"```json\n(.*?)```", text, re.DOTALL),
        )
        lines = re.findall(r"^- ((?:`[^`]+`(?:, )?)+)(?:\n  as in)?( \(object by)?", text, re.MULTILINE)
        named = [(key, by) for keys, by in lines for key in re.findall("`([^`]+)`", keys)]
        found[heading] = Section(
            [shlex.split(line)[1:] for line in shell[1].splitlines()] if shell else [],
            json.loads(example[1]) if example else None,
            {key for key, _ in named},
            {key for key, by in named if by},
        )
    return found


def shape(value: Any, maps: set[str], path: str = "") -> Shape:
    """Return the path and type of every value; items of a list, and values of an object by id, share a path."""
    kind = {dict: "object", list: "array", str: "text", bool: "truth", int: "number", type(None): "null"}[type(value)]
    inner: Iterator[tuple[str, Any]] = iter(())
    if isinstance(value, dict):
        is_map = path.rpartition(".")[2] in maps
        inner = ((f"{path}.{'*' if is_map else key}", item) for key, item in value.items())
    elif isinstance(value, list):
        inner = ((f"{path}[]", item) for item in value)
    return frozenset({(path, kind)}).union(*(shape(item, maps, below) for below, item in inner))


def keys(found: Shape) -> set[str]:
    """Return the last key of each path, without those of objects by id or language."""
    return {path.rpartition(".")[2].rstrip("[]") for path, _ in found if "." in path} - {"*"}


def explained(section: Section) -> set[str]:
    """Return the keys that the section or that of a common object explains."""
    return section.keys.union(*(other.keys for other in sections().values() if not other.commands))


COMMANDS = [(heading, words) for heading, section in sections().items() for words in section.commands]


@pytest.mark.parametrize(("heading", "words"), COMMANDS, ids=lambda value: value if isinstance(value, str) else "")
def test_output_has_the_keys_and_types_of_the_example(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heading: str, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_store(
        tmp_path / "broken.json",
        agreements=[
            {"id": "1930-01-01-example", "short_title": "An example", "date": "1930-13"},
            {"short_title": "No"},
        ],
    )
    section = sections()[heading]
    code, out, _ = say(*words)
    assert code == ("check" in words)
    printed, shown = shape(json.loads(out), section.maps), shape(section.example, section.maps)
    assert printed - shown == set()
    assert {kind for _, kind in shown - printed} <= {"null"}
    assert keys(shown) <= explained(section)


def test_every_view_has_a_section() -> None:
    documented = {addresses.parse(words[1]).view if words[0] == "show" else words[0] for _, words in COMMANDS}
    assert documented >= {*VIEWS, "list", "check"}


@pytest.mark.parametrize("view", ["agreement", "links", "claims", "life", "source", "era"])
def test_every_key_of_every_record_is_explained(shipped: CatalogueReader, view: str) -> None:
    resources = Resources(shipped)
    subjects = {
        "source": [source.id for source in directory.all_sources(shipped)],
        "era": [era.id for era in shipped.eras()],
    }.get(view) or [agreement.id for agreement in shipped.all_agreements()]
    heading = next(name for name in sections() if re.search(rf"\b{view} [A-Z]", name))
    section = sections()[heading]
    for subject in subjects:
        address = Address(view, (subject,))
        data = views.load(resources, address)
        assert not isinstance(data, NotFound)
        value = json.loads(json.dumps(views.to_json(address, data)))
        assert keys(shape(value, section.maps)) <= explained(section), subject


def test_a_shape_tells_keys_types_and_items_apart() -> None:
    assert shape({"a": [1, None]}, set()) == {("", "object"), (".a", "array"), (".a[]", "number"), (".a[]", "null")}
    assert shape({"a": {"x": "", "y": ""}}, {"a"}) == {("", "object"), (".a", "object"), (".a.*", "text")}
    assert shape({"a": True}, set()) != shape({"a": 1}, set()) != shape({"b": 1}, set())


def test_schema_is_mentioned() -> None:
    assert "`schema` prints JSON" in (ROOT / "docs/json.md").read_text(encoding="utf-8")
