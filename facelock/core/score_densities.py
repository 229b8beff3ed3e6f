"""Where the distances of the calibration people lie: a median for the margin, densities to draw.

Every person counts as much as any other, however many pictures there are of them: each person's
mated comparisons weigh 1 together, and so do the non-mated comparisons of each two people.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from facelock.core.labelled_faces import LabelledFaces
from facelock.core.threshold import ScoreDensities

BINS = 80
"""Bins of squared distance on 0 to 4: 0.05 each."""


def mated_median(faces: LabelledFaces) -> float:
    """Return the median over people of the median distance between two of their images.

    With pictures taken on different days these are distances across sessions. Raises ValueError
    if nobody has two images.
    """
    medians = [float(np.median(distances)) for distances in faces.mated_distances()]
    if not medians:
        raise ValueError("nobody has two images")
    return float(np.median(medians))


def measure_densities(faces: LabelledFaces) -> ScoreDensities:
    """Return the densities. Raises ValueError if nobody has two images, or there is one person."""
    edges = np.linspace(0.0, 4.0, BINS + 1)
    mated = np.zeros(BINS)
    for distances in faces.mated_distances():
        mated += np.histogram(distances, edges)[0] / distances.size
    images = np.bincount(faces.people)  # (P,)
    weight = 1.0 / images[faces.people]  # (N,)
    non_mated = np.zeros(BINS)
    for rows, distance in faces.distances(faces):
        stranger = faces.people[rows, None] != faces.people[None, :]
        weights = weight[rows, None] * weight[None, :]
        non_mated += np.histogram(distance[stranger], edges, weights=weights[stranger])[0]
    return ScoreDensities(edges, _shares(mated), _shares(non_mated))


def _shares(counted: NDArray[np.float64]) -> NDArray[np.float64]:
    if counted.sum() == 0:
        raise ValueError("densities need two people, and two images of somebody")
    return np.asarray(counted / counted.sum(), np.float64)
