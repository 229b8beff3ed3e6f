"""Measures how the points on a face move against each other. `core.solidity` judges the numbers.

The face is brought into a small patch of constant size, so that its shift, size and roll are gone.
Corners of a reference patch are found again in each later one (Lucas-Kanade), the smooth cubic map
that takes most of them along is found, the later patch is straightened by it, and the corners are
looked for once more: what is now left of their motion, no sheet of paper can do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.solidity import MotionSample

if TYPE_CHECKING:
    from facelock.core.frames import Frame, Landmarks

_Points: TypeAlias = NDArray[np.float64]
_Grey: TypeAlias = NDArray[np.uint8]

_SIDE = 128  # pixels of the patch
_EYES_APART = 44.0  # pixels between the eyes in it
_REFERENCE_SECONDS = 1.0  # a reference serves so long
_MOST_POINTS, _FEWEST_POINTS = 110, 30
_FOUND_AGAIN = 0.6  # pixels: a point tracked there and back must come home so near
_LOCAL = 6.0  # pixels: what is smoother than this is light, not face
_CONTRAST = 1.5
_CELL = 4  # pixels: the map is computed on a grid and filled in between
_EDGE = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
    148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""FaceMesh points along the edge of the face."""

_POWERS = tuple((i, j) for i in range(4) for j in range(4 - i))  # the ten terms of a cubic


@dataclass(frozen=True, eq=False)
class _Reference:
    grey: _Grey
    points: _Points  # (N, 2)
    track_id: int
    at: float


class FaceMotion:
    """Follows the points on one tracked face. Not shared between threads."""

    def __init__(self) -> None:
        self._reference: _Reference | None = None
        rows, columns = np.mgrid[0:_SIDE:_CELL, 0:_SIDE:_CELL] + (_CELL - 1) / 2
        self._grid = _terms(np.stack([columns.ravel(), rows.ravel()], axis=1))

    def reset(self) -> None:
        """Forget the face."""
        self._reference = None

    def measure(self, frame: Frame, landmarks: Landmarks, track_id: int) -> MotionSample | None:
        """Return how the face moved since the reference frame.

        None if this frame became the reference: at the start, each second, on a new track, and
        when the points were lost (a fast turn, motion blur, a face without features).
        """
        to_patch = _to_patch(landmarks)
        grey = _patch(frame, to_patch)
        known = self._reference
        if (
            known is None
            or known.track_id != track_id
            or not 0 <= frame.captured_at - known.at <= _REFERENCE_SECONDS
        ):
            self._refer_to(grey, landmarks, to_patch, track_id, frame.captured_at)
            return None
        sample = self._compare(known, grey, frame.captured_at)
        if sample is None:
            self._refer_to(grey, landmarks, to_patch, track_id, frame.captured_at)
        return sample

    def _refer_to(
        self,
        grey: _Grey,
        landmarks: Landmarks,
        to_patch: NDArray[np.float64],
        track_id: int,
        at: float,
    ) -> None:
        edge = landmarks.points[list(_EDGE), :2] @ to_patch[:, :2].T + to_patch[:, 2]
        inner = edge.mean(axis=0) + 0.95 * (edge - edge.mean(axis=0))
        mask = np.zeros((_SIDE, _SIDE), np.uint8)
        cv2.fillConvexPoly(mask, inner.astype(np.int32), 255)
        corners = cast(  # the stubs know nothing of None
            "cv2.typing.MatLike | None",
            cv2.goodFeaturesToTrack(grey, _MOST_POINTS, 0.005, 6, mask=mask, blockSize=5),
        )
        points = np.asarray(() if corners is None else corners, np.float64).reshape(-1, 2)
        enough = len(points) >= _FEWEST_POINTS
        self._reference = _Reference(grey, points, track_id, at) if enough else None

    def _compare(self, known: _Reference, grey: _Grey, at: float) -> MotionSample | None:
        start = known.points
        moved, found = _track(known.grey, grey, start, window=13, levels=2)
        if found.sum() < _FEWEST_POINTS:
            return None
        smooth, _ = _fit(start[found], moved[found])
        steps = np.linalg.norm(moved[found] - start[found], axis=1)
        straight = self._straightened(grey, smooth)
        again, seen = _track(known.grey, straight, start, window=11, levels=1)
        home, back = _track(straight, known.grey, again, window=11, levels=1)
        good = seen & back & (np.linalg.norm(home - start, axis=1) < _FOUND_AGAIN)
        if good.sum() < _FEWEST_POINTS:
            return None
        _, left = _fit(start[good], again[good])
        return MotionSample(
            at=at,
            motion=float(np.sqrt(np.mean(steps**2))) / _EYES_APART,
            residual=float(np.percentile(left, 85)) / _EYES_APART,
            tracked=float(good.mean()),
        )

    def _straightened(self, grey: _Grey, smooth: _Points) -> _Grey:
        """Return the patch as it would look, had the face not moved as `smooth` (10, 2) says."""
        cells = _SIDE // _CELL
        coarse = (self._grid @ smooth).reshape(cells, cells, 2).astype(np.float32)
        where = cv2.resize(coarse, (_SIDE, _SIDE), interpolation=cv2.INTER_LINEAR)
        straight = cv2.remap(
            grey,
            np.ascontiguousarray(where[..., 0]),
            np.ascontiguousarray(where[..., 1]),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(straight, np.uint8)


def _to_patch(landmarks: Landmarks) -> NDArray[np.float64]:
    """Return the (2, 3) similarity from the frame to the patch: eyes level and so far apart."""
    points = landmarks.points[:, :2].astype(np.float64)
    across = (points[362] + points[263] - points[33] - points[133]) / 2
    distance = max(float(np.hypot(*across)), 1e-3)
    cos, sin = across / distance
    turn = _EYES_APART / distance * np.array([[cos, sin], [-sin, cos]])
    centre = points[list(_EDGE)].mean(axis=0)
    return np.hstack([turn, (_SIDE / 2 - turn @ centre)[:, None]])


def _patch(frame: Frame, to_patch: NDArray[np.float64]) -> _Grey:
    patch = cv2.warpAffine(frame.pixels, to_patch, (_SIDE, _SIDE), flags=cv2.INTER_LINEAR)
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY).astype(np.float32)
    # Less its own surroundings: else a lamp that flickers would look like motion.
    fine = cv2.GaussianBlur(grey, (0, 0), 0.9) - cv2.GaussianBlur(grey, (0, 0), _LOCAL)
    return np.asarray(np.clip(128 + _CONTRAST * fine, 0, 255), np.uint8)


