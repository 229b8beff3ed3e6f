"""A calibration as bytes: a safetensors file whose every tensor is checked when it is read.

    features            (N, D) float16   unit features of the backbone, in random order
    person_index        (N,) int32       whose each is: a number without a name
    fmr_grid            (G,) float64     ascending
    distance_grid       (G,) float64     the largest distance at which each rate is kept
    mated_median        (1,) float64     squared distance
    people, comparisons (1,) int64
    density_edges       (B+1,) float64   ascending
    mated_density, non_mated_density     (B,) float64, each sums to 1
    network_sha256      (32,) uint8      the network, backbone and head, that all this was measured
                                         with

Features are those of the backbone, so that they outlive every head; everything else was measured on
the embeddings that the network's head makes of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike, NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as parse_safetensors
from safetensors.numpy import save as write_safetensors

from facelock.core.errors import ModelCorrupt
from facelock.core.head import Head
from facelock.core.threshold import Calibration, ScoreDensities

_FORMAT: dict[str, tuple[DTypeLike, int]] = {  # type and number of dimensions
    "features": (np.float16, 2),
    "person_index": (np.int32, 1),
    "fmr_grid": (np.float64, 1),
    "distance_grid": (np.float64, 1),
    "mated_median": (np.float64, 1),
    "people": (np.int64, 1),
    "comparisons": (np.int64, 1),
    "density_edges": (np.float64, 1),
    "mated_density": (np.float64, 1),
    "non_mated_density": (np.float64, 1),
    "network_sha256": (np.uint8, 1),
}
_ROUNDED = 1e-2  # how far float16 may take a feature's length from 1


def calibration_to_bytes(calibration: Calibration, features: NDArray[np.float32]) -> bytes:
    """Return the file.

    `features`: (N, D_in) unit features of the backbone, a row for each of `calibration.features`,
    which are embeddings and not kept.
    """
    tensors: dict[str, NDArray[np.generic]] = {
        "features": features.astype(np.float16),
        "person_index": calibration.person_index,
        "fmr_grid": calibration.fmr_grid,
        "distance_grid": calibration.distance_grid,
        "mated_median": np.array([calibration.mated_median]),
        "people": np.array([calibration.people], np.int64),
        "comparisons": np.array([calibration.comparisons], np.int64),
        "density_edges": calibration.densities.edges,
        "mated_density": calibration.densities.mated,
        "non_mated_density": calibration.densities.non_mated,
        "network_sha256": np.frombuffer(bytes.fromhex(calibration.model_sha256), np.uint8),
    }
    # safetensors stores a strided array as if it were contiguous.
    return write_safetensors({name: np.ascontiguousarray(one) for name, one in tensors.items()})


def calibration_from_bytes(data: bytes, head: Head) -> Calibration:
    """Return the calibration in a file; `head` makes embeddings of its features.

    Raises ModelCorrupt if anything is missing, of the wrong kind, or cannot be true.
    """
    try:
        tensors = parse_safetensors(data)
        _check(tensors)
        return Calibration(
            model_sha256=tensors["network_sha256"].tobytes().hex(),
            fmr_grid=tensors["fmr_grid"],
            distance_grid=tensors["distance_grid"],
            mated_median=float(tensors["mated_median"].item()),
            people=int(tensors["people"].item()),
            comparisons=int(tensors["comparisons"].item()),
            features=head.apply(_unit(tensors["features"])),
            person_index=tensors["person_index"],
            densities=ScoreDensities(
                tensors["density_edges"], tensors["mated_density"], tensors["non_mated_density"]
            ),
        )
    except (SafetensorError, KeyError, ValueError) as error:
        raise ModelCorrupt(f"this file does not hold a calibration: {error}") from error


def _check(tensors: dict[str, NDArray[np.generic]]) -> None:
    """Raise ValueError unless all is there, of its kind, and possible."""
    if tensors.keys() != _FORMAT.keys():
        raise ValueError("it is not made of what a calibration is made of")
    for name, (kind, dimensions) in _FORMAT.items():
        tensor = tensors[name]
        if tensor.dtype != kind or tensor.ndim != dimensions:
            raise ValueError(f"{name} is of another kind")
        if tensor.dtype != np.uint8 and not np.isfinite(tensor.astype(np.float64)).all():
            raise ValueError(f"{name} is not finite")
    _check_table(tensors["fmr_grid"], tensors["distance_grid"])
    whose, people = tensors["person_index"].astype(np.int32), int(tensors["people"].item())
    if whose.shape != tensors["features"].shape[:1] or not np.all((whose >= 0) & (whose < people)):
        raise ValueError("each feature belongs to one of the people")
    if tensors["comparisons"].item() < 1 or not 0 <= tensors["mated_median"].item() <= 4:
        raise ValueError("no such comparisons were made")
    if tensors["network_sha256"].size != 32:
        raise ValueError("a hash has 32 bytes")


def _check_table(rates: NDArray[np.generic], distances: NDArray[np.generic]) -> None:
    """Raise ValueError unless it is a table; the look-up depends on its order."""
    if rates.size == 0 or rates.size != distances.size:
        raise ValueError("the FMR table has no rows, or halves of rows")
    if np.any(np.diff(rates) <= 0) or np.any(np.diff(distances) < 0):
        raise ValueError("the FMR table does not ascend")
    if not (rates[0] > 0 and rates[-1] <= 1 and distances[0] >= 0 and distances[-1] <= 4):
        raise ValueError("the FMR table leaves the range of rates or distances")


def _unit(stored: NDArray[np.generic]) -> NDArray[np.float32]:
    """Undo what float16 did to the length of the features. Raises ValueError if that is not all."""
    features = stored.astype(np.float32)
    length = np.linalg.norm(features, axis=1, keepdims=True)
    if np.any(np.abs(length - 1.0) > _ROUNDED):
        raise ValueError("the features are not of unit length")
    unit: NDArray[np.float32] = features / length
    return unit
