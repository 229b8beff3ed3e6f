"""Measures what thresholds rest on: how often strangers match at each distance, and the margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import CalibrationError
from facelock.core.fmr_table import FmrTable, fmr_table
from facelock.core.head import Head
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.score_densities import mated_median, measure_densities
from facelock.core.threshold import Calibration
from facelock.services.calibration_file import calibration_to_bytes

_SEED = 20261123
_FEW = "too few people to calibrate on"


@dataclass(frozen=True, eq=False)
class Measured:
    """A calibration, and what the file needs beside it."""

    calibration: Calibration
    templates: int  # people with two images or more
    features: NDArray[np.float32] = field(repr=False)  # (N, D_in) of the backbone, rows as there

    def to_bytes(self) -> bytes:
        """Return the file (see `calibration_file`)."""
        return calibration_to_bytes(self.calibration, self.features)


def measure(
    features: NDArray[np.float32], people: Sequence[str], head: Head, model_sha256: str
) -> Measured:
    """Measure on unit features of the backbone, (N, D_in), and whose each is.

    The names are forgotten: people are numbered, and features ordered, at random (with a seed, so
    that the same pictures give the same file). Raises CalibrationError with too few people.
    """
    names, number = np.unique(np.array(people), return_inverse=True)
    if len(names) < 2:
        raise CalibrationError(f"{_FEW}: {len(names)}")
    rng = np.random.default_rng(_SEED)
    order = rng.permutation(len(number))
    number = rng.permutation(len(names))[number][order]
    features = features[order]
    faces = LabelledFaces(head.apply(features), number.astype(np.int64))
    table = _table(faces)
    calibration = Calibration(
        model_sha256=model_sha256,
        fmr_grid=table.rates,
        distance_grid=table.distances,
        mated_median=mated_median(faces),
        people=table.people,
        comparisons=table.comparisons,
        features=faces.embeddings,
        person_index=number.astype(np.int32),
        densities=measure_densities(faces),
    )
    return Measured(calibration, table.templates, features)


def _table(faces: LabelledFaces) -> FmrTable:
    """Raises CalibrationError if nobody has two images, or if no rate can be bounded at all."""
    people = int(faces.people.max()) + 1
    if not faces.mated_distances():
        raise CalibrationError(f"{_FEW}: none of the {people} has two pictures with a face")
    table = fmr_table(faces)
    if table.rates.size == 0:
        raise CalibrationError(
            f"{_FEW}: {people} cannot even show a false match rate of one in ten; "
            "a hundred are enough for a start, and Strict needs some 1,800"
        )
    return table
