"""The whole program in a real terminal: the main journey, leaving it well, and only our own sequences on the wire."""

from __future__ import annotations

import os
import re
import signal
import stat
from pathlib import Path

import pytest

from tests.helpers.stores import SHIPPED, hostile_store, unsafe_characters

pytestmark = pytest.mark.xdist_group("terminal")

ALLOWED = re.compile(
    rb"\x1b\[\??[<>=]?[0-9;:]*[ABCDHJKSTfhlmnrsu]"  # moving, colours, modes, Kitty keys
    rb"|\x1b\[\?[0-9;]*\$p"  # asking for a mode
    rb"|\x1b\[[0-9;]*[ct]"
    rb"|\x1b\]22;[a-z-]*\x07"  # the pointer's shape
    rb"|\x1b[78=>]"
)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_the_main_journey(start, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    terminal = start(size=size)
    terminal.wait_for("Soviet–Japanese agreements", "82 agreements", "By era")
    terminal.send("/")
    terminal.wait_for("Search")
    terminal.send("neutrality")
    terminal.wait_for("Neutrality pact  13 April 1941")
    terminal.send("enter")
    terminal.wait_for("Neutrality pact · hit 1 of")
    terminal.send("n")
    terminal.wait_for("Neutrality pact · hit 2 of")
    terminal.send("3")
    terminal.wait_for("Cross-links · ")
    terminal.send("f")
    terminal.wait_for("arontier pledges")
    terminal.send("a")
    terminal.wait_for(" hits━", gone="Neutrality pact · ")
    terminal.send("backspace")
    terminal.wait_for("Neutrality pact · ")
    terminal.send("q")
    assert terminal.leave() == 0
    assert all(terminal.restored.values()), terminal.restored
    assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("arguments", [[], ["1956-10-19-joint-declaration"]])
def test_the_footer_names_its_keys_before_any_key_is_pressed(start, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    terminal = start(*arguments)
    terminal.wait_for("Search", "Follow", "Quit", patience=5)


def test_an_agreement_named_on_the_command_line(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start("1956-10-19-joint-declaration")
    terminal.wait_for("Joint Declaration · 19 October 1956", "日本国")
    terminal.send("q")
    assert terminal.leave() == 0


def test_an_agreement_that_is_not_there_is_said_in_one_sentence(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start("no-such[/x]")
    assert terminal.leave() == 1
    assert "There is no agreement no-such[/x]" in terminal.text
    assert b"Traceback" not in terminal.raw
    assert terminal.raw.rfind(b"\x1b[?1049h") <= terminal.raw.rfind(b"\x1b[?1049l")


def test_the_first_start_of_all_compiles_and_opens(start, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    terminal = start(XDG_CACHE_HOME=str(tmp_path / "cold"))
    terminal.wait_for("82 agreements", "By era")
    terminal.send("q")
    assert terminal.leave() == 0
    assert all(terminal.restored.values())


@pytest.mark.parametrize("text", [None, "", '{"agreements": ', "[[["])
def test_a_bad_store_gets_one_sentence_and_code_3(start, tmp_path: Path, text: str | None) -> None:  # type: ignore[no-untyped-def]
    store = tmp_path / "bad.json"
    if text is not None:
        store.write_text(text, "utf-8")
    terminal = start("--store", str(store), size=(200, 24))
    assert terminal.leave() == 3
    assert "bad.json" in terminal.text
    assert b"Traceback" not in terminal.raw
    assert terminal.raw.rfind(b"\x1b[?1049h") <= terminal.raw.rfind(b"\x1b[?1049l")


def test_control_c_dumps_no_traceback_and_the_program_can_still_be_left(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start()
    terminal.wait_for("By era")
    terminal.send("\x03")
    terminal.send("?")
    terminal.wait_for("Keys", "search the full text")
    terminal.send("q")
    terminal.wait_for(gone="esc closes")
    terminal.send("q")
    assert terminal.leave() == 0
    assert b"Traceback" not in terminal.raw
    assert all(terminal.restored.values())


def test_a_resize_of_the_window_lays_the_screen_out_anew(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start("1956-10-19-joint-declaration", size=(120, 36))
    terminal.wait_for("Cross-links · ", "By era")
    terminal.resize(50, 20)
    terminal.wait_for("Joint Declaration", gone="Cross-links · ")
    terminal.resize(80, 24)
    terminal.wait_for("By era", "Joint Declaration")
    terminal.send("q")
    assert terminal.leave() == 0


def test_sigterm_leaves_the_terminal_usable(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start()
    terminal.wait_for("By era")
    os.kill(terminal.child.pid, signal.SIGTERM)
    terminal.leave()
    assert b"Traceback" not in terminal.raw
    assert all(terminal.restored.values()), terminal.restored


def test_a_hang_up_ends_the_program(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start()
    terminal.wait_for("By era")
    os.kill(terminal.child.pid, signal.SIGHUP)
    terminal.leave()
    assert not terminal.child.isalive()


def test_a_hostile_store_writes_nothing_on_the_wire_but_our_own_sequences(start, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    terminal = start("--store", str(hostile_store(tmp_path / "hostile.json")), "plain", size=(160, 60))
    terminal.wait_for("[Signed]", "[sic]")
    for keys in (["3"], ["f", "escape"], ["o"], ["1", "down"], ["2", "pagedown"], ["0"], ["m", "escape"]):
        terminal.send(*keys)
        terminal.read(0.2)
    terminal.send("/", "bold")
    terminal.wait_for("Search")
    terminal.read(0.3)
    terminal.send("escape")
    terminal.read(0.2)
    terminal.send("q")
    assert terminal.leave() == 0
    rest = ALLOWED.sub(b"", terminal.raw)
    assert b"\x1b" not in rest, rest[rest.index(b"\x1b") - 40 : rest.index(b"\x1b") + 40]
    assert b"evil.example\x1b" not in terminal.raw
    assert not unsafe_characters(rest.decode("utf-8"), allowed="\r\n")


def test_no_colour_means_no_colour_on_the_wire(start) -> None:  # type: ignore[no-untyped-def]
    terminal = start("1956-10-19-joint-declaration", NO_COLOR="1")
    terminal.wait_for("Joint Declaration")
    terminal.send("q")
    assert terminal.leave() == 0
    for red, green, blue in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.raw):
        assert red == green == blue


def test_the_store_on_a_read_only_folder_is_opened_and_left_as_it_was(start, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "disk"
    folder.mkdir()
    store = folder / "db.json"
    store.write_bytes(SHIPPED.read_bytes())
    store.chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    before = (store.read_bytes(), store.stat().st_mtime_ns, os.listdir(folder))
    try:
        terminal = start("--store", str(store))
        terminal.wait_for("82 agreements", "By era")
        terminal.send("]")
        terminal.wait_for("Interim work notes · ")
        terminal.send("q")
        assert terminal.leave() == 0
        assert (store.read_bytes(), store.stat().st_mtime_ns, os.listdir(folder)) == before
    finally:
        folder.chmod(stat.S_IRWXU)
