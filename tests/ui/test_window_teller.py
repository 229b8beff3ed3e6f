"""What the window says of itself to `facelock status`: open, or locked and why; nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_cameras import FakeSource
from fakes_pages import Bench
from pytestqt.qtbot import QtBot

from facelock.core.leaving import Reason
from facelock.desktop.window_lock import WindowLock
from facelock.desktop.window_state import WindowMode, WindowState, read_window_state
from facelock.ui.lock_page import LockPage


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path / "home")
    lock = WindowLock(made.paths.state)  # which a window of its own process holds
    assert lock.take()
    yield made
    made.close()
    lock.release()


def told(bench: Bench) -> WindowState:
    state = read_window_state(bench.paths.state)
    assert state is not None
    return state


def test_it_begins_locked_for_no_reason(bench: Bench) -> None:
    assert told(bench).mode in {WindowMode.LOCKED, WindowMode.SCANNING}
    assert told(bench).reason is None


def test_it_is_told_to_be_open_and_then_why_it_locked(bench: Bench) -> None:
    bench.unlock()
    assert told(bench).mode is WindowMode.OPEN
    assert not told(bench).camera
    bench.clock.advance(5.0)
    bench.window.lock()
    locked = told(bench)
    assert (locked.mode, locked.reason) == (WindowMode.LOCKED, Reason.MANUAL)
    assert locked.since == bench.clock.wall()


def test_a_window_that_nobody_used_says_so(bench: Bench) -> None:
    bench.unlock()
    bench.window.idle.idle.emit()
    assert told(bench).reason is Reason.IDLE


def test_locking_what_is_locked_gives_no_other_reason(bench: Bench) -> None:
    bench.unlock()
    bench.window.lock(Reason.IDLE)
    bench.window.lock()
    assert told(bench).reason is Reason.IDLE


def test_looking_for_a_face_is_locked_since_it_locked(bench: Bench) -> None:
    bench.unlock()
    bench.window.lock()
    since = told(bench).since
    bench.clock.advance(9.0)
    page = bench.window.page
    assert isinstance(page, LockPage)
    page.scan.begin()
    bench.program.teller.tell()
    assert (told(bench).mode, told(bench).since) == (WindowMode.SCANNING, since)
    assert not told(bench).camera, "it is looked for, and there is none"


def test_a_camera_is_on_once_it_shows_something(bench: Bench, qtbot: QtBot) -> None:
    bench.unlock()  # else the lock page looks through its own
    eyes = bench.program.eyes
    eyes.look(FakeSource)
    qtbot.waitUntil(lambda: eyes.camera_is_on, timeout=3000)
    assert told(bench).camera, "told at once"
    eyes.close_eyes()
    assert not told(bench).camera


def test_nothing_is_said_after_the_end(bench: Bench) -> None:
    bench.program.stop()
    assert read_window_state(bench.paths.state) is None
    assert not (bench.paths.state / "window.state").exists()


def test_nobody_is_named(bench: Bench) -> None:
    bench.unlock()
    assert "Mira" not in (bench.paths.state / "window.state").read_text(encoding="utf-8")
