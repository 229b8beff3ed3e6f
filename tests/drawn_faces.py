"""Pictures drawn with whole numbers alone, so that every machine draws the same bytes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import CROP_SIZE, FaceCrop, Pixels


def drawn_face(number: int = 0) -> Pixels:
    """Return a face of sorts, (112, 112, 3) uint8 BGR; each `number` is another one."""
    y, x = np.mgrid[:CROP_SIZE, :CROP_SIZE].astype(np.int64)
    picture = np.stack([60 + x // 2, 50 + y // 2, 90 + (x + y) // 4], axis=2)  # a lit wall
    tone = 40 + number * 17 % 60
    skin = np.array([90, 120, 150]) + tone // 2
    shade = (x - 56) // (3 + number % 4)
    oval = _inside(x, y, (56, 60), (40 + number % 5, 50))
    picture[oval] = (skin + shade[..., None])[oval]
    for middle in (38 - number % 3, 73 + number % 3):
        picture[_inside(x, y, (middle, 52), (9, 5))] = 235
        picture[_inside(x, y, (middle, 52), (4, 4))] = (tone, 40, 30)
        picture[(abs(x - middle) < 11) & (abs(y - 41 + number % 4) < 2)] = 35
    picture[(abs(x - 56) < 3 + number % 3) & (y > 55) & (y < 74)] -= 30
    picture[_inside(x, y, (56, 90), (16 + number % 6, 4))] = (70, 60, 170)
    hair = (y < 26 + (x * (number + 3)) % 7) & oval
    picture[hair] = tone + 40 * (((x + y) // 2)[hair, None] % 2)  # strands, two pixels wide
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def drawn_crops(count: int) -> NDArray[np.uint8]:
    """Return different faces, (N, 112, 112, 3) uint8 BGR."""
    return np.stack([drawn_face(number) for number in range(count)])


def drawn_crop(number: int = 0) -> FaceCrop:
    """Return one as an aligned face."""
    return FaceCrop(drawn_face(number))


def _inside(
    x: NDArray[np.int64], y: NDArray[np.int64], centre: tuple[int, int], half: tuple[int, int]
) -> NDArray[np.bool_]:
    """Tell which pixels are in an ellipse."""
    across, down = (x - centre[0]) * half[1], (y - centre[1]) * half[0]
    return np.asarray(across**2 + down**2 <= (half[0] * half[1]) ** 2)
