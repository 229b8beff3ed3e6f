"""The one real face that tests may use everywhere: NASA's portrait of Eileen Collins.

Public domain, installed with scikit-image; no picture of anybody is kept in this repository for it.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import skimage

from facelock.core.frames import Frame, Pixels

FACE = (178, 81, 272, 175)
"""Where her face is: left, top, right, bottom, pixels."""
EYES_NOSE_MOUTH = ((203, 101), (245, 103), (222, 128), (222, 147))
"""Her right eye, left eye, tip of the nose, mouth; read off the picture, pixels."""


@cache
def portrait() -> Pixels:
    """Return the picture, (512, 512, 3) uint8 BGR, read-only."""
    pixels: Pixels = np.ascontiguousarray(skimage.data.astronaut()[:, :, ::-1])
    pixels.flags.writeable = False
    return pixels


def framed(pixels: cv2.typing.MatLike, at: float = 0.0, *, simulated: bool = True) -> Frame:
    """Return a frame of these pixels."""
    return Frame(np.array(pixels, np.uint8, order="C"), at, simulated=simulated)


def moved(degrees: float = 0.0, scale: float = 1.0) -> tuple[Pixels, cv2.typing.MatLike]:
    """Return the picture turned counter-clockwise about her face and scaled, and how: (2, 3)."""
    centre = ((FACE[0] + FACE[2]) / 2, (FACE[1] + FACE[3]) / 2)
    transform = cv2.getRotationMatrix2D(centre, degrees, scale)
    side = round(512 * max(scale, 1.0))
    to_middle = np.array([[0, 0, side / 2 - centre[0]], [0, 0, side / 2 - centre[1]]])
    transform = np.asarray(transform, np.float64) + to_middle
    turned = cv2.warpAffine(portrait(), transform, (side, side))
    return np.asarray(turned, np.uint8), transform
