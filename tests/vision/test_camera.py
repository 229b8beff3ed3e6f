"""OpenCVCamera on a capture that misbehaves."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from fake_cameras import FakeCapture, SteppingClock, camera_info, noise
from numpy.typing import NDArray

from facelock.core.errors import (
    CameraBusy,
    CameraDenied,
    CameraFrozen,
    CameraLost,
    CameraNotFound,
)
from facelock.vision.camera import OpenCVCamera
from facelock.vision.camera_list import CameraInfo

Pictures = Callable[[int], NDArray[np.uint8] | None]


class Bench:
    """A camera on a fake capture, with time and the plug in the test's hand."""

    def __init__(self, pictures: Pictures = noise, *, opens: bool = True) -> None:
        self.clock = SteppingClock()
        self.capture = FakeCapture(pictures, opens=opens)
        self.plugged_in = True
        self.denial: Exception | None = None
        self.opened_index = -1
        self.camera = OpenCVCamera(
            cameras=lambda: (camera_info(index=3),) if self.plugged_in else (),
            capture=self._capture,
            access=self._access,
            connected=lambda _: self.plugged_in,
            clock=self.clock,
            wait=self.clock.wait,
        )

    def _capture(self, index: int, backend: int) -> FakeCapture:
        self.opened_index = index
        return self.capture

    def _access(self, camera: CameraInfo) -> None:
        if self.denial:
            raise self.denial


def test_frames_are_bgr_in_memory_order_and_not_simulated() -> None:
    bench = Bench()
    bench.camera.open()
    frame = bench.camera.read()
    assert frame.pixels.flags.c_contiguous
    assert frame.pixels.dtype == np.uint8
    assert not frame.simulated
    assert frame.captured_at == bench.clock.now
    assert np.array_equal(frame.pixels, noise(0)), "the first frame is not thrown away"
    assert np.array_equal(bench.camera.read().pixels, noise(1))


def test_the_size_is_asked_for_once() -> None:
    bench = Bench()
    bench.camera.open()
    asked = [prop for prop, _ in bench.capture.settings]
    assert len(asked) == len(set(asked))
    assert (cv2.CAP_PROP_FRAME_WIDTH, 640) in bench.capture.settings
    assert (cv2.CAP_PROP_BUFFERSIZE, 1) in bench.capture.settings
    assert bench.opened_index == 3


def test_a_grey_camera_gives_three_equal_channels() -> None:
    bench = Bench(lambda n: noise(n)[:, :, 0])
    bench.camera.open()
    pixels = bench.camera.read().pixels
    assert pixels.shape == (48, 64, 3)
    assert np.array_equal(pixels[:, :, 0], pixels[:, :, 2])


def test_a_camera_that_is_not_connected_is_not_found() -> None:
    bench = Bench()
    bench.plugged_in = False
    with pytest.raises(CameraNotFound):
        bench.camera.open()


def test_a_refusal_of_the_system_is_passed_on_before_the_camera_is_touched() -> None:
    bench = Bench()
    bench.denial = CameraDenied("x")
    with pytest.raises(CameraDenied):
        bench.camera.open()
    assert bench.capture.reads == 0


def test_a_camera_that_does_not_open_though_it_is_there_is_busy() -> None:
    bench = Bench(opens=False)
    with pytest.raises(CameraBusy):
        bench.camera.open()
    assert bench.capture.released == 1


def test_a_camera_that_opens_and_never_delivers_is_busy() -> None:
    bench = Bench(lambda _: None)
    with pytest.raises(CameraBusy):
        bench.camera.open()
    assert bench.capture.released == 1
    assert bench.clock.now - 100.0 == pytest.approx(5.0, abs=0.1)


def test_a_camera_that_starts_slowly_is_waited_for() -> None:
    bench = Bench(lambda n: None if n < 100 else noise(n))
    bench.camera.open()
    assert np.array_equal(bench.camera.read().pixels, noise(100))


def test_a_camera_pulled_out_while_it_opens_is_not_found() -> None:
    bench = Bench(lambda _: None)
    bench.capture._pictures = lambda _: setattr(bench, "plugged_in", False)
    with pytest.raises(CameraNotFound):
        bench.camera.open()


