"""A sleep that nobody told of locks once the machine is awake; time that merely passes does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeClock
from fakes_pages import Bench
from pytestqt.qtbot import QtBot

from facelock.core.leaving import Reason
from facelock.desktop.clock import SystemClock, awake
from facelock.ui.lock_page import LockPage
from facelock.ui.shell import Shell
from facelock.ui.untold_sleep import SLEPT_SECONDS, UntoldSleep


class Machine:
    """A clock that goes on while the machine sleeps, and one that does not."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self._asleep = 400.0  # before the program began

    def awake(self) -> float:
        return self.clock.monotonic() - self._asleep

    def sleep(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self._asleep += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, machine: Machine) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path, clock=machine.clock, awake=machine.awake)
    yield made
    made.close()


def watch_of(bench: Bench) -> UntoldSleep:
    found = bench.window.findChild(UntoldSleep)
    assert isinstance(found, UntoldSleep)
    return found


def test_it_locks_by_itself_after_a_sleep_and_the_camera_waits_for_a_click(
    bench: Bench, machine: Machine, qtbot: QtBot
) -> None:
    bench.unlock()
    machine.sleep(SLEPT_SECONDS)
    qtbot.waitUntil(lambda: bench.access.unlocked_for is None, timeout=5000)
    assert bench.window.locked_for is Reason.SLEEP
    page = bench.window.page
    assert isinstance(page, LockPage)
    assert not page.scan.is_active


def test_time_that_passes_awake_is_no_sleep(bench: Bench, machine: Machine) -> None:
    bench.unlock()
    machine.clock.advance(3600)
    watch_of(bench).look()
    assert isinstance(bench.window.page, Shell)


def test_a_sleep_behind_the_lock_does_not_lock_what_is_opened_after_it(
    bench: Bench, machine: Machine
) -> None:
    bench.unlock()
    bench.window.lock()
    machine.sleep(3600)
    bench.unlock()
    watch_of(bench).look()
    assert isinstance(bench.window.page, Shell)


def test_a_sleep_is_not_forgotten_when_the_window_shows_itself_anew(
    bench: Bench, machine: Machine
) -> None:
    bench.unlock()
    machine.sleep(60)
    bench.window.refresh()
    watch_of(bench).look()
    assert bench.access.unlocked_for is None


def test_the_clocks_of_this_machine_go_alike_while_it_is_awake() -> None:
    clock = SystemClock()
    before = clock.monotonic() - awake()
    assert clock.monotonic() - awake() == pytest.approx(before, abs=1.0)
