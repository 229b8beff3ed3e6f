"""What a second recording does to a face: printed on paper, or shown on a screen, and filmed.

Made-up presentation attacks to train the passive networks on: of real ones there are few. Pictures
are (H, W, 3) uint8, BGR. What the camera itself adds, to attacks and to live faces alike, is in
`webcam_effects`. No torch in here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import MappingProxyType
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels
from facelock.learning import webcam_effects as webcam


def printed(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return it as a print of office or photo quality: dots, ink on paper, dull or glossy."""
    values = pixels.astype(np.float64) / 255
    values = _toned(values, rng, gamma=(0.75, 1.5), colour=(0.55, 1.05))
    if rng.random() < 0.6:
        values = _halftone(values, rng)
    paper = rng.uniform(0.75, 1.0) * (1 + rng.normal(0, 0.04, 3))
    ink = rng.uniform(0.03, 0.22)
    values = ink + values * (paper - ink)
    values *= 1 + rng.normal(0, rng.uniform(0.003, 0.02), values.shape[:2])[..., None]  # its fibres
    if rng.random() < 0.35:
        values = _glare(values, rng)
    return _to_pixels(_second_lens(values, rng))


def screened(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return it as a screen shows it and a camera films it: black that glows, moire, banding."""
    values = pixels.astype(np.float64) / 255
    values = _toned(values, rng, gamma=(0.7, 1.6), colour=(0.7, 1.35))
    values = np.clip(0.5 + (values - 0.5) * rng.uniform(0.75, 1.4), 0, 1)
    values = values * (1 + rng.normal(0, 0.08, 3)) * rng.uniform(0.7, 1.15)
    values = values + rng.uniform(0.0, 0.14) * (1 + rng.normal(0, 0.25, 3))
    if rng.random() < 0.75:
        values = _moire(values, rng)
    if rng.random() < 0.35:
        values = _banding(values, rng)
    if rng.random() < 0.3:
        values = _glare(values, rng)
    return _to_pixels(_second_lens(values, rng))


def recoded(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return it as a picture that was saved small and coarsely before it was shown on a screen."""
    side = int(pixels.shape[0] * rng.uniform(0.35, 0.8))
    small = webcam.jpeg(webcam.coarse(pixels, side), int(rng.integers(25, 65)))
    large = webcam.enlarged(small, pixels.shape[0], cv2.INTER_CUBIC)
    return screened(large, rng)


SPECIES: Final[MappingProxyType[str, Callable[[Pixels, np.random.Generator], Pixels]]] = (
    MappingProxyType({"print": printed, "screen": screened, "recoded-screen": recoded})
)
"""Made-up attack species, by name."""


def filmed(pixels: Pixels, size: int, rng: np.random.Generator) -> Pixels:
    """Return a square picture as an ordinary webcam delivers it, (size, size, 3).

    The same for live faces and for attacks, so that none of it gives an attack away.
    """
    sensor = int(rng.uniform(0.45, 1.35) * size)
    seen = webcam.coarse(pixels, min(sensor, pixels.shape[0]))
    if rng.random() < 0.5:
        seen = webcam.motion(
            seen, length=abs(rng.normal(0, 1.2)), degrees=float(rng.uniform(0, 180))
        )
    seen = webcam.defocus(seen, abs(rng.normal(0, 0.5)))
    exposure = float(rng.uniform(0.5, 1.15))
    seen = webcam.light(
        seen,
        exposure=exposure,
        gamma=float(np.exp(rng.normal(0, 0.18))),
        across=float(np.clip(rng.normal(0, 0.15), -0.5, 0.5)),
        down=float(np.clip(rng.normal(0, 0.12), -0.5, 0.5)),
    )
    photons = float(np.exp(rng.uniform(math.log(500), math.log(20_000))))
    seen = webcam.noise(
        seen, photons=photons, read=rng.uniform(0, 4), gain=exposure ** -rng.uniform(0, 1), rng=rng
    )
    seen = webcam.cast(seen, (1 + rng.normal(0, 0.06, 3)).astype(np.float32))
    if rng.random() < 0.08:
        seen = webcam.grey(seen)
    if rng.random() < 0.8:
        seen = webcam.jpeg(seen, int(rng.integers(45, 97)))
    return webcam.enlarged(seen, size, cv2.INTER_AREA if seen.shape[0] > size else cv2.INTER_LINEAR)


_Values: TypeAlias = NDArray[np.float64]


def _toned(
    values: _Values,
    rng: np.random.Generator,
    *,
    gamma: tuple[float, float],
    colour: tuple[float, float],
) -> _Values:
    """Return it with another tone curve and more or less colour."""
    curved = np.clip(values, 0, 1) ** rng.uniform(*gamma)
    grey = curved.mean(axis=2, keepdims=True)
    return np.asarray(np.clip(grey + (curved - grey) * rng.uniform(*colour), 0, 1), np.float64)


def _wave(
    shape: tuple[int, ...], rng: np.random.Generator, *, period: float, angle: float
) -> _Values:
    """Return sin of a plane wave, slightly bent as by a lens or a tilted screen, (H, W)."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float64)
    along = x * math.cos(angle) + y * math.sin(angle)
    bend = rng.normal(0, 0.0004) * ((x - shape[1] / 2) ** 2 + (y - shape[0] / 2) ** 2)
    wave: _Values = np.sin(2 * math.pi * (along + bend) / period + rng.uniform(0, 2 * math.pi))
    return wave


def _halftone(values: _Values, rng: np.random.Generator) -> _Values:
    """Return it screened with dots, each ink at its own angle, seen through a soft lens."""
    period, strength = rng.uniform(2.0, 4.5), rng.uniform(0.1, 0.5)
    dotted = values.copy()
    for channel, degrees in enumerate((15.0, 75.0, 45.0)):
        angle = math.radians(degrees + rng.normal(0, 3))
        dots = _wave(values.shape, rng, period=period, angle=angle)
        dots = dots * _wave(values.shape, rng, period=period, angle=angle + math.pi / 2)
        inked = values[..., channel] + dots * 0.5
        soft = 1 / (1 + np.exp(-(inked - 0.5) * 6))
        dotted[..., channel] = (1 - strength) * values[..., channel] + strength * soft
    return dotted


def _moire(values: _Values, rng: np.random.Generator) -> _Values:
    """Return it with the beat of the screen's pixels against the camera's, by colour."""
    waved = values.copy()
    for _ in range(int(rng.integers(1, 3))):
        period = float(np.exp(rng.uniform(math.log(2.2), math.log(45))))
        angle, strength = rng.uniform(0, math.pi), rng.uniform(0.01, 0.12)
        for channel in range(3):
            wave = _wave(values.shape, rng, period=period * (1 + rng.normal(0, 0.02)), angle=angle)
            waved[..., channel] *= 1 + strength * wave
    return waved


def _banding(values: _Values, rng: np.random.Generator) -> _Values:
    """Return it with the bright and dark bars of a screen's refresh."""
    period = rng.uniform(0.25, 1.5) * values.shape[0]
    bars = _wave(values.shape, rng, period=period, angle=math.pi / 2 + rng.normal(0, 0.05))
    banded: _Values = values * (1 + rng.uniform(0.02, 0.15) * bars[..., None])
    return banded


def _glare(values: _Values, rng: np.random.Generator) -> _Values:
    """Return it with the reflection of a lamp or a window on its gloss."""
    height, width = values.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    across, down = rng.uniform(0.05, 0.5) * width, rng.uniform(0.05, 0.5) * height
    spot = ((x - rng.uniform(0, width)) / across) ** 2 + ((y - rng.uniform(0, height)) / down) ** 2
    light = rng.uniform(0.1, 0.7) * np.exp(-(spot ** rng.uniform(1, 3)))
    lit: _Values = values + light[..., None] * (1 + rng.normal(0, 0.05, 3))
    return lit


def _second_lens(values: _Values, rng: np.random.Generator) -> _Values:
    """Return it a little out of focus: the sheet or screen was filmed from near."""
    sigma = abs(rng.normal(0, 0.9)) * values.shape[0] / 224
    if sigma < 0.1:
        return values
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float64)


def _to_pixels(values: _Values) -> Pixels:
    return np.asarray(np.clip(np.round(values * 255), 0, 255), np.uint8)
