"""Cameras through real life, seen by the eyes: each trouble comes and goes on cue.

The camera is the program's own, on a bus of the test's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from eyes_bench import PACE, Counting, EyesBench
from fake_cameras import FakeSource
from fake_usb import FakeUsb, black, frozen
from pytestqt.qtbot import QtBot

from facelock.core.errors import CameraBusy, CameraFrozen, CameraLost, CameraNotFound
from facelock.core.exposure import BlackPicture, lumas
from facelock.core.frames import Frame, Pixels
from facelock.vision.camera import OpenCVCamera

WAIT = 8000  # milliseconds: the loop waits up to two seconds before it tries again


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[EyesBench]:
    made = EyesBench(qtbot)
    yield made
    made.close()


class Life:
    """The eyes on a camera of the bus; everything they tell is in `told`."""

    def __init__(self, bench: EyesBench) -> None:
        self.usb = FakeUsb()
        self.eyes, self.told, self.qtbot = bench.eyes, bench.told, bench.qtbot
        self.eyes.work(Counting())

    def open(self) -> OpenCVCamera:
        return self.usb.source()

    def look(self) -> None:
        self.eyes.look(self.open)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def sees(self) -> None:
        """Wait until one more frame was looked at."""
        seen = len(self.told.seen)
        self.until(lambda: len(self.told.seen) > seen)

    @property
    def troubles(self) -> list[type[Exception]]:
        return [type(error) for error in self.told.failures]


@pytest.fixture
def life(bench: EyesBench) -> Iterator[Life]:
    made = Life(bench)
    yield made
    made.eyes.close_eyes()
    assert not made.usb.held, "released at the end"


def test_a_camera_that_is_plugged_in_later_is_found_by_itself(life: Life) -> None:
    life.usb.unplug()
    life.look()
    life.until(lambda: life.troubles == [CameraNotFound])
    assert not life.eyes.camera_is_on
    life.usb.plug_in()
    life.sees()
    assert life.troubles == [CameraNotFound], "told once"
    assert (life.told.opened, life.told.on) == (1, [True])


def test_pulled_out_in_the_middle_of_a_scan_it_is_let_go_of_and_comes_back(life: Life) -> None:
    life.look()
    life.sees()
    life.usb.unplug()
    life.until(lambda: life.troubles == [CameraLost])
    assert not life.usb.held
    assert not life.eyes.camera_is_on
    assert life.eyes.preview.peek() is None, "no picture stays"
    life.usb.plug_in()
    life.sees()
    assert life.troubles == [CameraLost]
    assert life.told.on == [True, False, True]


def test_pulled_out_under_a_watch_it_is_told_to_the_watch_alone(life: Life) -> None:
    work = Counting()
    life.eyes.watch(life.open, work, PACE)
    life.until(lambda: bool(life.told.watched))
    life.usb.unplug()
    life.until(lambda: bool(life.told.watch_failures))
    assert isinstance(life.told.watch_failures[0][1], CameraLost)
    life.usb.plug_in()
    watched = len(life.told.watched)
    life.until(lambda: len(life.told.watched) > watched)
    assert life.troubles == []
    life.eyes.stop_watching(work)
    assert not life.usb.held


def test_a_camera_with_another_number_after_a_reconnection_is_the_same_one(life: Life) -> None:
    life.look()
    life.sees()
    life.usb.unplug()
    life.until(lambda: life.troubles == [CameraLost])
    life.usb.virtual_index = 0  # a virtual one has taken the old number
    life.usb.plug_in(index=2)
    life.sees()
    assert set(life.usb.opened) == {0, 2}
    assert life.usb.opened[-1] == 2


def test_a_camera_that_another_program_has_is_told_and_had_when_it_is_free(life: Life) -> None:
    life.usb.is_taken = True
    life.look()
    life.until(lambda: life.troubles == [CameraBusy])
    assert not life.eyes.camera_is_on
    life.usb.is_taken = False
    life.sees()
    assert life.troubles == [CameraBusy]


def test_a_camera_that_another_program_takes_away_is_lost_and_then_busy(life: Life) -> None:
    life.look()
    life.sees()
    life.usb.is_taken = True
    life.until(lambda: life.troubles == [CameraLost, CameraBusy])
    life.usb.is_taken = False
    life.sees()


def test_a_frozen_picture_is_no_face_that_holds_still(life: Life) -> None:
    life.look()
    life.sees()
    life.usb.picture = frozen
    life.until(lambda: life.troubles == [CameraFrozen])
    assert not life.usb.held, "opened anew: that mends most of them"
    life.usb.picture = FakeUsb().picture
    life.sees()
    assert life.troubles == [CameraFrozen]


def test_a_closed_shutter_is_black_and_no_trouble_of_the_camera(life: Life) -> None:
    life.usb.picture = black
    shut = BlackPicture()
    life.eyes.work(lambda frame: shut.holds(*lumas(frame.pixels), frame.captured_at))
    life.look()
    life.until(lambda: True in life.told.seen)
    assert life.told.seen[0] is False, "not at once"
    assert life.troubles == []
    assert life.eyes.camera_is_on
    life.usb.picture = FakeUsb().picture
    life.until(lambda: life.told.seen[-1] is False)


def test_the_computer_sleeps_and_the_camera_has_another_number_when_it_wakes(life: Life) -> None:
    work = Counting()
    life.eyes.watch(life.open, work, PACE)
    life.look()
    life.sees()
    life.eyes.hold_off("sleep")
    assert not life.usb.held, "let go of before it sleeps"
    opened = len(life.usb.opened)
    life.usb.unplug()
    life.eyes.look(life.open)  # a page that does not know better
    assert len(life.usb.opened) == opened
    life.usb.plug_in(index=4)
    life.eyes.go_on("sleep")
    life.sees()
    watched = len(life.told.watched)
    life.until(lambda: len(life.told.watched) > watched)
    assert life.usb.opened[opened:] == [4], "opened once, for both"
    assert life.troubles == [], "nobody hears of what was to be expected"
    life.eyes.stop_watching(work)


def test_a_camera_that_wakes_late_is_waited_for(life: Life) -> None:
    life.look()
    life.sees()
    life.eyes.hold_off("sleep")
    life.usb.unplug()
    life.eyes.go_on("sleep")
    life.until(lambda: life.troubles == [CameraNotFound])
    life.usb.plug_in()
    life.sees()


def test_a_watch_decodes_few_of_the_frames_that_it_takes(life: Life) -> None:
    decoded: list[int] = []

    def counted(number: int) -> Pixels:
        decoded.append(number)
        return FakeUsb().picture(number)

    life.usb.picture = counted
    work = Counting()
    life.eyes.watch(life.open, work, 0.3)
    life.until(lambda: len(life.told.watched) >= 3)
    life.eyes.stop_watching(work)
    assert life.usb.grabs > 2 * len(decoded)


def brightening(number: int) -> Pixels:
    """A camera that opens its eye: black at first, bright after nine frames."""
    return np.full((48, 64, 3), min(10 * number, 100), np.uint8)


def mean(frame: Frame) -> float:
    return float(frame.pixels.mean())


def test_no_frame_of_a_camera_that_still_finds_its_exposure_is_looked_at(bench: EyesBench) -> None:
    bench.source.picture = brightening
    bench.eyes.work(mean)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: len(bench.told.seen) >= 2)
    assert all(isinstance(seen, float) and seen >= 60 for seen in bench.told.seen)


def test_a_dark_room_is_looked_at_after_a_moment(bench: EyesBench) -> None:
    bench.source.picture = lambda _: np.full((48, 64, 3), 12, np.uint8)
    bench.eyes.work(mean)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bool(bench.told.seen))
    assert bench.told.seen[0] == 12


def test_a_camera_that_is_opened_again_is_waited_for_again(bench: EyesBench) -> None:
    bench.source.picture = brightening
    bench.eyes.work(mean)
    bench.eyes.look(bench.open)
    bench.qtbot.waitUntil(lambda: bool(bench.told.seen))
    bench.other = FakeSource()
    bench.other.picture = brightening
    bench.eyes.look(bench.open_other)
    seen = len(bench.told.seen)
    bench.qtbot.waitUntil(lambda: len(bench.told.seen) > seen)
    assert all(isinstance(value, float) and value >= 60 for value in bench.told.seen)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_comes_and_goes_the_camera_is_off_whenever_nobody_needs_it(
    bench: EyesBench, seed: int
) -> None:
    """A hundred steps in any order; what should hold is worked out beside, in the plainest way."""
    eyes, chance = bench.eyes, np.random.default_rng(seed)
    looks, watch, holds = False, None, set[str]()
    for _ in range(100):
        match chance.integers(6):
            case 0:
                looks = True
                eyes.look(bench.open)
            case 1:
                looks = False
                eyes.close_eyes()
            case 2:
                watch = Counting()
                eyes.watch((bench.open, bench.open_other)[chance.integers(2)], watch, PACE)
            case 3 if watch is not None:
                eyes.stop_watching(watch)
                watch = None
            case 4:
                holds.add(why := ("sleep", "pictures")[chance.integers(2)])
                eyes.hold_off(why)
            case _:
                holds.discard(why := ("sleep", "pictures")[chance.integers(2)])
                eyes.go_on(why)
        bench.qtbot.wait(1)
        assert not (bench.source.is_open and bench.other.is_open), "never two at once"
        if holds or not (looks or watch is not None):
            assert not bench.source.is_open
            assert not bench.other.is_open
            assert not eyes.camera_is_on
