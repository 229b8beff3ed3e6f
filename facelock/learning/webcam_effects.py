"""What webcams do to a face, one effect a function, on aligned crops. No torch in here.

The evaluation's fixed protocol (`degradation`) and the training's random one (`augmentation`) are
made of these. Pictures are (H, W, 3) uint8, BGR, as everywhere.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from facelock.core.frames import Pixels

_LUMA = np.array([0.114, 0.587, 0.299], np.float32)  # blue, green, red: ITU-R BT.601


def jitter(pixels: Pixels, *, shift: tuple[float, float], degrees: float, scale: float) -> Pixels:
    """Return the crop as landmarks a little off would have cut it.

    `shift`: pixels right and down; `scale`: 1 changes nothing. The border is black, as alignment's.
    """
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, scale)
    matrix[:, 2] += np.array(shift)
    moved = cv2.warpAffine(pixels, matrix, (width, height), borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(moved, np.uint8)


def light(pixels: Pixels, *, exposure: float, gamma: float, across: float, down: float) -> Pixels:
    """Return the scene in other light.

    `exposure`: factor; `gamma` above 1 darkens the middle tones; `across`, `down`: -1 to 1, how
    much brighter the left or the upper edge is than the middle.
    """
    height, width = pixels.shape[:2]
    curve = 255 * (np.arange(256, dtype=np.float32) / 255) ** gamma * exposure
    shade = 1 + np.linspace(across, -across, width, dtype=np.float32)[None, :, None]
    shade = shade + np.linspace(down, -down, height, dtype=np.float32)[:, None, None]
    return _to_pixels(np.asarray(curve[pixels] * np.maximum(shade, 0), np.float32))


def cast(pixels: Pixels, gains: NDArray[np.float32]) -> Pixels:
    """Return the picture with a wrong white balance. `gains`: (3,) factors, blue, green, red."""
    return _to_pixels(pixels * gains)


def coarse(pixels: Pixels, size: int) -> Pixels:
    """Return a square picture as a sensor with `size` x `size` pixels on the face sees it."""
    return np.asarray(cv2.resize(pixels, (size, size), interpolation=cv2.INTER_AREA), np.uint8)


def enlarged(pixels: Pixels, size: int, way: int = cv2.INTER_LINEAR) -> Pixels:
    """Return it at `size` x `size` again, as alignment enlarges a small face.

    `way`: OpenCV's interpolation; alignment uses the linear one.
    """
    return np.asarray(cv2.resize(pixels, (size, size), interpolation=way), np.uint8)


def defocus(pixels: Pixels, sigma: float) -> Pixels:
    """Return it out of focus. `sigma`: standard deviation of the blur, pixels."""
    if sigma < 0.05:
        return pixels
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8)


def motion(pixels: Pixels, *, length: float, degrees: float) -> Pixels:
    """Return it smeared over `length` pixels in a direction, as while the head moves."""
    if length < 0.5:
        return pixels
    side = 2 * math.ceil(length / 2) + 1
    steps = np.linspace(-length / 2, length / 2, 4 * side)
    angle = math.radians(degrees)
    kernel = np.zeros((side, side), np.float32)
    for step in steps:  # spread over the four nearest pixels
        x, y = side // 2 + step * math.cos(angle), side // 2 + step * math.sin(angle)
        left, top = min(int(x), side - 2), min(int(y), side - 2)
        right_part, lower_part = x - left, y - top
        kernel[top, left] += (1 - right_part) * (1 - lower_part)
        kernel[top, left + 1] += right_part * (1 - lower_part)
        kernel[top + 1, left] += (1 - right_part) * lower_part
        kernel[top + 1, left + 1] += right_part * lower_part
    smeared = cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(smeared, np.uint8)


def noise(
    pixels: Pixels, *, photons: float, read: float, gain: float, rng: np.random.Generator
) -> Pixels:
    """Return it with the sensor's noise, then brightened by `gain`, noise and all.

    `photons`: how many make full white, so that the shot noise of a pixel of value v has the
    standard deviation 255 sqrt(v / 255 / photons); `read`: that of the read noise, grey values.
    Model: Foi et al. 2008, Poissonian-Gaussian. Part of the noise is common to the three channels,
    as after a colour filter array.
    """
    values = pixels.astype(np.float32)
    deviation = np.sqrt(255 * values / photons + read * read)
    grain = rng.standard_normal(pixels.shape, np.float32) * 0.8
    grain += rng.standard_normal((*pixels.shape[:2], 1), np.float32) * 0.6
    return _to_pixels((values + deviation * grain) * gain)


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Return it after JPEG at a quality of 1 to 100, as the webcam's own stream is coded."""
    _, coded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def grey(pixels: Pixels) -> Pixels:
    """Return it without colour, still three channels."""
    return _to_pixels(np.repeat((pixels @ _LUMA)[..., None], 3, axis=2))


def glasses(pixels: Pixels, *, colour: int, lens: float, width: int) -> Pixels:
    """Return the face with drawn glasses on the ArcFace eye positions of an aligned crop.

    `colour`: grey value of the frame; `lens`: 0 (clear) to 1 (as dark as the frame);
    `width`: of the frame, pixels.
    """
    tinted = pixels.copy()
    eyes = ((38, 52), (73, 52))
    for centre in eyes:
        cv2.ellipse(tinted, centre, (14, 11), 0, 0, 360, (colour,) * 3, -1, cv2.LINE_AA)
    worn = cv2.addWeighted(tinted, lens, pixels, 1 - lens, 0)
    for centre in eyes:
        cv2.ellipse(worn, centre, (14, 11), 0, 0, 360, (colour,) * 3, width, cv2.LINE_AA)
    cv2.line(worn, (52, 50), (59, 50), (colour,) * 3, width, cv2.LINE_AA)
    cv2.line(worn, (24, 49), (4, 45), (colour,) * 3, width, cv2.LINE_AA)
    cv2.line(worn, (87, 49), (107, 45), (colour,) * 3, width, cv2.LINE_AA)
    return np.asarray(worn, np.uint8)


def mask(pixels: Pixels, colour: tuple[int, int, int], top: int) -> Pixels:
    """Return the aligned face with mouth and chin covered from row `top` downwards."""
    covered = pixels.copy()
    outline = np.array([(14, top + 6), (55, top), (97, top + 6), (90, 111), (20, 111)], np.int32)
    cv2.fillPoly(covered, [outline], colour, cv2.LINE_AA)
    return np.asarray(covered, np.uint8)


def _to_pixels(values: NDArray[np.float32]) -> Pixels:
    return np.asarray(np.clip(np.round(values), 0, 255), np.uint8)
