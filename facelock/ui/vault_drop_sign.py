"""Where to let go: a sign over the whole page while something is dragged onto it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.ui.icons import paint_icon
from facelock.ui.theme import RADIUS, SPACE, colours, heading_font

_ICON = 48
_VEIL = 0.92  # how much of the page below is covered


class DropSign(QWidget):
    """Hidden until `cover`. The mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = self.tr("Drop to encrypt into the vault")
        self.setAccessibleName(self._words)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(heading_font(self.font()))
        self.hide()

    def cover(self, area: QWidget) -> None:
        """Lie over all of this widget, which must be the parent."""
        self.setGeometry(area.rect())
        self.raise_()
        self.show()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(SPACE, SPACE, -SPACE, -SPACE)
        veil = QColor(now.window)
        veil.setAlphaF(_VEIL)
        painter.setBrush(veil)
        painter.setPen(QPen(now.accent, 2.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        icon_area = QRectF(0, 0, _ICON, _ICON)
        icon_area.moveCenter(area.center())
        icon_area.translate(0, -2 * SPACE)
        paint_icon(painter, "vault", icon_area, now.accent)
        words = QRectF(area.left() + SPACE, icon_area.bottom() + SPACE, area.width(), 0)
        words.setRight(area.right() - SPACE)
        words.setBottom(area.bottom())
        painter.setPen(now.text)
        flags = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(words, flags, self._words)
