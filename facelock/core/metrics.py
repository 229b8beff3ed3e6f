"""Error rates from comparison scores (ISO/IEC 19795-1). Scores are distances: lower matches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Scores: TypeAlias = NDArray[np.float64]
"""(N,) squared distances."""


@dataclass(frozen=True)
class Rate:
    """A measured proportion with its 95 % interval (Wilson 1927)."""

    events: int
    trials: int

    @property
    def value(self) -> float:
        """The proportion; NaN without trials."""
        return self.events / self.trials if self.trials else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end; (0, 1) without trials."""
        if not self.trials:
            return 0.0, 1.0
        z2 = 1.959964**2
        n, p = self.trials, self.value
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = np.sqrt(z2 * (p * (1 - p) + z2 / (4 * n)) / n) / (1 + z2 / n)
        return max(float(centre - half), 0.0), min(float(centre + half), 1.0)


def fmr(non_mated: Scores, threshold: float) -> Rate:
    """False match rate: non-mated comparisons within the threshold."""
    return Rate(int(np.count_nonzero(non_mated <= threshold)), int(non_mated.size))


def fnmr(mated: Scores, threshold: float) -> Rate:
    """False non-match rate: mated comparisons beyond the threshold."""
    return Rate(int(np.count_nonzero(mated > threshold)), int(mated.size))


def distance_at_fmr(non_mated: Scores, rate: float) -> float:
    """Return the largest threshold whose measured FMR does not exceed `rate`.

    Raises ValueError without scores.
    """
    if non_mated.size == 0:
        message = "no non-mated scores"
        raise ValueError(message)
    allowed = int(np.floor(rate * non_mated.size + 1e-9))
    if allowed >= non_mated.size:
        return float(non_mated.max())
    nearest = float(np.partition(non_mated, allowed)[allowed])
    return float(np.nextafter(nearest, -np.inf))


def accuracy_by_folds(
    scores: Scores, mated: NDArray[np.bool_], folds: NDArray[np.int64]
) -> list[float]:
    """Return the accuracy of each fold at the threshold that is best on all the other folds.

    The protocol of Labeled Faces in the Wild, view 2 (Huang et al. 2007). Raises ValueError if
    there is only one fold.
    """
    return FoldAccuracy(scores, mated, folds).by_fold()


class FoldAccuracy:
    """The accuracies of `accuracy_by_folds`, again and again with other weights."""

    def __init__(self, scores: Scores, mated: NDArray[np.bool_], folds: NDArray[np.int64]) -> None:
        """Sort once. All (N,); a score of infinity never matches. Raises ValueError as above."""
        if np.unique(folds).size < 2:
            message = "a threshold needs other folds to come from"
            raise ValueError(message)
        self._held_out = [np.flatnonzero(folds == fold) for fold in np.unique(folds)]
        self._others = [
            _Ascending(scores, mated, np.flatnonzero(folds != fold)) for fold in np.unique(folds)
        ]
        self._scores, self._mated = scores, mated

    def by_fold(self, weights: NDArray[np.float64] | None = None) -> list[float]:
        """Return the weighted accuracy of each fold.

        `weights`: (N,), how often each comparison counts; once each by default. NaN where a fold,
        or all of the others, has no weight.
        """
        counted = np.ones(self._scores.size) if weights is None else weights
        found = []
        for rows, others in zip(self._held_out, self._others, strict=True):
            threshold, total = others.best_threshold(counted), counted[rows].sum()
            if threshold is None or total <= 0:
                found.append(float("nan"))
                continue
            right = (self._scores[rows] <= threshold) == self._mated[rows]
            found.append(float(counted[rows] @ right / total))
        return found


class _Ascending:
    """Comparisons in the order of their scores, to find the threshold of highest accuracy."""

    def __init__(self, scores: Scores, mated: NDArray[np.bool_], rows: NDArray[np.int64]) -> None:
        self._rows = rows[np.argsort(scores[rows])]
        self._ascending = scores[self._rows]
        self._sign = np.where(mated[self._rows], 1.0, -1.0)

    def best_threshold(self, weights: NDArray[np.float64]) -> float | None:
        """Return the threshold of highest accuracy, halfway between two scores or beyond all.

        A comparison of no weight is as if it were not there; None if that is so of all.
        """
        weight = weights[self._rows]
        there = weight > 0
        ascending = self._ascending[there]
        if ascending.size == 0:
            return None
        gained = np.cumsum(self._sign[there] * weight[there])  # right decisions, up to each score
        gained = np.concatenate([[0.0], gained])  # the first: nothing matches
        # No threshold parts equal scores, and none lets infinity match.
        parts = np.concatenate([[True], ascending[1:] > ascending[:-1], [True]])
        parts[1:] &= np.isfinite(ascending)
        matching = int(np.argmax(np.where(parts, gained, -np.inf)))
        if matching == 0:
            return float(np.nextafter(ascending[0], -np.inf))
        around = ascending[matching - 1 : matching + 1]
        return float(around[np.isfinite(around)].mean())
