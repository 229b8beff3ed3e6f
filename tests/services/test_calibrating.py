"""Measuring a calibration: on whom, and what is said when they are too few."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import MODEL, NO_HEAD, person_embedding
from numpy.typing import NDArray

from facelock.core.errors import CalibrationError
from facelock.core.head import Head
from facelock.core.levels import Level
from facelock.core.threshold import LOWEST
from facelock.services.calibrating import Measured, measure
from facelock.services.calibration_file import calibration_from_bytes
from facelock.services.evaluation_levels import level_thresholds

PEOPLE = 60


def crowd(people: int = PEOPLE, images: int = 2) -> tuple[NDArray[np.float32], list[str]]:
    rows = [
        (person_embedding(person, 0.4, person * 100 + n), f"person {person:02}")
        for person in range(people)
        for n in range(images)
    ]
    return np.stack([row for row, _ in rows]), [name for _, name in rows]


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure(*crowd(), NO_HEAD, MODEL)


def test_everybody_and_every_comparison_is_counted(measured: Measured) -> None:
    calibration = measured.calibration
    assert (calibration.people, measured.templates) == (PEOPLE, PEOPLE)
    images = 2 * PEOPLE
    assert calibration.comparisons == images * (images - 2) // 2 + PEOPLE * (images - 2)
    assert calibration.model_sha256 == MODEL


def test_features_keep_their_person_and_lose_their_order_and_name(measured: Measured) -> None:
    features, names = crowd()
    index = measured.calibration.person_index
    assert sorted(index.tolist()) == sorted(list(range(PEOPLE)) * 2)
    origin = [int(np.argmax(features @ row)) for row in measured.features]
    assert sorted(origin) == list(range(2 * PEOPLE))
    assert origin != list(range(2 * PEOPLE))
    for person in range(PEOPLE):
        of_one = {names[origin[row]] for row in np.flatnonzero(index == person)}
        assert len(of_one) == 1


def test_the_margin_starts_where_mated_distances_lie(measured: Measured) -> None:
    densities = measured.calibration.densities
    middle = (densities.edges[:-1] + densities.edges[1:]) / 2
    assert measured.calibration.mated_median == pytest.approx(middle @ densities.mated, abs=0.1)


def test_levels_these_people_cannot_carry_say_so_and_use_the_strictest(measured: Measured) -> None:
    lines = level_thresholds(measured.calibration)
    strictest = measured.calibration.strictest_fmr
    for line in lines.values():
        assert not line.level_supported
        assert line.fmr_term_stands_for == strictest
        assert line.fmr_term > LOWEST
    assert set(lines) == set(Level)


def test_distances_are_measured_on_what_the_head_makes_of_features() -> None:
    features, names = crowd(40)
    flat = np.eye(192, dtype=np.float32)[:8]
    seen = measure(features, names, Head(flat, np.zeros(8, np.float32)), MODEL)
    assert seen.calibration.features.shape == (80, 8)
    assert seen.features.shape == (80, 192)
    bare = measure(features, names, NO_HEAD, MODEL)
    assert seen.calibration.mated_median != bare.calibration.mated_median


def test_the_file_holds_the_features_before_the_head(measured: Measured) -> None:
    read = calibration_from_bytes(measured.to_bytes(), NO_HEAD)
    np.testing.assert_allclose(read.features, measured.features, atol=2e-3)
    assert read.people == PEOPLE


def test_the_same_pictures_give_the_same_file(measured: Measured) -> None:
    assert measure(*crowd(), NO_HEAD, MODEL).to_bytes() == measured.to_bytes()


@pytest.mark.parametrize(
    ("people", "images", "wrong"),
    [(1, 5, "too few people"), (20, 1, "two pictures"), (3, 2, "one in ten")],
)
def test_too_few_people_are_refused_with_the_reason(people: int, images: int, wrong: str) -> None:
    with pytest.raises(CalibrationError, match=wrong):
        measure(*crowd(people, images), NO_HEAD, MODEL)
