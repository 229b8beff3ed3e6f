"""Whoever looks at the window can tell whether the camera is on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes_pages import Bench
from fakes_ui import FakeEyes
from lock_bench import LockBench
from page_walk import settle
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facelock.core.leaving import Arming
from facelock.ui.camera_sign import CameraSign


@pytest.fixture
def locked(qtbot: QtBot) -> Iterator[LockBench]:
    made = LockBench()
    yield made
    made.close()


def test_it_is_there_while_frames_come_and_no_longer(locked: LockBench) -> None:
    locked.page.show()
    assert locked.eyes.is_looking
    assert not locked.says_camera_on  # asked for, and not on yet
    locked.eyes.set_camera_on(True)
    assert locked.says_camera_on
    assert locked.page.sight.sign.text() == "Camera on"
    assert locked.page.sight.sign.accessibleName() == "Camera on"
    locked.eyes.set_camera_on(False)
    assert not locked.says_camera_on


def test_it_says_so_of_a_watch_as_well(locked: LockBench) -> None:
    locked.page.begin_as(Arming.WHEN_SEEN)
    locked.page.show()
    locked.eyes.set_camera_on(True)
    assert locked.says_camera_on


def test_nothing_moves_when_it_comes_and_goes(locked: LockBench) -> None:
    locked.page.show()
    settle(locked.page)
    before = locked.page.sentence.geometry()
    locked.eyes.set_camera_on(True)
    settle(locked.page)
    assert locked.page.sentence.geometry() == before


def test_a_page_made_while_the_camera_is_on_begins_with_it(qtbot: QtBot) -> None:
    eyes = FakeEyes()
    eyes.set_camera_on(True)
    sign = CameraSign(eyes.as_eyes())
    qtbot.addWidget(sign)
    assert not sign.isVisible()  # it has no place yet, and must not be a window
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(sign)
    page.show()
    assert sign.isVisible()
    eyes.deleteLater()


def test_the_open_window_says_it_too(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, tmp_path / "home")
    bench.unlock()
    (sign,) = bench.shell.findChildren(CameraSign)
    assert not sign.isVisible()
    bench.program.eyes.camera_on_changed.emit(True)
    assert sign.isVisible()
    assert bench.shell.who.geometry().right() < sign.geometry().left()
    bench.program.eyes.camera_on_changed.emit(False)
    assert not sign.isVisible()
    bench.close()
