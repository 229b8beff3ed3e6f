"""The trainable end of the Siamese network: one small matrix, applied in numpy.

A network is a frozen backbone, which gives unit features, and a head, which turns features into
the embeddings that are compared. Only heads are trained again, so features that were kept outlive
every head: a new head needs no picture.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facelock.core.comparison import Embedding

_SHORTEST = 1e-12  # a vector no longer than this has no direction
_PURPOSE = b"facelock network: backbone, head\n"


@dataclass(frozen=True, eq=False)
class Head:
    """An affine map of unit features, brought back to unit length.

    A residual head z = x + W x + b, as it is trained, is stored as the weight I + W. Raises
    ValueError unless both are float32, finite, and fit together.
    """

    weight: NDArray[np.float32] = field(repr=False)  # (D_out, D_in)
    bias: NDArray[np.float32] = field(repr=False)  # (D_out,)

    def __post_init__(self) -> None:
        weight, bias = self.weight, self.bias
        if weight.ndim != 2 or 0 in weight.shape or bias.shape != weight.shape[:1]:
            raise ValueError("a head's weight is (D_out, D_in), its bias (D_out,)")
        if weight.dtype != np.float32 or bias.dtype != np.float32:
            raise ValueError("a head is float32")
        if not (np.isfinite(weight).all() and np.isfinite(bias).all()):
            raise ValueError("a head is finite")

    @classmethod
    def identity(cls, size: int) -> Head:
        """Return the head that changes nothing: the embedding is the feature."""
        return cls(np.eye(size, dtype=np.float32), np.zeros(size, np.float32))

    @property
    def inputs(self) -> int:
        """Dimension of the features, D_in."""
        return int(self.weight.shape[1])

    @property
    def outputs(self) -> int:
        """Dimension of the embeddings, D_out."""
        return int(self.weight.shape[0])

    @property
    def is_identity(self) -> bool:
        """True if the embedding is the feature itself."""
        same = self.inputs == self.outputs and not self.bias.any()
        return same and np.array_equal(self.weight, np.eye(self.inputs, dtype=np.float32))

    def apply(self, features: NDArray[np.float32]) -> Embedding:
        """Return the unit embeddings of unit features, float32: (D_in,) to (D_out,), or by rows.

        `features`: (D_in,) or (N, D_in). Raises ValueError for another size.
        """
        if features.ndim not in (1, 2) or features.shape[-1] != self.inputs:
            raise ValueError(f"this head takes features of {self.inputs} numbers")
        raw = features.astype(np.float32, copy=False) @ self.weight.T + self.bias
        length = np.linalg.norm(raw, axis=-1, keepdims=True)
        unit: Embedding = raw / np.maximum(length, np.float32(_SHORTEST))
        return unit


@dataclass(frozen=True)
class NetworkId:
    """Which network something was made with."""

    backbone_sha256: str  # 64 hex digits; features of one backbone outlive every head
    model_sha256: str  # of backbone and head; only embeddings of one and the same are compared


def network_sha256(backbone_sha256: str, head: Head) -> str:
    """Return the hash that names a network: of the backbone and its head together.

    With the identity as its head a network is its backbone, and has the backbone's own hash; so
    whatever was made before there were heads keeps its name. `backbone_sha256`: 64 hex digits.
    """
    if head.is_identity:
        return backbone_sha256
    named = hashlib.sha256(_PURPOSE + bytes.fromhex(backbone_sha256))
    named.update(np.array(head.weight.shape, "<u4").tobytes())
    named.update(head.weight.astype("<f4").tobytes())  # in rows, whatever the order in memory
    named.update(head.bias.astype("<f4").tobytes())
    return named.hexdigest()
