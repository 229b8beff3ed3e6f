"""The faces that the passive networks are trained and judged on, through the product's own eyes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from facelock.core.frames import Frame, Pixels
from facelock.vision.alignment import align
from facelock.vision.detector import BlazeFace
from facelock.vision.landmarks import FaceMesh

PICTURES = {".jpg", ".png", ".gif", ".bmp", ".pgm"}


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture of a data set and the face found in it."""

    source: str  # "lfw", "utkface", "yale", "nuaa-live", "nuaa-print"
    person: str
    pixels: Pixels = field(repr=False)
    crop: Pixels = field(repr=False)  # (112, 112, 3)
    face: tuple[float, float, float]  # x, y of the box's middle and its width, pixels
    fold: int = 0  # of LFW


def read_lfw(root: Path, most_each: int = 1) -> list[Picture]:
    """Return pictures of everybody in the folds at hand."""
    pictures = []
    rows = (root / "lfw" / "people.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        fold, person, _ = row.split("\t")
        files = sorted((root / "lfw" / "images" / person).iterdir())[:most_each]
        pictures += _seen("lfw", [(person, file) for file in files], int(fold))
    return pictures


def read_utkface(root: Path) -> list[Picture]:
    """Return the faces of five groups; "person" is the group's number."""
    files = sorted((root / "utkface").rglob("*.jpg"))
    return _seen("utkface", [(_group(file), file) for file in files])


def _group(file: Path) -> str:
    found = re.match(r"\d+_\d_(\d)", file.name)
    return found.group(1) if found else "?"


def read_yale(root: Path) -> list[Picture]:
    """Return the faces of fifteen people in several lights and expressions."""
    return _folder("yale", root / "yale")


def read_nuaa(root: Path) -> list[Picture]:
    """Return live and printed faces of eight people."""
    return _folder("nuaa-live", root / "nuaa" / "live") + _folder(
        "nuaa-print", root / "nuaa" / "print"
    )


def _folder(source: str, root: Path) -> list[Picture]:
    files = [file for file in sorted(root.rglob("*")) if file.suffix.lower() in PICTURES]
    return _seen(source, [(file.parent.name, file) for file in files])


def _seen(source: str, files: Iterable[tuple[str, Path]], fold: int = 0) -> list[Picture]:
    return [
        Picture(source, person, pixels, *found, fold)
        for person, file in files
        if (pixels := _read(file)) is not None and (found := look_at(pixels)) is not None
    ]


def _read(file: Path) -> Pixels | None:
    pixels = cv2.imread(str(file), cv2.IMREAD_COLOR)
    return None if pixels is None else np.asarray(pixels, np.uint8)


_EYES: Final[list[tuple[BlazeFace, FaceMesh]]] = []


def look_at(pixels: Pixels) -> tuple[Pixels, tuple[float, float, float]] | None:
    """Return the aligned crop of the largest face, and the middle and width of its box."""
    if not _EYES:
        _EYES.append((BlazeFace(), FaceMesh()))
    detector, mesh = _EYES[0]
    frame = Frame(pixels.copy(), 0.0, simulated=True)
    faces = detector.detect(frame)
    if not faces:
        return None
    x, y = faces[0].box.centre
    return align(frame, mesh.find(frame, faces[0])).pixels, (x, y, faces[0].box.width)
