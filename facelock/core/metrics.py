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
    if np.unique(folds).size < 2:
        message = "a threshold needs other folds to come from"
        raise ValueError(message)
    accuracies = []
    for fold in np.unique(folds):
        held_out = folds == fold
        threshold = _best(scores[~held_out], mated[~held_out])
        accuracies.append(_accuracy(scores[held_out], mated[held_out], threshold))
    return accuracies


def _accuracy(scores: Scores, mated: NDArray[np.bool_], threshold: float) -> float:
    return float(np.mean((scores <= threshold) == mated))


def _best(scores: Scores, mated: NDArray[np.bool_]) -> float:
    """Return the threshold of highest accuracy, halfway between two scores or beyond them all."""
    order = np.argsort(scores)
    ascending = scores[order]
    gained = np.cumsum(np.where(mated[order], 1, -1))  # right decisions, up to each score
    gained = np.concatenate([[0], gained])  # the first: nothing matches
    # No threshold parts equal scores.
    parts = np.concatenate([[True], ascending[1:] > ascending[:-1], [True]])
    matching = int(np.argmax(np.where(parts, gained, -scores.size - 1)))
    if matching == 0:
        return float(np.nextafter(ascending[0], -np.inf))
    return float(ascending[matching - 1 : matching + 1].mean())
