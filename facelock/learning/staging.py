"""Made-up scenes around a face: a person in a room.

The surroundings network learns from these, and from the attacks in `staged_attacks`, whether the
face lies within the edges of something that is held before the camera. Everything is drawn on a
square of `SIDE` pixels with the face in its middle, `WIDTHS` times as wide as the face, as the
product cuts it out of a frame. Live faces stand before door frames, windows and pictures too: an
edge alone is no attack; that it cuts the person off is. No torch in here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels
from facelock.learning import webcam_effects as webcam

SIDE = 192  # pixels of the canvas
WIDTHS = 4.0  # face widths across it
UNIT = SIDE / WIDTHS  # pixels of a face width
MIDDLE = SIDE / 2


@dataclass(frozen=True, eq=False)
class Sitter:
    """One real face on the canvas's scale, cut from its own picture."""

    pixels: Pixels = field(repr=False)  # (SIDE, SIDE, 3); outside `known` made up by reflection
    person: NDArray[np.float32] = field(repr=False)  # (SIDE, SIDE), 1 where the person is


def sitter(pixels: Pixels, face: tuple[float, float, float]) -> Sitter:
    """Return a face cut from a picture. `face`: x and y of its box's middle, and its width."""
    x, y, width = face
    pixels = without_black_ends(pixels)
    scale = UNIT / width
    matrix = np.array([[scale, 0, MIDDLE - x * scale], [0, scale, MIDDLE - y * scale]])
    shrunk = cv2.GaussianBlur(pixels, (0, 0), 0.5 / scale) if scale < 0.7 else pixels
    size = (SIDE, SIDE)
    canvas = np.asarray(
        cv2.warpAffine(shrunk, matrix, size, borderMode=cv2.BORDER_REFLECT_101), np.uint8
    )
    bottom = min(SIDE, int(MIDDLE + (pixels.shape[0] - y) * scale))
    if bottom < SIDE:  # clothes go on below the picture: its last rows, stretched
        strip = canvas[max(bottom - 10, 0) : bottom]
        canvas[bottom:] = cv2.resize(strip, (SIDE, SIDE - bottom), interpolation=cv2.INTER_LINEAR)
    return Sitter(canvas, _person(canvas))


def without_black_ends(pixels: Pixels) -> Pixels:
    """Return it with the black wedges filled that are left where LFW's pictures were turned."""
    dark = (pixels.max(axis=2) <= 8).astype(np.uint8)
    _, parts = cv2.connectedComponents(dark)
    rim = np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]])
    ends = np.isin(parts, np.unique(rim[rim > 0])).astype(np.uint8)
    if not 0 < ends.mean() < 0.25:
        return pixels
    ends = np.asarray(cv2.dilate(ends, np.ones((5, 5), np.uint8)), np.uint8)
    return np.asarray(cv2.inpaint(pixels, ends, 3, cv2.INPAINT_TELEA), np.uint8)


def _person(canvas: Pixels) -> NDArray[np.float32]:
    """Return where the person is: GrabCut (Rother et al. 2004) from head and shoulders."""
    middle, half = int(MIDDLE), (SIDE // 2, SIDE // 2)
    mask = np.full((SIDE, SIDE), cv2.GC_BGD, np.uint8)
    cv2.fillPoly(mask, [_shoulders(1.25)], (float(cv2.GC_PR_BGD),))
    cv2.fillPoly(mask, [_shoulders(1.0)], (float(cv2.GC_PR_FGD),))
    cv2.ellipse(mask, (middle, middle - 4), (40, 52), 0, 0, 360, (float(cv2.GC_PR_FGD),), -1)
    cv2.ellipse(mask, (middle, middle), (20, 27), 0, 0, 360, (float(cv2.GC_FGD),), -1)
    mask = np.asarray(cv2.resize(mask, half, interpolation=cv2.INTER_NEAREST), np.uint8)
    small = cv2.resize(canvas, half, interpolation=cv2.INTER_AREA)
    plain = mask.copy()
    try:
        models = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.grabCut(small, mask, (0, 0, *half), *models, 2, cv2.GC_INIT_WITH_MASK)
    except cv2.error:  # a picture of one colour
        mask = plain
    front = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD))
    if not 0.12 < front.mean() < 0.6:
        front = np.isin(plain, (cv2.GC_FGD, cv2.GC_PR_FGD))
    whole = cv2.resize(front.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.GaussianBlur(whole, (0, 0), 1.2), np.float32)


