"""Figures of different networks on the same pairs, held to their definitions."""

from __future__ import annotations

import numpy as np
import pytest

from facelock.core.score_curve import NEVER
from facelock.services.orl_figures import (
    MEASURES,
    Comparisons,
    Fold,
    area,
    difference,
    judge,
    off_grid,
    on_grid,
)

PEOPLE = np.repeat(np.arange(6), 4)


def embeddings(spread: float, seed: int = 0) -> np.ndarray:
    """Return points of six people in the plane, each `spread` about their own place."""
    random = np.random.default_rng(seed)
    places = random.normal(scale=3, size=(6, 2))
    return (places[PEOPLE] + random.normal(scale=spread, size=(24, 2))).astype(np.float32)


def pairs(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    one, other = np.triu_indices(len(points), 1)
    distance = ((points[one].astype(float) - points[other]) ** 2).sum(axis=1)
    return distance, PEOPLE[one] == PEOPLE[other]


def fold(points: np.ndarray, given: float = 9.0, chosen: float = 4.0) -> Fold:
    steps = on_grid(np.array([given, chosen]), 9.0)
    return Fold(Comparisons.of(points, PEOPLE, 9.0), int(steps[0]), int(steps[1]), 9.0)


def figures(one: Fold) -> dict[str, float]:
    return dict(zip(MEASURES, one.values(), strict=True))


def test_the_grid_keeps_the_order_and_comes_back() -> None:
    distance = np.array([0.0, 0.1, 8.9, 9.0, 9.1, 400.0])
    steps = on_grid(distance, 9.0)
    assert np.all(np.diff(steps) > 0)
    assert [off_grid(int(step), 9.0) for step in steps] == pytest.approx(distance, rel=2e-3)
    assert off_grid(int(on_grid(np.array(0.8), None)), None) == pytest.approx(0.8)


def test_a_face_that_was_not_found_never_matches() -> None:
    assert on_grid(np.array([np.nan]), None)[0] == NEVER
    points = embeddings(0.5)
    points[0] = np.nan
    assert figures(fold(points, given=1e9))["fnmr_given"] == pytest.approx(3 / 36)


def test_rates_are_those_of_the_definitions() -> None:
    points = embeddings(1.5)
    distance, mated = pairs(points)
    found = figures(fold(points))
    for name, threshold in (("given", 9.0), ("chosen", 4.0)):
        fmr = np.mean(distance[~mated] <= threshold)
        fnmr = np.mean(distance[mated] > threshold)
        assert found[f"fmr_{name}"] == pytest.approx(fmr)
        assert found[f"fnmr_{name}"] == pytest.approx(fnmr)
        assert found[f"accuracy_{name}"] == pytest.approx(1 - (fmr + fnmr) / 2)
    smaller = np.mean(distance[mated][:, None] < distance[~mated][None, :])
    assert found["auc"] == pytest.approx(smaller, abs=1e-3)
    assert 0 < found["eer"] < 0.5


def test_equal_distances_count_half_in_the_area() -> None:
    comparisons = Comparisons.of(np.zeros((24, 2), np.float32), PEOPLE, 9.0)
    assert area(comparisons.mated.curve(), comparisons.non_mated.curve()) == 0.5


def test_the_area_needs_both_kinds() -> None:
    alone = Comparisons.of(np.zeros((3, 2), np.float32), np.arange(3), 9.0)
    assert np.isnan(area(alone.mated.curve(), alone.non_mated.curve()))


def test_an_fmr_below_one_false_match_is_unknown() -> None:
    judged = judge([fold(embeddings(0.5))], 6, 1, resamples=50)  # 240 non-mated pairs
    assert judged.figures["tmr_at_fmr_1e-2"].value is not None
    assert judged.figures["tmr_at_fmr_1e-3"].value is None
    assert judged.figures["tmr_at_fmr_1e-3"].interval is None


def test_folds_are_judged_one_by_one() -> None:
    folds = [fold(embeddings(0.5)), fold(embeddings(2.0, seed=1))]
    judged = judge(folds, 6, 1, resamples=10)
    mean = (figures(folds[0])["eer"] + figures(folds[1])["eer"]) / 2
    assert judged.figures["eer"].value == pytest.approx(mean)


def test_intervals_hold_the_value_and_repeat() -> None:
    judged, again = (judge([fold(embeddings(1.5))], 6, 1, resamples=100) for _ in range(2))
    one = judged.figures["accuracy_given"]
    assert one.interval is not None
    assert one.value is not None
    assert one.interval[0] <= one.value <= one.interval[1]
    assert one.interval[0] < one.interval[1]
    assert judged.figures == again.figures


def test_two_people_have_no_interval() -> None:
    judged = judge([fold(embeddings(1.5))], 2, 1, resamples=10)
    assert judged.resampled is None
    assert all(one.interval is None for one in judged.figures.values())


def test_a_network_does_not_differ_from_itself() -> None:
    judged = judge([fold(embeddings(1.5))], 6, 1, resamples=50)
    better = judge([fold(embeddings(0.2))], 6, 1, resamples=50)
    same = difference(judged, judged)
    assert same["eer"].value == 0
    assert same["eer"].interval == (0, 0)
    gained = difference(better, judged)["auc"]
    assert gained.value is not None
    assert gained.value > 0
    assert (
        difference(judge([fold(embeddings(0.2))], 2, 1, resamples=5), judged)["auc"].interval
        is None
    )


def test_the_equal_error_threshold_lies_between_mated_and_non_mated() -> None:
    comparisons = Comparisons.of(embeddings(0.01), PEOPLE, 9.0)
    threshold = comparisons.equal_error_threshold()
    assert comparisons.mated.steps.max() <= threshold < comparisons.non_mated.steps.min()
    assert comparisons.people == 6
