"""Where a distance stands among those measured on the calibration people.

No claim goes beyond the counts: a share of mated pairs is one of the people who have two pictures,
and a rate of different people is the upper 95 % bound of the FMR table while that table lasts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facelock.core.threshold import Calibration, ScoreDensities


@dataclass(frozen=True)
class Standing:
    """One distance among all pairs."""

    mated_closer: float  # share of the pairs of one person that are closer, 0-1
    non_mated_closer: float  # share of the pairs of different people that are closer, 0-1
    non_mated_bound: float  # upper 95 % bound of that; 1.0 where none was worked out


@dataclass(frozen=True, eq=False)
class MeasuredScores:
    """The distances of pairs of the same person, and of different people, that were measured."""

    calibration: Calibration = field(repr=False)

    @property
    def densities(self) -> ScoreDensities:
        """How often each distance occurs."""
        return self.calibration.densities

    @property
    def people(self) -> int:
        """How many people it was measured on."""
        return self.calibration.people

    @property
    def mated_people(self) -> int:
        """How many of them have two pictures or more; the others say nothing about mated pairs."""
        return int(np.count_nonzero(np.bincount(self.calibration.person_index) > 1))

    def at(self, distance: float) -> Standing:
        """Return where a squared distance stands."""
        found = self.densities
        return Standing(
            mated_closer=_share_below(found.edges, found.mated, distance),
            non_mated_closer=_share_below(found.edges, found.non_mated, distance),
            non_mated_bound=self.calibration.fmr_at(distance),
        )


def _share_below(edges: NDArray[np.float64], shares: NDArray[np.float64], distance: float) -> float:
    """Return the share below a distance, as if each bin were evenly filled."""
    below = np.concatenate([[0.0], np.cumsum(shares)])  # (B+1,)
    return float(np.clip(np.interp(distance, edges, below), 0.0, 1.0))
