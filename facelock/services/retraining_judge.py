"""What a head is worth to each person, on pictures of theirs that it was not trained with.

Cross-validation over samples: each appearance's samples are cut, in the order they were taken, into
as many blocks as there are folds; a fold's references and threshold come from the other blocks, and
its mated comparisons from all views of its own. Neighbours in time are nearly the same picture, so
blocks leak less than samples drawn at random would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from facelock.core.attempt import LOOKS
from facelock.core.retraining import GUARD, Figures, PersonFigures
from facelock.core.score_densities import BINS
from facelock.core.template import Sample, make_references, make_thresholds, references_at
from facelock.core.threshold import Bound, Calibration, ScoreDensities

if TYPE_CHECKING:
    from facelock.core.head import Head
    from facelock.core.levels import Level
    from facelock.services.retraining_views import PersonViews

FOLDS: Final = 3


@dataclass(frozen=True, eq=False)
class Candidate:
    """A head, and what its thresholds rest on."""

    head: Head
    calibration: Calibration = field(repr=False)
    held_out: Calibration = field(repr=False)  # measured on the held-out strangers in any case
    strangers: NDArray[np.float32] = field(repr=False)  # (N, D) the held-out ones, under the head


@dataclass(frozen=True, eq=False)
class FoldScores:
    """One person in one fold under one head."""

    mated: NDArray[np.float64]  # squared distances
    non_mated: NDArray[np.float64]
    threshold: float
    bound: Bound
    attempt_fmr: float
    expected: float  # strangers within GUARD of matching, of so many, with people at large

    def within(self, beyond: float) -> int:
        """Count the strangers who match, or would with a threshold so much farther."""
        return int(np.count_nonzero(self.non_mated <= self.threshold + beyond))


def blocks(samples: Sequence[Sample]) -> list[list[int]]:
    """Return the rows of each fold's held-out samples; every sample is held out at most once.

    A sample alone of its appearance is never held out, and nor is the last but one of them all.
    """
    by_appearance: dict[str, list[int]] = {}
    for row, sample in enumerate(samples):
        by_appearance.setdefault(sample.appearance, []).append(row)
    parts: list[list[int]] = [[] for _ in range(FOLDS)]
    for rows in by_appearance.values():
        if len(rows) >= FOLDS:  # so that two at least are left in every fold
            for fold, part in enumerate(np.array_split(np.array(rows), FOLDS)):
                parts[fold] += [int(row) for row in part]
    return parts


def score(
    views: PersonViews, held_out: Sequence[int], of: Candidate, level: Level
) -> FoldScores | None:
    """Compare one person's held-out samples, and the strangers, with references of the others.

    None if too little is left to make a threshold of. With nothing held out there are no mated
    scores.
    """
    profile, head = views.profile, of.head
    rest = [row for row in range(len(profile.samples)) if row not in set(held_out)]
    samples = [_under(head, profile.samples[row]) for row in rest]
    if not samples:
        return None
    references = make_references(samples)
    try:
        threshold = make_thresholds(samples, references, of.calibration, profile.appearances)[level]
    except ValueError:  # no enrolled appearance with two samples is left
        return None
    kept = references_at(replace(profile, references=references), level)
    embeddings = [one.embedding for one in kept]
    comparisons = len(LOOKS) * len(kept)
    mated = nearest(head.apply(views.of(held_out)), embeddings) if held_out else np.zeros(0)
    return FoldScores(
        mated=mated,
        non_mated=nearest(of.strangers, embeddings),
        threshold=threshold.value,
        bound=threshold.bound,
        attempt_fmr=min(of.held_out.fmr_at(threshold.value) * comparisons, 1.0),
        expected=of.held_out.fmr_at(threshold.value + GUARD) * len(kept) * len(of.strangers),
    )


def figures(
    level: Level, views: Sequence[PersonViews], scores: Sequence[Sequence[FoldScores]]
) -> Figures:
    """Return the figures of everybody, each from the scores of all folds that could be made."""
    people = [
        _person(one.profile.profile_id, folds)
        for one, folds in zip(views, scores, strict=True)
        if folds
    ]
    every = [fold for folds in scores for fold in folds]
    return Figures(
        level=level,
        people=tuple(people),
        attempt_fmr=max((fold.attempt_fmr for fold in every), default=1.0),
        densities=_densities(every),
    )


def draws_nearer(present: FoldScores, trained: FoldScores) -> bool:
    """True if more strangers match than with the head in force, or more are close than should be.

    One or two among thousands are close to anybody: what counts is how many more there are than
    people at large have (`FoldScores.expected`).
    """
    return trained.within(0.0) > present.within(0.0) or _close([trained]) > _close([present])


def _close(folds: Sequence[FoldScores]) -> int:
    """Count the strangers within GUARD of matching beyond those that people at large have too."""
    near = sum(fold.within(GUARD) - fold.within(0.0) for fold in folds)
    return max(0, near - ceil(sum(fold.expected for fold in folds)))


def _person(profile_id: str, folds: Sequence[FoldScores]) -> PersonFigures:
    mated = np.concatenate([fold.mated for fold in folds])
    non_mated = np.concatenate([fold.non_mated for fold in folds])
    strictest = min(folds, key=lambda fold: fold.threshold)
    return PersonFigures(
        profile_id=profile_id,
        mated=mated.size,
        misses=sum(int(np.count_nonzero(fold.mated > fold.threshold)) for fold in folds),
        threshold=strictest.threshold,
        bound=strictest.bound,
        non_mated=non_mated.size,
        false_matches=sum(fold.within(0.0) for fold in folds),
        close=_close(folds),
        separation=decidability(mated, non_mated),
        nearest=float(non_mated.min()),
    )


def decidability(mated: NDArray[np.float64], non_mated: NDArray[np.float64]) -> float:
    """Return d', how far apart two kinds of scores lie (Daugman 2000): 0 where they are alike.

    |difference of the means| / sqrt(mean of the variances).
    """
    spread = np.sqrt((mated.var() + non_mated.var()) / 2)
    return float(abs(non_mated.mean() - mated.mean()) / max(spread, 1e-9))


def _densities(folds: Sequence[FoldScores]) -> ScoreDensities | None:
    if not folds:
        return None
    return densities_of(
        np.concatenate([fold.mated for fold in folds]),
        np.concatenate([fold.non_mated for fold in folds]),
    )


def densities_of(mated: NDArray[np.float64], non_mated: NDArray[np.float64]) -> ScoreDensities:
    """Return how often each distance occurs; each comparison counts once."""
    edges = np.linspace(0.0, 4.0, BINS + 1)
    shares = [np.histogram(scores, edges)[0] / scores.size for scores in (mated, non_mated)]
    return ScoreDensities(edges, *shares)


def _under(head: Head, sample: Sample) -> Sample:
    return replace(sample, embedding=head.apply(sample.feature))


def nearest(
    probes: NDArray[np.float32], references: Sequence[NDArray[np.float32]]
) -> NDArray[np.float64]:
    """Return each probe's distance to the nearest reference, (N,)."""
    distances = 2.0 - 2.0 * probes.astype(np.float64) @ np.stack(references).astype(np.float64).T
    return np.asarray(np.clip(distances.min(axis=1), 0.0, 4.0))
