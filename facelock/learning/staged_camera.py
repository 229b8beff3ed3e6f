"""What a webcam makes of a made-up scene: its own effects, and where its frame ends."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels
from facelock.learning import webcam_effects as webcam
from facelock.learning.staging import MIDDLE, SIDE, UNIT

BEYOND = (255, 0, 255)  # BGR: where no picture was taken, outside of the frame

Edges: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom; pixels of the canvas."""


def through_camera(scene: Pixels, frame: Edges, rng: np.random.Generator, size: int = 96) -> Pixels:
    """Return a scene as the product sees it through a webcam: (size, size, 3).

    With the camera's effects, and a box that does not sit quite right. `frame`: where the camera's
    picture ends on the canvas.
    """
    turn = cv2.getRotationMatrix2D(
        (MIDDLE, MIDDLE), float(rng.normal(0, 4)), float(np.exp(rng.normal(0, 0.08)))
    )
    turn[:, 2] = turn[:, 2] + rng.normal(0, 3, 2)
    moved = cv2.warpAffine(scene, turn, (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT_101)
    seen = webcam.defocus(np.asarray(moved, np.uint8), abs(rng.normal(0, 0.9)))
    seen = webcam.light(
        seen,
        exposure=float(rng.uniform(0.5, 1.25)),
        gamma=float(np.exp(rng.normal(0, 0.2))),
        across=float(np.clip(rng.normal(0, 0.12), -0.5, 0.5)),
        down=float(np.clip(rng.normal(0, 0.12), -0.5, 0.5)),
    )
    seen = webcam.cast(seen, (1 + rng.normal(0, 0.06, 3)).astype(np.float32))
    seen = webcam.noise(
        seen, photons=float(np.exp(rng.uniform(5.5, 9.5))), read=rng.uniform(0, 3), gain=1, rng=rng
    )
    if rng.random() < 0.7:
        seen = webcam.jpeg(seen, int(rng.integers(40, 95)))
    if rng.random() < 0.05:
        seen = webcam.grey(seen)
    left, top, right, bottom = frame
    framed = np.empty_like(seen)
    framed[:] = BEYOND
    framed[top:bottom, left:right] = seen[top:bottom, left:right]
    if rng.random() < 0.03:  # a camera that delivers black bars
        bar = int(rng.uniform(2, 14))
        framed[top:bottom, left : left + bar] = framed[
            top:bottom, max(right - bar, left) : right
        ] = 4
    return webcam.coarse(framed, size)


def tight_frame(rng: np.random.Generator) -> Edges:
    """Return the ends of a frame that is all face, as in a ready-cut crop."""
    reach = rng.uniform(0.5, 0.85, 4) * UNIT
    return on_canvas(MIDDLE + reach * np.array([-1, -1.1, 1, 1.1]))


def frame_around(rng: np.random.Generator, picture: Edges | None = None) -> Edges:
    """Return where a camera's frame ends, of the usual shapes and distances.

    `picture`: two of these edges at least are well within the frame, as far as a few dozen tries
    find such a one.
    """
    found = _any_frame(rng)
    for _ in range(40):
        if picture is None or _edges_within(picture, found) >= 2:
            break
        found = _any_frame(rng)
    return found


def _edges_within(picture: Edges, frame: Edges) -> int:
    inwards = (1, 1, -1, -1)
    gap = 0.12 * UNIT
    pairs = zip(picture, frame, inwards, strict=True)
    return sum((inner - outer) * sign > gap for inner, outer, sign in pairs)


def _any_frame(rng: np.random.Generator) -> Edges:
    width = UNIT / rng.uniform(0.13, 0.5)  # of the frame, pixels of the canvas
    height = width / float(rng.choice([4 / 3, 4 / 3, 16 / 9, 16 / 9, 3 / 4, 9 / 16, 1.0]))
    height = max(height, 1.6 * UNIT)
    x, y = rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.65)  # where in the frame the face is
    ends = np.array([-x * width, -y * height, (1 - x) * width, (1 - y) * height])
    return on_canvas(MIDDLE + ends)


def on_canvas(ends: NDArray[np.float64]) -> Edges:
    """Return edges as whole pixels within the canvas; `ends`: (4,) left, top, right, bottom."""
    left, top, right, bottom = (int(end) for end in np.clip(np.round(ends), 0, SIDE))
    return left, top, right, bottom
