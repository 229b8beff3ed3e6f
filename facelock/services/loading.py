"""Builds the pipeline from the bundled, verified models."""

from __future__ import annotations

import facelock.vision  # noqa: F401 - tells OpenCV its settings, which it reads when loaded

import cv2  # isort: skip

from facelock.core.head import Head, NetworkId
from facelock.services.recognition import FacePipeline
from facelock.vision.detector import BlazeFace
from facelock.vision.embedder import MobileFaceNetEmbedder
from facelock.vision.landmarks import FaceMesh
from facelock.vision.liveness import LayeredLiveness
from facelock.vision.networks import NETWORKS, NetworkName
from facelock.vision.surroundings import SurroundingsNetwork


def network_in_use() -> NetworkId:
    """Return which network the product comes with; no network is loaded for it.

    Where a head was trained on the machine, `services.heads` knows which one is compared with.

    Raises ModelMissing, ModelCorrupt.
    """
    return NETWORKS["bundled"].identity()


def bundled_backbone() -> str:
    """Return the hash of the product's backbone; no file is read for it."""
    return NETWORKS["bundled"].backbone_sha256


def bundled_head() -> Head:
    """Return the head that the product comes with. Raises ModelMissing, ModelCorrupt."""
    return NETWORKS["bundled"].load_head()


def load_pipeline(
    *,
    threads: int | None = None,
    network: NetworkName = "bundled",
    head: Head | None = None,
) -> FacePipeline:
    """Load and verify all models. Takes about a tenth of a second; call it off the GUI thread.

    `threads`: how many OpenCV may use; None leaves it as it is. `network`: "bundled" is the
    product's; "bare", the backbone alone, is there to be compared with. `head`: another one than
    the network's own, such as one that was trained on this machine.
    Raises ModelMissing, ModelCorrupt.
    """
    if threads is not None:
        cv2.setNumThreads(threads)
    liveness = LayeredLiveness(SurroundingsNetwork())
    embedder = MobileFaceNetEmbedder(network, head=head)
    return FacePipeline(BlazeFace(), FaceMesh(), embedder, liveness)
