"""The camera loop on cameras that fail and come back on cue."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from fake_cameras import FakeSource
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from facelock.core.errors import (
    CameraBusy,
    CameraDenied,
    CameraError,
    CameraFrozen,
    CameraLost,
    CameraNotFound,
    FacelockError,
    PictureUnreadable,
    SimulatedCameraRefused,
)
from facelock.core.frames import Frame
from facelock.workers.camera import CameraThread
from facelock.workers.camera_watch import CameraWatch
from facelock.workers.latest import Latest

QUICK = (0.001, 0.002)


class Listener(QObject):
    """Writes down what the loop tells, in the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = 0
        self.ended = 0
        self.failures: list[FacelockError] = []

    @Slot()
    def on_opened(self) -> None:
        self.opened += 1

    @Slot(object)
    def on_failed(self, error: FacelockError) -> None:
        self.failures.append(error)

    @Slot()
    def on_ended(self) -> None:
        self.ended += 1

    @property
    def kinds(self) -> list[type[FacelockError]]:
        return [type(error) for error in self.failures]


class Bench:
    """A loop on one fake source."""

    def __init__(self, source: FakeSource) -> None:
        self.source = source
        self.mailbox: Latest[Frame] = Latest()
        self.second: Latest[Frame] = Latest()
        self.told = Listener()
        self.loop = CameraThread(lambda: source, (self.mailbox, self.second), backoff=QUICK)
        self.loop.opened.connect(self.told.on_opened)
        self.loop.failed.connect(self.told.on_failed)
        self.loop.ended.connect(self.told.on_ended)


Start: TypeAlias = Callable[[FakeSource], Bench]


@pytest.fixture
def benches() -> Iterator[list[Bench]]:
    made: list[Bench] = []
    yield made
    for bench in made:
        bench.source.release()
        assert bench.loop.stop()


@pytest.fixture
def start(benches: list[Bench], qtbot: QtBot) -> Start:
    def started(source: FakeSource) -> Bench:
        benches.append(Bench(source))
        benches[-1].loop.start()
        return benches[-1]

    return started


def test_frames_reach_every_mailbox_and_never_queue(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource())
    qtbot.waitUntil(lambda: bench.source.reads > 50)
    assert bench.loop.stop()
    assert bench.told.kinds == []
    assert bench.mailbox.peek() is None, "no picture outlives the camera"
    assert bench.source.closes == 1
    assert bench.loop.last_frame_at is None
    assert len(bench.source.threads) == 1, "opened, read and closed by one thread"
    assert threading.get_ident() not in bench.source.threads


def test_a_mailbox_holds_the_newest_frame_only(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource())
    qtbot.waitUntil(lambda: bench.source.reads > 20)
    bench.source.hold()
    assert bench.source.is_hanging.wait(5)
    for mailbox in (bench.mailbox, bench.second):
        frame = mailbox.take()
        assert frame is not None
        assert frame.captured_at == pytest.approx(bench.source.reads / 30)
        assert mailbox.take() is None


@pytest.mark.parametrize(
    "trouble", [CameraBusy, CameraNotFound, CameraDenied, SimulatedCameraRefused]
)
def test_trouble_at_opening_is_told_once_and_overcome(
    start: Start,
    qtbot: QtBot,
    trouble: type[CameraError],
) -> None:
    bench = start(FakeSource([trouble("x") for _ in range(6)]))
    qtbot.waitUntil(lambda: bench.told.opened == 1)
    assert bench.told.kinds == [trouble]
    assert bench.source.opens == 7
    assert bench.source.closes == 6, "released between all tries"


def test_another_kind_of_trouble_is_told_too(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource([CameraBusy(), CameraBusy(), CameraDenied(), CameraDenied()]))
    qtbot.waitUntil(lambda: bench.told.opened == 1)
    assert bench.told.kinds == [CameraBusy, CameraDenied]


def test_an_unplugged_camera_is_told_once_and_comes_back(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource())
    qtbot.waitUntil(lambda: bench.told.opened == 1)
    bench.source._troubles_at_open = [CameraNotFound() for _ in range(3)]
    bench.source.trouble = CameraLost("gone")
    qtbot.waitUntil(lambda: bench.source.opens >= 5)
    bench.source.trouble = None
    qtbot.waitUntil(lambda: bench.told.opened == 2)
    assert bench.told.kinds == [CameraLost], "that it is not found either is no news"


def test_trouble_that_returns_after_a_recovery_is_told_again(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource())
    for round_ in (1, 2):
        qtbot.waitUntil(lambda: bench.told.opened == round_)  # noqa: B023 - waited for at once
        bench.source.trouble = CameraLost("gone")
        qtbot.waitUntil(lambda: len(bench.told.failures) == round_)  # noqa: B023
        bench.source.trouble = None
    qtbot.waitUntil(lambda: bench.told.opened == 3)
    assert bench.told.kinds == [CameraLost, CameraLost]


