"""Figures and their intervals: against resampling by hand, and what cannot be told."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from fakes import made_up_calibration
from numpy.typing import NDArray

from facelock.core.levels import Level
from facelock.core.person_bootstrap import draw_people
from facelock.core.score_curve import STEP
from facelock.services import evaluation_bootstrap
from facelock.services.evaluation_figures import Figures, figures
from facelock.services.evaluation_levels import level_thresholds
from facelock.services.evaluation_scores import Scores, score_all, score_pairs
from facelock.services.evaluation_set import Pairs

Floats = NDArray[np.float64]


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_bootstrap, "RESAMPLES", 60)


def crowd(people: int, images: int, spread: float) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return features of people who overlap the more the larger the spread."""
    rng = np.random.default_rng(people)
    person = np.repeat(np.arange(people), images).astype(np.int32)
    rows = rng.normal(size=(people, 6))[person] + spread * rng.normal(size=(person.size, 6))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32), person


def judged(scores: Scores, *, calibrated: bool = True) -> Figures:
    thresholds = level_thresholds(made_up_calibration()) if calibrated else None
    return figures(scores, thresholds, seed=5, tell=lambda _: None)


def rates_by_hand(
    features: NDArray[np.float32], person: NDArray[np.int32], drawn: Floats, fmr: float, at: float
) -> tuple[float, float, float]:
    """Return (TMR at `fmr`, FNMR and FMR at distance `at`), each comparison repeated as drawn."""
    mated: list[float] = []
    non_mated: list[float] = []
    for a, b in itertools.combinations(range(len(person)), 2):
        distance = float(((features[a].astype(float) - features[b].astype(float)) ** 2).sum())
        if person[a] == person[b]:
            mated += [distance] * int(drawn[person[a]])
        else:
            non_mated += [distance] * int(drawn[person[a]] * drawn[person[b]])
    ascending = sorted(non_mated)
    allowed = int(fmr * len(ascending) + 1e-9)
    limit = ascending[allowed]  # the first that may not match
    tmr = sum(distance < limit - STEP for distance in mated) / len(mated)
    fnmr = sum(distance > at for distance in mated) / len(mated)
    return tmr, fnmr, sum(distance <= at for distance in non_mated) / len(non_mated)


def test_each_resample_is_judged_as_if_its_people_had_been_tested() -> None:
    features, person = crowd(10, 3, 0.5)
    found = judged(score_all(features, person, 5, lambda _: None))
    at = level_thresholds(made_up_calibration())[Level.STRICT].distance
    for resample in range(8):
        drawn = draw_people(10, 5, resample)
        tmr, fnmr, fmr = rates_by_hand(features, person, drawn, 1e-2, at)
        assert found.resamples.tmr[resample, 0] == pytest.approx(tmr)
        assert found.resamples.fnmr[resample, 2] == pytest.approx(fnmr)
        assert found.resamples.fmr[resample, 2] == pytest.approx(fmr)
    everybody = rates_by_hand(features, person, np.ones(10), 1e-2, at)
    assert found.tmr_at_fmr["1e-2"] == pytest.approx(everybody[0])
    assert found.fnmr_at_level[Level.STRICT] == pytest.approx(everybody[1])
    assert found.fmr_at_level[Level.STRICT] == pytest.approx(everybody[2])


def test_intervals_hold_their_figures() -> None:
    features, person = crowd(25, 4, 0.55)
    found = judged(score_all(features, person, 5, lambda _: None))
    assert found.eer is not None
    assert found.intervals.eer is not None
    assert found.intervals.eer[0] <= found.eer <= found.intervals.eer[1]
    for level in Level:
        rate, exact = found.fmr_at_level[level], found.intervals.fmr_at_level_exact[level]
        assert rate is not None
        assert exact is not None
        assert exact[0] <= rate <= exact[1]
    assert found.curves.det_band is not None
    low, high = found.curves.det_band
    assert np.all(low <= high)


