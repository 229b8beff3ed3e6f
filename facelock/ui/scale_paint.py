"""Draws the parts of the distance scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from facelock.ui.density_curves import END, filled, outline
from facelock.ui.scale_layout import BAR, MARK, NAME_FLAGS, ScaleLayout, bold
from facelock.ui.theme import SPACE, Colours

_NUMBERS = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0)
_CENTRED = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, eq=False)
class Hump:
    """A density as it is drawn: its name, its colour, and how high it is along the scale."""

    name: str
    colour: QColor
    heights: NDArray[np.float64]  # as `density_curves.curve` gives them


def humps(painter: QPainter, at: ScaleLayout, shown: Sequence[Hump]) -> None:
    """Draw the curves to one measure, and their names below them."""
    highest = max((float(one.heights.max()) for one in shown), default=0.0)
    for one in shown:
        line = outline(one.heights, highest, at.plot)
        faint = QColor(one.colour)
        faint.setAlphaF(0.22)
        painter.fillPath(filled(line, at.plot), faint)
        painter.setPen(QPen(one.colour, 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(line)
    for one, room in zip(shown, at.names, strict=True):
        painter.setPen(one.colour)
        painter.drawText(room, NAME_FLAGS, one.name)


def bar(painter: QPainter, at: ScaleLayout, threshold: float, now: Colours) -> None:
    """Draw two halves: what counts as the same person, and what does not."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.ring_track)
    painter.drawRoundedRect(at.bar, BAR / 2, BAR / 2)
    painter.save()
    painter.setClipRect(QRectF(at.bar.topLeft(), QPointF(at.x(threshold), at.bar.bottom())))
    painter.setBrush(now.good)
    painter.setOpacity(0.6)
    painter.drawRoundedRect(at.bar, BAR / 2, BAR / 2)
    painter.restore()


def numbers(painter: QPainter, at: ScaleLayout, texts: Sequence[str], now: Colours) -> None:
    """Write `texts`, one for each of `scale_numbers`, below the bar; leave out what has no room."""
    painter.setPen(now.muted)
    taken = -1.0
    for distance, text in zip(_NUMBERS, texts, strict=True):
        width = painter.fontMetrics().horizontalAdvance(text) + 2.0
        left = min(max(at.x(distance) - width / 2, 0.0), at.numbers.width() - width)
        room = QRectF(left, at.numbers.top(), width, at.numbers.height())
        if left < taken or (distance < END and room.right() + SPACE > at.x(END)):
            continue
        painter.drawText(room, _CENTRED, text)
        taken = room.right() + SPACE


def scale_numbers() -> tuple[float, ...]:
    """Return the squared distances that are written below the bar."""
    return _NUMBERS


def threshold_line(
    painter: QPainter, at: ScaleLayout, threshold: float, flag: QRectF, text: str, now: Colours
) -> None:
    """Draw the threshold, dashed, under its flag."""
    pen = QPen(now.text, 1.6)
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    x = at.x(threshold)
    painter.drawLine(QPointF(x, flag.bottom()), QPointF(x, at.bar.bottom() + 2))
    painter.setPen(now.muted)
    painter.drawText(flag, _CENTRED, text)


def pair_marker(
    painter: QPainter,
    at: ScaleLayout,
    distance: float,
    flag: QRectF,
    text: str,
    colours: tuple[QColor, QColor, QColor],
) -> None:
    """Draw the pair's own distance: a stem under its flag and a lozenge on the bar.

    `colours`: of the marker, of the edge around it, of the text.
    """
    marker, edge, words = colours
    x, middle = at.x(distance), at.bar.center().y()
    painter.setPen(QPen(marker, 2.0))
    painter.drawLine(QPointF(x, flag.bottom()), QPointF(x, middle))
    corners = ((0, -MARK), (MARK, 0), (0, MARK), (-MARK, 0))
    painter.setPen(QPen(edge, 2.0))
    painter.setBrush(marker)
    painter.drawPolygon(QPolygonF([QPointF(x + dx, middle + dy) for dx, dy in corners]))
    painter.save()
    painter.setFont(bold(painter.font()))
    painter.setPen(words)
    painter.drawText(flag, _CENTRED, text)
    painter.restore()
