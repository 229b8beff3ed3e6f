"""The bundled strangers, in two parts that share nobody: some train a head, the others judge it.

A false match rate measured on people a head was trained to push away would flatter it, so the table
that thresholds rest on comes from the others alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from facelock.core.fmr_table import fmr_table
from facelock.core.head_version import HeadTable
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.score_densities import mated_median, measure_densities
from facelock.core.threshold import Calibration

if TYPE_CHECKING:
    from facelock.core.head import Head

TRAINING_SHARE: Final = 1 / 3  # of the people
_SEED: Final = 20261129


@dataclass(frozen=True, eq=False)
class Strangers:
    """Unit features of the backbone; each part numbers its people from 0."""

    all: LabelledFaces = field(repr=False)
    training: LabelledFaces = field(repr=False)
    held_out: LabelledFaces = field(repr=False)


def parted(faces: LabelledFaces) -> Strangers:
    """Part them, always the same way. Raises ValueError with fewer than six people."""
    people = np.random.default_rng(_SEED).permutation(np.unique(faces.people))
    count = round(TRAINING_SHARE * len(people))
    if count < 2 or len(people) - count < 4:
        raise ValueError("too few strangers to part")
    trained = np.isin(faces.people, people[:count])
    return Strangers(faces, _part(faces, trained), _part(faces, ~trained))


def _part(faces: LabelledFaces, rows: np.ndarray) -> LabelledFaces:
    _, numbers = np.unique(faces.people[rows], return_inverse=True)
    return LabelledFaces(faces.embeddings[rows], numbers.astype(np.int64))


def under(head: Head, faces: LabelledFaces) -> LabelledFaces:
    """Return what a head makes of features."""
    return LabelledFaces(head.apply(faces.embeddings), faces.people)


def measure_table(head: Head, strangers: Strangers) -> HeadTable:
    """Measure the FMR at each distance with a head, on the held-out strangers. Takes seconds."""
    faces = under(head, strangers.held_out)
    table = fmr_table(faces)
    return HeadTable(
        fmr_grid=table.rates,
        distance_grid=table.distances,
        mated_median=mated_median(faces),
        people=table.people,
        comparisons=table.comparisons,
        densities=measure_densities(faces),
    )


def calibration_with(
    table: HeadTable, head: Head, model_sha256: str, strangers: Strangers
) -> Calibration:
    """Return the calibration that thresholds under a head rest on.

    The nearest stranger that caps a threshold is looked for among all of them.
    """
    return Calibration(
        model_sha256=model_sha256,
        fmr_grid=table.fmr_grid,
        distance_grid=table.distance_grid,
        mated_median=table.mated_median,
        people=table.people,
        comparisons=table.comparisons,
        features=head.apply(strangers.all.embeddings),
        person_index=strangers.all.people.astype(np.int32),
        densities=table.densities,
    )
