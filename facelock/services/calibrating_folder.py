"""From a folder of people to a calibration: who is used, what is seen, and the file at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import numpy as np

from facelock.core.atomic_file import write_atomically
from facelock.core.errors import CalibrationError
from facelock.services.calibrating import Measured, measure
from facelock.services.calibrating_people import Chosen, Merge, choose_people
from facelock.services.evaluation_faces import FaceReader, Treatment, read_faces
from facelock.services.evaluation_set import Picture, read_folder
from facelock.vision.networks import NETWORKS, NetworkName

Tell = Callable[[str, float], object]
"""Hears what is being done and which share of it is, 0 to 1."""


@dataclass(frozen=True, eq=False)
class CalibrationPictures:
    """What is calibrated on."""

    pictures: tuple[Picture, ...] = field(repr=False)
    people: tuple[str, ...] = field(repr=False)  # the person of each picture
    chosen: Chosen
    duplicates: tuple[tuple[str, str], ...]  # (left out, the equal one that stays)


@dataclass(frozen=True, eq=False)
class CalibrationReport:
    """What came of it."""

    measured: Measured
    given: CalibrationPictures
    network: NetworkName
    not_detected: tuple[str, ...]
    unreadable: tuple[str, ...]


def features_of(network: NetworkName) -> Treatment:
    """Return how pictures are read for this: as they are, up to the backbone's feature."""
    return Treatment(networks=(network,), features=True)


def read_people(
    folder: Path,
    merges: Iterable[Merge] = (),
    *,
    fold_of: Mapping[str, int] | None = None,
    folds: Sequence[int] = (),
) -> CalibrationPictures:
    """Find the pictures of those to calibrate on: one folder per person below `folder`.

    Two people with the very same picture are taken for one. Raises EvaluationError,
    CalibrationError.
    """
    found = read_folder(folder)
    alike = [Merge(_whose(a), _whose(b), "the same picture") for a, b in found.label_doubts]
    chosen = choose_people(found.people, [*merges, *alike], fold_of=fold_of, folds=folds)
    used = {
        picture: chosen.person_of[found.people[picture.person]]
        for picture in found.pictures
        if found.people[picture.person] in chosen.person_of
    }
    duplicates = tuple(pair for pair in found.duplicates if _whose(pair[0]) in chosen.person_of)
    return CalibrationPictures(tuple(used), tuple(used.values()), chosen, duplicates)


def _whose(name: str) -> str:
    return PurePosixPath(name).parts[0]


def calibrate(
    given: CalibrationPictures, reader: FaceReader, *, workers: int, tell: Tell
) -> CalibrationReport:
    """Look at every picture and measure. `reader`: see `features_of`. Raises CalibrationError."""
    (network,) = reader.treatment.networks
    paths = [picture.path for picture in given.pictures]
    faces = read_faces(
        paths, reader, workers=workers, tell=lambda done: tell("faces", done / len(paths))
    )
    features, people = [], []
    for face, person in zip(faces, given.people, strict=True):
        if face.embeddings is not None:
            features.append(face.embeddings[0])
            people.append(person)
    if not features:
        raise CalibrationError("no face was found in any of the pictures")
    tell("measuring", 0.0)
    measured = measure(
        np.stack(features), people, NETWORKS[network].load_head(), reader.model_sha256[0]
    )
    names = [(picture.name, face) for picture, face in zip(given.pictures, faces, strict=True)]
    return CalibrationReport(
        measured=measured,
        given=given,
        network=network,
        not_detected=tuple(
            name for name, face in names if face.embeddings is None and not face.unreadable
        ),
        unreadable=tuple(name for name, face in names if face.unreadable),
    )


def check_target(path: Path) -> None:
    """Raise CalibrationError if no file can be written there: before minutes of work."""
    if path.suffix != ".safetensors":
        raise CalibrationError(f"{path.name} does not end in .safetensors")
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise CalibrationError(f"no file can be written at {path}")


def write_calibration(measured: Measured, path: Path) -> bytes:
    """Write the file, whole or not at all, and return it. Raises CalibrationError."""
    data = measured.to_bytes()
    try:
        write_atomically(path, data)
        path.chmod(0o644)  # there is nothing of a user's in it, and it is to be shipped
    except OSError as error:
        raise CalibrationError(f"{path} cannot be written") from error
    return data
