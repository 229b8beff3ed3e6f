"""Made-up attacks: somebody's picture on a phone, a sheet, or a window of a larger screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels
from facelock.learning import webcam_effects as webcam
from facelock.learning.recapture import printed, screened
from facelock.learning.staged_camera import Edges, on_canvas
from facelock.learning.staging import (
    MIDDLE,
    SIDE,
    UNIT,
    Sitter,
    furnish,
    live_scene,
    room,
    softness,
)

SPECIES = ("phone", "sheet", "window", "wide-screen")  # window: a player on a larger screen


@dataclass(frozen=True, eq=False)
class Presented:
    """A made-up attack."""

    scene: Pixels = field(repr=False)  # (SIDE, SIDE, 3)
    species: str
    edges: Edges  # of the shown picture, before it was tilted


def attack_scene(
    one: Sitter,
    others: Sequence[Sitter],
    species: str,
    rng: np.random.Generator,
    *,
    too_bright: float = 0.35,
) -> Presented:
    """Return a picture of a person held before a camera. `species`: one of `SPECIES`.

    `too_bright`: how often the camera is set for the room, and the picture burnt out.
    """
    shown = live_scene(one, others, rng)
    shown = printed(shown, rng) if species == "sheet" else screened(shown, rng)
    if rng.random() < too_bright:
        shown = webcam.light(shown, exposure=rng.uniform(1.2, 2.2), gamma=1.2, across=0, down=0)
    inner = _picture_edges(species, rng)
    layer, alpha = np.zeros((SIDE, SIDE, 3), np.uint8), np.zeros((SIDE, SIDE), np.uint8)
    outer = _body(layer, alpha, inner, species, rng)
    left, top, right, bottom = inner
    layer[top:bottom, left:right] = shown[top:bottom, left:right]
    alpha[top:bottom, left:right] = 255
    behind = room(others, rng)
    if rng.random() < 0.4:
        furnish(behind, rng)
    bright = rng.uniform(0.15, 1.0) if species != "sheet" else rng.uniform(0.6, 1.1)
    behind = webcam.defocus(np.asarray(np.clip(behind * bright, 0, 255), np.uint8), softness(rng))
    layer, alpha = _tilted(layer, alpha, rng)
    front = (alpha / 255.0)[..., None]
    scene = np.asarray(layer * front + behind * (1 - front), np.uint8)
    if species in {"phone", "sheet"} and rng.random() < 0.6:
        _fingers(scene, outer, rng)
    return Presented(scene, species, inner)


def _picture_edges(species: str, rng: np.random.Generator) -> Edges:
    """Return left, top, right, bottom of the shown picture; two of its edges are in sight."""
    while True:
        match species:
            case "phone":
                wide = rng.uniform(1.25, 3.4)
                high = wide * rng.uniform(1.5, 2.2)
                if rng.random() < 0.3:
                    wide, high = high, wide
            case "sheet":
                wide = rng.uniform(1.2, 3.4)
                high = wide * rng.uniform(0.65, 1.6)
            case "window":
                wide = rng.uniform(1.25, 3.6)
                high = wide * rng.uniform(0.56, 1.8)
            case _:
                wide = rng.uniform(2.4, 7.0)
                high = wide * rng.uniform(0.5, 0.75)
        x, y = rng.uniform(0.3, 0.7), rng.uniform(0.28, 0.6)
        edges = np.array([-x * wide, -y * high, (1 - x) * wide, (1 - y) * high])
        clear = (edges[0] < -0.5) and (edges[1] < -0.6) and (edges[2] > 0.5) and (edges[3] > 0.6)
        if clear and int((np.abs(edges) < 1.75).sum()) >= 2:
            return on_canvas(MIDDLE + edges * UNIT)


def _body(
    layer: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    inner: Edges,
    species: str,
    rng: np.random.Generator,
) -> Edges:
    """Draw what carries the picture: bezel, margin, or the rest of a screen. Return its edges."""
    left, top, right, bottom = inner
    if species == "window":
        wide = rng.uniform(0, 1.6, 2) * UNIT if rng.random() < 0.8 else np.zeros(2)
        bars = rng.uniform(0.05, 0.7, 2) * UNIT
        outer = (left - wide[0], top - bars[0], right + wide[1], bottom + bars[1])
        page = _grey(rng)
        _fill(layer, alpha, _grown(outer, rng.uniform(0, 1.2) * UNIT), page)
        _fill(layer, alpha, outer, _grey(rng, dark=0.7))
        _icons(layer, (left, bottom, right, bottom + bars[1]), rng)
        return _whole(outer)
    sides = {"phone": (0.01, 0.16), "sheet": (0.0, 0.22)}.get(species, (0.03, 0.25))
    margin = rng.uniform(*sides) * UNIT if rng.random() < 0.85 else 0.0
    ends = margin * rng.uniform(0.8, 3.0) if species == "phone" else margin
    outer = (left - margin, top - ends, right + margin, bottom + ends)
    white = float(rng.uniform(170, 255))
    colour = (white,) * 3 if species == "sheet" else _grey(rng, dark=0.75)
    if species == "wide-screen" and rng.random() < 0.5:  # the keyboard of a laptop below
        below = (outer[0], outer[3], outer[2], SIDE)
        _fill(layer, alpha, below, _grey(rng))
        _icons(layer, below, rng)
    _fill(layer, alpha, outer, colour)
    return _whole(outer)


def _grey(rng: np.random.Generator, dark: float = 0.4) -> tuple[float, float, float]:
    base = rng.uniform(0, 40) if rng.random() < dark else rng.uniform(120, 255)
    blue, green, red = np.clip(base + rng.normal(0, 8, 3), 0, 255)
    return float(blue), float(green), float(red)


def _whole(edges: tuple[float, float, float, float]) -> Edges:
    left, top, right, bottom = (round(edge) for edge in edges)
    return left, top, right, bottom


def _grown(
    edges: tuple[float, float, float, float], by: float
) -> tuple[float, float, float, float]:
    left, top, right, bottom = edges
    return left - by, top - by, right + by, bottom + by


def _fill(
    layer: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    edges: tuple[float, float, float, float],
    colour: tuple[float, float, float],
) -> None:
    left, top, right, bottom = _whole(edges)
    cv2.rectangle(layer, (left, top), (right - 1, bottom - 1), colour, -1)
    cv2.rectangle(alpha, (left, top), (right - 1, bottom - 1), (255.0,), -1)


def _icons(
    layer: NDArray[np.uint8], edges: tuple[float, float, float, float], rng: np.random.Generator
) -> None:
    """Draw a row of buttons, keys or lines of text."""
    left, top, right, bottom = _whole(edges)
    if bottom - top < 6 or rng.random() < 0.3:
        return
    size, colour = int(rng.uniform(0.2, 0.6) * min(bottom - top, 20)) + 1, _grey(rng)
    for y in range(top + size, bottom - size, int(size * rng.uniform(1.5, 3))):
        for x in range(left + size, right - size, int(size * rng.uniform(1.3, 3)) + 1):
            cv2.rectangle(layer, (x, y), (x + size, y + size), colour, -1)


def _tilted(
    layer: NDArray[np.uint8], alpha: NDArray[np.uint8], rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return it held a little askew: rotation and perspective about the middle."""
    square = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float64)
    angle = math.radians(rng.normal(0, 5))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    moved = (square - MIDDLE) @ turn.T + MIDDLE + rng.normal(0, 6, (4, 2))
    matrix = cv2.getPerspectiveTransform(square.astype(np.float32), moved.astype(np.float32))
    size = (SIDE, SIDE)
    return (
        np.asarray(
            cv2.warpPerspective(layer, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.uint8
        ),
        np.asarray(
            cv2.warpPerspective(alpha, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.uint8
        ),
    )


def _fingers(scene: NDArray[np.uint8], edges: Edges, rng: np.random.Generator) -> None:
    """Draw the fingers of the hand that holds it over its left, right or lower edge."""
    skin = np.array([90.0, 120.0, 170.0]) * rng.uniform(0.35, 1.3) + rng.normal(0, 10, 3)
    left, _, right, bottom = edges
    for _ in range(int(rng.integers(1, 6))):
        side = int(rng.integers(3))
        at = rng.uniform(0.3, 1.0) * SIDE
        tip = ((left, at), (right, at), (at, bottom))[side]
        inwards = ((1, 0), (-1, 0), (0, -1))[side]
        reach, thick = rng.uniform(0.02, 0.22) * UNIT, int(rng.uniform(0.15, 0.32) * UNIT)
        start = (int(tip[0] + inwards[0] * reach), int(tip[1] + inwards[1] * reach))
        slant = rng.normal(0, 0.3) * UNIT
        end = (
            int(tip[0] - inwards[0] * 1.2 * UNIT + inwards[1] * slant),
            int(tip[1] - inwards[1] * 1.2 * UNIT + inwards[0] * slant),
        )
        blue, green, red = np.clip(skin * rng.uniform(0.85, 1.1), 0, 255)
        cv2.line(scene, start, end, (float(blue), float(green), float(red)), thick, cv2.LINE_AA)
