"""Distances between embeddings. Lower is more alike, everywhere; nobody flips a sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import NetworkMismatch
from facelock.core.levels import Level
from facelock.core.liveness import LAYERS, Layer

Embedding: TypeAlias = NDArray[np.float32]
"""(D,) float32 of unit length; D = 192 for the bundled network."""

UNREACHABLE = -8.0
"""A threshold that no distance keeps. A row with it is compared like any other, and is always a
worse fit than a row without it: who else is enrolled does not show (threat-model row 23)."""

_FLOAT32_SLACK = np.float32(1e-4)
"""Rows whose float32 distances differ by more are in the right order for certain: a product of
unit vectors is off by at most D u / (1 - D u), u = 2^-24 (Higham 2002, 3.1): 1.2e-5 for D = 192."""


def squared_distance(a: Embedding, b: Embedding) -> float:
    """Return the squared Euclidean distance of two unit embeddings, 0 to 4.

    d(x, y) = ||x - y||^2, the distance of FaceNet (Schroff et al. 2015). For unit vectors it
    equals 2 - 2 cos(x, y).
    """
    difference = a.astype(np.float64) - b.astype(np.float64)
    return float(np.dot(difference, difference))


def fuse(embeddings: Sequence[Embedding]) -> Embedding:
    """Return the mean of unit embeddings, brought back to unit length.

    Raises ValueError if there are none, or if they cancel out.
    """
    if not embeddings:
        message = "nothing to fuse"
        raise ValueError(message)
    mean = np.mean(np.stack(embeddings).astype(np.float64), axis=0)  # (D,)
    length = float(np.linalg.norm(mean))
    if not np.isfinite(length) or length < 1e-6:
        message = "embeddings cancel out"
        raise ValueError(message)
    fused: Embedding = (mean / length).astype(np.float32)
    return fused


def leave_one_out_distances(embeddings: Sequence[Embedding]) -> NDArray[np.float64]:
    """Return each sample's distance to the template fused from all the others, (N,).

    How far a person's own samples lie from their template. Raises ValueError below two samples.
    """
    if len(embeddings) < 2:
        message = "leave-one-out needs two samples or more"
        raise ValueError(message)
    return np.array(
        [
            squared_distance(one, fuse([*embeddings[:index], *embeddings[index + 1 :]]))
            for index, one in enumerate(embeddings)
        ]
    )


@dataclass(frozen=True)
class Nearest:
    """The result of comparing one probe with every template."""

    profile_id: str
    distance: float
    threshold: float

    @property
    def is_match(self) -> bool:
        """True if the probe lies within the threshold of that template."""
        return self.distance <= self.threshold


@dataclass(frozen=True, eq=False)
class Gallery:
    """All references in use, as one matrix: a comparison is one product.

    Every template is compared every time (threat-model row 23). Replaced whole, never patched.
    A row in `anchors` (a remembered look) counts only for probes that lie within the given distance
    of a row of the same owner that is not in it (row 19).
    """

    references: NDArray[np.float32]  # (R, D) unit rows; stored by columns the product is fastest
    owners: tuple[str, ...]  # (R,) profile id of each row
    thresholds: NDArray[np.float64]  # (R,) threshold of each row
    demo: bool  # True if made from a demo profile: only simulated frames may be compared with it
    model_sha256: str  # the network that all rows are from; probes of another mean nothing here
    layers: frozenset[Layer] = LAYERS[Level.STRICT]  # of liveness, that a face must get past
    anchors: Mapping[int, float] = field(default_factory=dict)  # distance limit by row
    eyes_required: bool = True  # a look with shut eyes is no look
    cameras: Mapping[str, tuple[str, ...]] | None = None  # each owner's face opens with; None: any
    _reach: NDArray[np.float32] = field(init=False, repr=False)  # (R,) 2 - threshold
    _enrolled: Mapping[int, NDArray[np.intp]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows = self.references.shape[0] if self.references.ndim == 2 else -1
        if not rows == len(self.owners) == len(self.thresholds):
            message = "references, owners and thresholds differ in number"
            raise ValueError(message)
        if not self.layers and not self.demo:
            message = "a real profile is never compared without liveness"
            raise ValueError(message)
        object.__setattr__(self, "_reach", (2.0 - self.thresholds).astype(np.float32))
        object.__setattr__(self, "_enrolled", self._enrolled_rows())

    def _enrolled_rows(self) -> dict[int, NDArray[np.intp]]:
        """Return, for each anchored row, the rows of its owner that are not."""
        by_owner: dict[str, list[int]] = {self.owners[row]: [] for row in self.anchors}
        if not by_owner:
            return {}
        for row, owner in enumerate(self.owners):
            if owner in by_owner and row not in self.anchors:
                by_owner[owner].append(row)
        return {row: np.array(by_owner[self.owners[row]], np.intp) for row in self.anchors}

    def knows_camera(self, camera_id: str) -> bool:
        """True if somebody's face opens with this camera."""
        return self.cameras is None or any(camera_id in known for known in self.cameras.values())

    def seen_by(self, camera_id: str) -> Gallery:
        """Return the gallery as it counts for one camera: who does not know it cannot be matched.

        They are compared all the same (threat-model rows 3 and 23).
        """
        if self.cameras is None:
            return self
        known = [camera_id in self.cameras.get(owner, ()) for owner in self.owners]
        return replace(self, thresholds=np.where(known, self.thresholds, UNREACHABLE))

    def check_network(self, model_sha256: str) -> None:
        """Raise NetworkMismatch unless probes of this network may be compared with it."""
        if model_sha256 != self.model_sha256:
            raise NetworkMismatch("the gallery was made by another network than the probes")

    @property
    def people(self) -> int:
        """How many different people are in it."""
        return len(set(self.owners))

    def nearest(self, probe: Embedding) -> Nearest | None:
        """Compare with every reference; return the one that fits best, None if there are none.

        "Best" is the smallest distance relative to the row's own threshold. The answer is that of
        float64: float32 only finds the few rows that can be it, and those are computed again.
        """
        if not self.owners:
            return None
        excess = self.references @ probe  # (R,) float32
        excess *= -2.0
        excess += self._reach  # distance - threshold
        thresholds = self.thresholds
        if unanchored := [row for row in self.anchors if not self._is_anchored(row, excess)]:
            excess[unanchored] -= np.float32(UNREACHABLE)
            thresholds = thresholds.copy()
            thresholds[unanchored] = UNREACHABLE
        rows = np.flatnonzero(excess <= excess.min() + _FLOAT32_SLACK)
        if not rows.size:  # a probe of no numbers; it is near to nobody
            rows = np.zeros(1, np.intp)
        candidates = np.asarray(self.references)[rows].astype(np.float64)  # (C, D)
        distances = np.clip(2.0 - 2.0 * (candidates @ probe.astype(np.float64)), 0.0, 4.0)
        best = int(np.argmin(distances - thresholds[rows]))
        row = int(rows[best])
        return Nearest(self.owners[row], float(distances[best]), float(thresholds[row]))

    def _is_anchored(self, row: int, excess: NDArray[np.float32]) -> bool:
        """True if the probe lies within the row's limit of an enrolled row of the same owner.

        `excess`: (R,) distance - threshold, still that of the comparison on enrolled rows.
        """
        rows = self._enrolled[row]
        distances = excess[rows] + self.thresholds[rows]
        return bool(rows.size) and float(distances.min()) <= self.anchors[row]
