"""What a cheap webcam makes of a scene: its light, its noise and the blur of what moves."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels

_NOISE_MARGIN = 64  # pixels: the same noise is shown at another place in every frame
_MID_GREY = 128.0  # shade value that changes nothing
_SHUTTER = 0.25  # of the time between two frames
_VISIBLE_BLUR = 1.5  # pixels


@dataclass(frozen=True)
class Light:
    """The light of one clip. The defaults are even daylight."""

    exposure: float = 1.0  # factor
    gamma: float = 1.0  # above 1 darkens the middle tones
    warmth: float = 0.0  # -0.1 (blue) to 0.1 (orange)
    from_left: float = 0.0  # -0.3 to 0.3: so much brighter on the left edge than in the middle
    from_above: float = 0.0  # the same, top edge
    flicker: float = 0.01  # standard deviation of the exposure from frame to frame


class WebcamLook:
    """Turns perfect scenes into frames of one webcam in one light. Deterministic for a seed."""

    def __init__(self, light: Light, noise: float, rng: np.random.Generator) -> None:
        """Prepare the clip. `noise`: standard deviation in grey values, 0 to 6."""
        self._rng = rng
        self._flicker = light.flicker
        self._curves = self._curve(light)
        self._shade: Pixels | None = None
        self._light = light
        self._noise = noise
        self._grain: NDArray[np.int16] = np.zeros((0, 0, 3), np.int16)

    def develop(self, scene: Pixels, *, speed: float = 0.0) -> Pixels:
        """Return the frame of a scene whose face moves sideways by `speed` pixels a frame."""
        height, width = scene.shape[:2]
        if self._shade is None:
            self._shade = _shade(self._light, height, width)
            self._grain = self._make_grain(height, width)
        frame = _moved(scene, abs(speed) * _SHUTTER)
        factor = 1 + self._flicker * float(self._rng.standard_normal())
        curve = np.clip(self._curves * factor, 0, 255).astype(np.uint8)
        toned = cv2.LUT(frame, curve)
        lit = cv2.multiply(toned, self._shade, scale=1 / _MID_GREY)
        top, left = self._rng.integers(0, _NOISE_MARGIN, 2)
        grain = self._grain[top : top + height, left : left + width]
        return np.asarray(cv2.add(lit, grain, dtype=cv2.CV_8U), np.uint8)

    def _make_grain(self, height: int, width: int) -> NDArray[np.int16]:
        """Noise as a sensor with filtered colours gives it: mostly of brightness, fine."""
        size = height + _NOISE_MARGIN, width + _NOISE_MARGIN
        bright = self._rng.standard_normal((*size, 1), np.float32)
        colour = cv2.resize(
            self._rng.standard_normal((size[0] // 2, size[1] // 2, 3), np.float32),
            (size[1], size[0]),
            interpolation=cv2.INTER_LINEAR,
        )
        grain = (bright * 0.85 + colour * 0.6) * self._noise
        return np.asarray(np.round(grain), np.int16)

    @staticmethod
    def _curve(light: Light) -> NDArray[np.float64]:
        """Return the tone curves, (1, 256, 3): blue, green, red."""
        tone = 255 * (np.arange(256) / 255) ** light.gamma * light.exposure
        tint = np.array([1 - light.warmth, 1.0, 1 + light.warmth])
        return np.asarray(tone[None, :, None] * tint)


def _shade(light: Light, height: int, width: int) -> Pixels:
    """Return the uneven light as a picture; 128 leaves a pixel as it is."""
    across = np.linspace(light.from_left, -light.from_left, width)
    down = np.linspace(light.from_above, -light.from_above, height)
    shade = _MID_GREY * (1 + across[None] + down[:, None])
    single = np.clip(np.round(shade), 0, 255).astype(np.uint8)
    return np.asarray(cv2.merge([single, single, single]), np.uint8)


def _moved(scene: Pixels, length: float) -> Pixels:
    """Blur sideways by `length` pixels, as an open shutter does."""
    if length < _VISIBLE_BLUR:
        return scene
    return np.asarray(cv2.blur(scene, (2 * round(length / 2) + 1, 1)), np.uint8)
