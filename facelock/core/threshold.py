"""Where the unlock threshold of a person lies, and what decided it (design.md section 3).

`threshold = min(t_margin, t_FMR(level))`, and at Balanced and Strict no farther than the nearest
bundled impostor.

Margin term: the triplet loss max(0, d(A,P) - d(A,N) + margin) (Schroff et al. 2015) asks every
non-mated distance to exceed the mated one by the margin, so the line lies half a margin beyond
where mated distances lie.
FMR term: the largest distance at which the upper 95 % confidence bound of the measured FMR stays
within the level. The level bounds a whole attempt, which makes `len(LOOKS)` comparisons against
each of a person's appearances, so the comparison is held to level / (looks x appearances): the
union bound, valid however the looks depend on one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from facelock.core.attempt import LOOKS
from facelock.core.comparison import Embedding, leave_one_out_distances
from facelock.core.levels import RULES, Level

MARGIN = 0.4
"""Margin of the triplet loss, in squared distance; the bundled network is trained with it."""

LOWEST, HIGHEST = 0.20, 1.10
"""No threshold leaves this range, whatever was measured."""


class Bound(Enum):
    """Which term set a threshold."""

    MARGIN = "margin"
    FMR = "fmr"
    NEAREST_IMPOSTOR = "nearest-impostor"
    CLAMP = "clamp"


@dataclass(frozen=True, eq=False)
class ScoreDensities:
    """How often distances occur between two pictures of the calibration people.

    A share of all mated, and of all non-mated, comparisons for each bin of squared distance.
    Raises ValueError unless the edges ascend and each kind is shares that sum to 1.
    """

    edges: NDArray[np.float64]  # (B+1,) ascending, squared distance, 0-4
    mated: NDArray[np.float64]  # (B,) sums to 1
    non_mated: NDArray[np.float64]  # (B,) sums to 1

    def __post_init__(self) -> None:
        if self.edges.ndim != 1 or self.edges.size < 2 or not np.all(np.diff(self.edges) > 0):
            raise ValueError("the edges of the bins do not ascend")
        for shares in (self.mated, self.non_mated):
            if shares.shape != (self.edges.size - 1,):
                raise ValueError("a density has one share for each bin")
            if not (np.all(shares >= 0) and abs(float(shares.sum()) - 1.0) <= 1e-9):
                raise ValueError("the shares of a density are not negative and sum to 1")


@dataclass(frozen=True, eq=False)
class Calibration:
    """What was measured on impostors, shipped with the network it was measured with.

    The two grids are a table of comparison FMRs and the largest distance whose upper 95 % bound
    keeps each; it is read downwards only. `features` are anonymous and never leave numpy.
    """

    model_sha256: str
    fmr_grid: NDArray[np.float64]  # (G,) ascending
    distance_grid: NDArray[np.float64]  # (G,) distance at which that FMR is kept
    mated_median: float  # median cross-session mated distance of the calibration people
    people: int
    comparisons: int
    features: NDArray[np.float32] = field(repr=False)  # (N, D) unit rows: embeddings, head applied
    person_index: NDArray[np.int32] = field(repr=False)  # (N,)
    densities: ScoreDensities = field(repr=False)  # of single pictures, for people to look at

    @property
    def strictest_fmr(self) -> float:
        """The smallest comparison FMR these data can carry."""
        return float(self.fmr_grid[0])

    def distance_at(self, fmr: float) -> tuple[float, float]:
        """Return (distance, the FMR it stands for): the largest grid FMR not above `fmr`.

        If `fmr` is stricter than the data carry, the strictest supported one.
        """
        column = int(np.searchsorted(self.fmr_grid, fmr * (1 + 1e-9), side="right")) - 1
        column = max(column, 0)
        return float(self.distance_grid[column]), float(self.fmr_grid[column])

    def fmr_at(self, distance: float) -> float:
        """Return the smallest FMR in the table that a threshold of `distance` is known to keep.

        1.0 beyond the table. Below its strictest row that row's: less cannot be shown.
        """
        column = int(np.searchsorted(self.distance_grid, distance - 1e-9, side="left"))
        return float(self.fmr_grid[column]) if column < self.fmr_grid.size else 1.0


@dataclass(frozen=True)
class Threshold:
    """A person's threshold at one level, and how it came about. Kept in the sealed record."""

    value: float  # squared distance, 0-4
    bound: Bound
    margin_term: float
    fmr_term: float
    attempt_fmr: float  # upper bound of the FMR of an attempt at `value`, as far as data can show
    level_supported: bool  # False: the data cannot carry the level; the strictest they can is used
    nearest_impostor: float  # distance of the person's nearest bundled impostor
    own_q95: float  # 95 % of the person's own leave-one-out distances
    needs_better_samples: bool  # the cap lies below the person's own q95


def derive_threshold(
    level: Level,
    appearances: Mapping[str, Sequence[Embedding]],
    references: Sequence[Embedding],
    calibration: Calibration,
    *,
    margin: float = MARGIN,
) -> Threshold:
    """Return the threshold of a person with these samples and references.

    `appearances` holds the sample embeddings of each appearance (glasses, other light);
    `references` are the templates that probes are compared with.
    Raises ValueError if no appearance has two samples.
    """
    rules = RULES[level]
    own = np.concatenate(
        [leave_one_out_distances(samples) for samples in appearances.values() if len(samples) > 1]
    )
    own_q95 = float(np.quantile(own, 0.95))
    margin_term = max(own_q95, calibration.mated_median) + margin / 2

    comparisons = len(LOOKS) * len(references)
    fmr_term, _ = calibration.distance_at(rules.attempt_fmr / comparisons)
    supported = rules.attempt_fmr / comparisons >= calibration.strictest_fmr * (1 - 1e-9)

    nearest = nearest_impostor(references, calibration)
    candidates = {Bound.MARGIN: margin_term, Bound.FMR: fmr_term}
    if rules.nearest_impostor_caps:
        candidates[Bound.NEAREST_IMPOSTOR] = nearest
    bound = min(candidates, key=lambda name: candidates[name])
    value = candidates[bound]
    if not LOWEST <= value <= HIGHEST:
        value, bound = min(max(value, LOWEST), HIGHEST), Bound.CLAMP
    return Threshold(
        value=value,
        bound=bound,
        margin_term=margin_term,
        fmr_term=fmr_term,
        attempt_fmr=min(calibration.fmr_at(value) * comparisons, 1.0),
        level_supported=supported,
        nearest_impostor=nearest,
        own_q95=own_q95,
        needs_better_samples=value < own_q95,
    )


def nearest_impostor(references: Sequence[Embedding], calibration: Calibration) -> float:
    """Return the smallest distance from any reference to any bundled impostor."""
    if calibration.features.shape[0] == 0:
        return 4.0
    similarity = np.stack(references) @ calibration.features.T  # (R, N)
    return float(np.clip(2.0 - 2.0 * similarity.max(), 0.0, 4.0))
