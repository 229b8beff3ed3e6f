"""What the pipeline sees in one frame, before anybody is compared with anybody."""

from __future__ import annotations

from dataclasses import dataclass, field

from facelock.core.frames import FaceBox, FaceCrop, Landmarks
from facelock.core.quality import QualityReport

SECOND_FACE_AREA = 0.25
"""A second face counts when it covers more than this share of the principal one's area."""

DARK_SCENE = 22.0
"""Mean luma (0-255) below which a frame without a face is called dark rather than empty."""


@dataclass(frozen=True, eq=False)
class SeenFace:
    """The principal face of a frame, tracked, aligned and measured."""

    track_id: int  # the same number as long as it is the same continuous face
    box: FaceBox
    landmarks: Landmarks = field(repr=False)
    crop: FaceCrop = field(repr=False)
    report: QualityReport


@dataclass(frozen=True, eq=False)
class Look:
    """One frame, seen. `faces` counts the principal face and every other that counts."""

    captured_at: float  # seconds, as in the frame
    frame_size: tuple[int, int]  # width, height
    scene_brightness: float  # mean luma of the frame, 0-255
    faces: int
    face: SeenFace | None
    black: bool = False  # and has been for two seconds: a closed shutter, or no light at all

    @property
    def too_dark(self) -> bool:
        """True if nothing could be seen for want of light."""
        return self.scene_brightness < DARK_SCENE
