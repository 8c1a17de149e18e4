"""Exit codes after a signal, and where the output cannot be written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.stores import ROOT

Run = Callable[..., "subprocess.Popen[bytes]"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and devices of POSIX")


@pytest.fixture
def run(shared_cache_home: Path) -> Run:
    """Return a function that starts the program."""

    def run(*words: str, **settings: Any) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "XDG_CACHE_HOME": str(shared_cache_home), **settings.pop("environment", {})}
        return subprocess.Popen([sys.executable, "-m", "tui", *words], cwd=ROOT, env=environment, **settings)

    return run


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_signal_ends_a_command_whose_output_is_not_read(run: Run, name: str) -> None:
    fcntl = pytest.importorskip("fcntl")
    if not hasattr(fcntl, "F_SETPIPE_SZ"):
        pytest.skip("this system has pipes of one size")
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    program = run("show", "1956-10-19-joint-declaration", "--json", stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    os.read(reading, 1)  # the command has begun to write, more than the pipe holds
    program.send_signal(getattr(signal, name))
    assert program.wait(10) == 128 + getattr(signal, name)
    os.close(reading)
    assert program.stderr
    assert program.stderr.read() == b""


def test_signal_that_was_ignored_stays_ignored(run: Run) -> None:
    program = run(
        "list", stdout=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )  # as nohup does
    program.send_signal(signal.SIGHUP)
    assert program.communicate(timeout=10)[0]
    assert program.returncode == 0


@pytest.fixture
def full() -> Any:
    """Yield the device that is always full."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as device:
        yield device


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", ["--help", "--version", "explore -h", "list"])
def test_full_disk_is_one_sentence(run: Run, full: Any, words: str, unbuffered: str) -> None:
    environment = {"PYTHONUNBUFFERED": unbuffered}
    program = run(*words.split(), stdout=full, stderr=subprocess.PIPE, environment=environment)
    _, said = program.communicate(timeout=10)
    assert program.returncode == 2
    assert said == b"The output could not be written: No space left on device.\n"


@pytest.mark.parametrize(
    ("words", "code"), [("", 2), ("show nope", 2), ("list --x", 2), ("--store /nonexistent list", 3), ("--help", 0)]
)
def test_full_disk_behind_stderr_keeps_the_exit_code(run: Run, full: Any, words: str, code: int) -> None:
    program = run(*words.split(), stdout=subprocess.DEVNULL, stderr=full)
    assert program.wait(10) == code