def test_one_missing_frame_is_forgiven() -> None:
    bench = Bench(lambda n: None if n == 1 else noise(n))
    bench.camera.open()
    bench.camera.read()
    assert np.array_equal(bench.camera.read().pixels, noise(2))


def test_a_camera_that_stops_delivering_is_lost_after_a_second() -> None:
    bench = Bench(lambda n: noise(n) if n < 2 else None)
    bench.camera.open()
    bench.camera.read()
    bench.camera.read()
    before = bench.clock.now
    with pytest.raises(CameraLost):
        bench.camera.read()
    assert bench.clock.now - before == pytest.approx(1.0, abs=0.1)


def test_an_unplugged_camera_is_lost_at_once() -> None:
    bench = Bench(lambda n: noise(n) if n < 1 else None)
    bench.camera.open()
    bench.camera.read()
    bench.plugged_in = False
    with pytest.raises(CameraLost):
        bench.camera.read()
    assert bench.clock.waits == []


def read_for(bench: Bench, seconds: float) -> None:
    until = bench.clock.now + seconds
    while bench.clock.now < until:
        bench.camera.read()
        bench.clock.now += 1 / 30


def test_the_same_picture_for_three_seconds_is_a_frozen_camera() -> None:
    bench = Bench(lambda _: noise(7))
    bench.camera.open()
    read_for(bench, 2.9)
    with pytest.raises(CameraFrozen):
        read_for(bench, 0.5)


def test_a_covered_lens_is_dark_and_not_frozen() -> None:
    bench = Bench(lambda _: np.full((48, 64, 3), 16, dtype=np.uint8))
    bench.camera.open()
    read_for(bench, 10)


def test_noise_is_enough_to_be_alive() -> None:
    def still_life(n: int) -> NDArray[np.uint8]:
        picture = noise(7)
        picture[8 * (n % 6), 8] ^= 1
        return picture

    bench = Bench(still_life)
    bench.camera.open()
    read_for(bench, 10)


def test_closing_releases_and_may_be_repeated() -> None:
    bench = Bench()
    bench.camera.close()
    bench.camera.open()
    bench.camera.close()
    bench.camera.close()
    assert bench.capture.released == 1
    assert bench.camera.camera is None


def test_opening_twice_and_reading_unopened_are_mistakes() -> None:
    bench = Bench()
    with pytest.raises(RuntimeError):
        bench.camera.read()
    bench.camera.open()
    with pytest.raises(RuntimeError):
        bench.camera.open()


def test_a_camera_is_found_again_under_its_new_number() -> None:
    index = [0]
    opened: list[int] = []

    def capture(number: int, backend: int) -> FakeCapture:
        opened.append(number)
        return FakeCapture(noise)

    camera = OpenCVCamera(
        camera_info(index=0),
        cameras=lambda: (camera_info("Other", index=9), camera_info(index=index[0])),
        capture=capture,
        access=lambda _: None,
        connected=lambda _: True,
    )
    camera.open()
    camera.close()
    index[0] = 2
    camera.open()
    assert opened == [0, 2]


def test_a_skipped_frame_is_taken_from_the_driver_and_not_decoded() -> None:
    bench = Bench()
    bench.camera.open()
    for _ in range(3):
        bench.camera.skip()
    assert np.array_equal(bench.camera.read().pixels, noise(3)), "the first is the one of `open`"
    assert bench.capture.grabs == 2


def test_a_camera_that_goes_away_between_two_frames_is_lost_while_skipping_too() -> None:
    bench = Bench(lambda n: noise(n) if n < 3 else None)
    bench.camera.open()
    bench.camera.read()
    bench.camera.skip()
    bench.camera.skip()
    bench.plugged_in = False
    with pytest.raises(CameraLost):
        bench.camera.skip()


def test_a_camera_that_is_not_open_has_nothing_to_skip() -> None:
    with pytest.raises(RuntimeError):
        Bench().camera.skip()
