"""The Siamese network at work: an aligned face to an embedding, through OpenCV, without torch."""

from __future__ import annotations

import cv2
import numpy as np

from facelock.core.comparison import Embedding
from facelock.core.frames import CROP_SIZE, FaceCrop
from facelock.vision.models import PINNED, read_net_onnx

_MODEL = "mobilefacenet.onnx"


class MobileFaceNetEmbedder:
    """Implements `core.ports.Embedder`. Not shared between threads."""

    def __init__(self) -> None:
        """Load the network. Raises ModelMissing, ModelCorrupt."""
        self._net = read_net_onnx(_MODEL)

    @property
    def model_sha256(self) -> str:
        """The hash of the weights in use."""
        return PINNED[_MODEL].sha256

    def embed(self, crop: FaceCrop) -> Embedding:
        """Return the unit embedding, (192,) float32. Input scaled as (RGB - 127.5) / 128."""
        blob = cv2.dnn.blobFromImage(
            crop.pixels, 1 / 128, (CROP_SIZE, CROP_SIZE), (127.5, 127.5, 127.5), swapRB=True
        )
        self._net.setInput(blob)
        raw = np.asarray(self._net.forward(), np.float32).reshape(-1)
        return raw / max(float(np.linalg.norm(raw)), 1e-12)
