"""What the sections of the settings have in common: a message on top, and headings with content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.theme import SPACE


@dataclass(frozen=True)
class Section:
    """One entry of the settings. Its content is built when it is first shown."""

    key: str  # never shown
    icon_name: str
    name: str
    sentence: str  # what it is about, below its name
    build: Callable[[], QWidget]


class SectionBody(QWidget):
    """The content of a section: subclasses fill it from top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = MessageBar()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * SPACE)
        self.column.addWidget(self.message)

    def add_section(self, title: str, content: QWidget) -> None:
        """Add something under a heading of its own."""
        self.column.addSpacing(SPACE)
        self.column.addWidget(TextLabel(title, Rank.HEADING))
        self.column.addWidget(content)

    def tell(self, words: str, tone: Tone) -> None:
        """Say what came of a change, and scroll to it once the layout has made room for it."""
        self.message.say(words, tone)
        QTimer.singleShot(0, self._show_message)

    @Slot()
    def _show_message(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.message)
