"""The light meter: words for what the camera sees, and a camera on no longer than wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes_ui import FakeEyes, ScriptedPipeline, frame, look
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraBusy
from facelock.core.look import Look
from facelock.core.ports import FrameSource
from facelock.ui.light_meter import LightMeter


def camera() -> FrameSource:
    raise AssertionError


@pytest.fixture
def eyes() -> Iterator[FakeEyes]:
    made = FakeEyes(ScriptedPipeline())
    yield made
    made.deleteLater()


@pytest.fixture
def meter(qtbot: QtBot, eyes: FakeEyes) -> LightMeter:
    made = LightMeter(eyes.as_eyes(), camera)
    qtbot.addWidget(made)
    made.show()
    return made


def seen(at: float, **measures: float) -> Look:
    good = look(at=at)
    assert good.face is not None
    report = replace(good.face.report, **measures)  # type: ignore[arg-type]
    return replace(good, face=replace(good.face, report=report))


def words(meter: LightMeter) -> tuple[str, str]:
    return meter.light.words.text(), meter.sharpness.words.text()


def test_it_says_what_is_good_and_what_to_do_about_what_is_not(
    meter: LightMeter, eyes: FakeEyes
) -> None:
    assert words(meter) == ("Light: not measured", "Sharpness: not measured")
    meter.button.click()
    assert words(meter) == ("Light: looking…", "Sharpness: looking…")
    said = []
    for number, measures in enumerate(
        (
            {},
            {"brightness": 20.0, "sharpness": 0.5},
            {"brightness": 40.0, "sharpness": 0.8},
            {"brightness": 230.0},
            {"brightness": 250.0},
        )
    ):
        eyes.offer(seen(1.0 + number, **measures))
        said.append(words(meter))
    assert said[0] == ("Light: good", "Sharpness: good")
    assert "Turn on a lamp" in said[1][0]
    assert "Hold still" in said[1][1]
    assert "a little dark" in said[2][0]
    assert "a little soft" in said[2][1]
    assert "rather bright" in said[3][0]
    assert "too bright" in said[4][0]
    eyes.offer(look(None, at=20.0))
    assert "no face" in words(meter)[0]
    assert "no face" in words(meter)[1]
    eyes.offer(replace(look(None, at=21.0), scene_brightness=0.0, black=True))
    assert "shutter" in words(meter)[0]


def test_the_camera_is_on_while_it_measures_and_off_when_it_is_hidden(
    meter: LightMeter, eyes: FakeEyes, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(meter.begun):
        meter.button.click()
    assert eyes.is_looking
    eyes.preview.put(frame())
    qtbot.waitUntil(lambda: meter.picture._image is not None, timeout=1000)
    meter.hide()
    assert not eyes.is_looking
    assert eyes.current is None
    assert meter.picture._image is None


def test_what_others_see_is_none_of_its_business(meter: LightMeter, eyes: FakeEyes) -> None:
    eyes.camera_failed.emit(CameraBusy("0"))
    assert meter.message.text == ""
    meter.button.click()
    eyes.seen.emit("what somebody else worked out")
    assert words(meter)[0] == "Light: looking…"


def test_a_camera_that_fails_is_said_and_forgotten_when_it_comes_back(
    meter: LightMeter, eyes: FakeEyes
) -> None:
    meter.button.click()
    eyes.camera_failed.emit(CameraBusy("0"))
    assert "Another program" in meter.message.text
    eyes.offer(seen(1.0))
    assert meter.message.text == ""
    eyes.pipeline_failed.emit(RuntimeError("a mistake of ours"))
    assert meter.message.text == "It cannot be measured now."


def test_networks_that_failed_before_leave_the_camera_off(
    meter: LightMeter, eyes: FakeEyes
) -> None:
    eyes.trouble = RuntimeError("a mistake of ours")
    meter.button.click()
    assert meter.message.text == "It cannot be measured now."
    assert not eyes.is_looking
    assert not meter.button.isChecked()


def test_networks_that_come_late_are_used_at_once(
    meter: LightMeter, eyes: FakeEyes, qtbot: QtBot
) -> None:
    pipeline, eyes.pipeline = eyes.pipeline, None
    meter.button.click()
    assert eyes.current is None
    eyes.pipeline = pipeline
    eyes.pipeline_ready.emit(pipeline)
    eyes.offer(seen(1.0))
    assert words(meter)[0] == "Light: good"
