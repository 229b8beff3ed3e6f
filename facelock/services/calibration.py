"""Opens the bundled calibration: anonymous impostor features and the FMR table made of them."""

from __future__ import annotations

import numpy as np

from facelock.core.errors import ModelCorrupt
from facelock.core.head import Head, network_sha256
from facelock.core.head_version import HeadVersion, calibration_of
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.threshold import Calibration
from facelock.services.calibration_file import calibration_from_bytes
from facelock.vision.models import load_verified
from facelock.vision.networks import FEATURES, NETWORKS

_FILE = "impostors.safetensors"


def load_calibration(version: HeadVersion | None = None) -> Calibration:
    """Return the calibration of the bundled network, or of a head that was trained here.

    Raises ModelMissing, and ModelCorrupt also if it was measured with another network: its
    distances would then stand for other rates.
    """
    if version is not None:
        strangers = load_impostor_features()
        return calibration_of(version, strangers.embeddings, strangers.people.astype(np.int32))
    network = NETWORKS["bundled"]
    head = network.load_head()
    calibration = calibration_from_bytes(load_verified(_FILE), head)
    if calibration.model_sha256 != network_sha256(network.backbone_sha256, head):
        raise ModelCorrupt(f"{_FILE} was measured with another network")
    return calibration


def load_impostor_features() -> LabelledFaces:
    """Return the bundled impostors as the backbone saw them: negatives for training a head.

    (N, 192) unit features, whatever the head in use. Raises ModelMissing, ModelCorrupt.
    """
    seen = calibration_from_bytes(load_verified(_FILE), Head.identity(FEATURES))
    return LabelledFaces(seen.features, seen.person_index.astype(np.int64))
