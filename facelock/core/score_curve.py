"""How many comparisons lie within each distance, and the rates that follow (ISO/IEC 19795-1).

Distances are counted on a grid of 1e-5: a threshold is a whole number of steps, and the counts at
a threshold are exact. A comparison that can never match, because a face was not found, has the step
`NEVER`, beyond every threshold.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

STEP = 1e-5  # squared distance
FARTHEST = 400_000  # steps: the largest distance of unit embeddings, 4
NEVER = FARTHEST + 1


def to_steps(distance: NDArray[np.floating]) -> NDArray[np.int32]:
    """Return the smallest threshold, in steps, that lets each distance match.

    Any shape; a distance beyond 4, infinity included, never matches.
    """
    # What is a whole number of steps but for rounding belongs to that step.
    steps = np.ceil(distance.astype(np.float64) / STEP - 1e-3)
    return np.clip(steps, 0, NEVER).astype(np.int32)


@dataclass(frozen=True, eq=False)
class ScoreCurve:
    """Comparisons by distance, counted or weighted."""

    steps: NDArray[np.int32] = field(repr=False)  # (K,) ascending
    below: NDArray[np.float64] = field(repr=False)  # (K + 1,) weight of the first 0, 1 ... K

    @staticmethod
    def of_weights(steps: NDArray[np.int32], weights: NDArray[np.float64]) -> ScoreCurve:
        """Make it of comparisons at ascending `steps` (K,) with these weights (K,)."""
        below = np.empty(steps.size + 1)
        below[0] = 0.0
        np.cumsum(weights, out=below[1:])
        return ScoreCurve(steps, below)

    @staticmethod
    def of_histogram(counts: NDArray[np.int64]) -> ScoreCurve:
        """Make it of the number of comparisons at each step, (NEVER + 1,)."""
        steps = np.flatnonzero(counts)
        return ScoreCurve.of_weights(steps.astype(np.int32), counts[steps].astype(np.float64))

    @property
    def total(self) -> float:
        """All comparisons, those that can never match included."""
        return float(self.below[-1])

    def within(self, threshold: int) -> float:
        """Return how many match at a threshold, in steps."""
        return float(self.below[np.searchsorted(self.steps, threshold, side="right")])

    def share_within(self, threshold: int) -> float:
        """Return which share matches at a threshold, in steps; NaN without comparisons."""
        return self.within(threshold) / self.total if self.total > 0 else float("nan")

    def largest_keeping(self, shares: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the largest threshold at which no more than each share matches, (F,) steps.

        `shares`: (F,), of the total. Where even the smallest distance exceeds the share that is the
        step before it, which may be -1: nothing matches.
        """
        allowed = shares * self.total
        first_too_many = np.searchsorted(self.below, allowed + 1e-9 * (1 + allowed), side="right")
        after = np.append(self.steps, FARTHEST + 1).astype(np.int64)
        return np.minimum(after[first_too_many - 1] - 1, FARTHEST)


def tmr_at_fmr(
    mated: ScoreCurve, non_mated: ScoreCurve, rates: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the true match rate at each FMR, (F,), and the threshold there, (F,) steps.

    The threshold is the largest at which the measured FMR does not exceed the rate. NaN where there
    are no mated comparisons.
    """
    thresholds = non_mated.largest_keeping(rates)
    if mated.total <= 0:
        return np.full(rates.shape, np.nan), thresholds
    matched = mated.below[np.searchsorted(mated.steps, thresholds, side="right")]
    return matched / mated.total, thresholds


def equal_error(mated: ScoreCurve, non_mated: ScoreCurve) -> tuple[float, int]:
    """Return the equal error rate and its threshold, steps.

    The threshold is the one at which FMR and FNMR are closest to each other (the smaller of two),
    and the rate is their mean there. (NaN, 0) if there are no mated or no non-mated comparisons.
    """
    if mated.total <= 0 or non_mated.total <= 0:
        return float("nan"), 0

    def excess(threshold: int) -> float:
        return non_mated.share_within(threshold) - (1 - mated.share_within(threshold))

    low, high = -1, FARTHEST  # the excess never falls: find where it reaches nought
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if excess(middle) >= 0 else (middle, high)
    nearest = low if low >= 0 and -excess(low) <= abs(excess(high)) else high
    return (non_mated.share_within(nearest) + 1 - mated.share_within(nearest)) / 2, nearest
