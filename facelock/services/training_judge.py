"""Judges a network on the people held out: clean, and through the degraded protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from facelock.core.comparison import Embedding
from facelock.core.frames import FaceCrop
from facelock.core.score_curve import ScoreCurve, tmr_at_fmr, to_steps
from facelock.learning.degradation import degrade
from facelock.services.training_faces import Faces

SEVERITIES = (0, 3)
RATES = (1e-2, 1e-3, 1e-4, 1e-5)
SCORED = slice(1, 3)
"""Of the rates, those that the score of a network is the mean of: 1e-3 and 1e-4."""

Embed: TypeAlias = Callable[[NDArray[np.uint8]], Embedding]
"""Crops (N, 112, 112, 3) to unit embeddings (N, D)."""

Figures: TypeAlias = Mapping[int, tuple[float, ...]]
"""For each severity the TMR at each of `RATES`."""


@dataclass(frozen=True, eq=False)
class Embedded:
    """The held-out faces as embeddings, at each severity."""

    embeddings: Mapping[int, Embedding] = field(repr=False)  # (N, D) each
    people: NDArray[np.int64] = field(repr=False)

    def figures(self, head: Callable[[Embedding], Embedding] = lambda one: one) -> Figures:
        """Return the TMRs after a head has seen to the embeddings."""
        return {
            severity: tmr_figures(head(embeddings), self.people)
            for severity, embeddings in self.embeddings.items()
        }


@dataclass(frozen=True, eq=False)
class Judge:
    """Compares all held-out faces with each other, at each severity."""

    crops: Mapping[int, NDArray[np.uint8]] = field(repr=False)
    people: NDArray[np.int64] = field(repr=False)

    @classmethod
    def of(cls, faces: Faces, tell: Callable[[int], object]) -> Judge:
        """Make the worse pictures once. `tell` hears how many severities are done."""
        crops = {}
        for done, severity in enumerate(SEVERITIES, start=1):
            worse = [degrade(FaceCrop(crop), severity).pixels for crop in faces.crops]
            crops[severity] = np.stack(worse)
            tell(done)
        return cls(crops, faces.people)

    def quick(self) -> Judge:
        """Return a judge of every other person, to look at often."""
        rows = self.people % 2 == 0
        crops = {severity: crops[rows] for severity, crops in self.crops.items()}
        return Judge(crops, self.people[rows])

    def embedded(self, embed: Embed) -> Embedded:
        """Return what a network makes of the faces."""
        found = {severity: embed(crops) for severity, crops in self.crops.items()}
        return Embedded(found, self.people)

    def figures(self, embed: Embed) -> Figures:
        """Return what a network comes to."""
        return self.embedded(embed).figures()


def tmr_figures(embeddings: Embedding, people: NDArray[np.int64]) -> tuple[float, ...]:
    """Return the TMR at each of `RATES`, all against all. `embeddings`: (N, D) unit rows."""
    distances = np.clip(2 - 2 * embeddings @ embeddings.T, 0, 4)
    above = np.triu_indices(len(people), 1)
    mated = (people[:, None] == people[None, :])[above]
    steps = to_steps(distances[above])
    rates, _ = tmr_at_fmr(_curve(steps[mated]), _curve(steps[~mated]), np.array(RATES))
    return tuple(float(rate) for rate in rates)


def score(figures: Figures) -> float:
    """Return one number to choose by: the mean TMR at FMR 1e-3 and 1e-4 over the severities."""
    return float(np.mean([values[SCORED] for values in figures.values()]))


def is_no_worse_when_clean(figures: Figures, bare: Figures) -> bool:
    """Tell whether clean faces are recognised as well as by the bare backbone, over all rates."""
    return sum(figures[0]) >= sum(bare[0]) - 1e-9  # sums of the same numbers may differ


def _curve(steps: NDArray[np.int32]) -> ScoreCurve:
    return ScoreCurve.of_weights(np.sort(steps), np.ones(steps.shape, np.float64))
