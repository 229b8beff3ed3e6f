"""From scores to figures: rates, their intervals, and what the comparisons cannot tell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from facelock.core.intervals import clopper_pearson, percentiles
from facelock.core.levels import Level
from facelock.core.score_curve import STEP, ScoreCurve, equal_error, tmr_at_fmr
from facelock.services.evaluation_bootstrap import (
    FMRS,
    LEAST_PEOPLE,
    Resamples,
    Tell,
    fold_accuracy,
    resample,
)
from facelock.services.evaluation_levels import LevelThreshold
from facelock.services.evaluation_scores import Scores

_DET_POINTS = 61
_RULE_OF_30 = 30  # errors needed to be within 30 % of the true rate (Doddington et al. 2000)

Interval: TypeAlias = tuple[float, float] | None


@dataclass(frozen=True, eq=False)
class Curves:
    """What a plot needs."""

    mated: ScoreCurve
    non_mated: ScoreCurve
    det_fmr: NDArray[np.float64]  # (P,) ascending
    det_fnmr: NDArray[np.float64]  # (P,), NaN where it cannot be told
    det_band: NDArray[np.float64] | None  # (2, P) interval of the FNMR; None with few people


@dataclass(frozen=True, eq=False)
class Figures:
    """What is known of one network. None: these comparisons cannot tell."""

    mated: int
    non_mated: int
    eer: float | None
    tmr_at_fmr: Mapping[str, float | None]
    threshold_distance: Mapping[str, float | None]
    fnmr_at_level: Mapping[Level, float | None]
    fmr_at_level: Mapping[Level, float | None]
    accuracy: float | None
    accuracy_error: float | None  # standard error over the folds
    intervals: Intervals
    notes: tuple[str, ...]
    curves: Curves = field(repr=False)
    resamples: Resamples = field(repr=False)


@dataclass(frozen=True)
class Intervals:
    """95 % intervals of the figures: bootstrap over people, and Clopper-Pearson beside it."""

    eer: Interval
    tmr_at_fmr: Mapping[str, Interval]
    fnmr_at_level: Mapping[Level, Interval]
    fmr_at_level: Mapping[Level, Interval]
    fnmr_at_level_exact: Mapping[Level, Interval]  # Clopper-Pearson, one trial per person
    fmr_at_level_exact: Mapping[Level, Interval]  # Clopper-Pearson, one trial per pair of people
    accuracy: Interval


def figures(
    scores: Scores,
    thresholds: Mapping[Level, LevelThreshold] | None,
    *,
    seed: int,
    tell: Tell,
) -> Figures:
    """Return everything that these scores tell. `thresholds`: None if there are none for them."""
    mated, non_mated = scores.mated, scores.non_mated
    steps = {level: one.steps for level, one in (thresholds or {}).items()}
    det_fmr = _det_grid(non_mated.total)
    resamples = resample(scores, list(steps.values()), det_fmr, seed, tell)
    enough = scores.people >= LEAST_PEOPLE
    tmr, at = tmr_at_fmr(mated, non_mated, np.array(list(FMRS.values())))
    carried = {name: non_mated.total * rate >= 1 - 1e-9 for name, rate in FMRS.items()}
    eer, _ = equal_error(mated, non_mated)
    folds = None if scores.folds is None else fold_accuracy(scores.folds).by_fold()
    none: dict[Level, float | None] = dict.fromkeys(Level)
    return Figures(
        mated=round(mated.total),
        non_mated=round(non_mated.total),
        eer=_known(eer),
        tmr_at_fmr={
            name: _known(value) if carried[name] else None
            for name, value in zip(FMRS, tmr, strict=True)
        },
        threshold_distance={
            name: float(max(step, 0) * STEP) if carried[name] else None
            for name, step in zip(FMRS, at, strict=True)
        },
        fnmr_at_level=none
        | {level: _known(1 - mated.share_within(step)) for level, step in steps.items()},
        fmr_at_level=none
        | {level: _known(non_mated.share_within(step)) for level, step in steps.items()},
        accuracy=None if folds is None else float(np.mean(folds)),
        accuracy_error=None
        if folds is None
        else float(np.std(folds, ddof=1) / np.sqrt(len(folds))),
        intervals=_intervals(scores, steps, resamples, carried, enough=enough),
        notes=_notes(scores, thresholds, carried, enough=enough),
        curves=_curves(mated, non_mated, det_fmr, resamples, enough=enough),
        resamples=resamples,
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _det_grid(non_mated: float) -> NDArray[np.float64]:
    """Return the FMRs at which the DET curve is drawn: as low as the comparisons carry."""
    lowest = min(max(1 / max(non_mated, 1), 1e-7), 0.1)
    return np.logspace(math.log10(lowest), math.log10(0.5), _DET_POINTS)


def _intervals(
    scores: Scores,
    steps: Mapping[Level, int],
    resamples: Resamples,
    carried: Mapping[str, bool],
    *,
    enough: bool,
) -> Intervals:
    def of(column: NDArray[np.float64]) -> Interval:
        return percentiles(column) if enough else None

    def by_level(table: NDArray[np.float64]) -> dict[Level, Interval]:
        return _all_levels({level: of(table[:, i]) for i, level in enumerate(steps)})

    def exact(curve: ScoreCurve, trials: int, *, errors_within: bool) -> dict[Level, Interval]:
        found: dict[Level, Interval] = {}
        for level, step in steps.items():
            share = curve.share_within(step)
            rate = share if errors_within else 1 - share
            known = trials > 0 and not math.isnan(rate)
            found[level] = _exact(rate * trials, trials) if known else None
        return _all_levels(found)

    return Intervals(
        eer=of(resamples.eer),
        tmr_at_fmr={
            name: of(resamples.tmr[:, i]) if carried[name] else None for i, name in enumerate(FMRS)
        },
        fnmr_at_level=by_level(resamples.fnmr),
        fmr_at_level=by_level(resamples.fmr),
        fnmr_at_level_exact=exact(scores.mated, scores.mated_people, errors_within=False),
        fmr_at_level_exact=exact(scores.non_mated, scores.people_pairs, errors_within=True),
        accuracy=of(resamples.accuracy),
    )


def _exact(events: float, trials: int) -> tuple[float, float]:
    """Return Clopper-Pearson for a fraction of events: as wide as either neighbour makes it."""
    fewer = max(math.floor(events + 1e-9), 0)
    more = min(math.ceil(events - 1e-9), trials)
    return clopper_pearson(fewer, trials)[0], clopper_pearson(more, trials)[1]


def _all_levels(found: Mapping[Level, Interval]) -> dict[Level, Interval]:
    return {level: found.get(level) for level in Level}


def _curves(
    mated: ScoreCurve,
    non_mated: ScoreCurve,
    det_fmr: NDArray[np.float64],
    resamples: Resamples,
    *,
    enough: bool,
) -> Curves:
    tmr, _ = tmr_at_fmr(mated, non_mated, det_fmr)
    band = None
    if enough and np.isfinite(resamples.det).any(axis=0).all():
        band = np.nanquantile(resamples.det, [0.025, 0.975], axis=0)
    carried = det_fmr * non_mated.total >= 1 - 1e-9
    return Curves(mated, non_mated, det_fmr, np.where(carried, 1 - tmr, np.nan), band)


def _notes(
    scores: Scores,
    thresholds: Mapping[Level, LevelThreshold] | None,
    carried: Mapping[str, bool],
    *,
    enough: bool,
) -> tuple[str, ...]:
    """Say what these comparisons cannot tell, and what is weak."""
    mated, non_mated = round(scores.mated.total), round(scores.non_mated.total)
    notes = []
    if not mated:
        notes.append("No two pictures show one person: nothing can be said about FNMR and TMR.")
    if missing := [name for name, known in carried.items() if not known]:
        notes.append(
            f"{non_mated} non-mated comparisons cannot carry an FMR of {', '.join(missing)}: "
            "that takes at least 1 / FMR of them."
        )
    weak = [n for n, rate in FMRS.items() if carried[n] and non_mated * rate < _RULE_OF_30]
    if weak:
        notes.append(
            f"At FMR {', '.join(weak)} the threshold rests on fewer than {_RULE_OF_30} false "
            "matches: read the interval, not the figure."
        )
    if not enough:
        notes.append(
            f"Only {scores.people} people: a bootstrap needs {LEAST_PEOPLE}, so there is none."
        )
    if thresholds is None:
        notes.append("The bundled calibration is of another network: it has no level thresholds.")
    return tuple(notes)
