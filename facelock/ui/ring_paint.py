"""Draws the parts of the preview ring. All lengths follow from the circle's radius."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QConicalGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from facelock.core.enrolment import Pose
from facelock.core.liveness import Prompt
from facelock.ui.icons import paint_icon
from facelock.ui.theme import Colours

_GAP_DEGREES = 9.0  # between two sectors
# Middle of each sector: degrees counter-clockwise from three o'clock. The preview is a mirror, so
# the person's left is on the left.
_MIDDLE = {Pose.RIGHT: 0.0, Pose.UP: 90.0, Pose.LEFT: 180.0, Pose.DOWN: 270.0}
_ARROWS = {
    Pose.RIGHT: "arrow-right",
    Pose.UP: "arrow-up",
    Pose.LEFT: "arrow-left",
    Pose.DOWN: "arrow-down",
}
_ASKED = {
    Prompt.TURN_LEFT: Pose.LEFT,
    Prompt.TURN_RIGHT: Pose.RIGHT,
    Prompt.LOOK_UP: Pose.UP,
    Prompt.LOOK_DOWN: Pose.DOWN,
}
_CUES: dict[Prompt, tuple[tuple[Pose, str], ...]] = {
    **{prompt: ((pose, _ARROWS[pose]),) for prompt, pose in _ASKED.items()},
    Prompt.MOVE_A_LITTLE: ((Pose.LEFT, "arrow-left"), (Pose.RIGHT, "arrow-right")),
    Prompt.OPEN_EYES: ((Pose.DOWN, "eye"),),
    Prompt.BLINK: ((Pose.DOWN, "eye-off"),),
}
# The face oval of the FaceMesh topology, in order.
_OVAL = np.array(
    [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Circle:
    """The circle of the picture, logical units."""

    centre: QPointF
    radius: float

    @property
    def stroke(self) -> float:
        """How thick the ring is."""
        return max(self.radius * 0.055, 5.0)

    @property
    def ring(self) -> float:
        """Radius of the middle of the ring."""
        return self.radius + self.stroke * 1.25

    def around(self, radius: float) -> QRectF:
        """Return the square around a circle of `radius` about the same centre."""
        return QRectF(self.centre.x() - radius, self.centre.y() - radius, 2 * radius, 2 * radius)

    def point(self, degrees: float, radius: float) -> QPointF:
        """Return a point at an angle, counter-clockwise from three o'clock."""
        angle = math.radians(degrees)
        return QPointF(
            self.centre.x() + radius * math.cos(angle), self.centre.y() - radius * math.sin(angle)
        )


def _stroke(painter: QPainter, circle: Circle, colour: QColor, width: float | None = None) -> None:
    pen = QPen(colour, width or circle.stroke)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _span(painter: QPainter, circle: Circle, start: float, span: float, radius: float) -> None:
    """Draw an arc with the pen in force; degrees, Qt counts sixteenths."""
    painter.drawArc(circle.around(radius), round(start * 16), round(span * 16))


def track(painter: QPainter, circle: Circle, colour: QColor) -> None:
    """Draw the empty ring."""
    _stroke(painter, circle, colour)
    painter.drawEllipse(circle.centre, circle.ring, circle.ring)


def arc(painter: QPainter, circle: Circle, start: float, share: float, colour: QColor) -> None:
    """Fill a share (0-1) of the ring, clockwise from twelve o'clock plus `start` turns."""
    if share <= 0:
        return
    _stroke(painter, circle, colour)
    if share >= 1:
        painter.drawEllipse(circle.centre, circle.ring, circle.ring)
        return
    _span(painter, circle, 90 - start * 360, -share * 360, circle.ring)


