"""Random webcam conditions for training: every picture looks different every time it is drawn.

Made of the same effects as the evaluation's fixed protocol (`degradation`), but drawn otherwise:
each effect on its own, with a strength of its own, clean pictures among them, and glasses, masks,
mirror images and grey pictures besides, which the protocol does not have. No torch in here.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from facelock.core.frames import CROP_SIZE, Pixels
from facelock.learning import webcam_effects as webcam


@dataclass(frozen=True, kw_only=True)
class AugmentationConfig:
    """How likely and how strong. Probabilities 0 to 1; strengths are the far end of a range."""

    clean: float = 0.3  # share of pictures left as they are, but for the mirror
    mirror: float = 0.5
    grey: float = 0.05
    each: float = 0.7  # probability of each of the camera's effects
    smallest: int = 44  # pixels of the sensor across the crop
    exposure: float = 0.28  # smallest factor
    photons: tuple[float, float] = (300, 6000)  # that make full white
    read: float = 5.0  # grey values
    smear: float = 3.0  # pixels of the sensor
    defocus: float = 1.1  # the same
    quality: tuple[int, int] = (45, 95)  # of the JPEG
    cast: float = 0.09  # standard deviation of a channel's gain
    uneven: float = 0.25  # standard deviation
    shift: float = 1.4  # standard deviation, pixels of the crop
    degrees: float = 2.0
    scale: float = 0.025
    glasses: float = 0.06
    mask: float = 0.02


class WebcamAugmentation:
    """Draws one webcam picture of an aligned face after another. Deterministic for a generator."""

    def __init__(self, rng: np.random.Generator, config: AugmentationConfig | None = None) -> None:
        self._rng = rng
        self._config = config or AugmentationConfig()

    def __call__(self, pixels: Pixels) -> Pixels:
        """Return another picture of the same face. `pixels`: (112, 112, 3) uint8 BGR, unchanged."""
        rng, config = self._rng, self._config
        if rng.random() < config.mirror:
            pixels = np.ascontiguousarray(pixels[:, ::-1])
        if rng.random() < config.clean:
            return pixels
        pixels = self._lit(self._cut(self._covered(pixels)))
        pixels = self._recorded(pixels)
        return webcam.grey(pixels) if rng.random() < config.grey else pixels

    def _happens(self) -> bool:
        return bool(self._rng.random() < self._config.each)

    def _covered(self, pixels: Pixels) -> Pixels:
        rng, config = self._rng, self._config
        if rng.random() < config.glasses:
            pixels = webcam.glasses(
                pixels,
                colour=int(rng.integers(0, 120)),
                lens=float(rng.uniform(0, 0.35)),
                width=int(rng.integers(1, 4)),
            )
        if rng.random() < config.mask:
            blue, green, red = (int(value) for value in rng.integers(20, 255, 3))
            pixels = webcam.mask(pixels, (blue, green, red), int(rng.integers(70, 82)))
        return pixels

    def _cut(self, pixels: Pixels) -> Pixels:
        rng, config = self._rng, self._config
        if not self._happens():
            return pixels
        return webcam.jitter(
            pixels,
            shift=(rng.normal(0, config.shift), rng.normal(0, config.shift)),
            degrees=rng.normal(0, config.degrees),
            scale=float(np.exp(rng.normal(0, config.scale))),
        )

    def _lit(self, pixels: Pixels) -> Pixels:
        rng, config = self._rng, self._config
        if not self._happens():
            return pixels
        return webcam.light(
            pixels,
            exposure=float(rng.uniform(0.8, 1.25)),
            gamma=float(np.exp(rng.normal(0, config.uneven))),
            across=float(np.clip(rng.normal(0, config.uneven), -0.8, 0.8)),
            down=float(np.clip(rng.normal(0, config.uneven), -0.8, 0.8)),
        )

    def _recorded(self, pixels: Pixels) -> Pixels:
        """What the camera does: few pixels, motion, focus, noise in dim light, colour, JPEG."""
        rng, config = self._rng, self._config
        if self._happens():
            # Even in the logarithm: halving the pixels counts the same wherever it begins.
            size = np.exp(rng.uniform(np.log(config.smallest), np.log(CROP_SIZE)))
            pixels = webcam.coarse(pixels, round(float(size)))
        if self._happens():
            length = rng.uniform(0, config.smear)
            pixels = webcam.motion(pixels, length=length, degrees=rng.uniform(0, 180))
        if self._happens():
            pixels = webcam.defocus(pixels, rng.uniform(0, config.defocus))
        if self._happens():
            pixels = self._dim_and_noisy(pixels)
        if self._happens():
            gains = np.exp(rng.normal(0, config.cast, 3))
            pixels = webcam.cast(pixels, gains.astype(np.float32))
        if self._happens():
            low, high = config.quality
            pixels = webcam.jpeg(pixels, int(rng.integers(low, high + 1)))
        if pixels.shape[0] == CROP_SIZE:
            return pixels
        way = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_AREA)[int(rng.integers(3))]
        return webcam.enlarged(pixels, CROP_SIZE, way)

    def _dim_and_noisy(self, pixels: Pixels) -> Pixels:
        rng, config = self._rng, self._config
        exposure = float(np.exp(rng.uniform(np.log(config.exposure), 0)))
        photons = float(np.exp(rng.uniform(*np.log(config.photons))))
        dim = webcam.light(pixels, exposure=exposure, gamma=1.0, across=0.0, down=0.0)
        return webcam.noise(
            dim,
            photons=photons,
            read=float(rng.uniform(0, config.read)),
            gain=exposure ** -float(rng.uniform(0.2, 1.0)),
            rng=rng,
        )