def test_a_rate_beyond_the_comparisons_is_unknown_and_said_so() -> None:
    features, person = crowd(12, 2, 0.4)
    found = judged(score_all(features, person, 5, lambda _: None))
    assert found.non_mated == 264
    assert found.tmr_at_fmr["1e-2"] is not None
    for name in ("1e-3", "1e-4", "1e-5"):
        assert found.tmr_at_fmr[name] is None
        assert found.threshold_distance[name] is None
        assert found.intervals.tmr_at_fmr[name] is None
    assert any("264 non-mated comparisons cannot carry" in note for note in found.notes)
    assert any("fewer than 30" in note for note in found.notes)


def test_a_handful_of_people_has_figures_but_no_interval() -> None:
    features, person = crowd(3, 8, 0.5)
    found = judged(score_all(features, person, 5, lambda _: None))
    assert found.eer is not None
    assert found.intervals.eer is None
    assert found.curves.det_band is None
    assert any("Only 3 people" in note for note in found.notes)
    assert found.intervals.fmr_at_level_exact[Level.STRICT] is not None


def test_people_with_one_picture_each_tell_about_strangers_only() -> None:
    features, person = crowd(30, 1, 0.5)
    found = judged(score_all(features, person, 5, lambda _: None))
    assert (found.mated, found.non_mated) == (0, 435)
    assert found.eer is None
    assert found.tmr_at_fmr["1e-2"] is None
    assert found.threshold_distance["1e-2"] is not None
    assert found.fnmr_at_level[Level.STRICT] is None
    assert found.intervals.fnmr_at_level_exact[Level.STRICT] is None
    assert found.fmr_at_level[Level.STRICT] is not None
    assert any("No two pictures show one person" in note for note in found.notes)


def test_another_network_than_the_calibrations_has_no_levels() -> None:
    features, person = crowd(10, 2, 0.4)
    found = judged(score_all(features, person, 5, lambda _: None), calibrated=False)
    assert set(found.fnmr_at_level.values()) == {None}
    assert set(found.intervals.fmr_at_level.values()) == {None}
    assert any("another network" in note for note in found.notes)


def test_folds_give_the_accuracy_with_its_error_and_interval() -> None:
    features, person = crowd(40, 2, 0.4)
    one = np.arange(0, 80, 2)
    pairs = Pairs(
        one=np.concatenate([one, one]),
        other=np.concatenate([one + 1, (one + 2) % 80]),
        mated=np.repeat([True, False], 40),
        folds=np.tile(np.arange(40) % 4, 2),
    )
    found = judged(score_pairs(features, person, pairs, missing_never_match=False))
    assert found.accuracy is not None
    assert found.accuracy_error is not None
    assert found.intervals.accuracy is not None
    assert 0.5 < found.intervals.accuracy[0] <= found.accuracy <= found.intervals.accuracy[1]


def test_without_folds_there_is_no_accuracy() -> None:
    features, person = crowd(10, 2, 0.4)
    assert judged(score_all(features, person, 5, lambda _: None)).accuracy is None


def test_a_level_is_held_to_the_smaller_of_its_two_terms() -> None:
    calibration = made_up_calibration(
        fmr_grid=[1e-5 / 3, 1e-4 / 3, 1e-3 / 3], distance_grid=[0.5, 0.6, 0.7], mated_median=0.45
    )
    found = level_thresholds(calibration)
    margin = 0.45 + 0.2
    assert [found[level].distance for level in Level] == pytest.approx([margin, 0.6, 0.5])
    assert [found[level].bound for level in Level] == ["margin", "fmr", "fmr"]
    assert all(one.level_supported for one in found.values())
    assert found[Level.STRICT].fmr_term_stands_for == pytest.approx(1e-5 / 3)
    assert found[Level.STRICT].steps == 50_000


def test_a_level_that_the_calibration_cannot_carry_says_so() -> None:
    calibration = made_up_calibration(fmr_grid=[1e-4, 1e-3], distance_grid=[0.5, 0.6])
    assert not level_thresholds(calibration)[Level.STRICT].level_supported
