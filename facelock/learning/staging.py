"""Made-up scenes around a face: a person in a room, or their picture on a screen or a sheet.

The surroundings network learns from these whether the face lies within the edges of something that
is held before the camera. Everything is drawn on a square of `SIDE` pixels with the face in its
middle, `WIDTHS` times as wide as the face, as the product cuts it out of a frame. Live faces stand
before door frames, windows and pictures too: an edge alone is no attack; that it cuts the person
off is. No torch in here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels
from facelock.learning import webcam_effects as webcam
from facelock.learning.recapture import printed, screened

SIDE = 192  # pixels of the canvas
WIDTHS = 4.0  # face widths across it
UNIT = SIDE / WIDTHS  # pixels of a face width
BEYOND = (255, 0, 255)  # BGR: where no picture was taken, outside of the frame

SPECIES = ("phone", "sheet", "window", "wide-screen")  # window: a player on a larger screen

Edges: TypeAlias = tuple[int, int, int, int]  # left, top, right, bottom, pixels of the canvas

_MIDDLE = SIDE / 2


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
    matrix = np.array([[scale, 0, _MIDDLE - x * scale], [0, scale, _MIDDLE - y * scale]])
    shrunk = cv2.GaussianBlur(pixels, (0, 0), 0.5 / scale) if scale < 0.7 else pixels
    size = (SIDE, SIDE)
    canvas = np.asarray(
        cv2.warpAffine(shrunk, matrix, size, borderMode=cv2.BORDER_REFLECT_101), np.uint8
    )
    bottom = min(SIDE, int(_MIDDLE + (pixels.shape[0] - y) * scale))
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
    middle, half = int(_MIDDLE), (SIDE // 2, SIDE // 2)
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
    right = [(_MIDDLE + x * wide, _MIDDLE + y * (wide if y < 0 else 1)) for x, y in half]
    left = [(2 * _MIDDLE - x, y) for x, y in reversed(right)]
    return np.array(right + left, np.int32)


def live_scene(one: Sitter, others: Sequence[Sitter], rng: np.random.Generator) -> Pixels:
    """Return a person before a camera, (SIDE, SIDE, 3), without the camera's own effects."""
    if rng.random() < 0.3:
        return one.pixels.copy()
    room = _room(others, rng)
    if rng.random() < 0.6:
        _furnish(room, rng)
    if rng.random() < 0.7:
        room = webcam.defocus(room, rng.uniform(0.3, 2.5))
    front = one.person[..., None]
    return np.asarray(one.pixels * front + room * (1 - front), np.uint8)


@dataclass(frozen=True, eq=False)
class Presented:
    """A made-up attack."""

    scene: Pixels = field(repr=False)  # (SIDE, SIDE, 3)
    species: str
    edges: Edges  # of the shown picture, before it was tilted


def attack_scene(
    one: Sitter, others: Sequence[Sitter], species: str, rng: np.random.Generator
) -> Presented:
    """Return a picture of a person held before a camera. `species`: one of `SPECIES`."""
    shown = live_scene(one, others, rng)
    shown = printed(shown, rng) if species == "sheet" else screened(shown, rng)
    if rng.random() < 0.35:  # the camera is set for the room, and the picture too bright for it
        shown = webcam.light(shown, exposure=rng.uniform(1.2, 2.2), gamma=1.2, across=0, down=0)
    inner = _picture_edges(species, rng)
    layer, alpha = np.zeros((SIDE, SIDE, 3), np.uint8), np.zeros((SIDE, SIDE), np.uint8)
    outer = _body(layer, alpha, inner, species, rng)
    left, top, right, bottom = inner
    layer[top:bottom, left:right] = shown[top:bottom, left:right]
    alpha[top:bottom, left:right] = 255
    room = _room(others, rng)
    if rng.random() < 0.4:
        _furnish(room, rng)
    bright = rng.uniform(0.15, 1.0) if species != "sheet" else rng.uniform(0.6, 1.1)
    room = webcam.defocus(np.asarray(np.clip(room * bright, 0, 255), np.uint8), _softness(rng))
    layer, alpha = _tilted(layer, alpha, rng)
    front = (alpha / 255.0)[..., None]
    scene = np.asarray(layer * front + room * (1 - front), np.uint8)
    if species in {"phone", "sheet"} and rng.random() < 0.6:
        _fingers(scene, outer, rng)
    return Presented(scene, species, inner)


