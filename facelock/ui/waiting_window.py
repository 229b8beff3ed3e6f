"""What is shown while the system's keyring keeps the store waiting, or when it does not open."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from facelock.ui.app_mark import AppMark
from facelock.ui.error_text import error_text
from facelock.ui.icons import app_icon
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.theme import SPACE


class WaitingWindow(QScrollArea):
    """Nothing can be opened from here. It scrolls where large print has no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Facelock"))
        self.setWindowIcon(app_icon())
        self.setMinimumSize(QSize(480, 280))
        self.sentence = TextLabel(self.tr("Waiting for this computer's keyring…"), Rank.LEAD)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.message = MessageBar()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addStretch(1)
        column.addWidget(AppMark(56), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addWidget(self.message)
        column.addStretch(1)
        self.setWidget(inside)

    def say(self, sentence: str) -> None:
        """Say something else than that the keyring is waited for."""
        self.sentence.setText(sentence)
        self.message.clear()

    def tell(self, error: Exception, sentence: str = "") -> None:
        """Say why Facelock cannot start, or what `sentence` says instead."""
        self.sentence.setText(sentence or self.tr("Facelock cannot start"))
        self.message.say(error_text(error), Tone.DANGER)
