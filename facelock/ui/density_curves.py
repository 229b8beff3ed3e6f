"""Score densities as curves over the distance scale.

The scale is linear in the Euclidean distance, the root of the squared distance that all figures
state: pairs of one person lie below 1 of 4, and would be squeezed into the first quarter.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

END = 4.0
"""Squared distance of two opposite unit vectors: nothing is farther apart."""

_CELLS = 320
_HAIR = 0.003  # of the highest: less is thinner than a line
_BLUR = 0.014  # of the scale's length; the bins that were measured are about as wide


def place(distance: float) -> float:
    """Return where on the scale a squared distance lies, 0-1."""
    return float(np.sqrt(np.clip(distance / END, 0.0, 1.0)))


def distance_at(position: float) -> float:
    """Return the squared distance at a place on the scale, 0-1; the reverse of `place`."""
    return END * min(max(position, 0.0), 1.0) ** 2


def curve(edges: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the height of a density in cells of equal width along the scale, (320,).

    `edges` (B+1,) squared distance, `shares` (B,). Its mean is the sum of the shares, so that two
    curves drawn to one measure have equal areas.
    """
    ends = END * np.linspace(0.0, 1.0, _CELLS + 1) ** 2
    below = np.interp(ends, edges, np.concatenate([[0.0], np.cumsum(shares)]))
    reach = round(4 * _BLUR * _CELLS)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (_BLUR * _CELLS)) ** 2)
    mirrored = np.pad(np.diff(below) * _CELLS, reach, mode="symmetric")  # nothing blurs off the end
    heights: NDArray[np.float64] = np.convolve(mirrored, bell / bell.sum(), mode="valid")
    return heights


def top_of(heights: NDArray[np.float64]) -> float:
    """Return where on the scale, 0-1, a curve is highest."""
    return (int(heights.argmax()) + 0.5) / heights.size


def outline(heights: NDArray[np.float64], highest: float, plot: QRectF) -> QPainterPath:
    """Return a curve's line within `plot`, from left to right; `highest` reaches its top.

    It begins and ends where nothing more can be seen of it, and is empty if that is everywhere.
    """
    path = QPainterPath()
    shares = heights / max(highest, 1e-9)
    seen = np.flatnonzero(shares > _HAIR)
    step = plot.width() / heights.size
    for index in range(seen[0], seen[-1] + 1) if seen.size else ():
        x = plot.left() + (index + 0.5) * step
        point = QPointF(x, plot.bottom() - float(shares[index]) * plot.height())
        if path.elementCount():
            path.lineTo(point)
        else:
            path.moveTo(point)
    return path


def filled(line: QPainterPath, plot: QRectF) -> QPainterPath:
    """Return the area below a curve's line."""
    area = QPainterPath(line)
    if not area.isEmpty():
        area.lineTo(line.currentPosition().x(), plot.bottom())
        area.lineTo(line.elementAt(0).x, plot.bottom())
    area.closeSubpath()
    return area
