"""Exact binomial intervals against scipy, and percentiles."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta

from facelock.core.intervals import beta_share, clopper_pearson, percentiles


@pytest.mark.parametrize("confidence", [0.95, 0.9])
@pytest.mark.parametrize(
    ("events", "trials"),
    [
        *((0, 1), (1, 1), (1, 2), (0, 30), (1, 30), (29, 30), (30, 30), (15, 30)),
        *((3, 1000), (997, 1000), (500, 1000), (0, 10**6), (17, 10**6), (999_990, 10**6)),
        *((1, 10**9), (500, 10**9), (10**5, 10**9), (5 * 10**5, 10**6)),
    ],
)
def test_the_exact_interval_is_that_of_scipy(events: int, trials: int, confidence: float) -> None:
    tail = (1 - confidence) / 2
    low, high = clopper_pearson(events, trials, confidence)
    expected_low = 0.0 if events == 0 else beta.ppf(tail, events, trials - events + 1)
    expected_high = 1.0 if events == trials else beta.ppf(1 - tail, events + 1, trials - events)
    assert low == pytest.approx(expected_low, rel=1e-6, abs=1e-12)
    assert high == pytest.approx(expected_high, rel=1e-6, abs=1e-12)


def test_the_rule_of_three_and_a_figure_of_the_paper() -> None:
    """0 of n: 1 - 0.025^(1/n) in closed form; 5 of 10: as tabled since Clopper and Pearson."""
    assert clopper_pearson(0, 300)[1] == pytest.approx(1 - 0.025 ** (1 / 300), rel=1e-10)
    assert clopper_pearson(5, 10) == pytest.approx((0.1871, 0.8129), abs=5e-5)


def test_without_trials_everything_is_possible() -> None:
    assert clopper_pearson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("events", "trials"), [(-1, 3), (4, 3)])
def test_impossible_counts_are_refused(events: int, trials: int) -> None:
    with pytest.raises(ValueError, match="counted"):
        clopper_pearson(events, trials)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (0.5, 0.5), (2, 30), (400, 3), (1e5, 1e5)])
def test_the_incomplete_beta_function_is_that_of_scipy(a: float, b: float) -> None:
    for x in np.linspace(0.01, 0.99, 33):
        assert beta_share(float(x), a, b) == pytest.approx(beta.cdf(x, a, b), rel=1e-7, abs=1e-14)
    assert beta_share(0.0, a, b) == 0.0
    assert beta_share(1.0, a, b) == 1.0


def test_the_fraction_survives_a_term_that_vanishes() -> None:
    """With (a + b) x = a + 1 its first denominator is nought."""
    assert beta_share(0.5, 1, 3) == pytest.approx(beta.cdf(0.5, 1, 3), rel=1e-12)


def test_percentiles_leave_out_what_is_unknown_but_not_too_much_of_it() -> None:
    values = np.arange(1001.0)
    assert percentiles(values) == pytest.approx((25, 975))
    values[:50] = np.nan
    assert percentiles(values) is not None
    values[:200] = np.nan
    assert percentiles(values) is None
    assert percentiles(np.zeros(0)) is None
