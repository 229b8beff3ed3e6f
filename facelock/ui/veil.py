"""Lies over something private: what is below can be guessed at, and not read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from facelock.ui.card import Card
from facelock.ui.text_labels import IconLine, Tone
from facelock.ui.theme import READING_WIDTH, SPACE, colours

BLOCKS = 12
"""What lies below is averaged into so many blocks a side: the largest letter is lost in one."""

_HAZE = 0.6  # of the veil that hides the blocks themselves


class Veil(QWidget):
    """Covers `covered`, which lies in `host`, and goes with it. Clicks end here.

    `picture`: what `blurred` made of it; an empty one paints a plain veil.
    """

    clicked = Signal()

    def __init__(self, host: QWidget, covered: QWidget, words: str, picture: QImage) -> None:
        super().__init__(host)
        self._host, self._covered = host, covered
        self.picture = picture
        self.setAcceptDrops(False)
        self._line = IconLine("eye-off", words, Tone.ACCENT)
        card = Card()
        card.setMaximumWidth(READING_WIDTH)
        card.column.addWidget(self._line)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        for edge in (0, 2):
            grid.setRowStretch(edge, 1)
            grid.setColumnStretch(edge, 1)
        grid.setColumnStretch(1, 1000)
        grid.addWidget(card, 1, 1)
        self.say(words)
        covered.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()

    @property
    def text(self) -> str:
        """What it says."""
        return self._line.text()

    def say(self, words: str) -> None:
        """Say something else."""
        self._line.say("eye-off", words, Tone.ACCENT)
        self.setAccessibleName(words)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if watched is self._covered and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._fit()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.window)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self.picture)
        haze = QColor(now.window)
        haze.setAlphaF(_HAZE)
        painter.fillRect(self.rect(), haze)

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        event.accept()
        self.clicked.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        event.accept()

    @override
    def wheelEvent(self, event: QWheelEvent, /) -> None:
        event.accept()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent, /) -> None:
        event.accept()

    def _fit(self) -> None:
        corner = QPoint(0, 0)
        if self._covered is not self._host:
            corner = self._covered.mapTo(self._host, corner)
        self.setGeometry(QRect(corner, self._covered.size()))


def blurred(widget: QWidget) -> QImage:
    """Return what a widget shows as a few blocks of its mean colours."""
    shown = widget.grab().toImage()
    if shown.isNull():
        return shown
    return shown.scaled(
        BLOCKS,
        BLOCKS,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
