"""Intervals of measured rates: exact binomial ones, and percentiles of a bootstrap."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

_TINY = 1e-300
_ENOUGH = 1e-15  # relative change from which the continued fraction has converged


def clopper_pearson(events: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact two-sided interval of a proportion (Clopper and Pearson 1934).

    It covers the true rate at least as often as it says, for independent trials. (0, 1) without
    trials. Raises ValueError if there are more events than trials, or fewer than none.
    """
    if not 0 <= events <= trials:
        raise ValueError("events are counted among the trials")
    tail = (1 - confidence) / 2
    low = 0.0 if events == 0 else _beta_quantile(tail, events, trials - events + 1)
    high = 1.0 if events == trials else _beta_quantile(1 - tail, events + 1, trials - events)
    return low, high


def percentiles(
    resampled: NDArray[np.float64], confidence: float = 0.95
) -> tuple[float, float] | None:
    """Return the percentile interval of a bootstrap (Efron 1981), None if too little is known.

    `resampled`: (R,), the value in each resample; NaN where a resample had none. With more than a
    tenth of them NaN the rest would be a choice, so nothing is said.
    """
    known = resampled[np.isfinite(resampled)]
    if known.size == 0 or known.size < 0.9 * resampled.size:
        return None
    tail = (1 - confidence) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)


def _beta_quantile(share: float, a: float, b: float) -> float:
    """Return x with I_x(a, b) = share, by bisection in the logarithm of x or of 1 - x."""
    if a > b:  # so that the root is not squeezed against 1
        return 1 - _beta_quantile(1 - share, b, a)
    low, high = -700.0, 0.0  # log x
    while high - low > 1e-13 * max(abs(low), 1.0):
        middle = (low + high) / 2
        if beta_share(math.exp(middle), a, b) < share:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)


def beta_share(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b).

    By its continued fraction (DiDonato and Morris 1992; Lentz's algorithm), which converges quickly
    below the mean; above it the mirror image is taken.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(1 - x, b, a)
    log_front = (
        math.lgamma(a + b)
        - math.lgamma(a)
        - math.lgamma(b)
        + a * math.log(x)
        + b * math.log1p(-x)
        - math.log(a)
    )
    return math.exp(log_front) * _continued_fraction(x, a, b)


def _continued_fraction(x: float, a: float, b: float) -> float:
    """Return 1 / (1 + d1 / (1 + d2 / ...)) of the incomplete beta function."""
    c = 1.0
    d = 1 / _away_from_nought(1 - (a + b) * x / (a + 1))
    value, change, m = d, math.inf, 0
    while abs(change - 1) > _ENOUGH:  # about as often as the root of the larger parameter
        m += 1
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away_from_nought(1 + term * d)
            c = _away_from_nought(1 + term / c)
            change = c * d
            value *= change
    return value


def _away_from_nought(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
