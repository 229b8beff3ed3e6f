"""Why a pair matched or not: its distance on a line, the threshold, and what pairs usually have.

Near on the left, far on the right. Two curves show how often each distance was measured between
pictures of the same person and of different people.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from facelock.services.measured_scores import MeasuredScores
from facelock.ui import scale_paint
from facelock.ui.announce import announce
from facelock.ui.density_curves import END, curve, distance_at, place, top_of
from facelock.ui.numbers import locale
from facelock.ui.picture_text import number
from facelock.ui.scale_layout import ScaleLayout, lay_out
from facelock.ui.scale_paint import Hump
from facelock.ui.standing_text import standing_text
from facelock.ui.theme import SPACE, colours, small_font

_NARROWEST = 200  # logical pixels
_STEP = 0.05  # squared distance, for the arrow keys


class DistanceScale(QWidget):
    """Shows nothing until `show_distance` was called.

    Hovering, or the arrow keys, read any other distance aloud and in a tool tip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._distance: float | None = None
        self._threshold = 0.0
        self._measured: MeasuredScores | None = None
        self._curves: tuple[NDArray[np.float64], ...] = ()  # mated, non-mated; none if not measured
        self._reading: float | None = None  # squared distance that the arrow keys have reached
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Distance against the threshold"))

    def show_distance(
        self, distance: float, threshold: float, measured: MeasuredScores | None = None
    ) -> None:
        """Draw a distance, the line up to which it counts as the same person, and the curves."""
        self._distance, self._threshold, self._measured = distance, threshold, measured
        self._reading, self._curves = None, ()
        if measured is not None:
            found = measured.densities
            self._curves = (curve(found.edges, found.mated), curve(found.edges, found.non_mated))
        text = self.tr("Distance {distance}, threshold {threshold}, on a scale from 0 to {end}.")
        described = text.format(
            distance=number(distance), threshold=number(threshold), end=f"{END:g}"
        )
        if measured is not None:
            described = f"{described} {standing_text(measured, distance)}"
        self.setAccessibleDescription(described)
        self.updateGeometry()
        self.update()

    def words_at(self, distance: float) -> str:
        """Say what a distance would mean."""
        text = self.tr("Distance {distance}.").format(distance=number(distance))
        if self._measured is not None:
            text = f"{text} {standing_text(self._measured, distance)}"
        said = self.tr("It would count as different people.")
        if distance <= self._threshold:
            said = self.tr("It would count as the same person.")
        return f"{text} {said}"

    @override
    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(420))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, SPACE)

    @override
    def heightForWidth(self, width: int, /) -> int:
        return round(self._layout(width).height) + 2

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._distance is None:
            return
        now = colours(self.palette())
        at = self._layout(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self.font()))
        scale_paint.humps(painter, at, self._humps())
        scale_paint.bar(painter, at, self._threshold, now)
        texts = [locale().toString(one, "g", 2) for one in scale_paint.scale_numbers()]
        scale_paint.numbers(painter, at, texts, now)
        (pair, _), (line, _) = self._flags()
        scale_paint.threshold_line(painter, at, self._threshold, at.flags[1], line, now)
        marker = now.good if self._distance <= self._threshold else now.danger
        shades = (marker, now.surface, now.text)
        scale_paint.pair_marker(painter, at, self._distance, at.flags[0], pair, shades)
        if self.hasFocus():
            self._paint_focus(painter, at)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Left and Right read along the scale, Home and End its ends, Escape the pair again."""
        if self._distance is None:
            super().keyPressEvent(event)
            return
        reading = self._distance if self._reading is None else self._reading
        match event.key():
            case Qt.Key.Key_Left:
                self._read(reading - _STEP)
            case Qt.Key.Key_Right:
                self._read(reading + _STEP)
            case Qt.Key.Key_Home:
                self._read(0.0)
            case Qt.Key.Key_End:
                self._read(END)
            case Qt.Key.Key_Escape if self._reading is not None:
                self._stop_reading()
            case _:
                super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        self._stop_reading()
        super().focusOutEvent(event)

    @override
    def event(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            if self._distance is not None:
                position = self._layout(self.width()).position(QPointF(event.pos()))
                words = self.words_at(distance_at(position))
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _read(self, distance: float) -> None:
        self._reading = min(max(distance, 0.0), END)
        words = self.words_at(self._reading)
        at = self._layout(self.width())
        below = QPoint(round(at.x(self._reading)), round(at.numbers.bottom()))
        QToolTip.showText(self.mapToGlobal(below), words, self)
        announce(self, words)
        self.update()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading = None
            QToolTip.hideText()
            self.update()

    def _layout(self, width: int) -> ScaleLayout:
        names = [(one.name, top_of(one.heights)) for one in self._humps()]
        return lay_out(width, small_font(self.font()), self._flags(), names)

    def _flags(self) -> list[tuple[str, float]]:
        """Return what stands above the scale, and where: the pair first."""
        distance = self._distance or 0.0
        pair = self.tr("this pair {distance}").format(distance=number(distance))
        line = self.tr("threshold {threshold}").format(threshold=number(self._threshold))
        return [(pair, place(distance)), (line, place(self._threshold))]

    def _humps(self) -> list[Hump]:
        now = colours(self.palette())
        names = (self.tr("pairs of the same person"), self.tr("pairs of different people"))
        shades = (now.mated, now.non_mated)
        return [Hump(*parts) for parts in zip(names, shades, self._curves, strict=False)]

    def _paint_focus(self, painter: QPainter, at: ScaleLayout) -> None:
        now = colours(self.palette())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(now.accent, 2.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), SPACE, SPACE)
        if self._reading is not None:
            x = at.x(self._reading)
            painter.drawLine(QPointF(x, at.plot.top()), QPointF(x, at.bar.bottom() + SPACE / 2))