def _shoulders(wide: float) -> NDArray[np.int32]:
    """Return the outline of head, neck and shoulders, `wide` times the usual."""
    half = [(0, -62), (30, -50), (38, -10), (30, 30), (40, 48), (70, 62), (84, 98)]
    right = [(MIDDLE + x * wide, MIDDLE + y * (wide if y < 0 else 1)) for x, y in half]
    left = [(2 * MIDDLE - x, y) for x, y in reversed(right)]
    return np.array(right + left, np.int32)


def live_scene(one: Sitter, others: Sequence[Sitter], rng: np.random.Generator) -> Pixels:
    """Return a person before a camera, (SIDE, SIDE, 3), without the camera's own effects."""
    if rng.random() < 0.3:
        return one.pixels.copy()
    behind = room(others, rng)
    if rng.random() < 0.6:
        furnish(behind, rng)
    if rng.random() < 0.7:
        behind = webcam.defocus(behind, rng.uniform(0.3, 2.5))
    front = one.person[..., None]
    return np.asarray(one.pixels * front + behind * (1 - front), np.uint8)


def room(others: Sequence[Sitter], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return what might be behind: plain walls, shades, or a piece of some other picture."""
    kind = rng.random()
    if kind < 0.45:
        source = others[int(rng.integers(len(others)))].pixels
        side = int(rng.uniform(0.25, 0.8) * SIDE)
        x, y = rng.integers(0, SIDE - side, 2)
        piece = source[y : y + side, x : x + side]
        return np.asarray(cv2.resize(piece, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), np.uint8)
    colours = rng.uniform(10, 245) + rng.normal(0, 18, (2, 2, 3)) + rng.normal(0, 20, 3)
    if kind > 0.85:
        colours += rng.normal(0, 45, (2, 2, 1))
    shade = cv2.resize(colours, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(shade + rng.normal(0, 2, shade.shape), 0, 255), np.uint8)


def furnish(room: NDArray[np.uint8], rng: np.random.Generator) -> None:
    """Draw door frames, windows, pictures, monitors, blinds and shelves into it."""
    for _ in range(int(rng.integers(1, 5))):
        colour = _colour(rng)
        x, y = rng.uniform(-0.3, 1.1, 2) * SIDE
        wide, high = np.exp(rng.uniform(math.log(0.1), math.log(1.6), 2)) * SIDE
        corners = cv2.boxPoints(((x, y), (wide, high), float(rng.normal(0, 2.5)))).astype(np.int32)
        if rng.random() < 0.7:
            cv2.fillPoly(room, [corners], colour, cv2.LINE_AA)
        if rng.random() < 0.7:
            thick = int(rng.integers(1, 9))
            closed = True
            cv2.polylines(room, [corners], closed, _colour(rng), thick, cv2.LINE_AA)
    if rng.random() < 0.25:
        step, colour = int(rng.integers(4, 30)), _colour(rng)
        upright = rng.random() < 0.5
        for at in range(int(rng.integers(0, step)), SIDE, step):
            ends = ((at, 0), (at, SIDE)) if upright else ((0, at), (SIDE, at))
            cv2.line(room, *ends, colour, int(rng.integers(1, 3)), cv2.LINE_AA)


def _colour(rng: np.random.Generator) -> tuple[float, float, float]:
    base = rng.uniform(0, 255) if rng.random() < 0.7 else float(rng.choice([8, 245]))
    blue, green, red = np.clip(base + rng.normal(0, 25, 3), 0, 255)
    return float(blue), float(green), float(red)


def softness(rng: np.random.Generator) -> float:
    """Return how far out of focus a background is: sharp as often as not."""
    return 0.0 if rng.random() < 0.5 else float(rng.uniform(0.5, 4.0))
