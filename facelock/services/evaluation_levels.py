"""Which threshold an evaluation judges a level by."""

from __future__ import annotations

import math
from dataclasses import dataclass

from facelock.core.attempt import LOOKS
from facelock.core.levels import RULES, Level
from facelock.core.score_curve import STEP
from facelock.core.threshold import HIGHEST, LOWEST, MARGIN, Calibration


@dataclass(frozen=True)
class LevelThreshold:
    """The threshold that one comparison with an enrolled person is held to at a level.

    `min(margin_term, fmr_term)`, as in `core.threshold` for a person of the calibration's mated
    median with one template: the margin term is `mated_median + margin / 2`, and the FMR term the
    distance at which the calibration keeps the level's FMR divided by the looks of an attempt.
    """

    distance: float
    margin_term: float
    fmr_term: float
    fmr_term_stands_for: float  # false match rate of one comparison that the FMR term keeps
    level_supported: bool  # False: the calibration cannot carry the level

    @property
    def bound(self) -> str:
        """Which term decides."""
        return "margin" if self.margin_term <= self.fmr_term else "fmr"

    @property
    def steps(self) -> int:
        """The threshold on the grid of `core.score_curve`."""
        return math.floor(self.distance / STEP + 1e-3)


def level_thresholds(calibration: Calibration) -> dict[Level, LevelThreshold]:
    """Return the threshold of a single comparison at each level."""
    margin_term = calibration.mated_median + MARGIN / 2
    found = {}
    for level, rules in RULES.items():
        wanted = rules.attempt_fmr / len(LOOKS)
        fmr_term, stands_for = calibration.distance_at(wanted)
        found[level] = LevelThreshold(
            distance=min(max(min(margin_term, fmr_term), LOWEST), HIGHEST),
            margin_term=margin_term,
            fmr_term=fmr_term,
            fmr_term_stands_for=stands_for,
            level_supported=wanted >= calibration.strictest_fmr * (1 - 1e-9),
        )
    return found
