"""Bootstrap over people: how far a measured rate would move with other people in the test.

Pairs of one person are not independent, so whole people are drawn with replacement (the subset
bootstrap: Bolle, Ratha and Pankanti 2004; Poh and Bengio 2007). If person i is drawn w_i times, a
mated comparison of i counts w_i times, and a non-mated one of i with j counts w_i w_j times (the
two-way bootstrap of data in which both sides are sampled: Owen 2007; for face scores Wu et al.
2011). Everything, thresholds included, is derived anew in each resample.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facelock.core.score_curve import ScoreCurve


@dataclass(frozen=True, eq=False)
class PersonScores:
    """Comparisons ascending by distance, with the people on either side.

    Where there are too many to keep, those of a range are stood for by a random part of them, each
    counting `stands_for` times.
    """

    steps: NDArray[np.int32] = field(repr=False)  # (K,) ascending; see `score_curve`
    one: NDArray[np.int32] = field(repr=False)  # (K,) person on the one side
    other: NDArray[np.int32] | None = field(repr=False)  # (K,) on the other; None: all mated
    stands_for: NDArray[np.float64] = field(repr=False)  # (K,)

    @staticmethod
    def sorted_by_distance(
        steps: NDArray[np.int32],
        one: NDArray[np.int32],
        other: NDArray[np.int32] | None,
        stands_for: NDArray[np.float64] | None = None,
    ) -> PersonScores:
        """Bring comparisons into order. All (K,); by default each stands for itself alone."""
        order = np.argsort(steps, kind="stable")
        counted = np.ones(steps.size) if stands_for is None else stands_for[order]
        there = None if other is None else other[order]
        return PersonScores(steps[order], one[order], there, counted)

    def curve(self, drawn: NDArray[np.float64] | None = None) -> ScoreCurve:
        """Return the comparisons as they count if person i is drawn `drawn[i]` times, (P,)."""
        return ScoreCurve.of_weights(self.steps, self.weights(drawn))

    def weights(self, drawn: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Return how often each comparison counts, (K,)."""
        if drawn is None:
            return self.stands_for
        times = drawn[self.one]
        if self.other is not None:
            times *= drawn[self.other]
        times *= self.stands_for
        return times


def draw_people(people: int, seed: int, resample: int) -> NDArray[np.float64]:
    """Return how often each person is drawn, (P,), in one resample.

    The same for the same `seed` and `resample`, so that two networks can be judged on the same
    people.
    """
    rng = np.random.Generator(np.random.PCG64([seed, resample]))
    return np.bincount(rng.integers(0, people, people), minlength=people).astype(np.float64)
