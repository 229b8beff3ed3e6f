"""A distance against its threshold, drawn on a line: near on the left, far on the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from facelock.ui.picture_text import number
from facelock.ui.theme import SPACE, colours, small_font

_FARTHEST = 2.0  # unrelated faces lie around 2; all beyond is drawn at the end
_BAR = 10


class DistanceScale(QWidget):
    """Shows nothing until `show_distance` was called."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._distance: float | None = None
        self._threshold = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Distance against the threshold"))

    def show_distance(self, distance: float, threshold: float) -> None:
        """Draw a distance, and the line up to which it would count as the same person."""
        self._distance, self._threshold = distance, threshold
        text = self.tr("Distance {distance}, threshold {threshold}, on a scale from 0 to {end}")
        self.setAccessibleDescription(
            text.format(
                distance=number(distance), threshold=number(threshold), end=number(_FARTHEST)
            )
        )
        self.update()

    @override
    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(320, 2 * line + _BAR + 4 * SPACE)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._distance is None:
            return
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self.font()))
        line = painter.fontMetrics().height()
        bar = QRectF(SPACE, line + 1.75 * SPACE, self.width() - 2 * SPACE, _BAR)
        at_threshold = self._x(bar, self._threshold)
        mated = self._distance <= self._threshold
        self._draw_bar(painter, bar, at_threshold)
        self._draw_threshold(painter, bar, at_threshold, line)
        self._draw_marker(
            painter, bar, self._x(bar, self._distance), now.good if mated else now.danger
        )
        below = QRectF(bar.left(), bar.bottom() + SPACE, bar.width(), line + 2)
        painter.setPen(now.muted)
        ends = (self.tr("0 – the same picture"), self.tr("2 – nothing in common"))
        if painter.fontMetrics().horizontalAdvance("  ".join(ends)) > below.width():
            ends = (self.tr("the same"), self.tr("nothing alike"))  # large print
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, ends[0])
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, ends[1])

    def _x(self, bar: QRectF, distance: float) -> float:
        return bar.left() + bar.width() * min(max(distance / _FARTHEST, 0.0), 1.0)

    def _draw_bar(self, painter: QPainter, bar: QRectF, at_threshold: float) -> None:
        """Two halves: what counts as the same person, and what does not."""
        now = colours(self.palette())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.raised)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        same = QColor(now.good)
        same.setAlphaF(0.45)
        painter.setBrush(same)
        painter.save()
        painter.setClipRect(QRectF(bar.left(), bar.top(), at_threshold - bar.left(), _BAR))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.restore()

    def _draw_threshold(
        self, painter: QPainter, bar: QRectF, at_threshold: float, line: int
    ) -> None:
        now = colours(self.palette())
        painter.setPen(QPen(now.text, 2))
        painter.drawLine(
            QPointF(at_threshold, bar.top() - SPACE), QPointF(at_threshold, bar.bottom() + 4)
        )
        text = self.tr("threshold {threshold}").format(threshold=number(self._threshold))
        width = painter.fontMetrics().horizontalAdvance(text) + 2
        left = min(max(at_threshold - width / 2, 0.0), self.width() - width)
        painter.setPen(now.muted)
        painter.drawText(QRectF(left, 0, width, line + 2), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_marker(self, painter: QPainter, bar: QRectF, x: float, colour: QColor) -> None:
        """A drop that hangs on the bar: its tip says where."""
        now = colours(self.palette())
        middle = bar.center().y()
        painter.setPen(QPen(now.surface, 2))
        painter.setBrush(colour)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x, middle - _BAR),
                    QPointF(x + _BAR, middle),
                    QPointF(x, middle + _BAR),
                    QPointF(x - _BAR, middle),
                ]
            )
        )
