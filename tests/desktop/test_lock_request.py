"""A request can only ever lock: it is an empty file that nobody opens."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from facelock.desktop.lock_request import LockAnswer, LockRequest, ask_to_lock
from facelock.desktop.window_lock import WindowLock, window_is_open


def test_where_nothing_runs_it_is_locked_and_nothing_is_left(tmp_path: Path) -> None:
    assert ask_to_lock(tmp_path / "state") is LockAnswer.NOTHING_RUNS
    assert not (tmp_path / "state").exists()


def test_a_request_that_nobody_took_is_cleared_away(tmp_path: Path) -> None:
    LockRequest(tmp_path).put()
    assert ask_to_lock(tmp_path) is LockAnswer.NOTHING_RUNS
    assert not LockRequest(tmp_path).is_there


def test_a_window_that_does_not_answer_is_not_locked_later_by_surprise(tmp_path: Path) -> None:
    window = WindowLock(tmp_path)
    assert window.take()
    assert ask_to_lock(tmp_path, seconds=0.05) is LockAnswer.NO_ANSWER
    assert not LockRequest(tmp_path).is_there
    window.release()


def test_a_window_that_answers_is_believed(tmp_path: Path) -> None:
    window, request, over = WindowLock(tmp_path), LockRequest(tmp_path), threading.Event()
    assert window.take()

    def answers() -> None:
        while not request.is_there and not over.wait(0.005):
            pass
        request.answer()

    thread = threading.Thread(target=answers)
    thread.start()
    assert ask_to_lock(tmp_path, seconds=10) is LockAnswer.LOCKED
    over.set()
    thread.join()
    window.release()


def test_a_window_that_ends_meanwhile_is_locked_too(tmp_path: Path) -> None:
    window = WindowLock(tmp_path)
    assert window.take()
    end = threading.Timer(0.1, window.release)
    end.start()
    assert ask_to_lock(tmp_path, seconds=0.5) is LockAnswer.NOTHING_RUNS
    end.join()


@pytest.mark.skipif("os.name != 'posix'", reason="modes and links")
def test_the_request_is_private_and_follows_no_link(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    request = LockRequest(folder)
    request.put()
    request.put()  # somebody else's does as well
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "lock.request").stat().st_mode) == 0o600
    request.answer()
    (folder / "lock.request").symlink_to(tmp_path / "victim")
    request.put()
    assert request.is_there
    assert not (tmp_path / "victim").exists()
    request.answer()
    assert not request.is_there


@pytest.mark.skipif("os.name != 'posix'", reason="links")
def test_a_link_in_the_place_of_the_lock_is_no_window(tmp_path: Path) -> None:
    (tmp_path / "window.lock").symlink_to(tmp_path / "victim")
    assert not window_is_open(tmp_path)
    assert not (tmp_path / "victim").exists()


def test_the_lock_ends_with_its_holder(tmp_path: Path) -> None:
    first, second = WindowLock(tmp_path), WindowLock(tmp_path)
    assert first.take()
    assert first.take()
    assert not second.take()
    assert window_is_open(tmp_path)
    first.release()
    first.release()
    assert not window_is_open(tmp_path)
    assert second.take()
    second.release()
