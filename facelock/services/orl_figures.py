"""Figures of networks of different kinds side by side: on the same pairs, with the same measures.

A network is judged on people it was not trained on. Where that happens in several folds, a network
was trained for each, with distances of its own, so each fold is judged by itself and the mean over
the folds is the figure. In a resample for the intervals the same people are drawn for every
network, so that their differences have intervals too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from facelock.core.intervals import percentiles
from facelock.core.person_bootstrap import PersonScores, draw_people
from facelock.core.score_curve import STEP, ScoreCurve, equal_error, tmr_at_fmr, to_steps

MEASURES: Final = (
    "accuracy_given",
    "accuracy_chosen",
    "eer",
    "tmr_at_fmr_1e-2",
    "tmr_at_fmr_1e-3",
    "auc",
    "fmr_given",
    "fnmr_given",
    "fmr_chosen",
    "fnmr_chosen",
)
"""Accuracies weigh mated and non-mated comparisons the same, as pairs drawn by a coin do."""

_RATES = {"tmr_at_fmr_1e-2": 1e-2, "tmr_at_fmr_1e-3": 1e-3}
_LEAST_PEOPLE = 5  # a bootstrap over fewer says nothing


def on_grid(distance: NDArray[np.float64], scale: float | None) -> NDArray[np.int32]:
    """Return squared distances as steps of `core.score_curve`, whose grid ends at 4.

    Distances of unit embeddings fit as they are (`scale` None). Others are brought there by
    4 d / (d + scale), which ascends and so changes no rate. NaN, where no face was found, never
    matches.
    """
    scaled = distance if scale is None else 4 * distance / (distance + scale)
    return to_steps(np.nan_to_num(scaled, nan=np.inf))


def off_grid(step: int, scale: float | None) -> float:
    """Return the squared distance that a step stands for: `on_grid` backwards."""
    on_it = step * STEP
    return on_it if scale is None else scale * on_it / (4 - on_it)


@dataclass(frozen=True, eq=False)
class Comparisons:
    """All pairs of some pictures, as one network sees them."""

    mated: PersonScores = field(repr=False)
    non_mated: PersonScores = field(repr=False)

    @classmethod
    def of(
        cls, embeddings: NDArray[np.float32], people: NDArray[np.int64], scale: float | None
    ) -> Comparisons:
        """Compare every picture with every other: (N, D) and (N,); `scale` as for `on_grid`."""
        one, other = np.triu_indices(len(people), 1)
        wide = embeddings.astype(np.float64)
        steps = on_grid(((wide[one] - wide[other]) ** 2).sum(axis=1), scale)
        mated = people[one] == people[other]
        first, second = people[one].astype(np.int32), people[other].astype(np.int32)
        return cls(
            PersonScores.sorted_by_distance(steps[mated], first[mated], None),
            PersonScores.sorted_by_distance(steps[~mated], first[~mated], second[~mated]),
        )

    @property
    def people(self) -> int:
        """How many people they are of."""
        return int(np.unique(self.mated.one).size)

    def equal_error_threshold(self) -> int:
        """Return the step at which both kinds of error are equally frequent."""
        return equal_error(self.mated.curve(), self.non_mated.curve())[1]


@dataclass(frozen=True, eq=False)
class Fold:
    """A network's comparisons of people whom it did not learn from, and its two thresholds."""

    comparisons: Comparisons = field(repr=False)
    given: int  # the threshold that comes with the network, steps
    chosen: int  # the equal error threshold of the people it learnt from, steps
    scale: float | None = None  # `given` of `on_grid`

    @property
    def chosen_distance(self) -> float:
        """The chosen threshold as a squared distance."""
        return off_grid(self.chosen, self.scale)

    def values(self, drawn: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Return the `MEASURES`, (10,), if person i counts `drawn[i]` times; NaN: unknown."""
        mated = self.comparisons.mated.curve(drawn)
        non_mated = self.comparisons.non_mated.curve(drawn)
        tmr, _ = tmr_at_fmr(mated, non_mated, np.array(list(_RATES.values())))
        fmr = [non_mated.share_within(one) for one in (self.given, self.chosen)]
        fnmr = [1 - mated.share_within(one) for one in (self.given, self.chosen)]
        accuracy = [1 - (false + missed) / 2 for false, missed in zip(fmr, fnmr, strict=True)]
        eer, _ = equal_error(mated, non_mated)
        return np.array(
            [*accuracy, eer, *tmr, area(mated, non_mated), fmr[0], fnmr[0], fmr[1], fnmr[1]]
        )

    def cannot_carry(self) -> set[str]:
        """Return the measures at an FMR below that of a single false match."""
        count = self.comparisons.non_mated.curve().total
        return {name for name, rate in _RATES.items() if rate * count < 1}


def area(mated: ScoreCurve, non_mated: ScoreCurve) -> float:
    """Return the area under the ROC: how often a mated distance is the smaller of two.

    Equal ones count half (Hanley & McNeil 1982). NaN without comparisons of either kind.
    """
    if mated.total <= 0 or non_mated.total <= 0:
        return float("nan")
    below = [
        non_mated.below[np.searchsorted(non_mated.steps, mated.steps, side=side)]
        for side in ("left", "right")
    ]
    smaller = 1 - (below[0] + below[1]) / 2 / non_mated.total  # (K,)
    return float(np.diff(mated.below) @ smaller / mated.total)


@dataclass(frozen=True)
class Figure:
    """One measure: its value and its 95 % interval, None where the comparisons cannot tell."""

    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, eq=False)
class Judged:
    """A network's figures, and what resamples of people gave."""

    figures: dict[str, Figure]
    values: NDArray[np.float64] = field(repr=False)  # (10,)
    resampled: NDArray[np.float64] | None = field(repr=False)  # (R, 10); None: too few people


def judge(folds: Sequence[Fold], people: int, seed: int, *, resamples: int) -> Judged:
    """Return the mean of the measures over the folds, with a bootstrap over all `people`."""
    values = _mean(folds, None)
    unknown = set().union(*(fold.cannot_carry() for fold in folds))
    resampled = None
    if people >= _LEAST_PEOPLE:
        resampled = np.stack(
            [_mean(folds, draw_people(people, seed, number)) for number in range(resamples)]
        )
    return Judged(_figures(values, resampled, unknown), values, resampled)


def difference(ours: Judged, theirs: Judged) -> dict[str, Figure]:
    """Return ours minus theirs; the interval is that of the differences on the same people."""
    resampled = None
    if ours.resampled is not None and theirs.resampled is not None:
        resampled = ours.resampled - theirs.resampled
    unknown = {name for name, one in ours.figures.items() if one.value is None}
    return _figures(ours.values - theirs.values, resampled, unknown)


def _mean(folds: Sequence[Fold], drawn: NDArray[np.float64] | None) -> NDArray[np.float64]:
    values: NDArray[np.float64] = np.mean([fold.values(drawn) for fold in folds], axis=0)
    return values


def _figures(
    values: NDArray[np.float64], resampled: NDArray[np.float64] | None, unknown: set[str]
) -> dict[str, Figure]:
    figures = {}
    for column, name in enumerate(MEASURES):
        if name in unknown or np.isnan(values[column]):
            figures[name] = Figure(None, None)
            continue
        interval = None if resampled is None else percentiles(resampled[:, column])
        figures[name] = Figure(float(values[column]), interval)
    return figures
