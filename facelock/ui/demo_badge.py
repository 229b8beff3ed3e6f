"""The mark that says DEMO, on every page of a throw-away profile."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from facelock.ui.theme import SPACE, colours


class DemoBadge(QLabel):
    """A label no one overlooks. `shown`: `access.demo`."""

    def __init__(self, *, shown: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("DEMO"))
        self.setAccessibleName(self.tr("Demo: simulated camera, nothing here is protected"))
        self.setToolTip(self.accessibleName())
        font = self.font()
        font.setBold(True)
        font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, 1.5)
        self.setFont(font)
        self.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setVisible(shown)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.warning)
        radius = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setPen(now.window)
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
