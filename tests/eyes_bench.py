"""Real eyes on fake cameras, and what they tell."""

from __future__ import annotations

from fake_cameras import FakeSource
from fakes import fake_pipeline
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from facelock.core.frames import Frame
from facelock.workers.eyes import Eyes

PACE = 0.01


class Counting:
    """Work that counts what it saw and returns the number."""

    def __init__(self) -> None:
        self.frames = 0

    def __call__(self, frame: Frame) -> int:
        self.frames += 1
        return self.frames


class Listener(QObject):
    """Writes down what the eyes tell, in the GUI thread."""

    def __init__(self, eyes: Eyes) -> None:
        super().__init__()
        self.opened = 0
        self.ended = 0
        self.failures: list[Exception] = []
        self.on: list[bool] = []
        self.seen: list[object] = []
        self.watched: list[tuple[object, object]] = []
        self.watch_failures: list[tuple[object, Exception]] = []
        eyes.camera_opened.connect(self.on_opened)
        eyes.camera_failed.connect(self.on_failed)
        eyes.clip_ended.connect(self.on_ended)
        eyes.camera_on_changed.connect(self.on_on)
        eyes.seen.connect(self.on_seen)
        eyes.watched.connect(self.on_watched)
        eyes.watch_failed.connect(self.on_watch_failed)

    @Slot()
    def on_opened(self) -> None:
        self.opened += 1

    @Slot()
    def on_ended(self) -> None:
        self.ended += 1

    @Slot(object)
    def on_failed(self, error: Exception) -> None:
        self.failures.append(error)

    @Slot(bool)
    def on_on(self, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        self.on.append(on)

    @Slot(object)
    def on_seen(self, value: object) -> None:
        self.seen.append(value)

    @Slot(object, object)
    def on_watched(self, work: object, value: object) -> None:
        self.watched.append((work, value))

    @Slot(object, object)
    def on_watch_failed(self, work: object, error: Exception) -> None:
        self.watch_failures.append((work, error))


class EyesBench:
    """Real eyes on one fake camera; `other` stands for a second one."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.source, self.other = FakeSource(), FakeSource()
        self.eyes = Eyes(fake_pipeline)
        self.told = Listener(self.eyes)
        self.work = Counting()
        with qtbot.waitSignal(self.eyes.pipeline_ready):
            self.eyes.start()

    def open(self) -> FakeSource:
        return self.source

    def open_other(self) -> FakeSource:
        return self.other

    def watch(self) -> Counting:
        self.eyes.watch(self.open, self.work, PACE)
        return self.work

    def until(self, count: int) -> None:
        """Wait until the watch has told so many more times."""
        told = self.told.watched
        wanted = len(told) + count
        self.qtbot.waitUntil(lambda: len(told) >= wanted)

    def close(self) -> None:
        """End; every camera is released then."""
        self.source.release()
        assert self.eyes.stop()
        assert not self.source.is_open
        assert not self.other.is_open
        assert not self.eyes.camera_is_on
