"""The faces of the reference's own experiment: ORL in the split of the customer's notebook.

    DATA/training/<person>/<n>.pgm     who is trained on in that split
    DATA/testing/<person>/<n>.pgm      who is tested with

The people of ORL are folders called s1 to s40. The notebook's folders hold people of other
collections too in some copies; they are named and left out, because their pictures are of another
kind and nobody could tell what such a figure is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

import facelock.vision  # noqa: F401 - tells OpenCV its settings, which it reads when loaded

import cv2  # isort: skip

from facelock.core.errors import TrainingDataUnusable
from facelock.services.evaluation_faces import Faced, FaceReader, Treatment, load_reader, read_faces
from facelock.services.picture_file import SUFFIXES, read_picture
from facelock.vision.networks import NetworkName

NETWORKS: Final[tuple[NetworkName, ...]] = ("bare", "bundled")
"""Ours that are looked at: the backbone alone, and what ships."""

_LEAST = {"training": 12, "testing": 2}  # people
_PERSON = re.compile(r"s\d{1,2}")

Tell = Callable[[int, int], object]
"""Hears how many pictures are done, of how many."""


@dataclass(frozen=True, eq=False)
class OrlFaces:
    """The pictures, by person and by the number in their names."""

    paths: tuple[Path, ...] = field(repr=False)
    names: tuple[str, ...]  # of the people; those trained on in the split come first
    people: NDArray[np.int64]  # (N,) row in `names`
    is_test: NDArray[np.bool_]  # (N,) tested with in the split
    left_out: tuple[str, ...]  # folders of nobody of ORL

    def names_of(self, rows: NDArray[np.bool_]) -> list[str]:
        """Return the names of the people whom some rows show."""
        return [self.names[person] for person in np.unique(self.people[rows])]


def read_orl(data: Path) -> OrlFaces:
    """Find the pictures. Raises TrainingDataUnusable, whose text says what is missing."""
    paths: list[Path] = []
    names: list[str] = []
    people: list[int] = []
    tested: list[bool] = []
    left_out: list[str] = []
    for part, least in _LEAST.items():
        found, others = _people(data, part)
        left_out += others
        if len(found) < least:
            raise TrainingDataUnusable(
                f"{data / part} shows {len(found)} people with two pictures or more in folders "
                f"called s1, s2 and so on; {least} are needed"
            )
        for person, pictures in found.items():
            if person in names:
                raise TrainingDataUnusable(f"{person} is both in training and in testing")
            people += [len(names)] * len(pictures)
            tested += [part == "testing"] * len(pictures)
            names.append(person)
            paths += pictures
    return OrlFaces(tuple(paths), tuple(names), np.array(people), np.array(tested), tuple(left_out))


def _people(data: Path, part: str) -> tuple[dict[str, list[Path]], list[str]]:
    """Return the pictures of each person of ORL, and the folders of anybody else."""
    folder = data / part
    if not folder.is_dir():
        raise TrainingDataUnusable(f"there is no folder {folder}")
    found: dict[str, list[Path]] = {}
    others = []
    for entry in sorted((entry for entry in folder.iterdir() if entry.is_dir()), key=_by_number):
        pictures = [path for path in entry.iterdir() if path.suffix.lower() in SUFFIXES]
        if _PERSON.fullmatch(entry.name) and len(pictures) > 1:
            found[entry.name] = sorted(pictures, key=_by_number)
        else:
            others.append(f"{part}/{entry.name}")
    return found, others


def _by_number(path: Path) -> tuple[int, str]:
    digits = re.sub(r"\D", "", path.stem)
    return int(digits or 0), path.name


def grey_images(faces: OrlFaces, size: int) -> NDArray[np.float32]:
    """Return the whole pictures in grey, as the reference sees them: (N, size, size), 0 to 1.

    Stretched to a square, bilinear. Raises PictureUnreadable, whose text names the file.
    """
    images = np.empty((len(faces.paths), size, size), np.float32)
    for image, path in zip(images, faces.paths, strict=True):
        grey = cv2.cvtColor(read_picture(path).pixels, cv2.COLOR_BGR2GRAY)
        image[:] = cv2.resize(grey, (size, size), interpolation=cv2.INTER_LINEAR) / np.float32(255)
    return images


def look(
    faces: OrlFaces, tell: Tell, *, workers: int, reader: FaceReader | None = None
) -> list[Faced]:
    """Return what the shipped pipeline makes of each picture, with the embeddings of `NETWORKS`.

    The pictures are as small as the faces in them: the detector pads what it does not find at
    first with black, and the border of the aligned crop is black as everywhere. Raises ModelError.
    """
    count = len(faces.paths)
    return read_faces(
        faces.paths,
        reader or load_reader(Treatment(networks=NETWORKS), threads=1),
        workers=workers,
        tell=lambda done: tell(done, count),
    )


def embeddings_of(faced: list[Faced], network: NetworkName) -> NDArray[np.float32]:
    """Return the embeddings of one of `NETWORKS`, (N, D); rows of NaN where no face was found.

    Raises ValueError if there is no face at all.
    """
    column = NETWORKS.index(network)
    found = [None if one.embeddings is None else one.embeddings[column] for one in faced]
    size = next((one.size for one in found if one is not None), 0)
    if not size:
        raise ValueError("no face was found in any of the pictures")
    nobody = np.full(size, np.nan, np.float32)
    return np.stack([nobody if one is None else one for one in found])
