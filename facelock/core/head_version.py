"""A head that was trained on this machine: the matrix, what it was made with, what it is worth."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facelock.core.head import Head, NetworkId
from facelock.core.retraining import Figures, RetrainingOptions
from facelock.core.threshold import Calibration, ScoreDensities


@dataclass(frozen=True, eq=False)
class HeadTable:
    """What a calibration measured with this head; features come from the bundled file."""

    fmr_grid: NDArray[np.float64]  # (G,) ascending
    distance_grid: NDArray[np.float64]  # (G,) not falling
    mated_median: float  # squared distance
    people: int
    comparisons: int
    densities: ScoreDensities = field(repr=False)


@dataclass(frozen=True, eq=False)
class HeadVersion:
    """One retraining that was adopted. Never changed afterwards; named by its network's hash."""

    created_at: float  # seconds since the epoch
    head: Head
    network: NetworkId
    table: HeadTable
    options: RetrainingOptions
    profile_ids: tuple[str, ...]  # whose samples it was trained on
    negatives: tuple[str, ...]  # whose samples it was trained to tell them apart from
    samples: int  # how many of theirs
    impostors: int  # bundled strangers it was trained on, pictures
    before: Figures
    after: Figures

    @property
    def part_takers(self) -> frozenset[str]:
        """Everybody enrolled who had a part in it, as somebody to recognise or to tell apart."""
        return frozenset((*self.profile_ids, *self.negatives))


def calibration_of(
    version: HeadVersion, features: NDArray[np.float32], person_index: NDArray[np.int32]
) -> Calibration:
    """Return the calibration that thresholds under this head rest on.

    `features`: (N, D_in) unit features of the bundled strangers; `person_index`: (N,) of whom.
    """
    table = version.table
    return Calibration(
        model_sha256=version.network.model_sha256,
        fmr_grid=table.fmr_grid,
        distance_grid=table.distance_grid,
        mated_median=table.mated_median,
        people=table.people,
        comparisons=table.comparisons,
        features=version.head.apply(features),
        person_index=person_index,
        densities=table.densities,
    )
