"""What an accuracy on fifteen pairs is worth: the reference's notebook shows one such draw."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

PAIRS: Final = 15
RIGHT: Final = 11  # of them in the notebook: 0.73
TIMES: Final = 5000


@dataclass(frozen=True)
class Draws:
    """The accuracies of many draws of fifteen pairs, for one network at one threshold."""

    mean: float
    deviation: float  # standard deviation
    low: float  # 95 % of the draws lie between
    high: float
    as_good: float  # share of the draws with 11 or more right


def judge_draws(
    embeddings: NDArray[np.float32],
    people: NDArray[np.int64],
    pairs: NDArray[np.int64],
    threshold: float,
) -> Draws:
    """Return how the accuracies of draws spread.

    `embeddings`: (N, D); `people`: (N,); `pairs`: (T * 15, 2) rows; `threshold`: squared distance
    up to which a pair counts as one person.
    """
    one, other = pairs.T
    wide = embeddings.astype(np.float64)
    distance = ((wide[one] - wide[other]) ** 2).sum(axis=1)
    right = (distance <= threshold) == (people[one] == people[other])
    accuracy = right.reshape(-1, PAIRS).mean(axis=1)  # (T,)
    low, high = np.quantile(accuracy, [0.025, 0.975])
    return Draws(
        mean=float(accuracy.mean()),
        deviation=float(accuracy.std()),
        low=float(low),
        high=float(high),
        as_good=float(np.mean(accuracy >= (RIGHT - 0.5) / PAIRS)),
    )


def guessing_is_as_good() -> float:
    """Return how often a coin is right on 11 or more of fifteen pairs: 0.059."""
    return sum(math.comb(PAIRS, right) for right in range(RIGHT, PAIRS + 1)) / 2**PAIRS
