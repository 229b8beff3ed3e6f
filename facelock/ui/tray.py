"""The icon in the tray: whether it is open, in shape, and the way to the window. Nothing private.

It is an entrance (threat-model row 21): it shows the window, locks it or ends it. It never opens
the lock, and says nothing but whether it is open.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from facelock.ui.icons import paint_icon
from facelock.ui.theme import TRAY_COLOURS

_SIZES = (16, 22, 24, 32, 48, 64)
_OVER = 0.03  # of the side: the drawing has a margin of its own, which is too wide for a tile
_CORNER = 0.22  # of the side
_MESSAGE_MS = 10_000

Click = QSystemTrayIcon.ActivationReason


def has_tray() -> bool:
    """True if the desktop shows icons of programs now. At a login it may come after us."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """Belongs to the window, which owns its menu."""

    show_wanted = Signal()
    lock_wanted = Signal()
    quit_wanted = Signal()
    told = Signal(str)  # what was said in a notice of the desktop

    def __init__(self, window: QWidget, platform: str = sys.platform) -> None:
        super().__init__(window)
        self._clicks = {Click.DoubleClick} if platform == "darwin" else {Click.Trigger}
        self._is_open = False
        self.menu = QMenu(window)
        self.show_action = self.menu.addAction("")
        self.lock_action = self.menu.addAction("")
        self.menu.addSeparator()
        self.quit_action = self.menu.addAction("")
        self.show_action.triggered.connect(self.show_wanted)
        self.lock_action.triggered.connect(self.lock_wanted)
        self.quit_action.triggered.connect(self.quit_wanted)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.show_wanted)
        self.show_state(is_open=False)
        self.name()
        self.icon.show()

    def show_state(self, *, is_open: bool) -> None:
        """Show whether it is open."""
        self._is_open = is_open
        self.icon.setIcon(state_icon(is_open=is_open))
        self.lock_action.setEnabled(is_open)
        self._name_state()

    def name(self) -> None:
        """Give everything its words, in the language that holds now."""
        self.show_action.setText(self.tr("Show Facelock"))
        self.lock_action.setText(self.tr("Lock now"))
        self.quit_action.setText(self.tr("Quit"))
        self._name_state()

    def tell(self, words: str) -> None:
        """Say something through the desktop's own notices, which anybody may read."""
        self.icon.showMessage(self.tr("Facelock"), words, self.icon.icon(), _MESSAGE_MS)
        self.told.emit(words)

    def remove(self) -> None:
        """Take the icon away: the program ends."""
        self.icon.hide()

    def _name_state(self) -> None:
        words = self.tr("Facelock is open") if self._is_open else self.tr("Facelock is locked")
        self.icon.setToolTip(words)

    @Slot(object)
    def _on_activated(self, reason: Click) -> None:
        # Where a click opens the menu, as on macOS, it does nothing else.
        if reason in self._clicks:
            self.show_wanted.emit()


def state_icon(*, is_open: bool) -> QIcon:
    """Return a padlock on a tile, its shackle open or shut: dark on light, or light on dark."""
    dark, light = TRAY_COLOURS
    tile, sign = (light, dark) if is_open else (dark, light)
    made = QIcon()
    for size in _SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tile)
        painter.drawRoundedRect(QRectF(0, 0, size, size), _CORNER * size, _CORNER * size)
        over = _OVER * size
        area = QRectF(-over, -over, size + 2 * over, size + 2 * over)
        paint_icon(painter, "unlock" if is_open else "lock", area, sign)
        painter.end()
        made.addPixmap(picture)
    return made
