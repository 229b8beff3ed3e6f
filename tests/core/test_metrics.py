"""Error rates against their definitions, written as plain loops."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from facelock.core.metrics import (
    FoldAccuracy,
    Rate,
    Scores,
    accuracy_by_folds,
    distance_at_fmr,
    fmr,
    fnmr,
)

scores = st.lists(st.sampled_from(np.linspace(0, 2, 21).tolist()), max_size=40).map(
    lambda values: np.array(values, np.float64)
)
some_scores = scores.filter(lambda values: values.size > 0)


@given(scores, st.sampled_from(np.linspace(0, 2, 21).tolist()))
def test_rates_count_as_their_definitions_do(values: Scores, threshold: float) -> None:
    within = sum(1 for value in values if value <= threshold)
    assert fmr(values, threshold) == Rate(within, len(values))
    assert fnmr(values, threshold) == Rate(len(values) - within, len(values))


def test_a_rate_without_trials_says_that_nothing_is_known() -> None:
    assert math.isnan(Rate(0, 0).value)
    assert Rate(0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(
    ("events", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),  # Wilson (1927), figures as in Brown, Cai & DasGupta (2001)
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 100, 0.0018, 0.0545),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_wilsons(events: int, trials: int, low: float, high: float) -> None:
    assert Rate(events, trials).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate_and_stays_between_nothing_and_all(
    counted: tuple[int, int],
) -> None:
    rate = Rate(*counted)
    low, high = rate.interval
    assert 0.0 <= low <= rate.value + 1e-12
    assert rate.value - 1e-12 <= high <= 1.0


@given(some_scores, st.floats(0, 1))
def test_the_distance_at_a_rate_is_the_largest_that_keeps_it(values: Scores, rate: float) -> None:
    distance = distance_at_fmr(values, rate)
    assert fmr(values, distance).value <= rate + 1e-9
    beyond = [value for value in values if value > distance]
    if beyond:
        assert fmr(values, min(beyond)).value > rate


def test_all_may_match_where_the_rate_allows_it() -> None:
    assert distance_at_fmr(np.array([0.3, 0.9]), 1.0) == 0.9


def test_without_scores_there_is_no_distance() -> None:
    with pytest.raises(ValueError, match="no non-mated"):
        distance_at_fmr(np.zeros(0), 0.1)


def naive_accuracy(values: Scores, mated: NDArray[np.bool_], threshold: float) -> float:
    right = sum(
        (value <= threshold) == bool(same) for value, same in zip(values, mated, strict=True)
    )
    return float(right / len(values))


def naive_folds(values: Scores, mated: NDArray[np.bool_], folds: NDArray[np.int64]) -> list[float]:
    """Each fold at the threshold, of all halfway points, that is best on the others."""
    found = []
    for fold in sorted(set(folds.tolist())):
        inside = folds == fold
        rest, rest_mated = values[~inside], mated[~inside]
        ordered = sorted(rest.tolist())
        halfway = [(a + b) / 2 for a, b in itertools.pairwise(ordered)]
        halfway = [ordered[0] - 1, *halfway, ordered[-1]]
        best = max(halfway, key=lambda threshold: naive_accuracy(rest, rest_mated, threshold))
        found.append(naive_accuracy(values[inside], mated[inside], best))
    return found


@pytest.mark.parametrize("seed", range(10))
def test_accuracy_by_folds_agrees_with_a_plain_loop(seed: int) -> None:
    generator = np.random.default_rng(seed)
    mated = generator.random(120) < 0.5
    values = np.where(mated, generator.normal(0.5, 0.3, 120), generator.normal(1.2, 0.3, 120))
    values = values.round(1)  # so that mated and non-mated scores tie
    folds = generator.integers(0, 5, 120)
    assert accuracy_by_folds(values, mated, folds) == pytest.approx(
        naive_folds(values, mated, folds)
    )


def test_scores_that_part_cleanly_are_all_right() -> None:
    values = np.array([0.1, 0.2, 0.9, 1.0] * 3)
    mated = np.array([True, True, False, False] * 3)
    folds = np.repeat(np.arange(3), 4)
    assert accuracy_by_folds(values, mated, folds) == [1.0, 1.0, 1.0]


def test_a_clean_line_lies_halfway() -> None:
    """Mated and non-mated scores of the held-out fold are on either side of 0.55."""
    values = np.array([0.1, 0.2, 0.9, 1.0, 0.54, 0.56])
    mated = np.array([True, True, False, False, True, False])
    folds = np.array([0, 0, 0, 0, 1, 1])
    assert accuracy_by_folds(values, mated, folds)[1] == 1.0


def test_where_everything_matches_the_best_line_lies_beyond_all() -> None:
    values = np.array([0.1, 0.2, 0.3, 0.3])
    mated = np.array([True, True, True, True])
    assert accuracy_by_folds(values, mated, np.array([0, 0, 0, 1])) == [1.0, 1.0]


def test_where_nothing_matches_the_best_line_lies_before_all() -> None:
    values = np.array([0.5, 0.6, 0.7, 0.8, 0.6, 0.7])
    mated = np.zeros(6, np.bool_)
    assert accuracy_by_folds(values, mated, np.array([0, 0, 0, 0, 1, 1]))[1] == 1.0


def test_one_fold_alone_has_nothing_to_take_a_threshold_from() -> None:
    with pytest.raises(ValueError, match="folds"):
        accuracy_by_folds(np.array([0.1, 0.9]), np.array([True, False]), np.zeros(2, np.int64))


@pytest.mark.parametrize("seed", range(5))
def test_a_weight_counts_a_comparison_so_many_times(seed: int) -> None:
    generator = np.random.default_rng(seed)
    mated = generator.random(60) < 0.5
    values = np.where(mated, generator.normal(0.5, 0.3, 60), generator.normal(1.2, 0.3, 60))
    folds = np.arange(60) % 4
    times = generator.integers(0, 4, 60)
    times[:4] = 1
    found = FoldAccuracy(values, mated, folds).by_fold(times.astype(np.float64))
    repeated = np.repeat(np.arange(60), times)
    assert found == pytest.approx(
        accuracy_by_folds(values[repeated], mated[repeated], folds[repeated])
    )


def test_a_fold_of_no_weight_has_no_accuracy() -> None:
    folds = np.array([0, 0, 1, 1])
    accuracy = FoldAccuracy(np.array([0.1, 0.9, 0.1, 0.9]), np.array([True, False] * 2), folds)
    right, unknown = accuracy.by_fold(np.array([1.0, 1.0, 0.0, 0.0]))
    assert math.isnan(right)  # the other fold has no threshold to give
    assert math.isnan(unknown)


def test_infinity_never_matches_however_much_that_would_gain() -> None:
    values = np.array([0.1, np.inf, np.inf, np.inf] * 2)
    mated = np.ones(8, np.bool_)
    assert accuracy_by_folds(values, mated, np.repeat([0, 1], 4)) == [0.25, 0.25]
    nothing = np.full(4, np.inf)
    assert accuracy_by_folds(nothing, np.ones(4, np.bool_), np.array([0, 0, 1, 1])) == [0.0, 0.0]
