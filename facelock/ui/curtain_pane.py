"""What lies over one screen while Facelock is locked: the mark and a word, and nothing private."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.app_mark import AppMark
from facelock.ui.icons import app_icon
from facelock.ui.screens import Area, is_placeless
from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE

_MARK = 72  # logical pixels

FILLS_SCREENS = sys.platform != "darwin"
"""Whether a window is made as large as its screen by being full-screen.

A full-screen window of macOS moves to a space of its own and leaves the others as they are.
"""


class CurtainPane(QWidget):
    """Opens nothing. A key or a click asks for the window, where the passphrase is typed."""

    window_wanted = Signal()
    touched = Signal()  # somebody chose it, closed it or made it small; it may be needed again

    def __init__(self) -> None:
        super().__init__(
            None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self._is_over = False
        self.setWindowTitle(self.tr("Facelock"))
        self.setWindowIcon(app_icon())
        self.setAccessibleName(self.tr("Facelock is locked"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.word = TextLabel(self.tr("Locked"), Rank.TITLE)
        self.how = TextLabel(self.tr("Press a key or click to open Facelock."), Rank.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addStretch(1)
        column.addWidget(AppMark(_MARK), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.word, self.how):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(1)

    def cover(self, area: Area) -> bool:
        """Lie over a screen; True if it did not already."""
        if self.isVisible() and not self.isMinimized() and self._lies_over(area.geometry):
            return False
        if area.screen is not None:
            self.setScreen(area.screen)
        self.setGeometry(area.geometry)
        if area.screen is not None and FILLS_SCREENS:
            self.showFullScreen()
        else:
            self.showNormal()
        return True

    def leave(self) -> None:
        """Go, for good."""
        self._is_over = True
        self.hide()
        self.deleteLater()

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        self.window_wanted.emit()

    @override
    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        self.window_wanted.emit()

    @override
    def changeEvent(self, event: QEvent, /) -> None:
        if event.type() in {QEvent.Type.WindowStateChange, QEvent.Type.ActivationChange}:
            self._tell()
        super().changeEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent, /) -> None:
        # Not refused: Qt would take that for a refusal of the whole program to end.
        self._tell()
        super().closeEvent(event)

    def _lies_over(self, place: QRect) -> bool:
        now = self.geometry()
        return now.size() == place.size() if is_placeless() else now == place

    def _tell(self) -> None:
        if not self._is_over:
            self.touched.emit()