def through_camera(scene: Pixels, frame: Edges, rng: np.random.Generator) -> Pixels:
    """Return a scene as the product sees it through a webcam: (SIDE // 2, SIDE // 2, 3).

    With the camera's effects, and a box that does not sit quite right. `frame`: where the camera's
    picture ends on the canvas.
    """
    turn = cv2.getRotationMatrix2D(
        (_MIDDLE, _MIDDLE), float(rng.normal(0, 4)), float(np.exp(rng.normal(0, 0.08)))
    )
    turn[:, 2] = turn[:, 2] + rng.normal(0, 3, 2)
    moved = cv2.warpAffine(scene, turn, (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT_101)
    seen = webcam.defocus(np.asarray(moved, np.uint8), abs(rng.normal(0, 0.9)))
    seen = webcam.light(
        seen,
        exposure=float(rng.uniform(0.5, 1.25)),
        gamma=float(np.exp(rng.normal(0, 0.2))),
        across=float(np.clip(rng.normal(0, 0.12), -0.5, 0.5)),
        down=float(np.clip(rng.normal(0, 0.12), -0.5, 0.5)),
    )
    seen = webcam.cast(seen, (1 + rng.normal(0, 0.06, 3)).astype(np.float32))
    seen = webcam.noise(
        seen, photons=float(np.exp(rng.uniform(5.5, 9.5))), read=rng.uniform(0, 3), gain=1, rng=rng
    )
    if rng.random() < 0.7:
        seen = webcam.jpeg(seen, int(rng.integers(40, 95)))
    if rng.random() < 0.05:
        seen = webcam.grey(seen)
    left, top, right, bottom = frame
    framed = np.empty_like(seen)
    framed[:] = BEYOND
    framed[top:bottom, left:right] = seen[top:bottom, left:right]
    if rng.random() < 0.03:  # a camera that delivers black bars
        bar = int(rng.uniform(2, 14))
        framed[top:bottom, left : left + bar] = framed[
            top:bottom, max(right - bar, left) : right
        ] = 4
    return webcam.coarse(framed, SIDE // 2)


def tight_frame(rng: np.random.Generator) -> Edges:
    """Return the ends of a frame that is all face, as in a ready-cut crop."""
    reach = rng.uniform(0.5, 0.85, 4) * UNIT
    return _on_canvas(_MIDDLE + reach * np.array([-1, -1.1, 1, 1.1]))


def frame_around(rng: np.random.Generator, picture: Edges | None = None) -> Edges:
    """Return where a camera's frame ends, of the usual shapes and distances.

    `picture`: two of these edges at least are well within the frame, as far as a few dozen tries
    find such a one.
    """
    found = _any_frame(rng)
    for _ in range(40):
        if picture is None or _edges_within(picture, found) >= 2:
            break
        found = _any_frame(rng)
    return found


def _edges_within(picture: Edges, frame: Edges) -> int:
    inwards = (1, 1, -1, -1)
    gap = 0.12 * UNIT
    pairs = zip(picture, frame, inwards, strict=True)
    return sum((inner - outer) * sign > gap for inner, outer, sign in pairs)


def _any_frame(rng: np.random.Generator) -> Edges:
    width = UNIT / rng.uniform(0.13, 0.5)  # of the frame, pixels of the canvas
    height = width / float(rng.choice([4 / 3, 4 / 3, 16 / 9, 16 / 9, 3 / 4, 9 / 16, 1.0]))
    height = max(height, 1.6 * UNIT)
    x, y = rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.65)  # where in the frame the face is
    ends = np.array([-x * width, -y * height, (1 - x) * width, (1 - y) * height])
    return _on_canvas(_MIDDLE + ends)


def _on_canvas(ends: NDArray[np.float64]) -> Edges:
    left, top, right, bottom = (int(end) for end in np.clip(np.round(ends), 0, SIDE))
    return left, top, right, bottom


def _room(others: Sequence[Sitter], rng: np.random.Generator) -> NDArray[np.uint8]:
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


def _furnish(room: NDArray[np.uint8], rng: np.random.Generator) -> None:
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


def _softness(rng: np.random.Generator) -> float:
    """Return how far out of focus a background is: sharp as often as not."""
    return 0.0 if rng.random() < 0.5 else float(rng.uniform(0.5, 4.0))


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
            return _on_canvas(_MIDDLE + edges * UNIT)


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
    moved = (square - _MIDDLE) @ turn.T + _MIDDLE + rng.normal(0, 6, (4, 2))
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
