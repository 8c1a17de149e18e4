"""The whole program in a pseudo-terminal: its main path, its exit, and the escape sequences that it writes."""

from __future__ import annotations

import os
import re
import signal
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.stores import SHIPPED, hostile_store, unsafe_characters

if TYPE_CHECKING:
    from tests.terminal.conftest import Start, Terminal

pytestmark = pytest.mark.xdist_group("terminal")

ALLOWED_SEQUENCES = re.compile(
    rb"\x1b\[\??[<>=]?[0-9;:]*[ABCDHJKSTfhlmnrsu]"  # cursor, colours, modes, Kitty keyboard protocol
    rb"|\x1b\[\?[0-9;]*\$p"  # mode queries
    rb"|\x1b\[[0-9;]*[ct]"  # queries of attributes and sizes
    rb"|\x1b\]22;[a-z-]*\x07"  # shape of the mouse pointer
    rb"|\x1b[78=>]"
)


def assert_clean_exit(terminal: Terminal) -> None:
    """Quit, and check exit code, terminal modes and the absence of a traceback."""
    terminal.send("q")
    assert terminal.wait_for_exit() == 0
    assert all(terminal.restored_modes.values()), terminal.restored_modes
    assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_search_hits_links_and_back(start: Start, size: tuple[int, int]) -> None:
    terminal = start(size=size)
    terminal.wait_for("Soviet–Japanese agreements", "By era")
    terminal.send("/")
    terminal.wait_for("Search")
    terminal.send("neutrality")
    terminal.wait_for("Neutrality pact ", " 13 April 1941")
    terminal.send("enter")
    terminal.wait_for("Neutrality pact · passage 1 of")
    terminal.send("n")
    terminal.wait_for("Neutrality pact · passage 2 of")
    terminal.send("3")
    terminal.wait_for("Cross-links · ")
    terminal.send("f")
    terminal.wait_for("a–z follow")
    terminal.send("a")
    terminal.wait_for(" passages━", gone="Neutrality pact · ")
    terminal.send("backspace")
    terminal.wait_for("Neutrality pact · ")
    assert_clean_exit(terminal)


def test_keys_sent_in_one_burst_act_one_after_the_other(start: Start) -> None:
    """`n` behind enter goes to the next passage; it is not typed into the query or the find bar."""
    terminal = start(size=(120, 36))
    terminal.wait_for("By era")
    terminal.child.send("/neutrality\rn")
    terminal.wait_for("Neutrality pact · passage 2 of")
    terminal.child.send("\x06territory\rn")
    terminal.wait_for("Neutrality pact · passage 2 of")
    assert "territoryn" not in terminal.text
    terminal.child.send("/fish\x1b[27u?")
    terminal.wait_for("esc closes", gone="Search: enter opens")
    terminal.send("escape")
    terminal.wait_for(gone="esc closes")
    assert_clean_exit(terminal)


@pytest.mark.parametrize("arguments", [[], ["1956-10-19-joint-declaration"]])
def test_footer_is_shown_before_any_key_is_pressed(start: Start, arguments: list[str]) -> None:
    terminal = start(*arguments)
    terminal.wait_for("Search", "Follow", "Quit", timeout=5)


def test_agreement_on_the_command_line_is_opened(start: Start) -> None:
    terminal = start("1956-10-19-joint-declaration")
    terminal.wait_for("Joint Declaration · 19 October 1956", "日本国")
    assert_clean_exit(terminal)


def test_unknown_agreement_on_the_command_line_is_reported_in_one_sentence(start: Start) -> None:
    terminal = start("no-such[x]")
    assert terminal.wait_for_exit() == 1
    assert "There is no record no-such[x]" in terminal.text
    assert b"Traceback" not in terminal.raw
    assert not terminal.on_alternate_screen


def test_first_start_compiles_the_store_and_opens_it(start: Start, tmp_path: Path) -> None:
    terminal = start(XDG_CACHE_HOME=str(tmp_path / "empty"))
    terminal.wait_for("You can ask", "By era")
    assert_clean_exit(terminal)


