"""How often strangers match at each distance, with the bound that the data can carry.

Two statistics are measured, and at each distance the larger FMR counts:
- one image against one image, all people against all;
- a template fused of all images of a person (those with two or more) against every image of
  everybody else: what a lock really compares.

Images of one person are not independent of each other, so the upper 95 % bound of each is the
larger of Clopper and Pearson's (1934) with as many trials as there are pairs of *people*, and that
of a bootstrap over people (Bolle, Ratha and Pankanti 2004; see `core.person_bootstrap`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facelock.core.attempt import LOOKS
from facelock.core.intervals import clopper_pearson
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.levels import RULES
from facelock.core.person_bootstrap import draw_people

DISTANCES = np.linspace(0.30, 1.30, 501)
"""(T,) squared distances at which the FMR is bounded."""

_LEVELS = [rules.attempt_fmr / looks for rules in RULES.values() for looks in (1, len(LOOKS))]
FMRS = np.unique(np.concatenate([np.logspace(-7, -1, 151), _LEVELS]))
"""(F,) the rates a table may hold: a fine grid, and exactly what the levels ask for."""

_RESAMPLES = 1000
_SEED = 20261123


@dataclass(frozen=True, eq=False)
class Impostors:
    """Non-mated comparisons: how many there are, and those that came near."""

    one: NDArray[np.int64]  # (K,) person on the one side of each near comparison
    other: NDArray[np.int64]  # (K,) and on the other
    distance: NDArray[np.float64]  # (K,) ascending, none beyond DISTANCES
    images_one: NDArray[np.float64]  # (P,) how many images of each person were on the one side
    images_other: NDArray[np.float64]  # (P,) and on the other

    def trials(self, drawn: NDArray[np.float64] | None = None) -> float:
        """Return how many comparisons there are if person i is drawn `drawn[i]` times, (P,)."""
        times = np.ones_like(self.images_one) if drawn is None else drawn
        one, other = times * self.images_one, times * self.images_other
        return float(one.sum() * other.sum() - one @ other)

    def people_pairs(self) -> int:
        """Return how many pairs of people were compared: the independent trials, at most."""
        one, other = int(np.count_nonzero(self.images_one)), len(self.images_other)
        return one * (other - 1) // (2 if one == other else 1)


def compare(one: LabelledFaces, other: LabelledFaces, people: int) -> Impostors:
    """Compare each face of `one` with each face of another person in `other`."""
    owners, strangers, distances = [], [], []
    for rows, distance in one.distances(other):
        non_mated = one.people[rows, None] != other.people[None, :]
        near = np.nonzero(non_mated & (distance <= DISTANCES[-1]))
        owners.append(one.people[rows[near[0]]])
        strangers.append(other.people[near[1]])
        distances.append(distance[near])
    distance = np.concatenate(distances)
    ascending = np.argsort(distance, kind="stable")
    return Impostors(
        np.concatenate(owners)[ascending],
        np.concatenate(strangers)[ascending],
        distance[ascending],
        np.bincount(one.people, minlength=people).astype(np.float64),
        np.bincount(other.people, minlength=people).astype(np.float64),
    )


def upper_bounds(impostors: Impostors) -> NDArray[np.float64]:
    """Return the upper 95 % bound of the FMR at each of `DISTANCES`, (T,), never falling.

    1 from where more than the largest of `FMRS` was measured: no table can use it.
    """
    within = np.searchsorted(impostors.distance, DISTANCES, side="right")
    measured = within / impostors.trials()
    pairs = impostors.people_pairs()
    events = np.ceil(measured * pairs - 1e-9).astype(np.int64)
    usable = measured <= FMRS[-1]
    exact = {count: _exact_bound(int(count), pairs) for count in np.unique(events[usable])}
    bounds = np.ones(len(DISTANCES))
    bounds[usable] = [exact[count] for count in events[usable]]
    return np.maximum.accumulate(np.maximum(bounds, _resampled(impostors, within)))


def _exact_bound(events: int, pairs: int) -> float:
    return clopper_pearson(events, pairs, confidence=0.90)[1]  # one-sided 95 %


def _resampled(impostors: Impostors, within: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the 95 % point of a bootstrap over people of the FMR at each distance, (T,)."""
    people = len(impostors.images_other)
    shares = np.empty((_RESAMPLES, len(within)))
    for resample in range(_RESAMPLES):
        drawn = draw_people(people, _SEED, resample)
        matched = np.cumsum(drawn[impostors.one] * drawn[impostors.other])
        # A resample that compares nobody (possible with very few people) bounds nothing.
        trials = impostors.trials(drawn)
        counted = np.concatenate([[0.0], matched])[within]
        shares[resample] = counted / trials if trials > 0 else 1.0
    return np.asarray(np.quantile(shares, 0.95, axis=0), np.float64)


@dataclass(frozen=True, eq=False)
class FmrTable:
    """The largest distance that keeps each rate; empty if the data carry none."""

    rates: NDArray[np.float64]  # (G,) ascending
    distances: NDArray[np.float64]  # (G,) not falling
    people: int
    templates: int
    comparisons: int


def fmr_table(faces: LabelledFaces) -> FmrTable:
    """Measure it. `faces`: two people or more, numbered without gaps."""
    people = int(faces.people.max()) + 1
    images, templates = compare(faces, faces, people), faces.templates()
    bounds = upper_bounds(images)
    comparisons = int(images.trials()) // 2
    if len(templates.people):
        fused = compare(templates, faces, people)
        bounds = np.maximum(bounds, upper_bounds(fused))
        comparisons += int(fused.trials())
    rates = np.union1d(FMRS, bounds[:1])  # the last: the strictest rate there is
    rates = rates[rates <= FMRS[-1]]
    kept = np.searchsorted(bounds, rates, side="right")  # how many distances keep each rate
    rates, kept = rates[kept > 0], kept[kept > 0]
    return FmrTable(rates, DISTANCES[kept - 1], people, len(templates.people), comparisons)
