"""Batches of P people with K images each, so that every anchor finds positives and negatives."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from facelock.learning.seeds import generator


class PKSampler:
    """P x K batches of row numbers (Hermans, Beyer & Leibe 2017).

    `labels`: (N,) int, who each row shows. An epoch shows every person once, in a new order; the
    last batch is filled up with people drawn again, so that all batches are of one size, and no
    batch shows a person twice. With fewer than P people, all of them make the batch. Who has more
    than K images is shown by K different ones; who has fewer, by all of them and then again.

    An epoch depends on the seed and its number alone: there is nothing to save when a training is
    interrupted. Raises ValueError without two people, or without room for two images of a person.
    """

    def __init__(self, labels: ArrayLike, *, people: int, images: int, seed: int) -> None:
        labels = np.asarray(labels)
        if labels.ndim != 1 or not np.issubdtype(labels.dtype, np.integer):
            raise ValueError("one whole number a row is wanted")
        self._rows = [np.flatnonzero(labels == person) for person in np.unique(labels)]
        if len(self._rows) < 2 or people < 2 or images < 2:
            raise ValueError("a triplet needs two people, and two images of one of them")
        self.people = min(people, len(self._rows))
        self.images = images
        self.seed = seed

    def __len__(self) -> int:
        """How many batches an epoch has."""
        return math.ceil(len(self._rows) / self.people)

    def epoch(self, number: int) -> Iterator[NDArray[np.int64]]:
        """Yield the batches of one epoch: (P * K,) int64 rows, each person's K side by side."""
        random = generator(self.seed, number)
        order = random.permutation(len(self._rows))
        for first in range(0, len(order), self.people):
            batch = order[first : first + self.people]
            if lacking := self.people - len(batch):
                others = np.setdiff1d(order, batch)
                batch = np.concatenate([batch, random.choice(others, lacking, replace=False)])
            yield np.concatenate([self._draw(random, self._rows[person]) for person in batch])

    def _draw(self, random: np.random.Generator, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return K rows of a person; none comes again before all have come."""
        rounds = math.ceil(self.images / len(rows))
        return np.concatenate([random.permutation(rows) for _ in range(rounds)])[: self.images]
