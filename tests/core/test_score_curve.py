"""Rates on the grid of thresholds against their definitions, written as plain loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from facelock.core.score_curve import (
    FARTHEST,
    NEVER,
    STEP,
    ScoreCurve,
    equal_error,
    tmr_at_fmr,
    to_steps,
)

Steps = NDArray[np.int32]

some_steps = st.lists(st.sampled_from([*range(12), NEVER]), min_size=1, max_size=30).map(
    lambda values: np.sort(np.array(values, np.int32))
)


def curve(steps: Steps) -> ScoreCurve:
    return ScoreCurve.of_weights(steps, np.ones(steps.size))


def share(steps: Steps, threshold: int) -> float:
    return sum(1 for step in steps if step <= threshold) / len(steps)


@given(st.floats(0, 4))
def test_a_distance_matches_from_its_step_on_and_not_before(distance: float) -> None:
    (step,) = to_steps(np.array([distance]))
    assert distance <= step * STEP + 1e-7
    assert distance > (step - 1) * STEP


def test_a_round_distance_is_its_own_threshold_and_infinity_none() -> None:
    distances = np.array([0.0, 0.3, 0.1 + 0.2, 1.30543, 4.0, np.inf, -1e-9])
    assert to_steps(distances).tolist() == [0, 30000, 30000, 130543, FARTHEST, NEVER, 0]


@given(some_steps, st.integers(-1, 13))
def test_shares_are_counted_as_their_definition_does(steps: Steps, threshold: int) -> None:
    assert curve(steps).share_within(threshold) == pytest.approx(share(steps, threshold))


@given(some_steps, st.floats(0, 1))
def test_the_largest_threshold_keeping_a_share_is_the_largest(steps: Steps, rate: float) -> None:
    (found,) = curve(steps).largest_keeping(np.array([rate]))
    allowed = [k for k in range(-1, 15) if share(steps, k) <= rate + 1e-12]
    assert found == (max(allowed) if max(allowed) < 14 else FARTHEST)


@given(some_steps, some_steps, st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]))
def test_the_true_match_rate_is_taken_at_that_threshold(
    mated: Steps, non_mated: Steps, rate: float
) -> None:
    tmr, at = tmr_at_fmr(curve(mated), curve(non_mated), np.array([rate]))
    assert share(non_mated, int(at[0])) <= rate + 1e-12
    assert tmr[0] == pytest.approx(share(mated, int(at[0])))


@given(some_steps, some_steps)
def test_the_equal_error_is_where_the_two_rates_are_closest(mated: Steps, non_mated: Steps) -> None:
    rate, at = equal_error(curve(mated), curve(non_mated))
    gaps = [abs(share(non_mated, k) - 1 + share(mated, k)) for k in range(14)]
    assert abs(share(non_mated, at) - 1 + share(mated, at)) == pytest.approx(min(gaps))
    assert rate == pytest.approx((share(non_mated, at) + 1 - share(mated, at)) / 2)


def test_scores_that_part_cleanly_have_no_equal_error() -> None:
    rate, at = equal_error(curve(np.array([1, 2], np.int32)), curve(np.array([5, 6], np.int32)))
    assert rate == 0
    assert 2 <= at < 5


def test_a_histogram_and_a_list_give_the_same_curve() -> None:
    steps = np.array([0, 3, 3, 7, NEVER], np.int32)
    counts = np.bincount(steps, minlength=NEVER + 1)
    for threshold in (-1, 0, 2, 3, 7, FARTHEST):
        expected = curve(steps).within(threshold)
        assert ScoreCurve.of_histogram(counts).within(threshold) == expected
    assert ScoreCurve.of_histogram(counts).total == 5


def test_without_comparisons_nothing_is_said() -> None:
    nothing, something = curve(np.zeros(0, np.int32)), curve(np.array([3], np.int32))
    assert math.isnan(nothing.share_within(5))
    for mated, non_mated in ((nothing, something), (something, nothing)):
        assert math.isnan(equal_error(mated, non_mated)[0])
    tmr, at = tmr_at_fmr(nothing, something, np.array([0.0]))
    assert math.isnan(tmr[0])
    assert at[0] == 2


def test_where_the_nearest_stranger_is_too_near_nothing_matches() -> None:
    tmr, at = tmr_at_fmr(
        curve(np.array([0], np.int32)), curve(np.array([0, 9], np.int32)), np.array([0.1])
    )
    assert (tmr[0], at[0]) == (0.0, -1)
