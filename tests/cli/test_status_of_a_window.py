"""`facelock status` while a window runs: what the window says, and no failure."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fake_machine import FakeMachine
from window_process import a_window

from facelock.cli import machine
from facelock.cli.exit_codes import Exit
from facelock.cli.main import main
from facelock.core.leaving import Reason
from facelock.desktop.paths import Paths
from facelock.desktop.window_lock import WindowLock
from facelock.desktop.window_state import WindowMode, WindowStateFile

RunJson = Callable[..., tuple[int, dict[str, Any]]]
NOON = 1_767_268_800.0


@pytest.fixture
def window(fake_machine: FakeMachine) -> Iterator[WindowStateFile]:
    """Hold the lock and the store of somebody enrolled, as a window does."""
    fake_machine.enrol(1, "Ada")
    lock = WindowLock(machine.paths().state)
    assert lock.take()
    with closing(fake_machine.store()):
        yield WindowStateFile(machine.paths().state)
    lock.release()


def test_where_no_window_runs_that_is_said_first(
    fake_machine: FakeMachine, run_json: RunJson, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_json("status")[1]["window"] == {"runs": False}
    assert main(["status"]) == Exit.OK
    assert capsys.readouterr().out.splitlines()[0].split() == ["window", "no", "window", "runs"]


def test_an_open_window_is_told_and_nothing_of_its_store(
    window: WindowStateFile, run_json: RunJson, capsys: pytest.CaptureFixture[str]
) -> None:
    window.write(WindowMode.OPEN, camera=True, since=NOON)
    code, said = run_json("status")
    assert code == Exit.OK
    assert said["window"] == {
        "runs": True,
        "state": "open",
        "camera": True,
        "since": NOON,
        "pid": os.getpid(),
        "reason": None,
    }
    assert "people" not in said
    assert "cannot be read" in said["store"]
    assert said["camera"] == "Fake camera"
    assert main(["status"]) == Exit.OK
    shown = capsys.readouterr().out
    assert shown.splitlines()[0].startswith("window      open since ")
    assert shown.splitlines()[0].endswith(", camera on")
    assert "Ada" not in shown


def test_a_locked_window_says_since_when_and_why(
    window: WindowStateFile, capsys: pytest.CaptureFixture[str]
) -> None:
    window.write(WindowMode.LOCKED, camera=False, since=NOON, reason=Reason.AWAY)
    assert main(["status"]) == Exit.OK
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("window      locked since 2026-01-0")
    assert first.endswith(" (away), camera off")


def test_a_window_that_says_nothing_or_nonsense_is_still_told(
    window: WindowStateFile, run_json: RunJson, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_json("status")[1]["window"] == {"runs": True}
    (machine.paths().state / "window.state").write_text('{"state": "open"}')
    code, said = run_json("status")
    assert (code, said["window"]) == (Exit.OK, {"runs": True})
    assert main(["status"]) == Exit.OK
    assert "does not say what it is doing" in capsys.readouterr().out


def test_what_an_ended_window_left_says_nothing(
    fake_machine: FakeMachine, run_json: RunJson
) -> None:
    WindowStateFile(machine.paths().state).write(WindowMode.OPEN, camera=True, since=NOON)
    assert run_json("status")[1]["window"] == {"runs": False}


@pytest.mark.skipif("not sys.platform.startswith('linux')", reason="offscreen windows")
def test_a_real_window_in_a_process_of_its_own_is_told_until_it_ends(
    fake_machine: FakeMachine, run_json: RunJson, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="fl-") as name:  # short enough for a socket
        monkeypatch.setattr(machine, "paths", lambda: Paths.below(Path(name)))
        with a_window(Path(name)):
            code, said = run_json("status")
            assert code == Exit.OK
            assert said["window"]["runs"] is True
            assert "people" not in said
        assert run_json("status", "--json")[1]["window"] == {"runs": False}
