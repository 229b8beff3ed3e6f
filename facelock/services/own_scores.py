"""How well one enrolled person is told apart from strangers, by what this machine holds of both.

Mated comparisons are the person's own samples, each against the template fused from the others of
the same look; non-mated ones the references in use against the bundled impostors. The samples are
few and mostly of one sitting, so these are the error rates of good days: whoever shows them says
so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from facelock.core.comparison import leave_one_out_distances
from facelock.core.errors import NetworkMismatch
from facelock.core.metrics import Rate, fmr, fnmr
from facelock.core.score_curve import FARTHEST, ScoreCurve, to_steps
from facelock.core.template import by_appearance, references_at

if TYPE_CHECKING:
    from facelock.core.levels import Level
    from facelock.core.template import Profile
    from facelock.core.threshold import Calibration, ScoreDensities

_RATES = 160  # false match rates at which a curve is followed, besides every mated score


@dataclass(frozen=True, eq=False)
class DetCurve:
    """A detection error trade-off (ISO/IEC 19795-1): both rates at ascending thresholds."""

    fmr: NDArray[np.float64] = field(repr=False)  # (K,) never falls
    fnmr: NDArray[np.float64] = field(repr=False)  # (K,) never rises


@dataclass(frozen=True, eq=False)
class OwnScores:
    """One person at one level."""

    curve: DetCurve
    everybody: DetCurve  # single pictures of the calibration's people, to compare with
    refused: Rate  # of their own samples, at the threshold in force
    let_in: Rate  # of the impostors' pictures, against each reference
    strangers: int  # how many people these pictures are of
    threshold: float  # squared distance


def own_scores(profile: Profile, level: Level, calibration: Calibration) -> OwnScores:
    """Compare a person with themselves and with the bundled impostors.

    Raises NetworkMismatch if the calibration was made with another network.
    """
    if profile.model_sha256 != calibration.model_sha256:
        raise NetworkMismatch("the calibration was made by another network than the profile")
    groups = [group for group in by_appearance(profile.samples).values() if len(group) > 1]
    mated = (
        np.concatenate([leave_one_out_distances(group) for group in groups])
        if groups
        else np.zeros(0)
    )
    non_mated = _against_impostors(profile, level, calibration)
    threshold = profile.thresholds[level].value
    return OwnScores(
        curve=_det(mated, non_mated),
        everybody=_of_densities(calibration.densities),
        refused=fnmr(mated, threshold),
        let_in=fmr(non_mated, threshold),
        strangers=calibration.people,
        threshold=threshold,
    )


def _against_impostors(
    profile: Profile, level: Level, calibration: Calibration
) -> NDArray[np.float64]:
    """Return the distance of each reference in use to each impostor's picture, (R x N,)."""
    references = [one.embedding for one in references_at(profile, level)]
    if not references or not calibration.features.size:
        return np.zeros(0)
    similarity = np.stack(references).astype(np.float64) @ calibration.features.T
    return np.clip(2.0 - 2.0 * similarity, 0.0, 4.0).reshape(-1)


def _det(mated: NDArray[np.float64], non_mated: NDArray[np.float64]) -> DetCurve:
    """Return both rates at the thresholds where something changes; empty without comparisons."""
    if not mated.size or not non_mated.size:
        return DetCurve(np.zeros(0), np.zeros(0))
    own, others = _counted(mated), _counted(non_mated)
    rates = np.geomspace(1 / others.total, 1.0, _RATES)
    steps = np.unique(
        np.concatenate([[-1], own.steps, own.steps - 1, others.largest_keeping(rates), [FARTHEST]])
    )
    return DetCurve(
        fmr=np.array([others.share_within(int(step)) for step in steps]),
        fnmr=np.array([1.0 - own.share_within(int(step)) for step in steps]),
    )


def _counted(distances: NDArray[np.float64]) -> ScoreCurve:
    return ScoreCurve.of_weights(np.sort(to_steps(distances)), np.ones(distances.size))


def _of_densities(densities: ScoreDensities) -> DetCurve:
    return DetCurve(
        fmr=np.clip(np.cumsum(densities.non_mated), 0.0, 1.0),
        fnmr=np.clip(1.0 - np.cumsum(densities.mated), 0.0, 1.0),
    )
