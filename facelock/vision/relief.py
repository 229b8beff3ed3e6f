"""A portrait as a solid head: the depth of its pixels, and how much each turns with the head.

The depth of the face is FaceMesh's own, spread between its points by linear radial basis
functions and led smoothly back to the depth of the ears beyond them, as a skull does. Shoulders
stay where they are; the neck bends in between.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import HeadPose

Field = NDArray[np.float32]

CELL = 4  # pixels per cell of the coarse grids: depth is smooth, textures are not
_EARS = (234, 454)
_CHIN, _FOREHEAD = 152, 10
_FACE_OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
_SKULL = 0.55  # of the face's width: so far beyond the face the depth has come back to the ears'
_CAMERA = 6.0  # distance of the camera, in widths of the face
_HALF_WIDTH, _RIM = 0.80, 1.45  # of the face's size: turns fully within, not at all beyond


@dataclass(frozen=True, eq=False)
class Relief:
    """The solid head of one portrait, on a grid of `CELL` pixels."""

    x: Field = field(repr=False)  # (rows, columns) pixels from the pivot, to the right
    y: Field = field(repr=False)  # pixels from the pivot, downwards
    z: Field = field(repr=False)  # pixels behind the pivot
    weight: Field = field(repr=False)  # 0 stays with the shoulders, 1 turns with the head
    camera: float  # pixels from the camera to the pivot

    def displacement(self, pose: HeadPose) -> Field:
        """Return how far each cell moves when the head turns by `pose`, (rows, columns, 2) pixels.

        `pose` counts from the portrait's own. The perspective is that of a webcam at arm's length.
        """
        rotation = rotation_of(pose).astype(np.float32)
        x, y, z = self.x, self.y, self.z
        turned_x = rotation[0, 0] * x + rotation[0, 1] * y + rotation[0, 2] * z
        turned_y = rotation[1, 0] * x + rotation[1, 1] * y + rotation[1, 2] * z
        turned_z = rotation[2, 0] * x + rotation[2, 1] * y + rotation[2, 2] * z
        # Depth before the turn cancels the perspective that the portrait was taken with.
        nearer = (self.camera + z) / (self.camera + turned_z)
        moved = np.stack([turned_x * nearer - x, turned_y * nearer - y], axis=-1)
        return np.asarray(moved * self.weight[..., None], np.float32)


def rotation_of(pose: HeadPose) -> NDArray[np.float64]:
    """Return the (3, 3) rotation of image coordinates (x right, y down, z away).

    Signs are those of `HeadPose`: yaw > 0 moves the nose to the right of the picture, pitch > 0
    moves it up, roll > 0 turns the picture clockwise.
    """
    yaw, pitch, roll = np.radians([pose.yaw, pose.pitch, pose.roll])
    about_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array(
        [[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]]
    )
    about_z = np.array(
        [[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]]
    )
    return np.asarray(about_z @ about_x @ about_y)


def make_relief(landmarks: NDArray[np.float32], height: int, width: int) -> Relief:
    """Return the relief of a portrait of `height` by `width` pixels with these (468, 3) points."""
    points = landmarks.astype(np.float64)
    rows, columns = height // CELL, width // CELL
    x, y = np.meshgrid(
        (np.arange(columns) + 0.5) * CELL - 0.5, (np.arange(rows) + 0.5) * CELL - 0.5
    )
    face_width = float(np.linalg.norm(points[_EARS[1], :2] - points[_EARS[0], :2]))
    ears = float(points[list(_EARS), 2].mean())
    depth = _blend_to_skull(_spread(points, x, y), points, x, y, face_width, ears)
    depth = np.asarray(cv2.GaussianBlur(depth, (0, 0), 1.2), np.float32)
    pivot = points[list(_EARS), :2].mean(axis=0)
    return Relief(
        x=(x - pivot[0]).astype(np.float32),
        y=(y - pivot[1]).astype(np.float32),
        z=(depth - ears).astype(np.float32),
        weight=_turning(points, x, y, face_width),
        camera=_CAMERA * face_width,
    )


def _spread(
    points: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Interpolate the points' depth over the grid by linear radial basis functions."""
    where = points[:, :2]
    between = np.linalg.norm(where[:, None] - where[None], axis=-1)  # (468, 468)
    mean = points[:, 2].mean()
    # A little slack smooths over points that nearly coincide (lips, lids).
    weights = np.linalg.solve(between - 2.0 * np.eye(len(points)), points[:, 2] - mean)
    cells = np.stack([x.ravel(), y.ravel()], axis=1)
    spread = np.zeros(len(cells))
    for point, weight in zip(where, weights, strict=True):
        spread += weight * np.hypot(cells[:, 0] - point[0], cells[:, 1] - point[1])
    return np.asarray(spread.reshape(x.shape) + mean)


def _blend_to_skull(
    depth: NDArray[np.float64],
    points: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    face_width: float,
    ears: float,
) -> NDArray[np.float32]:
    """Keep the face's depth inside its oval; lead it back to the ears' beyond."""
    face = np.zeros(x.shape, np.uint8)
    oval = np.round((points[list(_FACE_OVAL), :2] - (x[0, 0], y[0, 0])) / CELL).astype(np.int32)
    cv2.fillPoly(face, [oval], 1)
    beyond = np.asarray(cv2.distanceTransform(1 - face, cv2.DIST_L2, 5), np.float64) * CELL
    share = _smooth(beyond / (_SKULL * face_width))
    return np.asarray(depth * (1 - share) + ears * share, np.float32)


def _turning(
    points: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    face_width: float,
) -> Field:
    """Return how much each cell turns with the head: hair and hat do, shoulders do not."""
    centre = points[[_CHIN, _FOREHEAD], :2].mean(axis=0)
    face_height = float(np.linalg.norm(points[_CHIN, :2] - points[_FOREHEAD, :2]))
    across = (x - centre[0]) / (_HALF_WIDTH * face_width)
    # Upwards the head has no neck: everything there belongs to it.
    down = np.maximum(y - centre[1], 0) / (0.56 * face_height)
    outward = np.hypot(across, down)
    return np.asarray(1 - _smooth((outward - 1) / (_RIM - 1)), np.float32)


def _smooth(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth step from 0 to 1."""
    t = np.clip(value, 0, 1)
    return np.asarray(t * t * (3 - 2 * t))
