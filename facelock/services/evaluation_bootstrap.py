"""Judges again and again on resampled people: how far the figures would move with others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from facelock.core.metrics import FoldAccuracy
from facelock.core.person_bootstrap import draw_people
from facelock.core.score_curve import equal_error, tmr_at_fmr
from facelock.services.evaluation_scores import FoldScores, Scores

FMRS = MappingProxyType({"1e-2": 1e-2, "1e-3": 1e-3, "1e-4": 1e-4, "1e-5": 1e-5})
"""At which false match rates the true match rate is reported, by their names in JSON."""

RESAMPLES = 1000
LEAST_PEOPLE = 5  # a bootstrap over fewer says nothing

Tell = Callable[[float], object]
"""Hears which share is done, 0 to 1."""


@dataclass(frozen=True, eq=False)
class Resamples:
    """What each resample of people gave. Rows are resamples, the same for every network."""

    eer: NDArray[np.float64]  # (R,)
    tmr: NDArray[np.float64]  # (R, 4), at `FMRS`
    det: NDArray[np.float64]  # (R, P) FNMR along the DET curve
    fnmr: NDArray[np.float64]  # (R, L) at the levels
    fmr: NDArray[np.float64]  # (R, L)
    accuracy: NDArray[np.float64]  # (R,)


def fold_accuracy(folds: FoldScores) -> FoldAccuracy:
    """Return what finds the accuracy of these pairs, fold by fold."""
    return FoldAccuracy(folds.distance, folds.mated, folds.folds)


def resample(
    scores: Scores, steps: list[int], det_fmr: NDArray[np.float64], seed: int, tell: Tell
) -> Resamples:
    """Derive everything anew in each of the resamples; none if there are too few people.

    `steps`: the thresholds of the levels; `det_fmr`: (P,), where the DET curve is drawn.
    """
    rates = np.concatenate([np.array(list(FMRS.values())), det_fmr])
    folds = scores.folds
    accuracy = None if folds is None else fold_accuracy(folds)
    count = RESAMPLES if scores.people >= LEAST_PEOPLE else 0
    eer = np.full(count, np.nan)
    tmr = np.full((count, rates.size), np.nan)
    levels = np.full((2, count, len(steps)), np.nan)
    accuracies = np.full(count, np.nan)
    for index in range(count):
        drawn = draw_people(scores.people, seed, index)
        mated, non_mated = scores.mated_kept.curve(drawn), scores.non_mated_kept.curve(drawn)
        if non_mated.total > 0:
            eer[index], _ = equal_error(mated, non_mated)
            tmr[index], _ = tmr_at_fmr(mated, non_mated, rates)
        levels[0, index] = [1 - mated.share_within(step) for step in steps]
        levels[1, index] = [non_mated.share_within(step) for step in steps]
        if accuracy is not None and folds is not None:
            weights = np.where(folds.mated, drawn[folds.one], drawn[folds.one] * drawn[folds.other])
            by_fold = np.array(accuracy.by_fold(weights))
            if np.isfinite(by_fold).any():
                accuracies[index] = np.nanmean(by_fold)
        if index % 50 == 49:
            tell((index + 1) / count)
    return Resamples(
        eer, tmr[:, : len(FMRS)], 1 - tmr[:, len(FMRS) :], levels[0], levels[1], accuracies
    )
