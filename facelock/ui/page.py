"""The frame of a page: a title, one sentence, and a column that scrolls if it must."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from facelock.ui.text_labels import Rank, TextLabel
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.wrapping_text import letters_width

_WIDEST = 860  # logical pixels
_CHARACTERS = 24  # of the title's sentence: so many must have room beside a button


class Page(QScrollArea):
    """A page of the open program. Subclasses fill `column`."""

    def __init__(self, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        inside = QWidget()
        inside.setMaximumWidth(_WIDEST)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(4 * SPACE, 2 * SPACE, 4 * SPACE, 3 * SPACE)
        self.column.setSpacing(2 * SPACE)
        self.heading_row = TurningRow(self._heading_width)
        self.heading_row.setSpacing(2 * SPACE)
        heading = QVBoxLayout()
        heading.setSpacing(SPACE // 2)
        self.title = TextLabel(title, Rank.TITLE)
        heading.addWidget(self.title)
        if sentence:
            heading.addWidget(TextLabel(sentence, Rank.MUTED))
        self.heading_row.addLayout(heading, 1)
        self.column.addLayout(self.heading_row)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 1000)
        row.addStretch(1)
        self.setWidget(middle)

    def _heading_width(self) -> int:
        """What stands beside the title goes below it where there is no room."""
        row = self.heading_row
        beside = [
            item.sizeHint().width()
            for index in range(1, row.count())
            if (item := row.itemAt(index)) is not None
        ]
        return sum(beside) + row.spacing() + letters_width(self.fontMetrics(), _CHARACTERS)
