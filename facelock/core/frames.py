"""Pictures and the geometry of the faces in them, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
"""(height, width, 3), uint8, 0-255, channel order BGR (OpenCV's)."""

CROP_SIZE = 112  # pixels, side of the aligned face the network was trained on
LANDMARK_COUNT = 468  # points of the FaceMesh topology


def _check_pixels(pixels: Pixels) -> None:
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8:
        message = f"expected (H, W, 3) uint8, got {pixels.shape} {pixels.dtype}"
        raise ValueError(message)


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture from a camera. The pixels are made read-only: threads share them.

    `simulated` is set by the source and travels with every frame, so that no later stage can
    mistake a played file for a physical camera (threat-model row 3).
    """

    pixels: Pixels = field(repr=False)
    captured_at: float  # seconds, monotonic (for a clip: position in the clip)
    simulated: bool
    camera_id: str = ""  # of the physical camera it is from, as the system tells it apart

    def __post_init__(self) -> None:
        _check_pixels(self.pixels)
        self.pixels.flags.writeable = False

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.pixels.shape[0])


@dataclass(frozen=True)
class FaceBox:
    """An upright rectangle in frame pixels; may reach beyond the frame."""

    left: float
    top: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Square pixels."""
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def centre(self) -> tuple[float, float]:
        """(x, y) of the middle, pixels."""
        return self.left + self.width / 2, self.top + self.height / 2

    def overlap(self, other: FaceBox) -> float:
        """Intersection over union with `other`, 0 (apart) to 1 (equal)."""
        right = min(self.left + self.width, other.left + other.width)
        bottom = min(self.top + self.height, other.top + other.height)
        shared = max(right - max(self.left, other.left), 0.0) * max(
            bottom - max(self.top, other.top), 0.0
        )
        union = self.area + other.area - shared
        return shared / union if union > 0 else 0.0


@dataclass(frozen=True, eq=False)
class DetectedFace:
    """What the detector found: a box, six key points and how sure it is."""

    box: FaceBox
    key_points: NDArray[np.float32]  # (6, 2) pixels: right eye, left eye, nose, mouth, ears
    score: float  # 0-1


@dataclass(frozen=True, eq=False)
class Landmarks:
    """The FaceMesh points of one face, in frame pixels (z in the same scale, towards +away)."""

    points: NDArray[np.float32] = field(repr=False)  # (468, 3)
    presence: float  # 0-1: how sure the network is that this is a face

    def __post_init__(self) -> None:
        if self.points.shape != (LANDMARK_COUNT, 3):
            message = f"expected (468, 3) landmarks, got {self.points.shape}"
            raise ValueError(message)


@dataclass(frozen=True, eq=False)
class FaceCrop:
    """An upright, aligned face, ready for the network: (112, 112, 3) uint8 BGR."""

    pixels: Pixels = field(repr=False)

    def __post_init__(self) -> None:
        _check_pixels(self.pixels)
        if self.pixels.shape != (CROP_SIZE, CROP_SIZE, 3):
            message = f"expected a 112 x 112 crop, got {self.pixels.shape}"
            raise ValueError(message)


@dataclass(frozen=True)
class HeadPose:
    """Where the head points, in degrees, from the person's own point of view.

    yaw > 0: turned to the person's left; pitch > 0: looking up; roll > 0: head tilted
    towards the person's left shoulder.
    """

    yaw: float
    pitch: float
    roll: float
