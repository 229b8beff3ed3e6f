"""The bundled networks, whose every byte is checked before it is used.

A network decides who gets in, so a replaced file is an attack (threat-model row 12). The hashes
stand here, in code; a file is read once, into memory, and OpenCV parses the very bytes that were
hashed. It is never given a path: the file could change between the check and the use.
"""

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import cv2
import numpy as np

from facelock.core.errors import ModelCorrupt, ModelMissing
from facelock.resources import resource


@dataclass(frozen=True, kw_only=True)
class PinnedModel:
    """What a bundled file must be."""

    sha256: str
    size: int  # bytes; no more than this is ever read


# `make models` rebuilds these files and says so if one differs from what stands here.
PINNED: Final = MappingProxyType(
    {
        "face_detection_short_range.onnx": PinnedModel(
            sha256="b93b54cef23a489439f5f6c51a95d9e2bb2532d9e05bb9ac42e2587a30f4a6ad", size=219_187
        ),
        "face_landmark.onnx": PinnedModel(
            sha256="7773940834bfbc2f2cfd693c8040f2defc6fa2d20056cf02eec2e0992e3ddc9c",
            size=1_227_034,
        ),
        "mobilefacenet.onnx": PinnedModel(
            sha256="adc3c1947dd99efe17ba2f5d84f542c0c35886089eca03f5097a836bbae6b0a4",
            size=5_192_642,
        ),
        # The part that this project trained; see vision/networks.py for what is used with what.
        "facelock.onnx": PinnedModel(
            sha256="409cdbcb188ff6bec67798a971468d94469d2d25b76493f6b4e3c960e531c2cc",
            size=5_192_642,
        ),
        "liveness_surroundings.onnx": PinnedModel(
            sha256="aa9e82ae19a323abf4f477a28bd2f71cea85351babab0c3f743cd8a857de6023",
            size=215_269,
        ),
        "head.safetensors": PinnedModel(
            sha256="957b55292cb080008d108a53f897d11b9edb4141fa898ff3868f904607fecc84", size=148_368
        ),
        # From scripts/build_impostors.py: features and FMR table, not a network.
        "impostors.safetensors": PinnedModel(
            sha256="e26f5093b6bb93ac33976cd83dcdc344baf963d887fb4843891e3cc07885c500",
            size=1_505_788,
        ),
    }
)


def load_verified(name: str) -> bytes:
    """Return the bytes of a bundled model. Raises ModelMissing, ModelCorrupt."""
    pinned = PINNED.get(name)
    if pinned is None:
        raise ModelMissing(f"{name} is not a bundled model")
    try:
        with resource(f"models/{name}").open("rb") as file:
            data = file.read(pinned.size + 1)
    except OSError as error:
        raise ModelMissing(f"{name} cannot be read") from error
    if len(data) != pinned.size or hashlib.sha256(data).hexdigest() != pinned.sha256:
        raise ModelCorrupt(f"{name} is not the file that was shipped")
    return data


def read_net_onnx(name: str) -> cv2.dnn.Net:
    """Return a bundled network, ready to run; one per thread. Raises ModelMissing, ModelCorrupt.

    `face_detection_short_range.onnx`: `input` (1, 3, 128, 128) RGB, -1 to 1, gives `regressors`
    (1, 896, 16) and `classificators` (1, 896, 1). `face_landmark.onnx`: `input_1`
    (1, 3, 192, 192) RGB, 0 to 1, gives `conv2d_21` (1, 1404, 1, 1), pixels, and `conv2d_31`
    (1, 1, 1, 1), a logit. `mobilefacenet.onnx`: `images` (B, 3, 112, 112) RGB,
    (x - 127.5) / 128, gives `embeddings` (B, 192) of unit length. All float32.

    Given bytes, OpenCV 5.0 takes its new engine whatever `engine` says; that is the faster one
    (MobileFaceNet 7 ms against 15 ms with the classic engine, one thread).
    """
    data = load_verified(name)
    try:
        net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
    except cv2.error as error:
        raise ModelCorrupt(f"{name} is not a network OpenCV can read") from error
    if net.empty():
        raise ModelCorrupt(f"{name} holds no network")
    return net