def test_no_old_picture_stays_while_the_camera_is_lost(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource())
    qtbot.waitUntil(lambda: bench.mailbox.peek() is not None)
    bench.source.trouble = CameraLost("gone")
    qtbot.waitUntil(lambda: bench.told.kinds == [CameraLost])
    qtbot.waitUntil(lambda: bench.mailbox.peek() is None)
    assert bench.loop.last_frame_at is None


def test_a_frozen_camera_is_told_once_however_often_it_is_opened(
    start: Start, qtbot: QtBot
) -> None:
    bench = start(FakeSource(frozen=True))
    qtbot.waitUntil(lambda: bench.source.opens >= 4)
    assert bench.told.kinds == [CameraFrozen]
    assert bench.told.opened == 1
    bench.source.frozen = False
    qtbot.waitUntil(lambda: bench.told.opened == 2)
    assert bench.told.kinds == [CameraFrozen]


def test_the_end_of_a_clip_is_told_and_ends_the_loop(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource(frames=3))
    qtbot.waitUntil(lambda: bench.told.ended == 1)
    qtbot.waitUntil(bench.loop.isFinished)
    assert bench.told.kinds == []
    assert bench.source.closes == 1
    last = bench.mailbox.take()
    assert last is not None, "the last frame is still there to be looked at"


def test_a_clip_that_cannot_be_played_is_not_tried_again(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource([PictureUnreadable("x")]))
    qtbot.waitUntil(bench.loop.isFinished)
    qtbot.waitUntil(lambda: bench.told.kinds == [PictureUnreadable])
    assert bench.source.opens == bench.source.closes == 1


def test_a_mistake_in_a_source_releases_it_and_reaches_the_hook(qtbot: QtBot) -> None:
    source = FakeSource([ZeroDivisionError("a mistake")])
    bench = Bench(source)
    with qtbot.captureExceptions() as caught:
        bench.loop.start()
        qtbot.waitUntil(bench.loop.isFinished)
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is ZeroDivisionError
    assert source.closes == 1


def test_waiting_for_the_next_try_is_cut_short_by_stop(qtbot: QtBot) -> None:
    source = FakeSource([CameraBusy("x")] * 9)
    loop = CameraThread(lambda: source, (), backoff=(60.0,))
    with qtbot.waitSignal(loop.failed, timeout=5000):
        loop.start()
    assert loop.stop()


def test_a_stopped_loop_may_be_started_again(start: Start, qtbot: QtBot) -> None:
    bench = start(FakeSource())
    qtbot.waitUntil(lambda: bench.told.opened == 1)
    assert bench.loop.stop()
    bench.loop.start()
    qtbot.waitUntil(lambda: bench.told.opened == 2)


def test_a_loop_that_never_ran_stops() -> None:
    assert CameraThread(FakeSource, ()).stop()


def test_a_hanging_driver_leaves_its_thread_to_the_application(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facelock.workers.camera.STOP_MILLISECONDS", 20)
    source = FakeSource()
    source.hold()
    parent = QObject()
    loop = CameraThread(lambda: source, (), parent)
    loop.start()
    assert source.is_hanging.wait(5)
    assert not loop.stop()
    assert loop.parent() is not parent
    with qtbot.waitSignal(loop.destroyed, timeout=5000):
        source.release()
    assert source.closes == 1


def test_the_watch_tells_of_a_silent_driver_once_and_of_its_return(
    benches: list[Bench], qtbot: QtBot
) -> None:
    bench = Bench(FakeSource())
    benches.append(bench)
    now = [0.0]
    watch = CameraWatch(bench.loop, clock=lambda: now[0])
    told = Listener()
    watch.failed.connect(told.on_failed)
    watch.recovered.connect(told.on_opened)
    watch.look()
    bench.loop.start()
    qtbot.waitUntil(lambda: bench.loop.last_frame_at is not None)
    bench.source.hold()
    assert bench.source.is_hanging.wait(5)
    last = bench.loop.last_frame_at
    assert last is not None
    now[0] = last + 2.9
    watch.look()
    assert told.kinds == []
    now[0] = last + 3.1
    watch.look()
    watch.look()
    assert told.kinds == [CameraFrozen]
    bench.source.release()
    qtbot.waitUntil(lambda: (bench.loop.last_frame_at or 0) > last)
    now[0] = last + 1.0
    watch.look()
    assert told.opened == 1
    watch.stop()
