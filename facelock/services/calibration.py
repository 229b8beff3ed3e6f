"""Opens the bundled calibration: anonymous impostor features and the FMR table made of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as parse_safetensors

from facelock.core.errors import ModelCorrupt
from facelock.core.threshold import Calibration
from facelock.vision.models import PINNED, load_verified

_FILE = "impostors.safetensors"
_NETWORK = "mobilefacenet.onnx"


def load_calibration() -> Calibration:
    """Return the calibration of the bundled network. Raises ModelMissing, ModelCorrupt."""
    try:
        tensors = parse_safetensors(load_verified(_FILE))
        features = tensors["features"].astype(np.float32)
        features /= np.linalg.norm(features, axis=1, keepdims=True)
        return Calibration(
            model_sha256=PINNED[_NETWORK].sha256,
            fmr_grid=_ascending(tensors["fmr_grid"]),
            distance_grid=_ascending(tensors["distance_grid"]),
            mated_median=float(tensors["mated_median"][0]),
            people=int(tensors["people"][0]),
            comparisons=int(tensors["comparisons"][0]),
            features=features,
            person_index=tensors["person_index"],
        )
    except (SafetensorError, KeyError, ValueError, IndexError) as error:
        message = f"{_FILE} does not hold a calibration"
        raise ModelCorrupt(message) from error


def _ascending(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the column of the table; the look-up depends on its order. Raises ValueError."""
    if np.any(np.diff(grid) < 0):
        raise ValueError("the FMR table does not ascend")
    return grid
