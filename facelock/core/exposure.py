"""Light as a whole: a camera that is still finding its exposure, and a picture that is black."""

from __future__ import annotations

import numpy as np

from facelock.core.frames import Pixels

RAMP_SECONDS = 0.7
"""At most so long is waited for a camera that opens its eye."""

STILL_SECONDS = 0.2
"""So long without getting brighter, and it has found its exposure: they go up in steps."""

BRIGHT_ENOUGH = 60.0
"""Mean luma at which nothing is waited for; faces are found far below."""

BLACK_SECONDS = 2.0
"""A picture that was black for so long is that of a closed shutter, or of no light at all."""

BLACK_LUMA, BLACK_SPREAD = 4.0, 2.0
"""Mean and standard deviation of the luma (0-255), below which a picture is black."""

_STEP = 1.0  # of mean luma: less is noise
_GAP_SECONDS = 1.0  # between two frames: after more of it a spell of black begins anew


def lumas(pixels: Pixels) -> tuple[float, float]:
    """Return mean and spread of the luma, 0-255, from every eighth pixel (ITU-R BT.601 weights)."""
    weights = np.array([0.114, 0.587, 0.299], np.float32)
    luma = pixels[::8, ::8].reshape(-1, 3) @ weights
    return float(luma.mean()), float(luma.std())


class ExposureRamp:
    """Says when a camera that was just opened shows what there is to see.

    Its first frames may be dark in a bright room. Not waited for, they would be called too dark.
    """

    def __init__(self) -> None:
        self._began: float | None = None  # seconds
        self._rose_at = 0.0
        self._peak = 0.0
        self._is_over = False

    def is_over(self, pixels: Pixels, now: float) -> bool:
        """True if this frame, at `now` seconds, may be looked at; from then on always."""
        if self._is_over:
            return True
        luma, _ = lumas(pixels)
        if self._began is None or luma > self._peak + _STEP:
            self._peak, self._rose_at = luma, now
        self._began = now if self._began is None else self._began
        self._is_over = (
            luma >= BRIGHT_ENOUGH
            or now - self._rose_at >= STILL_SECONDS
            or now - self._began >= RAMP_SECONDS
        )
        return self._is_over


class BlackPicture:
    """Says when the picture has been black for a while. Dark is not black: a shutter is closed."""

    def __init__(self) -> None:
        self._since: float | None = None  # seconds, as in the frames
        self._last = 0.0

    def holds(self, luma: float, spread: float, at: float) -> bool:
        """True if a frame of this light, at `at` seconds, completes the time of black."""
        follows = self._since is not None and 0 <= at - self._last <= _GAP_SECONDS
        self._last = at
        if luma >= BLACK_LUMA or spread >= BLACK_SPREAD:
            self._since = None
        elif not follows:
            self._since = at
        return self._since is not None and at - self._since >= BLACK_SECONDS
