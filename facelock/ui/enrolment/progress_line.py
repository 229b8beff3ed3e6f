"""How far along the wizard is, as a thin line."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.ui.theme import colours


class ProgressLine(QWidget):
    """A thin bar: how far along the wizard is. The words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.setFixedHeight(4)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.ring_track)
        painter.fillRect(QRectF(0, 0, self.width() * self.share, self.height()), now.accent)