def _track(
    one: _Grey, two: _Grey, points: _Points, *, window: int, levels: int
) -> tuple[_Points, NDArray[np.bool_]]:
    """Return where the points of `one` are in `two`, (N, 2), and which were found, (N,)."""
    start = points.astype(np.float32)
    moved, status, _ = cv2.calcOpticalFlowPyrLK(
        one,
        two,
        start,
        start.copy(),
        winSize=(window, window),
        maxLevel=levels,
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
        minEigThreshold=1e-4,
    )
    return moved.astype(np.float64), status.ravel() > 0


def _terms(points: _Points) -> _Points:
    """Return the terms of a cubic in x and y, (N, 10); x and y are -1 to 1 across the patch."""
    x, y = (points.T - _SIDE / 2) / (_SIDE / 2)
    return np.stack([x**i * y**j for i, j in _POWERS], axis=1)


def _fit(start: _Points, end: _Points) -> tuple[_Points, _Points]:
    """Return the cubic map that most points follow, (10, 2), and how far each is from it, (N,).

    Three rounds of least squares, in which points that lie far off count less and less.
    """
    terms = _terms(start)
    smooth: _Points = np.zeros((len(_POWERS), 2))
    left: _Points = np.zeros(len(start))
    weight = np.ones(len(start))
    for _ in range(3):
        root = weight[:, None]
        smooth = np.asarray(np.linalg.lstsq(terms * root, end * root, rcond=None)[0], np.float64)
        left = np.asarray(np.linalg.norm(end - terms @ smooth, axis=1), np.float64)
        scale = max(1.5 * float(np.median(left)), 1e-3)
        weight = 1 / np.sqrt(np.maximum(left / scale, 1.0))
    return smooth, left
