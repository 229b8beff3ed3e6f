"""The surroundings network: does the face lie within the edges of a sheet, a phone, a window.

A small network of our own (scripts/train_liveness.py) that sees a square around the face, four
times as wide as it. It may deny only: `vision.liveness` holds the mean over several frames against
the limit here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from facelock.core.frames import FaceBox, Frame, Pixels
from facelock.vision.models import read_net_onnx

if TYPE_CHECKING:
    from facelock.core.look import Look

LIMIT: Final = 0.9
"""Exceeded by 0.2 % of living faces on single real pictures of people not learned on (LFW fold 8,
half of UTKFace and of Yale) and by 1.8 % in made-up scenes: scripts/train_liveness.py."""

SIDE: Final = 128  # pixels of the square that the network sees
WIDTHS: Final = 4.0  # so many times as wide as the face
BEYOND: Final = (255, 0, 255)  # BGR, where the square reaches beyond the frame

_SCALE, _MEAN = 1 / 128, 127.5


class SurroundingsNetwork:
    """Not shared between threads. Raises ModelMissing, ModelCorrupt."""

    def __init__(self) -> None:
        self._net = read_net_onnx("liveness_surroundings.onnx")

    def score(self, frame: Frame, look: Look) -> float:
        """Return a logit: the higher, the more like an attack. Raises ValueError without a face."""
        if look.face is None:
            raise ValueError("no face to be scored")
        around = surroundings(frame.pixels, look.face.box)
        self._net.setInput(cv2.dnn.blobFromImage(around, _SCALE, mean=(_MEAN,) * 3, swapRB=True))
        return float(np.asarray(self._net.forward()).ravel()[0])


def surroundings(pixels: Pixels, box: FaceBox, side: int = SIDE) -> Pixels:
    """Return the square around a face, (128, 128, 3) uint8 BGR; `BEYOND` outside of the frame."""
    x, y = box.centre
    half = WIDTHS * max(box.width, 1.0) / 2
    left, top, right, bottom = (round(edge) for edge in (x - half, y - half, x + half, y + half))
    inner = pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    seen = np.empty((side, side, 3), np.uint8)
    seen[:] = BEYOND
    if not inner.size:
        return seen
    # Only what the frame shows is shrunk: most of a large square may lie beyond it.
    scale = side / max(bottom - top, 1)
    column, row = round(max(-left, 0) * scale), round(max(-top, 0) * scale)
    width = min(max(round(inner.shape[1] * scale), 1), side - column)
    height = min(max(round(inner.shape[0] * scale), 1), side - row)
    if width < 1 or height < 1:
        return seen
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    seen[row : row + height, column : column + width] = cv2.resize(
        inner, (width, height), interpolation=way
    )
    return seen
