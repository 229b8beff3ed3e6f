"""Buttons that Enter presses while they have the focus.

Qt gives Enter to a dialog's default button, whatever button has the focus: "Cancel" and Enter would
mean "Remove". Its own answer (auto-default) also paints every focused button as the thing to do.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from typing_extensions import override

from facelock.ui.wrapping_text import height_at, let_wrap, narrowest

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def pressed_by(event: QKeyEvent, button: QAbstractButton) -> bool:
    """Click `button` if the key is Enter; True if it was."""
    if event.key() not in _ENTER or not button.isEnabled():
        return False
    if not event.isAutoRepeat():  # a key held down since the page before presses nothing here
        button.click()
    return True


class PushButton(QPushButton):
    """A push button for Enter and Space. Never the default one unless made so. Its text wraps."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        let_wrap(self)

    @override
    def minimumSizeHint(self) -> QSize:
        return narrowest(self, self.sizeHint())

    @override
    def heightForWidth(self, width: int, /) -> int:
        return height_at(self, self.sizeHint(), width)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if not pressed_by(event, self):
            super().keyPressEvent(event)
