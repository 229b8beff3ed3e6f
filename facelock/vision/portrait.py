"""The demo's portraits: a picture, where the person is in it, and the points of the face.

Built by `scripts/build_demo_faces.py`; openly licensed, see `assets/faces/README.md`. They are read
for the demo only and never compared with a real profile: every frame made of them is simulated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import PictureUnreadable
from facelock.core.frames import LANDMARK_COUNT, Pixels
from facelock.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

_FACES = "assets/faces"


class Sitter(Enum):
    """Whose portrait. The value is the name of its files."""

    COLLINS = "collins"
    HOPPER = "hopper"


CREDITS = {
    Sitter.COLLINS: "Eileen Collins. Photograph: NASA. Public domain.",
    Sitter.HOPPER: "Grace Hopper. Photograph: United States Navy. Public domain.",
}
"""One line to show beside a portrait, in English."""


@dataclass(frozen=True, eq=False)
class Portrait:
    """A person from the front; 72 pixels between the eyes, whose middle is at (320, 220)."""

    pixels: Pixels = field(repr=False)  # (576, 640, 3)
    matte: NDArray[np.uint8] = field(repr=False)  # (576, 640), 255 where the person is
    landmarks: NDArray[np.float32] = field(repr=False)  # (468, 3) pixels, z towards + away


class _Points(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    unit: str
    points: list[tuple[float, float, float]]


def load_portrait(sitter: Sitter) -> Portrait:
    """Return a bundled portrait. Raises PictureUnreadable if its files are missing or damaged."""
    stem = f"{_FACES}/{sitter.value}"
    try:
        pixels = _decode(resource(f"{stem}.jpg"), cv2.IMREAD_COLOR)
        matte = _decode(resource(f"{stem}.matte.png"), cv2.IMREAD_GRAYSCALE)
        stored = resource(f"{stem}.landmarks.json").read_bytes()
        points = msgspec.json.decode(stored, type=_Points).points
    except (OSError, msgspec.MsgspecError) as error:
        raise PictureUnreadable(stem) from error
    if matte.shape != pixels.shape[:2] or len(points) != LANDMARK_COUNT:
        raise PictureUnreadable(stem)
    return Portrait(pixels, matte, np.array(points, np.float32))


def _decode(path: Path, flags: int) -> NDArray[np.uint8]:
    decoded = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), flags)
    if decoded is None:
        raise PictureUnreadable(path.name)
    return np.asarray(decoded, np.uint8)
