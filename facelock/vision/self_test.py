"""One embedding with a known answer: tells whether this machine computes what it should.

`scripts/pin_models.py --write` renews the two constants when the network changes.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from facelock.core.frames import CROP_SIZE, FaceCrop
from facelock.vision.embedder import MobileFaceNetEmbedder

NETWORK_SHA256: Final = "adc3c1947dd99efe17ba2f5d84f542c0c35886089eca03f5097a836bbae6b0a4"
"""The network that `EXPECTED` is the answer of."""

EXPECTED: Final = (0.00239604, 0.02179479, 0.01308115, 0.00056602, -0.04155009, 0.03944179)
"""The first numbers of the embedding of `pattern`."""

TOLERANCE: Final = 2e-3
"""Processors add in different orders."""


def pattern() -> FaceCrop:
    """Return a made-up picture of no face, the same everywhere."""
    rows, columns = np.mgrid[0:CROP_SIZE, 0:CROP_SIZE]
    pixels = np.stack([rows * 2, columns * 2, (rows + columns) * 5 % 256], axis=-1)
    return FaceCrop(pixels.astype(np.uint8))


def embedding_error(embedder: MobileFaceNetEmbedder) -> float:
    """Return how far the embedding of the pattern is off; more than `TOLERANCE` is wrong."""
    embedding = embedder.embed(pattern())
    return float(np.abs(embedding[: len(EXPECTED)] - np.array(EXPECTED)).max())
