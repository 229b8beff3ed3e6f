"""Which files make which network: the one place that names them.

`bundled` is what the product compares faces with: the backbone and the head that this project
trained (models/MODEL_CARD.md). `bare` is the backbone as it was converted from its origin, with no
head of ours; it is kept to be compared with, and nothing is ever unlocked by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from facelock.core.head import Head, NetworkId, network_sha256
from facelock.vision.head_file import head_from_bytes
from facelock.vision.models import PINNED, load_verified

NetworkName: TypeAlias = Literal["bundled", "bare"]

FEATURES: Final = 192
"""Dimension of a backbone's features."""


@dataclass(frozen=True, kw_only=True)
class Network:
    """The files of a network under models/, pinned in `models.PINNED`."""

    backbone: str
    head: str | None  # None: the identity

    @property
    def backbone_sha256(self) -> str:
        """The hash of the backbone's file, 64 hex digits."""
        return PINNED[self.backbone].sha256

    def identity(self) -> NetworkId:
        """Return its name, with the head hashed in. Raises ModelMissing, ModelCorrupt."""
        backbone = self.backbone_sha256
        return NetworkId(backbone, network_sha256(backbone, self.load_head()))

    def load_head(self) -> Head:
        """Return the head. Raises ModelMissing, ModelCorrupt."""
        if self.head is None:
            return Head.identity(FEATURES)
        return head_from_bytes(load_verified(self.head))


NETWORKS: Final[Mapping[NetworkName, Network]] = MappingProxyType(
    {
        "bundled": Network(backbone="facelock.onnx", head="head.safetensors"),
        "bare": Network(backbone="mobilefacenet.onnx", head=None),
    }
)
