"""Qt's timers by a fake clock."""

from __future__ import annotations

import pytest
from fake_time import FakeTime
from fakes import FakeClock
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def passing(qtbot: QtBot, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    del qtbot
    return FakeTime(clock, monkeypatch)


def ticking(parent: QObject, seconds: float, told: list[float], clock: FakeClock) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(round(seconds * 1000))
    timer.timeout.connect(lambda: told.append(clock.monotonic() - 1000.0))
    return timer


def test_timers_fire_in_their_order_and_at_their_time(passing: FakeTime, clock: FakeClock) -> None:
    parent, told = QObject(), list[float]()
    for seconds in (2.0, 3.0):
        ticking(parent, seconds, told, clock).start()
    passing.pass_by(6.5)
    assert told == [2.0, 3.0, 4.0, 6.0, 6.0]
    assert clock.monotonic() == 1006.5


def test_a_stopped_a_single_and_a_deleted_one_fire_no_more(
    passing: FakeTime, clock: FakeClock
) -> None:
    parent, told = QObject(), list[float]()
    once = ticking(parent, 1.0, told, clock)
    once.setSingleShot(True)
    once.start()
    stopped = ticking(parent, 1.0, told, clock)
    stopped.start()
    stopped.stop()
    assert not stopped.isActive()
    gone = ticking(parent, 1.0, told, clock)
    gone.start()
    gone.deleteLater()
    passing.pass_by(5.0)
    assert told == [1.0]
    assert not once.isActive()


def test_one_that_is_started_again_waits_anew(passing: FakeTime, clock: FakeClock) -> None:
    parent, told = QObject(), list[float]()
    timer = ticking(parent, 2.0, told, clock)
    timer.start()
    passing.pass_by(1.5)
    timer.start(2000)
    passing.pass_by(3.0)
    assert told == [3.5]


def test_a_single_shot_waits_too_and_the_clock_stops_where_it_is_asked_to(
    passing: FakeTime, clock: FakeClock
) -> None:
    told: list[str] = []
    QTimer.singleShot(1000, lambda: told.append("one"))
    QTimer.singleShot(2000, lambda: told.append("two"))
    passing.pass_by(10.0, until=lambda: told == ["one"])
    assert told == ["one"]
    assert clock.monotonic() == 1001.0
