"""Closes the eyes of a portrait: the skin of the upper lid is drawn down over the eye."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels
from facelock.vision.portrait import Portrait

# FaceMesh points along the lids, corner to corner in the same order above and below.
_EYES = (
    ((33, 246, 161, 160, 159, 158, 157, 173, 133), (33, 7, 163, 144, 145, 153, 154, 155, 133)),
    ((362, 398, 384, 385, 386, 387, 388, 466, 263), (362, 382, 381, 380, 374, 373, 390, 249, 263)),
)
_LID = 1.05  # openings of the eye: so much skin above it is drawn down
_LASHES = 0.32  # openings: the dark rim above the lid's edge moves with it, unstretched
_RIM = 0.15  # openings: the rim below that edge
_MEET = 0.85  # of the way down: the lower lid comes up for the rest, which nobody sees


def with_lids_closed(portrait: Portrait, share: float) -> Pixels:
    """Return the portrait's picture with both eyes closed by `share`, 0 (as taken) to 1."""
    if share <= 0:
        return portrait.pixels
    height, width = portrait.matte.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    source = y.copy()
    for above, below in _EYES:
        _draw_down(source, portrait.landmarks[list(above)], portrait.landmarks[list(below)], share)
    moved = source != y
    closed = cv2.remap(portrait.pixels, x, source, cv2.INTER_LINEAR)
    # The lid's edge lies between rows: without a little blur it would be a staircase.
    soft = cv2.GaussianBlur(closed, (0, 0), 0.9)
    reach = cv2.dilate(moved.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where(reach[..., None], soft, closed).astype(np.uint8)


def _draw_down(
    source: NDArray[np.float32],
    above: NDArray[np.float32],
    below: NDArray[np.float32],
    share: float,
) -> None:
    """Write into `source` which row each row of the closing eye is taken from.

    In every column the lid's skin is stretched from the crease down to the lashes, the lashes keep
    their size, and the eye below them stays as it is, more and more of it covered.
    """
    order = np.argsort(above[:, 0])
    left, right = float(above[order[0], 0]), float(above[order[-1], 0])
    columns = np.arange(int(np.ceil(left)), int(right) + 1)
    upper = np.interp(columns, above[order, 0], above[order, 1])
    order = np.argsort(below[:, 0])
    lower = np.interp(columns, below[order, 0], below[order, 1])
    opening = max(float((lower - upper).max()), 1.0)
    # The crease follows the lid and meets the corners, so that nothing moves beside the eye.
    arch = np.sin(np.pi * np.clip((columns - left) / (right - left), 0.02, 0.98))
    for column, top, bottom, bow in zip(columns, upper, lower, arch, strict=True):
        drawn = share * _MEET * max(bottom - top, 0.0)
        crease = top - _LID * opening * bow
        lashes, rim = top - _LASHES * opening * bow, top + _RIM * opening * bow
        rows = np.arange(int(np.ceil(crease)), int(rim + drawn) + 1)
        source[rows, column] = np.interp(
            rows, (crease, lashes + drawn, rim + drawn), (crease, lashes, rim)
        )
