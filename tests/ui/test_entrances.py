"""From outside a window can be shown and locked, by another process, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from window_process import WindowProcess, a_window

from facelock.cli import machine
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.desktop.paths import Paths
from facelock.desktop.window_lock import window_is_open
from facelock.desktop.window_state import WindowMode, WindowStateFile, read_window_state
from facelock.ui.entrances import Entrances
from facelock.ui.single_instance import Standing

pytestmark = pytest.mark.skipif("not sys.platform.startswith('linux')", reason="offscreen windows")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder whose name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="fl-") as name:
        yield Path(name)


@pytest.fixture
def window(folder: Path) -> Iterator[WindowProcess]:
    with a_window(folder) as made:
        yield made


def second_start(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "facelock.app", "--demo-folder", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_facelock_lock_locks_the_window_that_is_open(
    window: WindowProcess, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "paths", lambda: Paths.below(folder))
    window.tell("unlock")
    assert window.next() == "unlocked"
    assert main(["lock"]) == Exit.OK
    assert window.next() == "locked"
    assert list((folder / "state").glob("*.request")) == []
    assert main(["lock"]) == Exit.OK  # locked already, and says so at once


def test_what_a_killed_window_said_does_not_speak_for_the_next(
    folder: Path, qapp: QApplication
) -> None:
    state = folder / "state"
    WindowStateFile(state).write(WindowMode.OPEN, camera=True, since=1.0)
    entrances = Entrances(state, lambda _is_first: None)
    assert entrances.open(lambda: None, lambda: None) is Standing.FIRST
    try:
        assert window_is_open(state)
        assert read_window_state(state) is None
    finally:
        entrances.close()


def test_a_second_start_leaves_what_the_first_says(folder: Path, qapp: QApplication) -> None:
    state = folder / "state"
    first = Entrances(state, lambda _is_first: None)
    assert first.open(lambda: None, lambda: None) is Standing.FIRST
    try:
        WindowStateFile(state).write(WindowMode.OPEN, camera=False, since=1.0)
        second = Entrances(state, lambda _is_first: None)
        assert second.open(lambda: None, lambda: None) is not Standing.FIRST
        assert read_window_state(state) is not None
    finally:
        first.close()


def test_a_second_start_ends_well_and_changes_nothing(window: WindowProcess, folder: Path) -> None:
    window.tell("unlock")
    assert window.next() == "unlocked"
    done = second_start(folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    window.tell("title")
    assert window.next() == '["Facelock"]'  # and no `locked` or `unlocked` before it


def test_a_window_that_hangs_is_told_and_its_request_taken_back(
    window: WindowProcess, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "paths", lambda: Paths.below(folder))
    os.kill(window.process.pid, 19)  # SIGSTOP
    try:
        assert main(["lock"]) == Exit.NO
    finally:
        os.kill(window.process.pid, 18)  # SIGCONT
    assert list((folder / "state").glob("*.request")) == []


def test_after_a_kill_it_is_locked_and_the_next_start_is_the_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "paths", lambda: Paths.below(folder))
    with a_window(folder) as window:
        window.tell("unlock")
        assert window.next() == "unlocked"
        window.process.kill()
        window.process.wait()
        assert main(["lock"]) == Exit.OK
    with a_window(folder) as again:  # `ready`: it took over the socket that was left
        assert again.is_silent
