"""The Siamese network at work: an aligned face to an embedding, through OpenCV, without torch."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from facelock.core.comparison import Embedding
from facelock.core.errors import ModelCorrupt
from facelock.core.frames import CROP_SIZE, FaceCrop
from facelock.core.head import Head, network_sha256
from facelock.vision.models import read_net_onnx
from facelock.vision.networks import FEATURES, NETWORKS, NetworkName


@dataclass(frozen=True)
class _Files:
    """What was loaded: the backbone, and the head that belongs to it."""

    net: cv2.dnn.Net
    head: Head
    backbone_sha256: str


class MobileFaceNetEmbedder:
    """Implements `core.ports.Embedder`: a frozen backbone in OpenCV, then a head in numpy.

    Not shared between threads.
    """

    def __init__(
        self,
        network: NetworkName = "bundled",
        *,
        head: Head | None = None,
        files: _Files | None = None,
    ) -> None:
        """Load a network by its name. Raises ModelMissing, ModelCorrupt.

        `head`: to be used in the place of the network's own. `files`: those that are loaded.
        """
        self._files = files or _load(network)
        self._head = self._files.head if head is None else head
        if self._head.inputs != FEATURES:
            raise ModelCorrupt("the head does not fit the backbone")
        self._model_sha256 = network_sha256(self.backbone_sha256, self._head)

    def with_head(self, head: Head | None) -> MobileFaceNetEmbedder:
        """Return the same backbone under another head; None: the one that belongs to it.

        They share the backbone, so one thread runs both. Raises ModelCorrupt if it does not fit.
        """
        return MobileFaceNetEmbedder(head=head, files=self._files)

    @property
    def backbone_sha256(self) -> str:
        """The hash of the backbone: features of the same one stay comparable."""
        return self._files.backbone_sha256

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
        self._files.net.setInput(blob)
        raw = np.asarray(self._files.net.forward(), np.float32).reshape(-1)
        return raw / max(float(np.linalg.norm(raw)), 1e-12)

    def embed(self, crop: FaceCrop) -> Embedding:
        """Return the unit embedding, (D,) float32: the head applied to the feature."""
        return self._head.apply(self.feature(crop))


def _load(network: NetworkName) -> _Files:
    named = NETWORKS[network]
    return _Files(read_net_onnx(named.backbone), named.load_head(), named.backbone_sha256)
