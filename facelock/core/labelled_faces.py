"""Embeddings of many people's pictures, with whose they are: what calibration is measured on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facelock.core.comparison import fuse

TEMPLATE_IMAGES = 10
_ROWS = 512  # of a distance matrix, in memory at a time


@dataclass(frozen=True, eq=False)
class LabelledFaces:
    """Embeddings, and the person of each. Raises ValueError if they differ in number."""

    embeddings: NDArray[np.float32] = field(repr=False)  # (N, D) unit rows
    people: NDArray[np.int64]  # (N,) number of the person, 0 to P - 1

    def __post_init__(self) -> None:
        if self.embeddings.ndim != 2 or self.people.shape != self.embeddings.shape[:1]:
            raise ValueError("each face belongs to one person")

    def distances(
        self, others: LabelledFaces
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """Yield some faces at a time: their rows, (R,), and distances to all `others`, (R, M)."""
        columns = others.embeddings.astype(np.float64).T  # (D, M)
        for start in range(0, len(self.people), _ROWS):
            rows = np.arange(start, min(start + _ROWS, len(self.people)))
            distance = 2.0 - 2.0 * self.embeddings[rows].astype(np.float64) @ columns
            yield rows, np.clip(distance, 0.0, 4.0)

    def mated_distances(self) -> list[NDArray[np.float64]]:
        """Return the distances between the images of each person who has two or more, (n_i,)."""
        found = []
        for person in np.unique(self.people):
            own = self.embeddings[self.people == person].astype(np.float64)
            if len(own) > 1:
                distance = np.clip(2.0 - 2.0 * own @ own.T, 0.0, 4.0)
                found.append(distance[np.triu_indices(len(own), 1)])
        return found

    def templates(self) -> LabelledFaces:
        """Fuse the first images, ten at most, of each person who has two or more."""
        fused, owners = [], []
        for person in np.unique(self.people):
            images = self.embeddings[self.people == person][:TEMPLATE_IMAGES]
            if len(images) > 1:
                fused.append(fuse(list(images)))
                owners.append(person)
        stacked = np.stack(fused) if fused else np.empty((0, self.embeddings.shape[1]), np.float32)
        return LabelledFaces(stacked, np.array(owners, np.int64))
