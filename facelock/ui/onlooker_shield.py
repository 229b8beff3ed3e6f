"""Hides what is private while a second face looks on: the open pages, and every dialog."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid
from typing_extensions import override

from facelock.ui.announce import announce
from facelock.ui.veil import Veil, blurred

_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
    }
)
_MOST_POPUPS = 8  # one within the other


class OnlookerShield(QObject):
    """Lies over `pages` of a window and over the dialogs while it is up.

    A key or a click asks for it to be lowered, and does nothing else: what has the focus below
    never hears of it. Ctrl+L still locks.
    """

    waved_off = Signal()

    def __init__(self, host: QWidget, pages: QWidget) -> None:
        super().__init__(host)
        self._host, self._pages = host, pages
        self._is_up = False
        self._unsure = False
        self._swallowed: int | None = None  # the key that waved it off, until it is let go
        self.veils: list[Veil] = []

    @property
    def is_up(self) -> bool:
        """True while everything private is hidden."""
        return self._is_up

    def set_up(self, up: bool, *, unsure: bool = False) -> None:  # noqa: FBT001 - as a switch has it
        """Hide what is private, or show it. `unsure`: a face is there that may be anybody's."""
        if up and self._is_up and unsure is not self._unsure:
            self._unsure = unsure
            for veil in self._living():
                veil.say(self._words())
        if up is self._is_up:
            return
        self._is_up, self._unsure = up, unsure
        if up:
            self._raise()
        else:
            self._lower()

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._let_go(event)
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        if not self._is_up:
            return False
        if kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _locks(event):
                return False
            event.accept()  # no shortcut: it comes again as a key
            return True
        if kind is QEvent.Type.InputMethod:
            return True
        if kind is QEvent.Type.Show and isinstance(watched, QDialog):
            self._cover(watched, watched, QImage())  # nothing of it is painted yet
        return False

    def _press(self, event: QKeyEvent) -> bool:
        """Return True if nobody else shall hear of a key."""
        if not self._is_up:
            return event.isAutoRepeat() and event.key() == self._swallowed
        if _locks(event):
            return False
        if event.key() not in _MODIFIERS and not event.isAutoRepeat():
            self._swallowed = event.key()
            self.waved_off.emit()
        return True

    def _let_go(self, event: QKeyEvent) -> bool:
        if event.key() != self._swallowed or event.isAutoRepeat():
            return self._is_up
        self._swallowed = None
        if not self._is_up:
            self._hear(on=False)
        return True

    def _raise(self) -> None:
        for _ in range(_MOST_POPUPS):  # an open menu or list may show names
            if (popup := QApplication.activePopupWidget()) is None:
                break
            popup.close()
        QToolTip.hideText()
        self._cover(self._host, self._pages, blurred(self._pages))
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                self._cover(window, window, blurred(window))
        self._hear(on=True)
        announce(self._host, self._words(), urgent=True)

    def _lower(self) -> None:
        for veil in self._living():
            veil.hide()
            veil.deleteLater()
        self.veils.clear()
        if self._swallowed is None:
            self._hear(on=False)

    def _cover(self, host: QWidget, covered: QWidget, picture: QImage) -> None:
        if any(veil.parentWidget() is host for veil in self._living()):
            return
        veil = Veil(host, covered, self._words(), picture)
        veil.clicked.connect(self._on_clicked)
        self.veils.append(veil)

    def _living(self) -> list[Veil]:
        """Return the veils whose window is still there."""
        return [veil for veil in self.veils if isValid(veil)]

    def _words(self) -> str:
        if self._unsure:
            return self.tr("Somebody is looking on. Look at the camera to go on.")
        return self.tr("Somebody is looking on. Press a key or click to go on.")

    def _hear(self, *, on: bool) -> None:
        application = QCoreApplication.instance()
        if application is None:
            return
        application.removeEventFilter(self)
        if on:
            application.installEventFilter(self)

    @Slot()
    def _on_clicked(self) -> None:
        self.waved_off.emit()


def _locks(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() == Qt.Key.Key_L
