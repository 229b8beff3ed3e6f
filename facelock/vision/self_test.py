"""One embedding with a known answer: tells whether this machine computes what it should.

`scripts/pin_models.py --write` renews the two constants when the network changes.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from facelock.core.frames import CROP_SIZE, FaceCrop
from facelock.vision.embedder import MobileFaceNetEmbedder

NETWORK_SHA256: Final = "409cdbcb188ff6bec67798a971468d94469d2d25b76493f6b4e3c960e531c2cc"
"""The network that `EXPECTED` is the answer of."""

EXPECTED: Final = (0.00427906, 0.01963895, 0.01278086, 0.00131162, -0.03958736, 0.03548781)
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
