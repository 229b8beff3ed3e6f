"""Each effect does what it says, nothing at strength nought, and leaves its input alone."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from drawn_faces import drawn_face

from facelock.core.frames import Pixels
from facelock.learning import webcam_effects as webcam

FACE = drawn_face()
BLACK, ONES = np.zeros((112, 112, 3), np.uint8), np.ones(3, np.float32)


def flat(value: int, side: int = 112) -> Pixels:
    return np.full((side, side, 3), value, np.uint8)


def rough(pixels: Pixels) -> float:
    """Return how much neighbours differ."""
    return float(np.abs(np.diff(pixels.astype(float), axis=1)).mean())


def mean_error(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(float) - other).mean())


def some() -> np.random.Generator:
    return np.random.default_rng(1)


EVERY_EFFECT: dict[str, Callable[[Pixels], Pixels]] = {
    "jitter": lambda one: webcam.jitter(one, shift=(1, -2), degrees=2, scale=1.02),
    "light": lambda one: webcam.light(one, exposure=0.5, gamma=1.2, across=0.2, down=-0.2),
    "cast": lambda one: webcam.cast(one, np.array([1.1, 1, 0.9], np.float32)),
    "defocus": lambda one: webcam.defocus(one, 1),
    "motion": lambda one: webcam.motion(one, length=3, degrees=30),
    "noise": lambda one: webcam.noise(one, photons=500, read=3, gain=1.2, rng=some()),
    "jpeg": lambda one: webcam.jpeg(one, 60),
    "grey": webcam.grey,
    "glasses": lambda one: webcam.glasses(one, colour=20, lens=0.2, width=2),
    "mask": lambda one: webcam.mask(one, (200, 180, 160), 75),
    "coarse": lambda one: webcam.enlarged(webcam.coarse(one, 50), 112),
}
NONE_OF_IT: dict[str, Callable[[Pixels], Pixels]] = {
    "jitter": lambda one: webcam.jitter(one, shift=(0, 0), degrees=0, scale=1),
    "light": lambda one: webcam.light(one, exposure=1, gamma=1, across=0, down=0),
    "cast": lambda one: webcam.cast(one, ONES),
    "defocus": lambda one: webcam.defocus(one, 0),
    "motion": lambda one: webcam.motion(one, length=0, degrees=30),
    "noise": lambda one: webcam.noise(one, photons=1e12, read=0, gain=1, rng=some()),
    "grey": lambda one: webcam.grey(webcam.grey(one)),
    "coarse": lambda one: webcam.enlarged(webcam.coarse(one, 112), 112),
}


@pytest.mark.parametrize("name", EVERY_EFFECT)
def test_an_effect_gives_another_picture_of_the_same_kind(name: str) -> None:
    face = drawn_face()
    seen = EVERY_EFFECT[name](face)
    assert seen.shape == face.shape
    assert seen.dtype == np.uint8
    assert np.array_equal(face, FACE)
    assert not np.array_equal(seen, FACE)
    assert np.array_equal(EVERY_EFFECT[name](face), seen)


@pytest.mark.parametrize("name", NONE_OF_IT)
def test_an_effect_of_no_strength_changes_nothing(name: str) -> None:
    face = webcam.grey(FACE) if name == "grey" else FACE
    assert np.array_equal(NONE_OF_IT[name](face), face)


def test_a_shift_is_right_and_down_over_black() -> None:
    moved = webcam.jitter(FACE, shift=(3, 2), degrees=0, scale=1)
    assert np.array_equal(moved[2:, 3:], FACE[:-2, :-3])
    assert not moved[:2].any()
    assert not moved[:, :3].any()


def test_jitter_turns_and_scales_about_the_middle() -> None:
    turned = webcam.jitter(FACE, shift=(0, 0), degrees=90, scale=1)
    assert mean_error(turned, np.rot90(FACE)) < 0.1
    spot = BLACK.copy()
    spot[55:57, 65:67] = 255  # ten to the right of the middle
    larger = webcam.jitter(spot, shift=(0, 0), degrees=0, scale=1.5)
    column = np.average(np.arange(112), weights=larger[..., 0].sum(axis=0))
    assert column == pytest.approx(55.5 + 1.5 * 10, abs=0.3)


def test_exposure_is_a_factor_and_gamma_bends_the_middle() -> None:
    half = webcam.light(FACE, exposure=0.5, gamma=1, across=0, down=0)
    assert np.abs(half.astype(float) - FACE / 2).max() <= 0.5
    steps = np.repeat(np.array([0, 128, 255], np.uint8), 3).reshape(1, 3, 3)
    bent = webcam.light(steps, exposure=1, gamma=2, across=0, down=0)[0, :, 0]
    assert bent.tolist() == [0, 64, 255]
    assert webcam.light(steps, exposure=9, gamma=1, across=0, down=0).max() == 255  # no overflow


def test_light_falls_from_the_left_or_from_above() -> None:
    across = webcam.light(flat(100), exposure=1, gamma=1, across=0.3, down=0)[..., 0]
    assert (across[:, 0] == 130).all()
    assert (across[:, -1] == 70).all()
    down = webcam.light(flat(100), exposure=1, gamma=1, across=0, down=0.3)[..., 0]
    assert (down[0] == 130).all()
    assert (down[-1] == 70).all()
    dark = webcam.light(flat(100), exposure=1, gamma=1, across=0.8, down=0.8)
    assert dark[-1, -1].tolist() == [0, 0, 0]


def test_a_cast_multiplies_blue_green_and_red() -> None:
    seen = webcam.cast(flat(100), np.array([0.5, 1, 3], np.float32))
    assert seen[0, 0].tolist() == [50, 100, 255]


def test_a_coarse_sensor_sees_means_of_areas() -> None:
    seen = webcam.coarse(FACE, 28)
    means = FACE.reshape(28, 4, 28, 4, 3).mean(axis=(1, 3))
    assert seen.shape == (28, 28, 3)
    assert np.abs(seen - means).max() <= 1
    again = webcam.enlarged(seen, 112)
    assert again.shape == FACE.shape
    assert rough(again) < rough(FACE)


def test_a_picture_is_enlarged_in_the_way_asked_for() -> None:
    seen = webcam.coarse(FACE, 56)
    doubled = webcam.enlarged(seen, 112, cv2.INTER_NEAREST)
    assert np.array_equal(doubled, seen.repeat(2, axis=0).repeat(2, axis=1))
    assert not np.array_equal(doubled, webcam.enlarged(seen, 112))


def test_defocus_takes_away_detail_and_no_light() -> None:
    edges = [rough(webcam.defocus(FACE, sigma)) for sigma in (0, 0.5, 1, 2)]
    assert edges == sorted(edges, reverse=True)
    assert edges[-1] < 0.7 * edges[0]
    assert webcam.defocus(FACE, 2).mean() == pytest.approx(FACE.mean(), abs=1)


@pytest.mark.parametrize("length", [1.0, 2.5, 4.0, 7.3])
@pytest.mark.parametrize("degrees", [0, 37, 90, 135])
def test_motion_smears_a_point_along_its_direction(length: float, degrees: float) -> None:
    point = np.zeros((31, 31, 3), np.uint8)
    point[15, 15] = 255
    smeared = webcam.motion(point, length=length, degrees=degrees)[..., 0].astype(float)
    assert smeared.sum() == pytest.approx(255, abs=0.5 * (smeared > 0).sum())  # rounding
    y, x = np.mgrid[-15:16, -15:16]
    angle = np.radians(degrees)
    along = x * np.cos(angle) + y * np.sin(angle)
    aside = y * np.cos(angle) - x * np.sin(angle)
    weights = smeared / smeared.sum()
    assert abs((weights * along).sum()) < 0.1  # stays where it was
    assert abs((weights * aside).sum()) < 0.1
    # A bar's variance, and what spreading its points over the nearest pixels adds.
    variance, bar = (weights * along**2).sum(), length**2 / 12
    assert 0.95 * bar < variance < 1.15 * bar + 0.3
    assert (weights * aside**2).sum() < 0.3


@pytest.mark.parametrize(("value", "photons", "read"), [(40, 500, 0), (120, 2000, 5), (60, 1e9, 3)])
def test_noise_is_that_of_photons_and_of_reading(value: int, photons: float, read: float) -> None:
    seen = webcam.noise(flat(value, 200), photons=photons, read=read, gain=1, rng=some())
    deviation = float(np.sqrt(255**2 * (value / 255) / photons + read**2))
    assert seen.mean() == pytest.approx(value, abs=0.15)
    assert seen.std() == pytest.approx(deviation, rel=0.04)
    blue, green = seen[..., 0].ravel(), seen[..., 1].ravel()
    assert np.corrcoef(blue, green)[0, 1] == pytest.approx(0.36, abs=0.05)  # 0.6 squared


def test_gain_brightens_the_noise_too() -> None:
    once = webcam.noise(flat(40), photons=500, read=2, gain=1, rng=some())
    twice = webcam.noise(flat(40), photons=500, read=2, gain=2, rng=some())
    assert np.abs(twice.astype(float) - 2.0 * once).max() <= 2  # rounded afterwards, once
    assert twice.std() == pytest.approx(2 * once.std(), rel=0.02)


def test_noise_is_drawn_from_the_numbers_given() -> None:
    one, again, other = (
        webcam.noise(FACE, photons=500, read=2, gain=1, rng=np.random.default_rng(seed))
        for seed in (1, 1, 2)
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_a_lower_quality_of_the_jpeg_is_farther_from_the_picture() -> None:
    errors = [mean_error(webcam.jpeg(FACE, quality), FACE) for quality in (95, 80, 60, 30)]
    assert errors == sorted(errors)
    assert errors[0] < 3
    assert errors[-1] > errors[0] + 0.5


def test_grey_is_the_luma_in_three_channels() -> None:
    seen = webcam.grey(FACE)
    assert (seen == seen[..., :1]).all()
    assert np.abs(seen[..., 0].astype(int) - cv2.cvtColor(FACE, cv2.COLOR_BGR2GRAY)).max() <= 1


def test_glasses_are_before_the_eyes_and_nowhere_else() -> None:
    worn = webcam.glasses(flat(200), colour=20, lens=0, width=2)[..., 0]
    for middle in (38, 73):
        assert worn[52, middle] == 200  # clear
        assert worn[41, middle] < 100  # the frame's upper edge
    assert (worn[:37] == 200).all()
    assert (worn[68:] == 200).all()
    dark = webcam.glasses(flat(200), colour=20, lens=0.5, width=2)[..., 0]
    assert dark[52, 38] == dark[52, 73] == 110


def test_a_mask_covers_mouth_and_chin() -> None:
    worn = webcam.mask(FACE, (200, 180, 160), 75)
    assert (worn[85:110, 30:80] == (200, 180, 160)).all()
    assert np.array_equal(worn[:74], FACE[:74])
    assert np.array_equal(worn[:, :10], FACE[:, :10])
