"""Random webcam pictures: other ones each time, the same again for the same numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from drawn_faces import drawn_face

from facelock.core.frames import CROP_SIZE, Pixels
from facelock.learning import webcam_effects
from facelock.learning.augmentation import AugmentationConfig, WebcamAugmentation

FACE = drawn_face()
MIRRORED = np.ascontiguousarray(FACE[:, ::-1])
NOTHING = AugmentationConfig(clean=0, mirror=0, grey=0, each=0, glasses=0, mask=0)
EFFECTS = (
    *("jitter", "light", "coarse", "enlarged", "motion", "defocus", "noise", "cast", "jpeg"),
    *("grey", "glasses", "mask"),
)


def drawn(count: int, config: AugmentationConfig | None = None, seed: int = 1) -> list[Pixels]:
    augment = WebcamAugmentation(np.random.default_rng(seed), config)
    return [augment(FACE) for _ in range(count)]


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each effect is called."""
    calls: Counter[str] = Counter()

    def counted(name: str) -> None:
        original = getattr(webcam_effects, name)

        def effect(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # passes all on
            calls[name] += 1
            return original(*arguments, **named)

        monkeypatch.setattr(webcam_effects, name, effect)

    for name in EFFECTS:
        counted(name)
    return calls


def test_the_same_numbers_draw_the_same_pictures() -> None:
    one, again, other = drawn(20), drawn(20), drawn(20, seed=2)
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert sum(np.array_equal(a, b) for a, b in zip(one, other, strict=True)) < 5  # clean ones


def test_every_picture_is_another_one() -> None:
    assert len({picture.tobytes() for picture in drawn(30, replace(NOTHING, each=0.7))}) == 30


def test_pictures_are_as_the_network_takes_them_and_the_face_is_left_alone() -> None:
    before = FACE.copy()
    for picture in drawn(60):
        assert picture.shape == (CROP_SIZE, CROP_SIZE, 3)
        assert picture.dtype == np.uint8
        assert picture.flags.c_contiguous
    assert np.array_equal(FACE, before)


def test_a_face_that_may_not_be_written_to_is_fine() -> None:
    face = drawn_face()
    face.flags.writeable = False
    augment = WebcamAugmentation(
        np.random.default_rng(1), replace(NOTHING, each=1, glasses=1, mask=1, grey=1)
    )
    assert augment(face).shape == face.shape


def test_without_any_effect_the_face_is_as_it_was() -> None:
    assert all(np.array_equal(picture, FACE) for picture in drawn(5, NOTHING))


def test_a_share_of_the_pictures_is_clean() -> None:
    pictures = drawn(300, replace(NOTHING, clean=0.4, each=0.9))
    clean = sum(np.array_equal(picture, FACE) for picture in pictures)
    assert clean / 300 == pytest.approx(0.4, abs=0.09)
    assert all(
        np.array_equal(picture, FACE)
        for picture in drawn(20, AugmentationConfig(clean=1, mirror=0, glasses=1, mask=1))
    )


def test_clean_pictures_are_mirrored_too() -> None:
    pictures = drawn(200, AugmentationConfig(clean=1, mirror=0.5))
    mirrored = [np.array_equal(picture, MIRRORED) for picture in pictures]
    assert all(
        np.array_equal(picture, MIRRORED if turned else FACE)
        for picture, turned in zip(pictures, mirrored, strict=True)
    )
    assert sum(mirrored) / 200 == pytest.approx(0.5, abs=0.11)
    assert np.array_equal(drawn(1, replace(NOTHING, mirror=1))[0], MIRRORED)


def test_every_effect_comes_up(used: Counter[str]) -> None:
    drawn(300)
    assert set(used) == set(EFFECTS)


def test_each_effect_of_the_camera_comes_as_often_as_asked_for(used: Counter[str]) -> None:
    drawn(200, replace(NOTHING, each=0.5))
    for name in ("jitter", "coarse", "motion", "defocus", "noise", "cast", "jpeg"):
        assert used[name] / 200 == pytest.approx(0.5, abs=0.12), name
    assert not used["grey"] + used["glasses"] + used["mask"]


@pytest.mark.parametrize("name", ["grey", "glasses", "mask"])
def test_what_the_protocol_does_not_have_comes_by_itself(used: Counter[str], name: str) -> None:
    config = {"grey": replace(NOTHING, grey=1), "glasses": replace(NOTHING, glasses=1)}
    pictures = drawn(5, config.get(name, replace(NOTHING, mask=1)))
    assert used == {name: 5}
    assert not any(np.array_equal(picture, FACE) for picture in pictures)


def test_stronger_conditions_are_farther_from_the_face() -> None:
    def error(config: AugmentationConfig) -> float:
        return float(np.mean([np.abs(one.astype(float) - FACE) for one in drawn(60, config)]))

    hardly = replace(NOTHING, each=1, smear=0.5, defocus=0.3, shift=0.1, degrees=0.2, scale=0.002)
    gentle = replace(hardly, smallest=100, exposure=0.9, photons=(5000, 6000), read=1)
    gentle = replace(gentle, quality=(90, 95), cast=0.01, uneven=0.02)
    assert error(gentle) < 0.6 * error(replace(NOTHING, each=1))