@pytest.mark.parametrize("text", [None, "", '{"agreements": ', "[[["])
def test_damaged_store_is_reported_with_exit_code_3(start: Start, tmp_path: Path, text: str | None) -> None:
    store = tmp_path / "bad.json"
    if text is not None:
        store.write_text(text, "utf-8")
    terminal = start("--store", str(store), size=(200, 24))
    assert terminal.wait_for_exit() == 3
    assert "bad.json" in terminal.text
    assert b"Traceback" not in terminal.raw
    assert not terminal.on_alternate_screen


def test_program_can_be_quit_after_control_c(start: Start) -> None:
    terminal = start()
    terminal.wait_for("By era")
    terminal.send("\x03")
    terminal.send("?")
    terminal.wait_for("Keys", "search the full text")
    terminal.send("q")
    terminal.wait_for(gone="esc closes")
    assert_clean_exit(terminal)


def test_layout_follows_the_size_of_the_terminal(start: Start) -> None:
    terminal = start("1956-10-19-joint-declaration", size=(120, 36))
    terminal.wait_for("Cross-links · ", "By era")
    terminal.resize(50, 20)
    terminal.wait_for("Joint Declaration", gone="Cross-links · ")
    terminal.resize(80, 24)
    terminal.wait_for("By era", "Joint Declaration")
    assert_clean_exit(terminal)


def test_sigterm_restores_the_terminal(start: Start) -> None:
    terminal = start()
    terminal.wait_for("By era")
    os.kill(terminal.child.pid, signal.SIGTERM)
    terminal.wait_for_exit()
    assert b"Traceback" not in terminal.raw
    assert all(terminal.restored_modes.values()), terminal.restored_modes


def test_hangup_ends_the_program(start: Start) -> None:
    terminal = start()
    terminal.wait_for("By era")
    os.kill(terminal.child.pid, signal.SIGHUP)
    terminal.wait_for_exit()
    assert not terminal.child.isalive()


def test_store_text_adds_no_escape_sequences(start: Start, tmp_path: Path) -> None:
    terminal = start("--store", str(hostile_store(tmp_path / "hostile.json")), "plain", size=(160, 60))
    terminal.wait_for("[Signed]", "[sic]")
    for keys in (["3"], ["f", "escape"], ["o", "2"], ["1", "down"], ["2", "pagedown"], ["0"], ["m", "escape"]):
        terminal.send(*keys)
        terminal.read(0.2)
    terminal.send("/", "bold")
    terminal.wait_for("Search: enter opens", " bold")
    terminal.read(0.3)
    terminal.send("escape")
    terminal.wait_for(gone="Search: enter opens")
    assert_clean_exit(terminal)
    rest = ALLOWED_SEQUENCES.sub(b"", terminal.raw)
    assert b"\x1b" not in rest, rest[rest.index(b"\x1b") - 40 : rest.index(b"\x1b") + 40]
    assert b"evil.example\x1b" not in terminal.raw
    assert not unsafe_characters(rest.decode("utf-8"), allowed="\r\n")


def test_no_color_writes_shades_of_grey_only(start: Start) -> None:
    terminal = start("1956-10-19-joint-declaration", NO_COLOR="1")
    terminal.wait_for("Joint Declaration")
    assert_clean_exit(terminal)
    for red, green, blue in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.raw):
        assert red == green == blue


def test_store_in_a_read_only_folder_is_opened_and_not_changed(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    store = folder / "db.json"
    store.write_bytes(SHIPPED.read_bytes())
    store.chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    before = (store.read_bytes(), store.stat().st_mtime_ns, os.listdir(folder))
    try:
        terminal = start("--store", str(store))
        terminal.wait_for("You can ask", "By era")
        terminal.send("]")
        terminal.wait_for("Peking convention · ")
        assert_clean_exit(terminal)
        assert (store.read_bytes(), store.stat().st_mtime_ns, os.listdir(folder)) == before
    finally:
        folder.chmod(stat.S_IRWXU)
