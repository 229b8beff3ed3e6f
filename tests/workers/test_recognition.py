"""The recognition loop: what it does with frames, and that a failure does not end it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fakes import fake_pipeline, synthetic_frame
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from facelock.core.errors import ModelCorrupt
from facelock.core.frames import Frame
from facelock.services.recognition import FacePipeline
from facelock.workers.latest import Latest
from facelock.workers.recognition import RecognitionThread


class Listener(QObject):
    def __init__(self, loop: RecognitionThread) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.failed: list[object] = []
        loop.seen.connect(self.on_seen)
        loop.failed.connect(self.on_failed)

    @Slot(object, object)
    def on_seen(self, _work: object, value: object) -> None:
        self.seen.append(value)

    @Slot(object)
    def on_failed(self, error: object) -> None:
        self.failed.append(error)


@pytest.fixture
def frames() -> Latest[Frame]:
    return Latest()


@pytest.fixture
def loop(frames: Latest[Frame]) -> Iterator[RecognitionThread]:
    thread = RecognitionThread(fake_pipeline, frames)
    yield thread
    assert thread.stop()


def width_of(frame: Frame) -> object:
    return frame.width


def broken(frame: Frame) -> object:
    raise ArithmeticError(frame.width)


def test_frames_are_left_alone_until_there_is_work(
    qtbot: QtBot, loop: RecognitionThread, frames: Latest[Frame]
) -> None:
    listener = Listener(loop)
    with qtbot.waitSignal(loop.ready):
        loop.start()
    frames.put(synthetic_frame(1))
    qtbot.waitUntil(lambda: frames.peek() is None)
    assert not listener.seen
    loop.do(width_of)
    frames.put(synthetic_frame(1))
    qtbot.waitUntil(lambda: bool(listener.seen))


def test_work_that_fails_is_told_and_the_next_work_is_done(
    qtbot: QtBot, loop: RecognitionThread, frames: Latest[Frame]
) -> None:
    """Else the next lock page would keep the camera on before a loop that is gone."""
    listener = Listener(loop)
    loop.do(broken)
    with qtbot.captureExceptions() as at_the_hook:
        loop.start()
        frames.put(synthetic_frame(1))
        qtbot.waitUntil(lambda: len(listener.failed) == 1 and bool(at_the_hook))
    assert [kind for kind, *_ in at_the_hook] == [ArithmeticError]
    frames.put(synthetic_frame(1))
    qtbot.waitUntil(lambda: frames.peek() is None)
    assert len(listener.failed) == 1, "what failed is not tried with every frame"
    loop.do(width_of)
    frames.put(synthetic_frame(1))
    qtbot.waitUntil(lambda: bool(listener.seen))


def test_models_that_do_not_load_end_the_loop(qtbot: QtBot, frames: Latest[Frame]) -> None:
    def load() -> FacePipeline:
        raise ModelCorrupt("a byte differs")

    loop = RecognitionThread(load, frames)
    listener = Listener(loop)
    with qtbot.waitSignal(loop.finished):
        loop.start()
    assert [type(error) for error in listener.failed] == [ModelCorrupt]
