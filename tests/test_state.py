"""State that is kept between two runs: its file, themes and their precedence, order of the tree, last address."""

from __future__ import annotations

import json
import os
import shlex
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.helpers.explorer import PACT, Reader
from tests.helpers.stores import SHIPPED, write_store
from tui import address as addresses
from tui import cli, paths
from tui import state as states
from tui.address import Address
from tui.catalogue.schema import ORDERINGS
from tui.cli import explore as explore_module
from tui.explorer import themes
from tui.explorer.app import Explorer
from tui.state import State, read_state, write_state

KEPT = State(theme="nord", ordering="kind", store="/a b/ж\udce9.json", address="search:漁業")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of a state file, whose folder does not exist yet."""
    return tmp_path / "state" / "state.json"


# -- the file


def test_all_fields_are_read_back(file: Path) -> None:
    write_state(file, KEPT)
    assert read_state(file) == KEPT
    assert all(KEPT._asdict().values())
    assert os.listdir(file.parent) == ["state.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"nord"',
        b'{"theme": 1, "ordering": null, "store": [], "address": {}}',
        b"\xff\xfe\x00",
        b'{"theme": "nord"} x',
        b"9" * 5000,
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"theme": "nord", "x": "' + b"y" * states.MOST_BYTES + b'"}',
    ],
    ids=lambda content: ascii(content[:12]),
)
def test_file_that_cannot_be_used_is_as_if_there_were_none(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert read_state(file) == State()
    write_state(file, KEPT)
    assert read_state(file) == KEPT


def test_valid_fields_are_read_despite_invalid_ones(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"theme": "nord", "ordering": 3, "later": true}')
    assert read_state(file) == State(theme="nord")


def test_only_a_regular_file_is_read(file: Path) -> None:
    assert read_state(file) == State()
    file.mkdir(parents=True)
    assert read_state(file) == State()
    write_state(file, KEPT)
    assert file.is_dir()
    assert os.listdir(file.parent) == ["state.json"]
    assert read_state(file / "below") == State()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe_is_not_waited_for(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    found: list[State] = []
    thread = threading.Thread(target=lambda: found.append(read_state(file)), daemon=True)
    thread.start()
    thread.join(5)
    assert found == [State()]


def test_unreadable_file_is_as_if_there_were_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_state(file, KEPT)

    def refuse(*_: object) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert read_state(file) == State()


def test_failed_write_leaves_the_former_file_and_nothing_else(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_state(file, KEPT)
    before = file.read_bytes()

    def fail(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fail)
    write_state(file, State(theme="other"))
    assert file.read_bytes() == before
    assert os.listdir(file.parent) == ["state.json"]


def test_folder_that_cannot_be_made_or_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain").write_text("")
    write_state(tmp_path / "plain" / "state.json", KEPT)
    assert os.listdir(tmp_path) == ["plain"]

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("builtins.open", refuse)
    write_state(tmp_path / "state.json", KEPT)
    assert os.listdir(tmp_path) == ["plain"]


# -- the explorer keeps and uses it

Run = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def run(shipped_cache: Path, file: Path) -> Run:
    """Return a context manager that runs the explorer with the state file, and quits it by key."""

    @asynccontextmanager
    async def explorer(address: str = "", theme: str = "") -> AsyncIterator[Reader]:
        app = Explorer(SHIPPED, shipped_cache, addresses.parse(address) if address else None, state_file=file)
        assert not theme or app.use_theme(theme)
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            reader = Reader(app, pilot)
            await reader.settle()
            yield reader
            await pilot.press("q")

    return explorer


async def test_address_and_ordering_are_kept(run: Run, file: Path) -> None:
    async with run(PACT) as reader:
        await reader.press("o", "2")
        ordering = reader.main_screen.ordering
    assert ordering == ORDERINGS[1]
    assert read_state(file) == State(ordering=ordering, store=str(SHIPPED), address=PACT)
    async with run() as reader:
        assert reader.main_screen.ordering == ordering
        assert reader.tree.border_title == f"By {ordering}"
        assert reader.title == "Start"
    assert read_state(file).address == "start:"


@pytest.mark.parametrize("ordering", ["", "size", "\ud800"])
async def test_unknown_ordering_is_the_first(run: Run, file: Path, ordering: str) -> None:
    write_state(file, State(ordering=ordering))
    async with run() as reader:
        assert reader.main_screen.ordering == ORDERINGS[0]


@pytest.mark.parametrize(
    ("option", "environment", "kept", "expected"),
    [
        ("nord", "dracula", "gruvbox", "nord"),
        ("", "dracula", "gruvbox", "dracula"),
        ("", "", "gruvbox", "gruvbox"),
        ("", "", "", themes.DARK.name),
        ("", "", "none such", themes.DARK.name),
        ("", "none such", "gruvbox", "gruvbox"),
        ("", "none such", "", themes.DARK.name),
    ],
)
async def test_themes_have_their_precedence_and_only_the_option_is_kept(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, option: str, environment: str, kept: str, expected: str
) -> None:
    write_state(file, State(theme=kept))
    monkeypatch.setenv("TEXTUAL_THEME", environment)
    async with run(theme=option) as reader:
        assert reader.app.theme == expected
        assert any("none such" in notice for notice in reader.notices) == (environment == "none such")
    assert read_state(file).theme == (option or kept)


async def test_theme_of_the_palette_is_kept(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "dracula")
    async with run() as reader:
        await reader.app.run_action("app.change_theme")
        await reader.settle()
        await reader.type("gruvbox")
        for _ in range(500):  # the palette gathers its hits in the background
            if reader.screen.count("gruvbox") > 1:
                break
            await reader.pilot.pause(0.01)
        await reader.pilot.press("down", "enter")
        await reader.settle()
        assert reader.app.theme == "gruvbox"
    assert read_state(file).theme == "gruvbox"


async def test_kept_address_without_agreement_opens_the_start_page_with_a_sentence(run: Run) -> None:
    async with run("1930-01-01-gone/point-9") as reader:
        assert reader.title == "Start"
        assert reader.notices == ["There is no record 1930-01-01-gone."]


async def test_kept_address_of_an_unknown_view_opens_the_start_page_with_a_sentence(run: Run) -> None:
    async with run("timeline:1925..1945") as reader:
        assert reader.title == "Start"
        assert reader.hear().startswith("There is no view timeline")


# -- `--last`


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Path, Address | None]]:
    """Return a function that runs the program and returns the store and the address at which the explorer opens."""
    found: list[tuple[Path, Address | None]] = []

    def explorer(store: Path, address: Address | None = None, **_: object) -> int:
        found.append((store, address))
        return 0

    monkeypatch.setattr(explore_module, "explore", explorer)

    def program(*words: str) -> tuple[Path, Address | None]:
        assert cli.main(list(words)) == 0
        return found.pop()

    return program


Opened = Callable[..., tuple[Path, Address | None]]


def test_last_opens_the_kept_address_in_its_store(opened: Opened, tmp_path: Path) -> None:
    assert opened("--last") == (paths.shipped_store(), None)
    other, third = tmp_path / "other.json", tmp_path / "third.json"
    write_state(paths.state_file(), State(store=str(other), address="gone/point-9@1945-08-08"))
    kept = Address(subject=("gone",), place="point-9", day="1945-08-08")
    assert opened("--last") == (other, kept)
    assert opened("--last", "--store", str(tmp_path / "x" / ".." / "other.json")) == (other, kept)
    assert opened("--last", "--store", str(third)) == (third, None)


def test_kept_address_is_never_read_as_an_id(opened: Opened, tmp_path: Path) -> None:
    store = write_store(tmp_path / "s.json", agreements=[{"id": "a:b"}, {"id": "a%3Ab"}])
    write_state(paths.state_file(), State(store=str(store), address="a%3Ab"))
    assert opened("--last")[1] == Address(subject=("a:b",))


def test_address_that_is_named_goes_before_the_last(opened: Opened) -> None:
    write_state(paths.state_file(), State(store=str(SHIPPED), address=PACT))
    assert opened("--last", "era:war") == (paths.shipped_store(), Address("era", ("war",)))
    assert opened("--last")[1] == addresses.agreement(PACT)


@pytest.mark.parametrize("address", ["", "a//b", "%FF", "Ä:x"])
def test_kept_text_that_is_no_address_is_as_if_none_were_kept(opened: Opened, address: str) -> None:
    write_state(paths.state_file(), State(store=str(SHIPPED), address=address))
    assert opened("--last") == (paths.shipped_store(), None)


@pytest.mark.parametrize("store", ["/no/such/store.json", "/nul\0", "/\ud800", "/"])
def test_kept_store_that_is_gone_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], store: str
) -> None:
    write_state(paths.state_file(), State(store=store, address="a"))
    for name in ("stdin", "stdout", "__stderr__"):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda: True, raising=False)
    assert cli.main(["--last"]) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_way_back_is_quoted_and_means_the_same_address(opened: Opened, tmp_path: Path) -> None:
    records = [{"id": odd} for odd in ("list", "a b", "a:b", "a%3Ab", "-x", "start:", "$(x)'")]
    store = write_store(tmp_path / "a b" / "s.json", agreements=records)
    for record in records:
        address = addresses.agreement(record["id"])
        words = explore_module._way_back("sja", store, address)
        assert words.startswith(f"sja --store '{store}' ")
        back = shlex.split(words)[1:]
        assert opened(*back) == (store, address)
    assert explore_module._way_back("python -m tui", paths.shipped_store(), Address("start")) == "python -m tui"


def test_state_file_is_json_for_other_programs(file: Path) -> None:
    write_state(file, KEPT)
    assert json.loads(file.read_text(encoding="ascii")) == KEPT._asdict()
