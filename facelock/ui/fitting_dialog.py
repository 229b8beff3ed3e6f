"""A dialog that is as large as its words, as long as the screen is; beyond that it scrolls.

Qt sizes a dialog by the height its labels would have on a width of their own liking, and never
larger than two thirds of the screen: in large print the words would be cut off.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.theme import SPACE
from facelock.ui.wrapping_text import letters_width

_NARROWEST = 420  # logical pixels
_CHARACTERS = 48  # so many in a line read well
_SCREEN_MARGIN = 3 * SPACE


class FittingDialog(QDialog):
    """Subclasses fill `column`, which scrolls if it must, and `foot`, which is always seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, SPACE)
        self.column.setSpacing(SPACE)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, 2 * SPACE)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(self.focusPolicy().NoFocus)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._scroll.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(self.foot)
        self._inside.installEventFilter(self)

    @override
    def sizeHint(self) -> QSize:
        room = self._room()
        wanted = max(_NARROWEST, letters_width(self.fontMetrics(), _CHARACTERS))
        narrowest = max(self.column.minimumSize().width(), self.foot.minimumSize().width())
        width = min(max(wanted, narrowest), room.width())
        foot = self.foot.sizeHint().height()
        if self.foot.hasHeightForWidth():
            foot = self.foot.heightForWidth(width)
        height = self.column.totalHeightForWidth(width) + foot
        return QSize(width, min(height, room.height()))

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self.resize(self.sizeHint())
        super().showEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Grow with what is said later. It never shrinks: somebody may have made it larger."""
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            wanted = self.sizeHint()
            if self.isVisible() and wanted.height() > self.height():
                self.resize(self.width(), wanted.height())
        return super().eventFilter(watched, event)

    def _room(self) -> QSize:
        """Return how large a window may be here."""
        screen = self.screen().availableGeometry().size()
        return screen - QSize(_SCREEN_MARGIN, _SCREEN_MARGIN)
