"""A notice above every page after an unlock: what happened since (threat-model row 18)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from facelock.ui.announce import announce
from facelock.ui.card import Card
from facelock.ui.icon_button import IconToolButton
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import IconLine, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

_CHARACTERS = 40  # the words stand beside the buttons where there is room for so many more


class UnlockNotice(Card):
    """One paragraph, a way to the activity page, and a way to be rid of it: Esc, or its cross."""

    show_wanted = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr("Since you were here last: {what}").format(what=text)
        self.setAccessibleName(words)
        self.line = IconLine("warning", words, Tone.WARNING)
        self.show_button = PushButton(self.tr("Show"))
        self.show_button.setAccessibleName(self.tr("Show the activity"))
        self.show_button.clicked.connect(self._on_show)
        self.close_button = IconToolButton("cross", self.tr("Close this notice"))
        self.close_button.clicked.connect(self.dismiss)
        self.column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row = TurningRow(self._row_width)
        row.setSpacing(SPACE)
        row.addWidget(self.line, 1, Qt.AlignmentFlag.AlignVCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        row.addLayout(buttons)
        self.column.addLayout(row)
        announce(self, words)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _row_width(self) -> int:
        beside = self.show_button.sizeHint().width() + self.close_button.sizeHint().width()
        return beside + letters_width(self.fontMetrics(), _CHARACTERS)

    @Slot()
    def dismiss(self) -> None:
        """Go away; the entries stay in the log."""
        self.hide()
        self.deleteLater()

    @Slot()
    def _on_show(self) -> None:
        self.show_wanted.emit()
        self.dismiss()
