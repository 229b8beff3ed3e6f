"""The passive networks: what a single frame tells of a print or a screen.

Two small networks of our own (scripts/train_liveness.py). One sees the aligned face, close; the
other what is around the face, for the edges of a sheet, a phone or a window on a screen. They may
deny only: `vision.liveness` holds the mean over several frames against the limits here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from facelock.core.frames import FaceBox, Frame, Pixels
from facelock.vision.models import read_net_onnx

if TYPE_CHECKING:
    from facelock.core.look import Look

TEXTURE_LIMIT: Final = 3.0
SURROUNDINGS_LIMIT: Final = 3.0

SURROUNDINGS_SIDE: Final = 96  # pixels of the square that the second network sees
SURROUNDINGS_WIDTHS: Final = 4.0  # so many times as wide as the face
BEYOND: Final = (255, 0, 255)  # BGR, where the square reaches beyond the frame

_SCALE, _MEAN = 1 / 128, 127.5


@dataclass(frozen=True)
class PassiveScores:
    """One logit of each network: the higher, the more like an attack."""

    texture: float
    surroundings: float


class PassiveNetworks:
    """Both networks. Not shared between threads. Raises ModelMissing, ModelCorrupt."""

    def __init__(self) -> None:
        self._texture = read_net_onnx("liveness_texture.onnx")
        self._surroundings = read_net_onnx("liveness_surroundings.onnx")

    def score(self, frame: Frame, look: Look) -> PassiveScores:
        """Return what both say of the face in this frame. Raises ValueError without a face."""
        if look.face is None:
            raise ValueError("no face to be scored")
        around = surroundings(frame.pixels, look.face.box)
        return PassiveScores(
            texture=_logit(self._texture, look.face.crop.pixels),
            surroundings=_logit(self._surroundings, around),
        )


def surroundings(pixels: Pixels, box: FaceBox) -> Pixels:
    """Return the square around a face, (96, 96, 3) uint8 BGR; `BEYOND` outside of the frame."""
    x, y = box.centre
    half = SURROUNDINGS_WIDTHS * max(box.width, 1.0) / 2
    left, top, right, bottom = (round(edge) for edge in (x - half, y - half, x + half, y + half))
    inner = pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    whole = np.empty((bottom - top, right - left, 3), np.uint8)
    whole[:] = BEYOND
    whole[max(-top, 0) :, max(-left, 0) :][: inner.shape[0], : inner.shape[1]] = inner
    size = (SURROUNDINGS_SIDE, SURROUNDINGS_SIDE)
    way = cv2.INTER_AREA if half > SURROUNDINGS_SIDE / 2 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(whole, size, interpolation=way), np.uint8)


def _logit(net: cv2.dnn.Net, pixels: Pixels) -> float:
    net.setInput(cv2.dnn.blobFromImage(pixels, _SCALE, mean=(_MEAN,) * 3, swapRB=True))
    return float(np.asarray(net.forward()).ravel()[0])
