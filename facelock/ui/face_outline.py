"""The outline of a seen face, for drawing."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from facelock.core.look import SeenFace

_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
"""The points of FaceMesh around the face, from the forehead clockwise as one looks at it."""


def outline_of(face: SeenFace) -> QPolygonF:
    """Return the closed outline in frame pixels."""
    points = face.landmarks.points
    return QPolygonF([QPointF(float(points[i, 0]), float(points[i, 1])) for i in _OVAL])
