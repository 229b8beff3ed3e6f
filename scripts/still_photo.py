"""A still picture, held before a camera: hand shake, zoom, rotation, perspective, and the bend.

Made-up presentations for row 1 of the threat model. A sheet with the picture on it is bent about an
axis (a cylinder), turned and moved in space, and seen by a pinhole camera: nothing in it moves
against anything else but as a sheet does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels

MOTIONS: Final = (
    (),
    ("shake",),
    ("zoom",),
    ("rotation",),
    ("perspective",),
    ("bend",),
    ("shake", "zoom", "rotation"),
    ("shake", "perspective"),
    ("shake", "bend"),
    ("shake", "zoom", "rotation", "perspective", "bend"),
)
"""Ways to hold it; a try takes one."""

FLICKER: Final = 4.0  # grey values

_Wave = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Held:
    """Where the sheet is, frame by frame; lengths in half widths of the picture, angles radians."""

    right: _Wave
    down: _Wave
    away: _Wave
    roll: _Wave
    yaw: _Wave
    pitch: _Wave
    bend: _Wave  # curvature, 1 / half widths
    axis: float = field(default=0.0)  # direction of the bend


def held(motions: tuple[str, ...], frames: int, fps: float, rng: np.random.Generator) -> Held:
    """Return a random way to hold the sheet, with these motions in it."""

    def wave(name: str, low: float, high: float, fastest: float = 1.0) -> _Wave:
        size = rng.uniform(low, high)
        return _wave(frames, fps, size, fastest, rng) if name in motions else np.zeros(frames)

    bent = "bend" in motions
    steady = rng.uniform(0.2, 0.9) * rng.choice([-1, 1]) if bent else 0.0
    across = rng.random() < 0.5
    return Held(
        right=wave("shake", 0.01, 0.06, 4.0),
        down=wave("shake", 0.01, 0.06, 4.0),
        away=wave("zoom", 0.02, 0.12),
        roll=wave("rotation", 0.02, 0.12),
        yaw=wave("perspective", 0.05, 0.25),
        pitch=wave("perspective", 0.05, 0.25),
        bend=steady + wave("bend", 0.05, 0.4),
        axis=rng.uniform(-0.5, 0.5) if across else rng.uniform(-0.2, 0.2) + math.pi / 2,
    )


def _wave(frames: int, fps: float, size: float, fastest: float, rng: np.random.Generator) -> _Wave:
    """Return a smooth random motion whose standard deviation is `size`."""
    seconds = np.arange(frames) / fps
    total = np.zeros(frames)
    for _ in range(5):
        cycles = rng.uniform(0.15, fastest) * seconds
        total += np.sin(2 * np.pi * cycles + rng.uniform(0, 2 * np.pi)) * rng.uniform(0.4, 1)
    return size * total / max(float(total.std()), 1e-6)


def shown(
    picture: Pixels, way: Held, rng: np.random.Generator, *, noise: float = 2.0
) -> Iterator[Pixels]:
    """Yield what a camera sees of the sheet; `noise`: its standard deviation, grey values.

    The light flickers a little, by four grey values at most.
    """
    flicker = rng.uniform(0, FLICKER)
    height, width = picture.shape[:2]
    for number in range(len(way.right)):
        columns, rows = _where(way, number, height, width)
        seen = cv2.remap(
            picture, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
        )
        light = rng.uniform(-flicker, flicker)
        grained = seen.astype(np.float32) + light + rng.normal(0, noise, seen.shape)
        yield np.asarray(np.clip(grained, 0, 255), np.uint8)


def _where(
    way: Held, number: int, height: int, width: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return for each pixel of the frame which column and row of the picture it shows.

    A grid on the sheet is projected, and the way back fitted by a polynomial of sixth degree.
    """
    across, down = np.meshgrid(np.linspace(-1.6, 1.6, 60), np.linspace(-1.6, 1.6, 60))
    x, y = _projected(way, number, across * width / 2, down * height / 2, width, height)
    near = (np.abs(x / width - 0.5) < 0.7) & (np.abs(y / height - 0.5) < 0.7)
    terms = _terms((x[near] / width - 0.5) * 2, (y[near] / height - 0.5) * 2)
    fits = [
        np.linalg.lstsq(terms, (sheet[near] + 1) * size / 2, rcond=None)[0]
        for sheet, size in ((across, width), (down, height))
    ]
    wide, high = -(-width // 8) + 1, -(-height // 8) + 1
    grid = np.meshgrid(
        (np.arange(wide) * 8 / width - 0.5) * 2, (np.arange(high) * 8 / height - 0.5) * 2
    )
    back = _terms(grid[0].ravel(), grid[1].ravel())
    maps = [
        cv2.resize((back @ fit).reshape(high, wide).astype(np.float32), (wide * 8, high * 8))
        for fit in fits
    ]
    columns, rows = (np.asarray(one[4 : 4 + height, 4 : 4 + width], np.float32) for one in maps)
    return columns, rows


def _projected(
    way: Held, number: int, x: _Wave, y: _Wave, width: int, height: int
) -> tuple[_Wave, _Wave]:
    """Return where points of the sheet are in the frame, pixels."""
    focal = 1.2 * max(height, width)
    cos, sin = math.cos(way.axis), math.sin(way.axis)
    along, aside = x * cos + y * sin, -x * sin + y * cos
    curvature = float(way.bend[number]) / (width / 2)
    z = np.zeros_like(along)
    if abs(curvature) > 1e-9:
        z = (1 - np.cos(curvature * along)) / curvature
        along = np.sin(curvature * along) / curvature
    x, y = along * cos - aside * sin, along * sin + aside * cos
    x, z = _turned(x, z, float(way.yaw[number]))
    y, z = _turned(y, z, float(way.pitch[number]))
    y, x = _turned(y, x, float(way.roll[number]))
    distance = focal * (1 + float(way.away[number])) + z
    return (
        focal * x / distance + width / 2 * (1 + float(way.right[number])),
        focal * y / distance + height / 2 * (1 + float(way.down[number])),
    )


def _turned(one: _Wave, other: _Wave, angle: float) -> tuple[_Wave, _Wave]:
    cos, sin = math.cos(angle), math.sin(angle)
    return one * cos + other * sin, -one * sin + other * cos


def _terms(x: _Wave, y: _Wave) -> _Wave:
    return np.stack([x**i * y**j for i in range(7) for j in range(7 - i)], axis=1)
