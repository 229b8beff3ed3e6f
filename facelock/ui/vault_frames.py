"""Frames of the vault page: around what can have the focus, and around nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.card import Card
from facelock.ui.icons import paint_icon, pixmap
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import RADIUS, SPACE, colours

_ARROW = 14
_EMPTY_ICON = 56


class FocusFrame(Card):
    """A card around one widget, with a ring while that has the focus."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self.column.setContentsMargins(SPACE // 2, SPACE // 2, SPACE // 2, SPACE // 2)
        self.column.addWidget(inside)
        inside.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if not self._inside.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours(self.palette()).accent, 2.0))
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, RADIUS, RADIUS)


class FlatHeader(QHeaderView):
    """The head of a table as quiet as the rest: words, a hairline, an arrow where it is sorted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(0)
        self.setMinimumHeight(self.fontMetrics().height() + 2 * SPACE)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int, /) -> None:
        now = colours(self.palette())
        painter.save()
        painter.fillRect(rect, now.surface)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, now.outline)
        words = rect.adjusted(SPACE, 0, -SPACE, 0)
        if logicalIndex == self.sortIndicatorSection():
            rising = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            arrow = QRectF(words.right() - _ARROW, 0, _ARROW, _ARROW)
            arrow.moveCenter(QRectF(arrow.x(), rect.y(), _ARROW, rect.height()).center())
            paint_icon(painter, "arrow-up" if rising else "arrow-down", arrow, now.muted)
            words.setRight(words.right() - _ARROW - SPACE // 2)
        model = self.model()
        text = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal))
        place = model.headerData(
            logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        painter.setPen(now.muted)
        painter.drawText(words, int(place), text)
        painter.restore()


class EmptyVault(QWidget):
    """Says how to fill it, and looks like the place to drop things that it is."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        heading, rest = TextLabel(title, Rank.HEADING), TextLabel(words, Rank.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.setSpacing(SPACE)
        column.addStretch(1)
        column.addWidget(self._icon)
        for label in (heading, rest):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(1)
        self._draw()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(now.surface)
        painter.setPen(QPen(now.control, 1.2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _draw(self) -> None:
        muted = colours(self.palette()).muted
        self._icon.setPixmap(pixmap("vault", muted, _EMPTY_ICON, self.devicePixelRatioF()))
