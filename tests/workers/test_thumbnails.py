"""Live pictures of all cameras at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_cameras import FakeSource, camera_info
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraBusy, CameraError, SimulatedCameraRefused
from facelock.core.frames import Frame
from facelock.vision.camera_list import CameraInfo
from facelock.workers.thumbnails import THUMBNAIL_WIDTH, Thumbnails


class Picker(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.pictures: dict[str, list[Frame]] = {}
        self.failures: list[tuple[str, type[CameraError]]] = []

    @Slot(str, object)
    def on_picture(self, camera_id: str, frame: Frame) -> None:
        self.pictures.setdefault(camera_id, []).append(frame)

    @Slot(str, object)
    def on_failed(self, camera_id: str, error: CameraError) -> None:
        self.failures.append((camera_id, type(error)))


class Bench:
    def __init__(self, sources: dict[CameraInfo, FakeSource]) -> None:
        self.sources = sources
        self.opened: list[CameraInfo] = []
        self.picker = Picker()
        self.thumbnails = Thumbnails(open_camera=self._open)
        self.thumbnails.picture.connect(self.picker.on_picture)
        self.thumbnails.failed.connect(self.picker.on_failed)

    def _open(self, camera: CameraInfo) -> FakeSource:
        self.opened.append(camera)
        return self.sources[camera]


ONE, TWO = camera_info("One", index=0), camera_info("Two", index=1)
LOOPBACK = camera_info("Loop", index=2, why_refused="virtual-device")


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench({ONE: FakeSource(), TWO: FakeSource()})
    yield bench
    bench.thumbnails.stop()


def test_every_camera_is_live_at_once_and_small(bench: Bench, qtbot: QtBot) -> None:
    bench.thumbnails.start((ONE, TWO))
    qtbot.waitUntil(lambda: len(bench.picker.pictures) == 2)
    qtbot.waitUntil(lambda: all(len(seen) > 1 for seen in bench.picker.pictures.values()))
    assert all(
        frame.width <= THUMBNAIL_WIDTH for seen in bench.picker.pictures.values() for frame in seen
    )


def test_all_cameras_are_released(bench: Bench, qtbot: QtBot) -> None:
    bench.thumbnails.start((ONE, TWO))
    qtbot.waitUntil(lambda: all(source.reads for source in bench.sources.values()))
    assert bench.thumbnails.stop()
    assert [source.closes for source in bench.sources.values()] == [1, 1]
    assert not any(source.is_open for source in bench.sources.values())
    assert bench.thumbnails.stop(), "may be repeated"


def test_a_busy_camera_is_told_and_the_others_go_on(bench: Bench, qtbot: QtBot) -> None:
    bench.sources[TWO] = FakeSource([CameraBusy("x")] * 100)
    bench.thumbnails.start((ONE, TWO))
    qtbot.waitUntil(lambda: bool(bench.picker.failures) and bool(bench.picker.pictures))
    assert bench.picker.failures == [(TWO.camera_id, CameraBusy)]
    assert set(bench.picker.pictures) == {ONE.camera_id}


def test_a_virtual_camera_is_refused_without_being_opened(bench: Bench, qtbot: QtBot) -> None:
    bench.thumbnails.start((ONE, LOOPBACK))
    assert bench.picker.failures == [(LOOPBACK.camera_id, SimulatedCameraRefused)]
    qtbot.waitUntil(lambda: bool(bench.picker.pictures))
    assert LOOPBACK not in bench.opened


def test_starting_again_lets_go_of_the_cameras_before(bench: Bench, qtbot: QtBot) -> None:
    bench.thumbnails.start((ONE,))
    qtbot.waitUntil(lambda: bench.sources[ONE].is_open)
    bench.thumbnails.start((TWO,))
    assert not bench.sources[ONE].is_open
    qtbot.waitUntil(lambda: bench.sources[TWO].is_open)
