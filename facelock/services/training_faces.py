"""The faces the bundled network is trained on, and the split by person inside them.

    DATA/images/<person>/<picture>     Labeled Faces in the Wild, or anything laid out like it
    DATA/people.tsv                    columns `fold` and `person`

Folds 1 to 4 are for training. Of their people, three in ten are held out by a hash of their name:
what is chosen (when to stop, how far to go, which route) is chosen on them. Folds 5 to 7 calibrate
and fold 8 tests; no picture of theirs is opened here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import CalibrationError, PictureUnreadable, TrainingDataUnusable
from facelock.services.calibrating_people import read_folds
from facelock.services.loading import load_pipeline
from facelock.services.picture_file import SUFFIXES, read_picture

TRAINING_FOLDS: Final = frozenset({1, 2, 3, 4})
HELD_OUT_TENTHS: Final = 3
LARGEST_SHARE: Final = 10
"""Pictures of one held-out person that are looked at; a few famous people would decide alone."""

_LEAST = 20  # people on either side of the split

Tell = Callable[[int, int], object]
"""Hears how many pictures are done, of how many."""


@dataclass(frozen=True, eq=False)
class Faces:
    """Aligned faces, and whose they are."""

    crops: NDArray[np.uint8] = field(repr=False)  # (N, 112, 112, 3) BGR
    people: NDArray[np.int64] = field(repr=False)  # (N,)

    def some(self, rows: NDArray[np.bool_]) -> Faces:
        """Return the faces of some rows, (N,) bool, their people numbered from 0."""
        people = np.unique(self.people[rows], return_inverse=True)[1].astype(np.int64)
        return Faces(self.crops[rows], people)

    @property
    def count(self) -> int:
        """How many people there are."""
        return len(np.unique(self.people))


@dataclass(frozen=True, eq=False)
class TrainingFaces:
    """The two sides of the inner split; nobody is on both."""

    training: Faces
    held_out: Faces
    not_detected: int


def is_held_out(person: str) -> bool:
    """Tell on which side of the inner split somebody is: by the name, the same everywhere."""
    return int(hashlib.sha256(person.encode()).hexdigest(), 16) % 10 < HELD_OUT_TENTHS


def read_training_faces(data: Path, tell: Tell) -> TrainingFaces:
    """Find and align the faces of the training folds, through the shipped pipeline.

    Raises TrainingDataUnusable, whose text says what is missing; ModelMissing, ModelCorrupt.
    """
    paths = _pictures(data)
    pipeline = load_pipeline(threads=1, network="bare")  # what ships may not be there yet
    crops, names, missed = [], [], 0
    for done, path in enumerate(paths, start=1):
        try:
            frame = read_picture(path)
        except PictureUnreadable as error:
            raise TrainingDataUnusable(f"{path} cannot be read as a picture") from error
        pipeline.restart()
        face = pipeline.look(frame).face
        tell(done, len(paths))
        if face is None:
            missed += 1
            continue
        crops.append(face.crop.pixels)
        names.append(path.parent.name)
    if not crops:
        raise TrainingDataUnusable(f"no face is found in {data / 'images'}")
    everybody = Faces(np.stack(crops), np.unique(names, return_inverse=True)[1].astype(np.int64))
    apart = np.array([is_held_out(name) for name in names])
    split = TrainingFaces(
        everybody.some(~apart), _capped(everybody.some(apart), LARGEST_SHARE), missed
    )
    if min(split.training.count, split.held_out.count) < _LEAST:
        raise TrainingDataUnusable(f"{data} shows too few people to train on and to hold out")
    return split


def _pictures(data: Path) -> list[Path]:
    """Return the pictures of the training folds, in order."""
    try:
        fold_of = read_folds(data / "people.tsv")
    except CalibrationError as error:
        raise TrainingDataUnusable(str(error)) from error
    folders = [data / "images" / name for name, fold in fold_of.items() if fold in TRAINING_FOLDS]
    return sorted(
        path
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES
    )


def _capped(faces: Faces, most: int) -> Faces:
    """Return the first `most` faces of everybody."""
    seen: dict[int, int] = {}
    kept = np.zeros(len(faces.people), np.bool_)
    for row, person in enumerate(faces.people.tolist()):
        seen[person] = seen.get(person, 0) + 1
        kept[row] = seen[person] <= most
    return faces.some(kept)
