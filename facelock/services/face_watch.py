"""Is somebody there at all? Asked while it is locked, at a low rate, before a face is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facelock.core.look import DARK_SCENE
from facelock.services.recognition import scene_brightness

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.services.recognition import FacePipeline

_SMALLEST = 0.06  # of the frame's smaller side: whoever is farther away passes by


@dataclass(frozen=True)
class FaceThere:
    """What one frame showed."""

    present: bool  # somebody, whoever it is
    too_dark: bool  # nothing could be seen for want of light


class FaceWatch:
    """What the recognition loop does with a frame of the watch while it is locked.

    Finds faces and nothing more: nobody is measured, and nobody compared with anybody.
    """

    def __init__(self, pipeline: FacePipeline) -> None:
        self._pipeline = pipeline

    def __call__(self, frame: Frame) -> FaceThere:
        """Say whether there is a face in the frame."""
        smallest = _SMALLEST * min(frame.width, frame.height)
        boxes = [face.box for face in self._pipeline.detect(frame)]
        return FaceThere(
            present=any(max(box.width, box.height) >= smallest for box in boxes),
            too_dark=scene_brightness(frame) < DARK_SCENE,
        )