def scanning(
    painter: QPainter,
    circle: Circle,
    now: Colours,
    colour: QColor,
    turn: float,
    *,
    strong: bool,
) -> None:
    """Draw the ring with a light that goes round; `turn` 0-1."""
    track(painter, circle, now.ring_track)
    faint = QColor(colour)
    faint.setAlphaF(0.0)
    gradient = QConicalGradient(circle.centre, -turn * 360)
    gradient.setColorAt(0.0, colour)
    gradient.setColorAt(0.45 if strong else 0.25, faint)
    gradient.setColorAt(1.0, faint)
    pen = QPen(gradient, circle.stroke)
    painter.setPen(pen)
    painter.drawEllipse(circle.centre, circle.ring, circle.ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    head = circle.point(-turn * 360, circle.ring)
    painter.drawEllipse(head, circle.stroke / 2, circle.stroke / 2)


def sectors(
    painter: QPainter,
    circle: Circle,
    now: Colours,
    shares: Mapping[Pose, float],
    wanted: Pose | None,
) -> None:
    """Draw four sectors that fill from their middle, and the thin inner ring for straight ahead."""
    length = 90 - 2 * _GAP_DEGREES
    for pose, middle in _MIDDLE.items():
        _stroke(painter, circle, now.control if pose is wanted else now.ring_track)
        _span(painter, circle, middle - length / 2, length, circle.ring)
        if (share := shares[pose]) > 0:
            _stroke(painter, circle, now.good if share >= 1 else now.accent)
            _span(painter, circle, middle - length * share / 2, length * share, circle.ring)
    inner = circle.radius - circle.stroke * 0.3
    thin = circle.stroke * 0.55
    centre = shares[Pose.CENTRE]
    if centre > 0 or wanted is Pose.CENTRE:
        empty = QColor(now.surface)
        empty.setAlphaF(0.75)
        _stroke(painter, circle, empty, thin)
        painter.drawEllipse(circle.centre, inner, inner)
    if centre > 0:
        _stroke(painter, circle, now.good if centre >= 1 else now.accent, thin)
        _span(painter, circle, 90, -360 * centre, inner)


def ask(painter: QPainter, circle: Circle, prompt: Prompt, swing: float, now: Colours) -> None:
    """Draw what liveness asks for, large: an arrow, an eye, or a mark in the middle.

    `swing` -1 to 1 moves it a little.
    """
    pose = _ASKED.get(prompt)
    if pose is not None:
        _stroke(painter, circle, now.accent, circle.stroke * 1.5)
        _span(painter, circle, _MIDDLE[pose] - 36, 72, circle.ring)
    for side, name in _CUES.get(prompt, ()):
        where = circle.point(_MIDDLE[side], circle.radius * (0.68 + 0.05 * swing))
        _cue(painter, where, circle, name, now)


def _cue(painter: QPainter, where: QPointF, circle: Circle, name: str, now: Colours) -> None:
    size = max(circle.radius * 0.24, 24.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.accent)
    painter.drawEllipse(where, size, size)
    half = size * 0.62
    area = QRectF(where.x() - half, where.y() - half, 2 * half, 2 * half)
    paint_icon(painter, name, area, now.accent_text)


def arrow(painter: QPainter, circle: Circle, pose: Pose, swing: float, now: Colours) -> None:
    """Draw the cue towards the wanted pose, on the rim; `swing` -1 to 1 moves it a little."""
    size = max(circle.radius * 0.17, 18.0)
    where = circle.point(_MIDDLE[pose], circle.radius * (0.80 + 0.025 * swing))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.accent)
    painter.drawEllipse(where, size, size)
    half = size * 0.62
    area = QRectF(where.x() - half, where.y() - half, 2 * half, 2 * half)
    paint_icon(painter, _ARROWS[pose], area, now.accent_text)


def badge(painter: QPainter, circle: Circle, name: str, colour: QColor, now: Colours) -> None:
    """Draw the icon of the state on the rim, at the lower right."""
    size = max(circle.radius * 0.165, 17.0)
    where = circle.point(-45, circle.ring)
    painter.setPen(QPen(now.surface, circle.stroke * 0.7))
    painter.setBrush(colour)
    painter.drawEllipse(where, size, size)
    half = size * 0.58
    area = QRectF(where.x() - half, where.y() - half, 2 * half, 2 * half)
    paint_icon(painter, name, area, now.window)


def face_outline(
    painter: QPainter,
    circle: Circle,
    to_circle: QTransform,
    points: NDArray[np.float32],
    now: Colours,
) -> None:
    """Draw the oval of the seen face; `points`: (468, 3) frame pixels."""
    oval = QPolygonF([to_circle.map(QPointF(float(x), float(y))) for x, y in points[_OVAL, :2]])
    path = QPainterPath()
    path.addPolygon(oval)
    path.closeSubpath()
    inside = QPainterPath()
    inside.addEllipse(circle.centre, circle.radius, circle.radius)
    painter.save()
    painter.setClipPath(inside)
    soft = QColor(now.accent)
    soft.setAlphaF(0.55)
    pen = QPen(soft, max(circle.stroke * 0.3, 1.5))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.restore()


def placeholder(painter: QPainter, circle: Circle, now: Colours, *, asleep: bool) -> None:
    """Draw a face where there is no picture."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.raised)
    painter.drawEllipse(circle.centre, circle.radius, circle.radius)
    inside = QPainterPath()
    inside.addEllipse(circle.centre, circle.radius, circle.radius)
    painter.save()
    painter.setClipPath(inside)
    figure = QColor(now.muted)
    figure.setAlphaF(0.28)
    painter.setBrush(figure)
    x, y, r = circle.centre.x(), circle.centre.y(), circle.radius
    painter.drawEllipse(QPointF(x, y + r * 1.02), r * 0.66, r * 0.48)  # shoulders
    painter.setBrush(now.raised)
    painter.drawEllipse(QPointF(x, y - r * 0.12), r * 0.42, r * 0.50)
    painter.setBrush(figure)
    painter.drawEllipse(QPointF(x, y - r * 0.12), r * 0.37, r * 0.45)
    painter.restore()
    line = QPen(now.muted, max(r * 0.03, 2.0))
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for side in (-1, 1):
        eye = QRectF(x + side * r * 0.15 - r * 0.06, y - r * 0.21, r * 0.12, r * 0.07)
        if asleep:
            painter.drawArc(eye, 180 * 16, 180 * 16)
        else:
            painter.drawPoint(eye.center())
    smile = QRectF(x - r * 0.13, y - r * 0.06, r * 0.26, r * 0.16)
    painter.drawArc(smile, 210 * 16, 120 * 16)
