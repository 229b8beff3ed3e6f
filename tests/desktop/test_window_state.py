"""What the window says of itself is private, counts while it runs, and is never trusted."""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from facelock.core.leaving import Reason
from facelock.desktop import window_state
from facelock.desktop.window_lock import WindowLock
from facelock.desktop.window_state import (
    WindowMode,
    WindowState,
    WindowStateFile,
    read_window_state,
)

SAID = {"state": "locked", "camera": False, "since": 1.5e9, "pid": 7, "reason": "away"}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Path]:
    """Return the folder of a window that runs."""
    lock = WindowLock(tmp_path / "state")
    assert lock.take()
    yield tmp_path / "state"
    lock.release()


@pytest.mark.parametrize("mode", list(WindowMode))
@pytest.mark.parametrize("reason", [None, *Reason])
def test_what_was_written_is_read(running: Path, mode: WindowMode, reason: Reason | None) -> None:
    WindowStateFile(running).write(mode, camera=True, since=1.5e9, reason=reason)
    assert read_window_state(running) == WindowState(mode, True, 1.5e9, os.getpid(), reason)


def test_the_file_holds_these_five_things_and_no_name(running: Path) -> None:
    WindowStateFile(running).write(WindowMode.LOCKED, camera=False, since=1.0, reason=Reason.AWAY)
    assert json.loads((running / "window.state").read_text()) == {
        "state": "locked",
        "camera": False,
        "since": 1.0,
        "pid": os.getpid(),
        "reason": "away",
    }


@pytest.mark.skipif("os.name != 'posix'", reason="modes")
def test_the_file_is_private_and_nothing_lies_beside_it(running: Path) -> None:
    file = WindowStateFile(running)
    file.write(WindowMode.OPEN, camera=True, since=1.0)
    file.write(WindowMode.OPEN, camera=False, since=1.0)
    assert stat.S_IMODE((running / "window.state").stat().st_mode) == 0o600
    assert sorted(one.name for one in running.iterdir()) == ["window.lock", "window.state"]


def test_what_was_said_before_is_not_written_again(
    running: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = WindowStateFile(running)
    file.write(WindowMode.OPEN, camera=True, since=1.0)
    monkeypatch.setattr(window_state, "write_atomically", None)  # whoever calls it fails
    file.write(WindowMode.OPEN, camera=True, since=1.0)


def test_after_it_was_cleared_it_is_written_again(running: Path) -> None:
    file = WindowStateFile(running)
    file.write(WindowMode.OPEN, camera=True, since=1.0)
    file.clear()
    file.clear()
    assert read_window_state(running) is None
    file.write(WindowMode.OPEN, camera=True, since=1.0)
    assert read_window_state(running) is not None


def test_it_counts_for_nothing_once_the_window_is_gone(tmp_path: Path) -> None:
    lock = WindowLock(tmp_path)
    assert lock.take()
    WindowStateFile(tmp_path).write(WindowMode.OPEN, camera=True, since=1.0)
    lock.release()
    assert read_window_state(tmp_path) is None


def test_where_nothing_runs_nothing_is_made(tmp_path: Path) -> None:
    assert read_window_state(tmp_path / "state") is None
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        json.dumps({**SAID, "state": "ajar"}),
        json.dumps({**SAID, "camera": 1}),
        json.dumps({**SAID, "since": "yesterday"}),
        json.dumps({**SAID, "since": -1}),
        json.dumps({**SAID, "since": 1e300}),
        json.dumps({**SAID, "pid": 0}),
        json.dumps({**SAID, "pid": 1.5}),
        json.dumps({**SAID, "reason": "a\u001b[2Jterminal"}),
        json.dumps({**SAID, "name": "Ada"}),
        json.dumps({key: SAID[key] for key in SAID if key != "pid"}),
        " " * 5000 + json.dumps(SAID),
        "[" * 4000,
    ],
)
def test_nonsense_says_nothing(running: Path, text: str) -> None:
    (running / "window.state").write_text(text)
    assert read_window_state(running) is None


def test_bytes_that_are_no_text_say_nothing(running: Path) -> None:
    (running / "window.state").write_bytes(b'{"state": "\xff\xfe"}')
    assert read_window_state(running) is None


@pytest.mark.skipif("os.name != 'posix'", reason="links, modes and pipes")
def test_a_link_a_pipe_and_what_others_can_write_say_nothing(running: Path) -> None:
    path = running / "window.state"
    elsewhere = running / "elsewhere"
    elsewhere.write_text(json.dumps(SAID))
    path.symlink_to(elsewhere)
    assert read_window_state(running) is None
    path.unlink()
    os.mkfifo(path)
    assert read_window_state(running) is None
    path.unlink()
    path.write_text(json.dumps(SAID))
    path.chmod(0o622)
    assert read_window_state(running) is None
    path.chmod(0o600)
    assert read_window_state(running) is not None


def test_a_full_disk_takes_back_what_was_said_before(
    running: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    file = WindowStateFile(running)
    file.write(WindowMode.OPEN, camera=True, since=1.0)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(window_state, "write_atomically", full)
    file.write(WindowMode.LOCKED, camera=False, since=2.0, reason=Reason.IDLE)
    assert read_window_state(running) is None
    assert "No space left" in caplog.text
    assert str(running) not in caplog.text
