"""Sets a portrait in motion: a solid head that turns, nods, tilts and blinks before a webcam.

Only for the demo, where there is no camera; see `facelock.vision.relief` for the head's depth. One
frame is one backward warp: the head's displacement is inverted by fixed-point iteration on a coarse
grid, and the portrait is sampled once at full size. About 8 ms a frame on one core.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import HeadPose, Pixels
from facelock.vision.eyelids import with_lids_closed
from facelock.vision.portrait import Portrait
from facelock.vision.relief import CELL, make_relief

FRAME_WIDTH, FRAME_HEIGHT = 640, 480
STRAIGHT = HeadPose(0.0, 0.0, 0.0)

_EYES_IN_PORTRAIT = (320.0, 220.0)
_EYES_IN_FRAME = (320.0, 205.0)
_LID_STEPS = 5  # textures from open to closed
_ITERATIONS = 8
_DAMPING = 0.8  # the surface is steep beside the nose: full steps would swing there


@dataclass(frozen=True)
class Stance:
    """Where the head is in one frame."""

    pose: HeadPose = STRAIGHT  # degrees from the portrait's own
    across: float = 0.0  # pixels to the right of the middle
    down: float = 0.0  # pixels below the usual place
    scale: float = 1.0  # 0.85 to 1.2; at 1 the eyes are 72 pixels apart
    blink: float = 0.0  # 0 open to 1 closed


class Puppet:
    """One portrait, ready to move. Slow to make (0.2 s), quick to render. Holds no random state."""

    def __init__(self, portrait: Portrait) -> None:
        height, width = portrait.matte.shape
        self._relief = make_relief(portrait.landmarks, height, width)
        self._backdrop = make_backdrop(portrait)
        lids = np.linspace(0.0, 1.0, _LID_STEPS)
        self._textures = [
            np.dstack([with_lids_closed(portrait, float(share)), portrait.matte]) for share in lids
        ]
        rows, columns = FRAME_HEIGHT // CELL, FRAME_WIDTH // CELL
        self._cells = np.stack(
            np.meshgrid(
                (np.arange(columns, dtype=np.float32) + 0.5) * CELL - 0.5,
                (np.arange(rows, dtype=np.float32) + 0.5) * CELL - 0.5,
            ),
            axis=-1,
        )  # (120, 160, 2) frame pixels

    def render(self, stance: Stance) -> Pixels:
        """Return the scene as a perfect camera would see it, (480, 640, 3) BGR."""
        from_frame = self._portrait_position(stance)
        source = cv2.resize(from_frame, (FRAME_WIDTH, FRAME_HEIGHT), interpolation=cv2.INTER_LINEAR)
        across, down = cv2.split(source)
        texture = self._textures[round(np.clip(stance.blink, 0, 1) * (_LID_STEPS - 1))]
        # Beyond the portrait's lower edge the shoulders go on; its other edges are transparent.
        person = cv2.remap(texture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        share = cv2.extractChannel(person, 3).astype(np.float32) * np.float32(1 / 255)
        colours = cv2.cvtColor(person, cv2.COLOR_BGRA2BGR)
        return np.asarray(cv2.blendLinear(colours, self._backdrop, share, 1 - share), np.uint8)

    def _portrait_position(self, stance: Stance) -> NDArray[np.float32]:
        """Return which point of the portrait each coarse cell of the frame shows, (120, 160, 2)."""
        shift = np.array(
            [_EYES_IN_FRAME[0] + stance.across, _EYES_IN_FRAME[1] + stance.down], np.float32
        )
        still = (self._cells - shift) / np.float32(stance.scale)
        still += np.array(_EYES_IN_PORTRAIT, np.float32)
        displacement = self._relief.displacement(stance.pose)
        source = still
        for _ in range(_ITERATIONS):
            grid = np.asarray((source + 0.5) / CELL - 0.5, np.float32)
            across, down = cv2.split(grid)
            moved = cv2.remap(
                displacement, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
            source = source + _DAMPING * (still - moved - source)
        return np.asarray(source, np.float32)


def make_backdrop(portrait: Portrait) -> Pixels:
    """Return the portrait's own background without the person, out of focus, (480, 640, 3).

    Blurs the visible background ever less widely, and takes the narrowest blur that knows enough.
    Made at a quarter of the size: it is out of focus.
    """
    shift = np.array(_EYES_IN_FRAME) - _EYES_IN_PORTRAIT
    place = np.array([[1.0, 0.0, shift[0]], [0.0, 1.0, shift[1]]]) / CELL
    size = (FRAME_WIDTH // CELL, FRAME_HEIGHT // CELL)
    soft = cv2.blur(portrait.pixels, (CELL, CELL))
    pixels = cv2.warpAffine(soft, place, size, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    # A rim around the person is left out: their colours bleed into it.
    person = cv2.dilate(portrait.matte, np.ones((45, 45), np.uint8))
    known = cv2.warpAffine(255 - person, place, size, borderMode=cv2.BORDER_REPLICATE)
    share = cv2.GaussianBlur(known.astype(np.float32) / 255, (0, 0), 1.0)
    filled = np.full_like(pixels, pixels[share > 0.5].mean(axis=0))
    for sigma in (80.0, 60.0, 40.0, 25.0, 15.0, 8.0, 4.0):
        weight = cv2.GaussianBlur(share, (0, 0), sigma)[..., None]
        blurred = cv2.GaussianBlur(pixels * share[..., None], (0, 0), sigma)
        sure = np.clip(weight * 2 - 0.3, 0, 1)
        filled = filled * (1 - sure) + blurred / np.maximum(weight, 1e-3) * sure
    large = cv2.resize(filled, (FRAME_WIDTH, FRAME_HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.clip(large, 0, 255).astype(np.uint8)
