"""The degraded protocol: evaluation faces made webcam-like, the same way for everybody.

Four severities, from a good laptop camera to a far face in a dim room. The transformation is fixed:
its random numbers come from the crop's own bytes and the severity, so they depend on no file name,
no order and no machine, and "webcam-like" is one number that anyone can recompute.

It works on the aligned crop, so that one severity means the same for a close-up and for a group
photograph; that the landmarks of a bad picture are a little off is part of it, as jitter.
No torch in here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from facelock.core.frames import CROP_SIZE, FaceCrop
from facelock.learning import webcam_effects as webcam

VERSION: Final = 1
"""Raised with any change below: figures of different versions cannot be compared."""


@dataclass(frozen=True, kw_only=True)
class Severity:
    """How bad the camera and its light are. Where a range is meant, the value is its far end."""

    size: int  # pixels of the sensor across the crop; the eyes are 0.36 of that apart
    exposure: float  # smallest
    uneven: float  # brighter at one edge, standard deviation
    photons: float  # that make full white; fewer, more shot noise
    read: float  # standard deviation of the read noise, grey values
    smear: float  # longest motion blur, pixels of the sensor
    defocus: float  # largest, pixels of the sensor
    cast: float  # standard deviation of each channel's gain
    quality: int  # of the JPEG
    shift: float  # of the landmarks, standard deviation, pixels of the crop
    degrees: float  # the same, in-plane rotation
    scale: float  # the same, size


SEVERITIES: Final = MappingProxyType(
    {
        1: Severity(
            size=88, exposure=0.75, uneven=0.08, photons=3000, read=1.5, smear=1.0, defocus=0.5,
            cast=0.03, quality=88, shift=0.4, degrees=0.6, scale=0.008,
        ),
        2: Severity(
            size=76, exposure=0.60, uneven=0.14, photons=1500, read=2.5, smear=1.5, defocus=0.6,
            cast=0.05, quality=80, shift=0.7, degrees=1.1, scale=0.014,
        ),
        3: Severity(
            size=64, exposure=0.45, uneven=0.20, photons=800, read=3.5, smear=2.0, defocus=0.7,
            cast=0.07, quality=70, shift=1.0, degrees=1.6, scale=0.020,
        ),
        4: Severity(
            size=52, exposure=0.32, uneven=0.26, photons=450, read=4.5, smear=2.5, defocus=0.8,
            cast=0.09, quality=60, shift=1.3, degrees=2.1, scale=0.026,
        ),
    }
)  # fmt: skip


def degrade(crop: FaceCrop, severity: int) -> FaceCrop:
    """Return an aligned face as a worse camera would have given it.

    `severity`: 1 to 4, or 0 for the crop itself. Raises ValueError for any other.
    """
    if severity == 0:
        return crop
    if severity not in SEVERITIES:
        raise ValueError(f"severity {severity} is not one of 0 to {max(SEVERITIES)}")
    level = SEVERITIES[severity]
    rng = _generator(crop, severity)
    pixels = webcam.jitter(
        crop.pixels,
        shift=(rng.normal(0, level.shift), rng.normal(0, level.shift)),
        degrees=rng.normal(0, level.degrees),
        scale=float(np.exp(rng.normal(0, level.scale))),
    )
    exposure = rng.uniform(level.exposure, (1 + level.exposure) / 2)
    pixels = webcam.light(
        pixels,
        exposure=exposure,
        gamma=float(np.exp(rng.normal(0, level.uneven))),
        across=float(np.clip(rng.normal(0, level.uneven), -0.8, 0.8)),
        down=float(np.clip(rng.normal(0, level.uneven), -0.8, 0.8)),
    )
    pixels = webcam.coarse(pixels, level.size)
    pixels = webcam.motion(pixels, length=rng.uniform(0, level.smear), degrees=rng.uniform(0, 180))
    pixels = webcam.defocus(pixels, rng.uniform(level.defocus / 3, level.defocus))
    # The camera's automatic gain makes up for half of what is missing, in stops.
    pixels = webcam.noise(
        pixels, photons=level.photons, read=level.read, gain=exposure**-0.5, rng=rng
    )
    pixels = webcam.cast(pixels, (1 + rng.normal(0, level.cast, 3)).astype(np.float32))
    pixels = webcam.jpeg(pixels, level.quality)
    return FaceCrop(webcam.enlarged(pixels, CROP_SIZE))


def _generator(crop: FaceCrop, severity: int) -> np.random.Generator:
    """Return random numbers that depend on the face and the severity alone."""
    content = hashlib.sha256(np.ascontiguousarray(crop.pixels).tobytes()).digest()
    seed = int.from_bytes(content[:8], "little")
    return np.random.Generator(np.random.PCG64([VERSION, severity, seed]))
