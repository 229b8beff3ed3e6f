"""Is there light enough, and is the picture sharp? Said of what the camera sees now.

The measures and the limits are those of recognition: what is called too dark here is what would be
refused there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from facelock.core.quality import ENROLMENT_LIMITS, PROBE_LIMITS, Defect

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.core.look import Look
    from facelock.services.recognition import FacePipeline

_SECONDS = 0.3  # between two readings: more of them nobody could read


class Light(Enum):
    """How much light there is on the face."""

    NONE = "none"  # for two seconds: a closed shutter, or no light at all
    TOO_DARK = "too-dark"  # no comparison is made
    DIM = "dim"  # enough to open, too little to enrol
    GOOD = "good"
    BRIGHT = "bright"
    TOO_BRIGHT = "too-bright"


class Sharpness(Enum):
    """How sharp the face is."""

    BLURRED = "blurred"  # no comparison is made
    SOFT = "soft"  # enough to open, too little to enrol
    GOOD = "good"


@dataclass(frozen=True)
class Reading:
    """What was measured on one frame. Without a face only darkness can be told."""

    light: Light | None
    brightness: float  # mean luma, 0-255: of the face, of the whole picture if there is none
    sharpness: Sharpness | None
    detail: float  # gradient variance over luma variance; 0 without a face


def read_light(look: Look) -> Reading:
    """Judge one look."""
    if look.face is None:
        dark = Light.NONE if look.black else Light.TOO_DARK
        light = dark if look.too_dark else None
        return Reading(light, look.scene_brightness, None, 0.0)
    report = look.face.report
    probe, enrolment = PROBE_LIMITS.defects(report), ENROLMENT_LIMITS.defects(report)
    if Defect.BLURRED in probe:
        sharpness = Sharpness.BLURRED
    else:
        sharpness = Sharpness.SOFT if Defect.BLURRED in enrolment else Sharpness.GOOD
    return Reading(_light(probe, enrolment), report.brightness, sharpness, report.sharpness)


def _light(probe: tuple[Defect, ...], enrolment: tuple[Defect, ...]) -> Light:
    for defect, refused, poor in (
        (Defect.TOO_DARK, Light.TOO_DARK, Light.DIM),
        (Defect.TOO_BRIGHT, Light.TOO_BRIGHT, Light.BRIGHT),
    ):
        if defect in probe:
            return refused
        if defect in enrolment:
            return poor
    return Light.GOOD


class LightWork:
    """What the recognition loop does with each frame while the light is measured."""

    def __init__(self, pipeline: FacePipeline) -> None:
        self._pipeline = pipeline
        self._last: float | None = None  # seconds, as in the frames

    def __call__(self, frame: Frame) -> Reading | None:
        """Return a reading, some three times a second; None in between."""
        at = frame.captured_at
        if self._last is not None and 0 <= at - self._last < _SECONDS:
            return None
        if self._last is None:
            self._pipeline.restart()  # whoever was followed before is somebody else's business
        self._last = at
        return read_light(self._pipeline.look(frame))
