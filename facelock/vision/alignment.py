"""FaceMesh points to the upright 112 x 112 face the network was trained on.

The border is constant black everywhere: padding by replication raised the false match rate on
tight crops from 0.11 % to 4.7 % (measured on NUAA, see models/MODEL_CARD.md).
"""

from __future__ import annotations

import cv2
import numpy as np

from facelock.core.frames import CROP_SIZE, FaceCrop, Frame, Landmarks

_POINTS = (33, 133, 362, 263, 2, 1, 61, 291, 70, 300)
"""Eye corners, base and tip of the nose, mouth corners, outer ends of the brows."""

_TARGETS = np.array(
    [
        (30.33, 51.89),
        (45.64, 52.46),
        (64.86, 52.40),
        (80.53, 51.69),
        (54.98, 77.98),
        (54.57, 74.43),
        (40.91, 90.57),
        (70.18, 90.15),
        (23.61, 44.28),
        (87.52, 43.90),
    ]
)
"""Where they lie in the ArcFace frame (Deng et al. 2019), fitted over many faces; pixels."""

_SHRINK_FROM = 2.0  # faces larger than this many times the target are shrunk by area first


def similarity_transform(
    source: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    target: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the (2, 3) rotation, uniform scale and shift that best maps source to target.

    Least squares in closed form (Umeyama 1991, without reflection). `source` and `target`: (N, 2).
    """
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    s, t = source - source_mean, target - target_mean
    spread = max(float((s**2).sum()), 1e-12)
    a = float((s * t).sum()) / spread
    b = float((s[:, 0] * t[:, 1] - s[:, 1] * t[:, 0]).sum()) / spread
    linear = np.array([[a, -b], [b, a]])
    return np.hstack([linear, (target_mean - linear @ source_mean)[:, None]])


def align(frame: Frame, landmarks: Landmarks) -> FaceCrop:
    """Cut the face out, upright and scaled. Bilinear; large faces are shrunk by area first."""
    source = landmarks.points[list(_POINTS), :2].astype(np.float64)
    transform = similarity_transform(source, _TARGETS)
    pixels: cv2.typing.MatLike = frame.pixels
    shrink = 1.0 / max(float(np.hypot(transform[0, 0], transform[1, 0])), 1e-6)
    if shrink > _SHRINK_FROM:
        factor = 1.0 / np.floor(shrink)
        left, top, right, bottom = _extent(transform, frame)
        region = pixels[top:bottom, left:right]
        if region.size:
            height, width = region.shape[:2]
            size = (max(round(width * factor), 1), max(round(height * factor), 1))
            pixels = cv2.resize(region, size, interpolation=cv2.INTER_AREA)
            scale = np.array([size[0] / width, size[1] / height])
            # A pixel's centre is at half a unit, so shrinking shifts by half a pixel.
            moved = (source - (left, top) + 0.5) * scale - 0.5
            transform = similarity_transform(moved, _TARGETS)
    crop = cv2.warpAffine(
        pixels,
        transform,
        (CROP_SIZE, CROP_SIZE),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(0, 0, 0),
    )
    return FaceCrop(np.ascontiguousarray(crop, dtype=np.uint8))


def _extent(
    transform: np.ndarray[tuple[int, ...], np.dtype[np.float64]], frame: Frame
) -> tuple[int, int, int, int]:
    """Return the part of the frame the crop is taken from: left, top, right, bottom."""
    back = cv2.invertAffineTransform(transform)
    side = float(CROP_SIZE)
    corners = np.array([(0, 0, 1), (side, 0, 1), (0, side, 1), (side, side, 1)]) @ back.T
    low, high = corners.min(axis=0) - 2, corners.max(axis=0) + 2
    left, top = max(int(low[0]), 0), max(int(low[1]), 0)
    return left, top, min(int(high[0]) + 1, frame.width), min(int(high[1]) + 1, frame.height)
