"""Radio buttons that lie apart, on cards or in rows, and are one choice for the keyboard too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.ui.push_button import pressed_by
from facelock.ui.wrapping_text import RadioButton

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class ChoiceRadio(RadioButton):
    """Arrow keys only look at the other buttons; Space or Enter chooses.

    Qt's own arrows choose at once, where a choice may ask for the passphrase; and they find no way
    between buttons of different parents, so that the others could not be reached at all.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.all: tuple[ChoiceRadio, ...] = (self,)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if step := _STEPS.get(Qt.Key(event.key()), 0):
            usable = [one for one in self.all if one.isEnabled()]
            index = usable.index(self) + step
            usable[index % len(usable)].setFocus(Qt.FocusReason.TabFocusReason)
        elif not pressed_by(event, self):
            super().keyPressEvent(event)


def link(buttons: Sequence[ChoiceRadio]) -> None:
    """Let the arrow keys go round among these."""
    for button in buttons:
        button.all = tuple(buttons)
