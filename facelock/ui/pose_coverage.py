"""Which ways a person's head was turned in their pictures: five fields, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.enrolment import Pose
from facelock.ui.guidance_text import pose_name
from facelock.ui.icons import paint_icon
from facelock.ui.numbers import locale
from facelock.ui.theme import SPACE, colours

_FIELD = 5 * SPACE  # logical pixels
_GAP = SPACE // 2
_PLACES = {
    Pose.UP: (1, 0),
    Pose.LEFT: (0, 1),
    Pose.CENTRE: (1, 1),
    Pose.RIGHT: (2, 1),
    Pose.DOWN: (1, 2),
}
"""Column and row, as in a looking glass: whoever turns to their left sees it on the left."""

_SIGNS = {
    Pose.UP: "arrow-up",
    Pose.LEFT: "arrow-left",
    Pose.CENTRE: "face",
    Pose.RIGHT: "arrow-right",
    Pose.DOWN: "arrow-down",
}


class PoseCoverage(QWidget):
    """`covered`: names of the poses, as a profile has them."""

    def __init__(self, covered: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._covered = frozenset(covered)
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(self.tr("Directions in your pictures"))
        self.setAccessibleDescription(self.words)

    @property
    def words(self) -> str:
        """What it shows, as a sentence or two."""
        there, missing = self._listed(covered=True), self._listed(covered=False)
        if not missing:
            return self.tr("Every direction is covered.")
        if not there:
            return self.tr("It was not noted which directions are covered.")
        words = self.tr("Covered: {there}. Not covered: {missing}.")
        return words.format(there=there, missing=missing)

    def _listed(self, *, covered: bool) -> str:
        poses = [pose for pose in Pose if (pose.value in self._covered) is covered]
        return locale().createSeparatedList([pose_name(pose) for pose in poses])

    @override
    def sizeHint(self) -> QSize:
        side = 3 * _FIELD + 2 * _GAP
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pose, (column, row) in _PLACES.items():
            area = QRectF(column * (_FIELD + _GAP), row * (_FIELD + _GAP), _FIELD, _FIELD)
            area.adjust(1, 1, -1, -1)
            there = pose.value in self._covered
            style = Qt.PenStyle.SolidLine if there else Qt.PenStyle.DashLine
            painter.setPen(QPen(now.good if there else now.control, 1.5, style))
            painter.setBrush(now.raised if there else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, SPACE, SPACE)
            edge = (_FIELD - 2.5 * SPACE) / 2
            inside = area.adjusted(edge, edge, -edge, -edge)
            paint_icon(painter, _SIGNS[pose], inside, now.good if there else now.muted)
