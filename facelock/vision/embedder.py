"""The Siamese network at work: an aligned face to an embedding, through OpenCV, without torch."""

from __future__ import annotations

import cv2
import numpy as np

from facelock.core.comparison import Embedding
from facelock.core.errors import ModelCorrupt
from facelock.core.frames import CROP_SIZE, FaceCrop
from facelock.core.head import Head, network_sha256
from facelock.vision.models import read_net_onnx
from facelock.vision.networks import FEATURES, NETWORKS, NetworkName


class MobileFaceNetEmbedder:
    """Implements `core.ports.Embedder`: a frozen backbone in OpenCV, then a head in numpy.

    Not shared between threads.
    """

    def __init__(self, network: NetworkName = "bundled") -> None:
        """Load a network by its name. Raises ModelMissing, ModelCorrupt."""
        files = NETWORKS[network]
        self._net = read_net_onnx(files.backbone)
        self._head = files.load_head()
        if self._head.inputs != FEATURES:
            raise ModelCorrupt("the head does not fit the backbone")
        self._backbone_sha256 = files.backbone_sha256
        self._model_sha256 = network_sha256(self._backbone_sha256, self._head)

    @property
    def backbone_sha256(self) -> str:
        """The hash of the backbone: features of the same one stay comparable."""
        return self._backbone_sha256

    @property
    def model_sha256(self) -> str:
        """The hash of backbone and head together: embeddings of the same are comparable."""
        return self._model_sha256

    @property
    def head(self) -> Head:
        """What turns a feature into an embedding."""
        return self._head

    def feature(self, crop: FaceCrop) -> Embedding:
        """Return the backbone's unit feature, (192,) float32. Input as (RGB - 127.5) / 128."""
        blob = cv2.dnn.blobFromImage(
            crop.pixels, 1 / 128, (CROP_SIZE, CROP_SIZE), (127.5, 127.5, 127.5), swapRB=True
        )
        self._net.setInput(blob)
        raw = np.asarray(self._net.forward(), np.float32).reshape(-1)
        return raw / max(float(np.linalg.norm(raw)), 1e-12)

    def embed(self, crop: FaceCrop) -> Embedding:
        """Return the unit embedding, (D,) float32: the head applied to the feature."""
        return self._head.apply(self.feature(crop))
