"""When it counts as idle: the window's own count, and what the system says of the computer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from facelock.ui.idle_watch import IdleWatch


class System:
    """A system that says what a test wants; it counts how often it was asked."""

    def __init__(self) -> None:
        self.says: list[float | None] = []
        self.asked = 0

    def idle_seconds(self) -> float | None:
        self.asked += 1
        return self.says.pop(0)


@pytest.fixture
def system() -> System:
    return System()


@pytest.fixture
def watch(qtbot: QtBot, system: System) -> Iterator[IdleWatch]:
    one = IdleWatch(None, system.idle_seconds)
    yield one
    one.stop()


def test_it_counts_on_for_the_rest_while_the_computer_is_used(
    watch: IdleWatch, system: System, qtbot: QtBot
) -> None:
    system.says = [0.0, 0.02, 0.05]
    with qtbot.waitSignal(watch.idle, timeout=3000):
        watch.start(0.05)
    assert system.asked == 3


def test_it_is_idle_where_the_system_cannot_tell(
    watch: IdleWatch, system: System, qtbot: QtBot
) -> None:
    system.says = [None]
    with qtbot.waitSignal(watch.idle, timeout=3000):
        watch.start(0.01)


def test_after_counting_on_a_use_of_the_window_counts_in_full(
    watch: IdleWatch, system: System, qtbot: QtBot
) -> None:
    system.says = [50.0]
    watch.start(60.0)
    watch._timer.timeout.emit()  # the minute is over
    assert watch._timer.interval() == 10_000
    watch.use()
    assert watch._timer.interval() == 60_000


def test_a_system_that_says_nonsense_gets_no_more_than_the_time_itself(
    watch: IdleWatch, system: System, qtbot: QtBot
) -> None:
    system.says = [-1000.0, 5.0]
    with qtbot.waitSignal(watch.idle, timeout=3000):
        watch.start(0.03)


def test_without_a_system_it_counts_by_itself(qtbot: QtBot) -> None:
    watch = IdleWatch()
    with qtbot.waitSignal(watch.idle, timeout=3000):
        watch.start(0.01)


@pytest.mark.allow_logs
def test_a_system_that_fails_to_answer_keeps_nothing_open(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def no_answer() -> float:
        raise OSError("private words")

    watch = IdleWatch(None, no_answer)
    with qtbot.waitSignal(watch.idle, timeout=3000):
        watch.start(0.05)
    assert "OSError" in caplog.text
    assert "private" not in caplog.text
