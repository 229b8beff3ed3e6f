"""A camera that is still finding its exposure, and a picture that is black."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from facelock.core.exposure import RAMP_SECONDS, BlackPicture, ExposureRamp, lumas
from facelock.core.frames import Pixels

FRAME = 1 / 30


def grey(level: int) -> Pixels:
    return np.full((48, 64, 3), level, np.uint8)


def waited(levels: Sequence[int]) -> float | None:
    """Return the seconds until the first frame that may be looked at; None if none may."""
    ramp = ExposureRamp()
    for number, level in enumerate(levels):
        if ramp.is_over(grey(level), 100.0 + number * FRAME):
            return number * FRAME
    return None


def test_a_bright_first_frame_is_looked_at_at_once() -> None:
    assert waited([120]) == 0


def test_a_picture_that_gets_brighter_is_waited_for_until_it_is_bright() -> None:
    assert waited([2, 10, 20, 30, 40, 50, 61]) == pytest.approx(6 * FRAME)


def test_exposure_goes_up_in_steps() -> None:
    assert waited([5, 5, 5, 20, 20, 20, 35, 35, 35, 80]) == pytest.approx(9 * FRAME)


def test_a_dark_room_is_waited_for_a_fifth_of_a_second() -> None:
    found = waited([12] * 30)
    assert found is not None
    assert 0.19 < found < 0.25


def test_noise_is_no_rise() -> None:
    assert waited([12, 13, 12, 13, 12, 13, 12, 13, 12, 13]) == pytest.approx(6 * FRAME, abs=FRAME)


def test_no_camera_is_waited_for_longer_than_the_ramp() -> None:
    found = waited([level // 2 for level in range(0, 120, 3)])
    assert found is not None
    assert found == pytest.approx(RAMP_SECONDS, abs=FRAME)


def test_once_over_it_stays_over() -> None:
    ramp = ExposureRamp()
    assert ramp.is_over(grey(120), 0.0)
    assert ramp.is_over(grey(3), FRAME)


def test_the_luma_weighs_the_colours_as_the_eye_does() -> None:
    pixels = np.zeros((16, 16, 3), np.uint8)
    pixels[:, :, 1] = 100
    mean, spread = lumas(pixels)
    assert mean == pytest.approx(58.7, abs=0.1)
    assert spread == pytest.approx(0.0, abs=1e-3)


def test_black_for_two_seconds_is_black() -> None:
    black = BlackPicture()
    told = [black.holds(0.5, 0.3, number * 0.1) for number in range(25)]
    assert told.index(True) == 20
    assert all(told[20:])


@pytest.mark.parametrize(("luma", "spread"), [(8.0, 0.5), (2.0, 5.0), (120.0, 50.0)])
def test_what_is_dark_or_shows_anything_is_not_black(luma: float, spread: float) -> None:
    black = BlackPicture()
    assert not any(black.holds(luma, spread, number * 0.1) for number in range(60))


def test_one_frame_of_light_begins_the_time_anew() -> None:
    black = BlackPicture()
    for number in range(25):
        black.holds(0.5, 0.3, number * 0.1)
    assert not black.holds(90.0, 30.0, 2.5)
    assert not black.holds(0.5, 0.3, 2.6)


def test_what_was_before_a_pause_or_another_clip_does_not_count() -> None:
    black = BlackPicture()
    black.holds(0.5, 0.3, 10.0)
    assert not black.holds(0.5, 0.3, 13.0)
    assert not black.holds(0.5, 0.3, 1.0)
