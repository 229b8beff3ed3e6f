"""How often somebody who is not enrolled is taken for one of N who are (open-set 1:N).

The false positive identification rate, FPIR (ISO/IEC 19795-1), at one distance for everybody. It is
measured, not multiplied up: strangers differ in how many people they look like, so FPIR lies below
N x FMR, the union bound, which a lock may rely on.

A gallery of N is N people drawn at random from those at hand. If a probe comes within the distance
of k of the M other people, a gallery of N of them has none of the k with the hypergeometric
probability C(M - k, N) / C(M, N); no gallery needs to be drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facelock.core.comparison import fuse
from facelock.core.intervals import clopper_pearson
from facelock.core.labelled_faces import TEMPLATE_IMAGES, LabelledFaces
from facelock.core.person_bootstrap import draw_people

_RESAMPLES = 200
_SEED = 20261123


@dataclass(frozen=True)
class Identification:
    """One probe against N people."""

    people: int  # N, in the gallery
    fpir: float
    low: float  # 95 % interval over people
    high: float
    predicted: float  # N x FMR, at most 1


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Which templates of other people each probe comes near to, at one distance."""

    probe: NDArray[np.int64]  # (K,) row of the probe of each near pair
    other: NDArray[np.int64]  # (K,) person whose template it is
    person: NDArray[np.int64]  # (R,) person of each probe, 0 to P - 1
    people: int  # P

    @property
    def fmr(self) -> float:
        """Share of comparisons with other people's templates that are near; people count alike."""
        return self._mean(self._near(np.ones(self.people)) / (self.people - 1))

    def identification(self, size: int) -> Identification:
        """Return the FPIR with `size` people enrolled. Raises ValueError if there are not so many.

        The interval is a bootstrap over people, on both sides, and no narrower at the top than
        Clopper and Pearson's with as many trials as there are disjoint galleries for everybody.
        """
        if not 1 <= size < self.people:
            raise ValueError(f"there are {self.people} people: galleries of 1 to one less")
        rate = self._fpir(np.ones(self.people), size)
        resampled = [
            self._fpir(draw_people(self.people, _SEED, number), size)
            for number in range(_RESAMPLES)
        ]
        trials = max(self.people * (self.people - 1) // (2 * size), 1)
        events = min(math.ceil(rate * trials - 1e-9), trials)
        low, high = (float(one) for one in np.quantile(resampled, [0.025, 0.975]))
        high = max(high, clopper_pearson(events, trials)[1])
        return Identification(size, rate, low, high, min(size * self.fmr, 1.0))

    def _near(self, drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how many near templates each probe has if people are drawn so often, (R,)."""
        rows = len(self.person)
        return np.bincount(self.probe, drawn[self.other], rows).astype(np.float64)

    def _fpir(self, drawn: NDArray[np.float64], size: int) -> float:
        others = float(drawn.sum()) - 1.0  # M
        none = np.ones(len(self.person))
        near = self._near(drawn)
        for taken in range(int(near.max(initial=0.0))):
            left = max(others - size - taken, 0.0) / max(others - taken, 1.0)
            none[near > taken] *= left
        return self._mean(1.0 - none, drawn)

    def _mean(self, of: NDArray[np.float64], drawn: NDArray[np.float64] | None = None) -> float:
        """Return the mean over people of the mean over each one's probes."""
        images = np.bincount(self.person, minlength=self.people)
        mine = np.bincount(self.person, weights=of, minlength=self.people) / np.maximum(images, 1)
        times = (images > 0).astype(np.float64) if drawn is None else drawn * (images > 0)
        return float(mine @ times / times.sum())


def one_template_each(faces: LabelledFaces) -> LabelledFaces:
    """Fuse the first images, ten at most, of each person: as enrolled, in order of their number."""
    people = np.unique(faces.people)
    fused = [fuse(list(faces.embeddings[faces.people == one][:TEMPLATE_IMAGES])) for one in people]
    return LabelledFaces(np.stack(fused), people)


def neighbours(faces: LabelledFaces, distances: Sequence[float]) -> tuple[Neighbours, ...]:
    """Compare every face with the template of everybody else; return who is near, by distance.

    Raises ValueError with fewer than two people.
    """
    templates = one_template_each(faces)
    people = len(templates.people)
    if people < 2:
        raise ValueError("one person alone has no strangers")
    person = np.searchsorted(templates.people, faces.people)
    found: list[list[tuple[NDArray[np.int64], NDArray[np.int64]]]] = [[] for _ in distances]
    for rows, distance in faces.distances(templates):
        distance[np.arange(len(rows)), person[rows]] = np.inf  # their own template is no stranger's
        for index, limit in enumerate(distances):
            row, other = np.nonzero(distance <= limit)
            found[index].append((rows[row], other))
    return tuple(
        Neighbours(
            np.concatenate([row for row, _ in pairs]),
            np.concatenate([other for _, other in pairs]),
            person,
            people,
        )
        for pairs in found
    )
